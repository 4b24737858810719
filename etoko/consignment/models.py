from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Shop, Variant
from etoko.consignment.states import CONSIGNMENT_FLOW
from etoko.foundation.kept import Kept
from etoko.people.models import Person
from etoko.registry.models import Business

PERCENT, PER_PIECE = "percent", "per_piece"
COMMISSIONS = [(PERCENT, _("persen dari harga")), (PER_PIECE, _("rupiah tiap barang"))]


class Place(models.Model):
    """Where a shop leaves goods to be sold for it: a warung, a bazaar, another shop."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="consignment_places")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    village = models.CharField(max_length=120, blank=True)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, null=True, related_name="+")
    """Where the place is a business of the register."""
    commission = models.CharField(max_length=10, choices=COMMISSIONS, default=PERCENT)
    commission_value = models.PositiveIntegerField(default=0)
    """What was agreed last: percent, or rupiah for a piece."""

    class Meta:
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="consignment_place_once")]

    def __str__(self) -> str:
        return self.name


class Consignment(models.Model):
    """Goods of a shop at a place, from the day they are brought until they are settled."""

    SELLER, PLACE = "seller", "place"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="consignments")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="consignments")
    number = models.CharField(max_length=10, unique=True, null=True)
    state = models.CharField(
        max_length=10, choices=CONSIGNMENT_FLOW.choices, default=CONSIGNMENT_FLOW.initial
    )
    area_code = models.CharField(max_length=13)
    commission = models.CharField(max_length=10, choices=COMMISSIONS, default=PERCENT)
    commission_value = models.PositiveIntegerField(default=0)
    settle_by_on = models.DateField()
    """The day on which both want to count."""
    remind_on = models.DateField(null=True, db_index=True)
    """When the seller is told next that it is time; empty once it is settled."""
    note = models.CharField(max_length=200, blank=True)
    brought_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_name = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    damage_borne_by = models.CharField(
        max_length=6, choices=[(SELLER, _("penjual")), (PLACE, _("tempat titip"))], default=SELLER
    )
    sold_rp = models.PositiveBigIntegerField(default=0)
    """What the place took for it, with damaged pieces where the place bears them."""
    commission_rp = models.PositiveBigIntegerField(default=0)
    due_rp = models.PositiveBigIntegerField(default=0)
    """What the place owes the seller."""
    paid_rp = models.PositiveBigIntegerField(default=0)
    """The sum of its payments."""

    class Meta:
        indexes = [models.Index(fields=["shop", "state", "-brought_at"], name="consignment_of_shop")]
        constraints = [
            models.CheckConstraint(
                name="consignment_sums", condition=Q(sold_rp=F("commission_rp") + F("due_rp"))
            ),
            models.CheckConstraint(name="consignment_not_overpaid", condition=Q(paid_rp__lte=F("due_rp"))),
            models.CheckConstraint(
                name="consignment_owes_when_settled",
                condition=Q(state="out", settled_at__isnull=True, sold_rp=0) | Q(state="settled"),
            ),
        ]

    @property
    def left_rp(self) -> int:
        return self.due_rp - self.paid_rp

    def __str__(self) -> str:
        return self.number or f"consignment {self.pk}"


class ConsignmentLine(models.Model):
    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    product_name = models.CharField(max_length=200)
    variant_name = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=30)
    price_rp = models.PositiveBigIntegerField()
    """What the place asks for a piece."""
    quantity = models.PositiveIntegerField()
    out = models.PositiveIntegerField()
    """Still at the place: all of it, and nought once it is settled."""
    sold = models.PositiveIntegerField(default=0)
    back = models.PositiveIntegerField(default=0)
    damaged = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["consignment", "variant"], name="consignment_line_once"),
            models.CheckConstraint(
                name="consignment_line_adds_up",
                condition=Q(quantity__gte=1, quantity=F("out") + F("sold") + F("back") + F("damaged")),
            ),
        ]

    @property
    def name(self) -> str:
        return f"{self.product_name} ({self.variant_name})" if self.variant_name else self.product_name

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_name}"


class ConsignmentPayment(Kept):
    """Money the place gave, or less than nought to take back what was noted by mistake. Written once."""

    CASH, TRANSFER = "cash", "transfer"
    WAYS = [(CASH, _("tunai")), (TRANSFER, _("transfer"))]

    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="payments")
    amount_rp = models.BigIntegerField()
    way = models.CharField(max_length=10, choices=WAYS, default=CASH)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(name="consignment_payment_is_something", condition=~Q(amount_rp=0))
        ]

    def __str__(self) -> str:
        return f"{self.consignment_id} {self.amount_rp:+}"
