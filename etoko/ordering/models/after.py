"""What comes after the goods: complaints, goods that go back, and the days that are no working days."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.ordering.models.order import Order, OrderLine
from etoko.ordering.states import COMPLAINT_FLOW, RETURN_FLOW
from etoko.people.models import Person


class Holiday(models.Model):
    """A day that is no working day, as the government announces it each year; kept by the officers."""

    day_on = models.DateField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ("day_on",)

    def __str__(self) -> str:
        return f"{self.day_on} {self.name}"


class Complaint(models.Model):
    """Something is wrong with an order. One at a time; what is said stands in its posts."""

    BROKEN, MISSING, WRONG, NOT_COME, OTHER = "broken", "missing", "wrong", "not_come", "other"
    KINDS = [
        (BROKEN, _("Barang rusak atau basi")),
        (MISSING, _("Barang kurang")),
        (WRONG, _("Barang salah atau tidak sesuai")),
        (NOT_COME, _("Barang belum sampai")),
        (OTHER, _("Lainnya")),
    ]

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="complaints")
    kind = models.CharField(max_length=10, choices=KINDS)
    state = models.CharField(max_length=10, choices=COMPLAINT_FLOW.choices, default=COMPLAINT_FLOW.initial)
    opened_at = models.DateTimeField()
    settle_by_at = models.DateTimeField()
    """Until when the two should settle it; afterwards the officers of the area are asked."""
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["state", "settle_by_at"], name="complaint_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(state__in=("open", "answered")),
                name="complaint_one_open_of_an_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"


class ComplaintPost(models.Model):
    """What one of the two said, with pictures."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="posts")
    party = models.CharField(max_length=10)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200)
    for_name = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.party} {self.at:%Y-%m-%d}"


class ComplaintPhoto(models.Model):
    """A picture that only the two parties and the officers see; see `private_photos.py`."""

    post = models.ForeignKey(ComplaintPost, on_delete=models.PROTECT, related_name="photos")
    key = models.CharField(max_length=40, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.key


class GoodsReturn(models.Model):
    """Goods of an order that go back to the seller, whole or in part."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    state = models.CharField(max_length=10, choices=RETURN_FLOW.choices, default=RETURN_FLOW.initial)
    reason = models.CharField(max_length=300)
    asked_by_party = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(state__in=("asked", "agreed")),
                name="return_one_open_of_an_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"


class GoodsReturnLine(models.Model):
    goods_return = models.ForeignKey(GoodsReturn, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["goods_return", "line"], name="return_line_once"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="return_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"
