from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Shop
from etoko.foundation.kept import Kept
from etoko.ordering.models import Order
from etoko.people.models import Person


class Payment(Kept):
    """An entry of the ledger: money of one order that came to the seller or went back to the buyer. Written
    once; a mistake is followed by a counter-entry."""

    RECEIVED, RETURNED = "received", "returned"
    KINDS = [(RECEIVED, _("uang masuk")), (RETURNED, _("uang dikembalikan"))]
    CASH, TRANSFER, QRIS, MIDTRANS = "cash", "transfer", "qris", "midtrans"
    METHODS = [
        (CASH, _("Tunai")),
        (TRANSFER, _("Transfer bank")),
        (QRIS, "QRIS"),
        (MIDTRANS, "Midtrans"),
    ]
    FORM, LINK, STATEMENT, PROOF, GATEWAY, START = "form", "link", "statement", "proof", "gateway", "start"
    SOURCES = [
        (FORM, _("formulir")),
        (LINK, _("tautan WhatsApp")),
        (STATEMENT, _("mutasi rekening")),
        (PROOF, _("bukti bayar")),
        (GATEWAY, "Midtrans"),
        (START, _("sebelum ada buku pembayaran")),
    ]

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=KINDS)
    amount_rp = models.BigIntegerField()
    """More than nought when it came to the seller, less when it left her."""
    method = models.CharField(max_length=10, choices=METHODS)
    received_on = models.DateField()
    """The day the money changed hands."""
    source = models.CharField(max_length=10, choices=SOURCES)
    source_ref = models.CharField(max_length=80, blank=True)
    """Which line, proof, link or transaction: it is booked once. Empty for a form with its one-time key."""
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    """Of a counter-entry: what it takes back."""
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    recorded_name = models.CharField(max_length=200, blank=True)
    for_name = models.CharField(max_length=200, blank=True)
    """On whose behalf a kader did it; the page then says "dicatat oleh"."""
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["shop", "received_on"], name="payment_of_shop")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=models.Q(reverses__isnull=True) & ~models.Q(source_ref=""),
                name="payment_source_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="received", reverses__isnull=True, amount_rp__gt=0)
                | models.Q(kind="received", reverses__isnull=False, amount_rp__lt=0)
                | models.Q(kind="returned", reverses__isnull=True, amount_rp__lt=0)
                | models.Q(kind="returned", reverses__isnull=False, amount_rp__gt=0),
                name="payment_goes_as_its_kind_says",
            ),
            models.CheckConstraint(
                condition=models.Q(reverses__isnull=True) | ~models.Q(reason=""),
                name="payment_reversed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.amount_rp}"


class Balance(models.Model):
    """Where an order stands: the sums of its ledger, and what follows from them. No money is lost: what came
    and was not given back is either paid for the order or owed to the buyer."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="balance")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_rp = models.PositiveBigIntegerField()
    received_rp = models.PositiveBigIntegerField(default=0)
    returned_rp = models.PositiveBigIntegerField(default=0)
    paid_rp = models.PositiveBigIntegerField(default=0)
    owed_rp = models.PositiveBigIntegerField(default=0)
    """What the seller has to give back: more came than is due, or less is due now."""
    owed_since_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["shop"], condition=models.Q(owed_rp__gt=0), name="balance_owed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    received_rp=models.F("paid_rp") + models.F("owed_rp") + models.F("returned_rp")
                ),
                name="balance_loses_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(paid_rp__lte=models.F("due_rp")), name="balance_paid_within_due"
            ),
            models.CheckConstraint(
                condition=models.Q(owed_rp=0) | models.Q(paid_rp=models.F("due_rp")),
                name="balance_owes_only_surplus",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.paid_rp}/{self.due_rp}"
