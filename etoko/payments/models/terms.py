"""What was agreed about the money of an order, and what is handed out for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Shop
from etoko.ordering.models import Order
from etoko.payments.models.ledger import Payment


class Refund(models.Model):
    """Money that went back: the picture that shows it, and what the buyer says."""

    SILENT, ARRIVED, MISSING = "silent", "arrived", "missing"

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="refund")
    picture = models.CharField(max_length=40, blank=True)
    """Its key, as that of a proof; empty: none was added, or it was forgotten."""
    answer = models.CharField(
        max_length=10,
        choices=[
            (SILENT, _("Pembeli belum menjawab")),
            (ARRIVED, _("Sudah diterima pembeli")),
            (MISSING, _("Pembeli belum menerima")),
        ],
        default=SILENT,
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"refund {self.payment_id}"


class Instalment(models.Model):
    """A part of an order that is due on a day. What is paid fills the parts in their order."""

    NO_REMINDER, BEFORE, AFTER = "none", "before", "after"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    amount_rp = models.PositiveBigIntegerField()
    due_on = models.DateField()
    reminded = models.CharField(
        max_length=6, choices=[(NO_REMINDER, "-"), (BEFORE, "-"), (AFTER, "-")], default=NO_REMINDER
    )
    """The last reminder that was sent."""

    class Meta:
        ordering = ("order", "number")
        indexes = [models.Index(fields=["due_on", "reminded"], name="instalment_due")]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="instalment_once"),
            models.CheckConstraint(condition=models.Q(amount_rp__gt=0), name="instalment_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.number}"


class Receipt(models.Model):
    """A kwitansi: the number of a payment in the seller's book of the year."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="receipt")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "year", "number"], name="receipt_number_once"),
        ]

    def __str__(self) -> str:
        return f"KW/{self.year}/{self.number:04d}"
