from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.notices.states import DELIVERY_FLOW
from etoko.people.models import Person


class Notice(models.Model):
    """Something somebody should know: a line in the inbox and a ready text for WhatsApp.

    Who has no account is reached by phone alone. `key` makes a notice happen once.
    """

    key = models.CharField(max_length=120, unique=True)
    recipient = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="notices")
    phone = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField()
    """The whole message as it goes into WhatsApp, with the address of the page it speaks of."""
    path = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=60, blank=True)
    """What it speaks of and to which side ("order:17:buyer"): whoever caused it finds it by this."""
    area_code = models.CharField(max_length=13, blank=True)
    """Where the deed happened: whose kader passes it on to somebody without account."""
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    whatsapp_opened_at = models.DateTimeField(null=True, blank=True)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    """Since when somebody says that the recipient knows it: sent from her own WhatsApp, or said."""
    passed_on_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "read_at", "-created_at"], name="notice_inbox"),
            models.Index(fields=["about", "-created_at"], name="notice_about"),
            models.Index(fields=["read_at"], condition=models.Q(read_at__isnull=False), name="notice_read"),
            models.Index(
                fields=["created_at"], condition=models.Q(recipient__isnull=True), name="notice_of_nobody"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | ~models.Q(phone=""),
                name="notice_reaches_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """A notice on its way to one phone, device or mail box: the row of the outbox."""

    PUSH, MAIL, WHATSAPP = "push", "mail", "whatsapp"
    CHANNELS = ((PUSH, _("Pemberitahuan HP")), (MAIL, _("Surel")), (WHATSAPP, _("WhatsApp")))

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=CHANNELS)
    address = models.CharField(max_length=254)
    """A phone, a mail address, or the id of a push device."""
    state = models.CharField(max_length=10, choices=DELIVERY_FLOW.choices, default=DELIVERY_FLOW.initial)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)
    """Of the worker that is sending it now."""
    claimed_until_at = models.DateTimeField(null=True, blank=True)
    provider_id = models.CharField(max_length=200, blank=True, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    """Why it waits, failed, or is not sent: for people."""

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"], name="delivery_due")]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel", "address"], name="delivery_once"),
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(claimed_until_at__isnull=False),
                name="delivery_claim_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Reach(models.Model):
    """How somebody wants to be told, and when not. No row: by WhatsApp where there is one, not at night."""

    WANTED, UNWANTED = "wanted", "unwanted"
    CHOICES = ((WANTED, _("Ya")), (UNWANTED, _("Tidak")))

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="reach")
    push = models.CharField(max_length=8, choices=CHOICES, default=WANTED)
    mail = models.CharField(max_length=8, choices=CHOICES, default=WANTED)
    whatsapp = models.CharField(max_length=8, choices=CHOICES, default=WANTED)
    mail_address = models.EmailField(blank=True)
    mail_proved_at = models.DateTimeField(null=True, blank=True)
    """Since when it is known to be hers; nothing is sent to it before."""
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    """Clock of Asia/Jakarta; both empty: at any hour."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="reach_quiet_has_two_ends",
            )
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class PushDevice(models.Model):
    """A browser that asked to be told (Push API): where its push service takes messages, and its keys."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="push_devices")
    endpoint = models.TextField()
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class WhatsAppContact(models.Model):
    """A phone that wrote to our WhatsApp number. For 24 hours after that, WhatsApp lets us answer freely."""

    phone = models.CharField(max_length=20, unique=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    """When she last wrote, as WhatsApp says."""
    word_at = models.DateTimeField(null=True, blank=True)
    """When she last wrote BERHENTI or MULAI."""
    stopped_at = models.DateTimeField(null=True, blank=True)
    """Since when she wants no more news by WhatsApp."""

    def __str__(self) -> str:
        return self.phone
