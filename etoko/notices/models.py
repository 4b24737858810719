from django.db import models

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
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    whatsapp_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "read_at", "-created_at"], name="notice_inbox")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | ~models.Q(phone=""),
                name="notice_reaches_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.title
