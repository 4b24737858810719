from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Shop
from etoko.foundation.ids import new_public_id
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


class Statement(models.Model):
    """A file of a bank that was read: what came into the seller's account."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    """Of the file."""
    bank = models.CharField(max_length=30, blank=True)
    rows = models.JSONField(null=True, blank=True)
    """As it was read, until somebody has said which column is which; then only the lines are kept."""
    new_lines = models.PositiveIntegerField(default=0)
    known_lines = models.PositiveIntegerField(default=0)
    """Lines that an earlier file had brought already."""
    imported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_name = models.CharField(max_length=200, blank=True)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class StatementLine(models.Model):
    """Money that came into the account. It is booked by a person, as the payment of an order."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    fingerprint = models.CharField(max_length=64)
    """Amount, days and words of its row, and the running number among equal ones: a line is kept once, also
    when its file is read again with other columns."""
    on = models.DateField()
    amount_rp = models.PositiveBigIntegerField()
    text = models.CharField(max_length=300, blank=True)
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    """What it was booked as; a payment that was taken back leaves the line open again."""
    set_aside_at = models.DateTimeField(null=True, blank=True)
    """The seller said that it is no payment of an order."""

    class Meta:
        indexes = [models.Index(fields=["shop", "-on", "-id"], name="statement_line_of_shop")]
        constraints = [
            models.UniqueConstraint(fields=["shop", "fingerprint"], name="statement_line_once"),
            models.CheckConstraint(condition=models.Q(amount_rp__gt=0), name="statement_line_brings_money"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.amount_rp}"


class StatementLayout(models.Model):
    """Which column is which in files of this shape, as the seller once said."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+", db_index=False)
    shape = models.CharField(max_length=64)
    columns = models.JSONField()
    """As `statements.layouts.Layout.as_json`."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "shape"], name="statement_layout_once")]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.shape[:8]}"
