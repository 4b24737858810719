from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Product, Shop
from etoko.foundation.ids import new_public_id
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.vouchers.states import VOUCHER_FLOW


class Voucher(models.Model):
    """A code that makes an order cheaper, of one seller or of the platform."""

    FIXED, PERCENT, FREE_DELIVERY = "fixed", "percent", "free_delivery"
    KINDS = [
        (FIXED, _("Potongan rupiah")),
        (PERCENT, _("Potongan persen")),
        (FREE_DELIVERY, _("Gratis ongkir")),
    ]
    EVERYBODY, FIRST_ORDER = "everybody", "first_order"
    BUYERS = [(EVERYBODY, _("Semua pembeli")), (FIRST_ORDER, _("Hanya pesanan pertama"))]
    OPEN, HANDED_OUT = "open", "handed_out"
    SHOWINGS = [(OPEN, _("Tampil di halaman toko")), (HANDED_OUT, _("Hanya untuk yang diberi kodenya"))]

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    code = models.CharField(_("kode"), max_length=20)
    """As it is read aloud and printed: "KERUPUK 5"."""
    code_key = models.CharField(max_length=20, unique=True)
    """The same without blanks and with signs that are misheard or misread made one (`codes.py`)."""
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True, blank=True, related_name="vouchers")
    """None: a voucher of the platform, for the shops within `area`."""
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    sponsor = models.CharField(_("ditanggung oleh"), max_length=120, blank=True)
    """Who pays the sellers back what a voucher of the platform took off; a seller bears her own."""
    kind = models.CharField(max_length=14, choices=KINDS)
    amount_rp = models.PositiveBigIntegerField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    cap_rp = models.PositiveBigIntegerField(null=True, blank=True)
    """The most that a percentage or free delivery takes off; None for free delivery: the whole fee."""
    minimum_rp = models.PositiveBigIntegerField(default=0)
    """Of the goods that it is for, before the discount."""
    buyers = models.CharField(max_length=12, choices=BUYERS, default=EVERYBODY)
    products = models.ManyToManyField(Product, blank=True, related_name="+")
    """Empty: everything."""
    villages = models.ManyToManyField(Area, blank=True, related_name="+")
    """Where the buyer lives; empty: everywhere."""
    limit = models.PositiveIntegerField()
    """How often it may be used in all."""
    per_phone = models.PositiveSmallIntegerField(default=1)
    used = models.PositiveIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField()
    """The last day."""
    showing = models.CharField(max_length=10, choices=SHOWINGS, default=OPEN)
    status = models.CharField(max_length=14, choices=VOUCHER_FLOW.choices, default=VOUCHER_FLOW.initial)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["shop", "status", "ends_on"], name="voucher_of_shop"),
            models.Index(fields=["status", "ends_on"], name="voucher_due"),
        ]
        constraints = [
            # Whatever the code forgets: nobody gets the voucher after the last one.
            models.CheckConstraint(
                condition=models.Q(used__lte=models.F("limit")), name="voucher_used_within_limit"
            ),
            models.CheckConstraint(
                condition=models.Q(limit__gte=1, per_phone__gte=1), name="voucher_for_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="voucher_days_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(shop__isnull=False, sponsor="")
                | (models.Q(shop__isnull=True) & ~models.Q(sponsor="")),
                name="voucher_somebody_bears_it",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="fixed", amount_rp__gte=1, percent=None, cap_rp=None)
                | models.Q(kind="percent", amount_rp=None, percent__range=(1, 100), cap_rp__gte=1)
                | models.Q(kind="free_delivery", amount_rp=None, percent=None),
                name="voucher_worth_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Redemption(models.Model):
    """One use: a voucher in one checkout. Never deleted; `returned_at` when its orders came to nothing."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="redemptions")
    checkout = models.CharField(max_length=20, unique=True)
    """Public id of the checkout, which lives on a floor above."""
    phone = models.CharField(max_length=20)
    turn = models.PositiveSmallIntegerField()
    """1 for the first use by this phone, at most the voucher's `per_phone`."""
    off_rp = models.PositiveBigIntegerField()
    taken_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "phone", "turn"],
                condition=models.Q(returned_at=None),
                name="voucher_once_a_turn",
            ),
            models.CheckConstraint(condition=models.Q(off_rp__gte=1, turn__gte=1), name="redemption_of_some"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id} in {self.checkout}"


class RedemptionShare(models.Model):
    """The part of a use that one seller's order is cheaper by."""

    redemption = models.ForeignKey(Redemption, on_delete=models.PROTECT, related_name="shares")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    order_number = models.CharField(max_length=10, unique=True)
    off_rp = models.PositiveBigIntegerField()
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=models.Q(off_rp__gte=1), name="redemption_share_of_some")
        ]

    def __str__(self) -> str:
        return f"{self.order_number}: {self.off_rp}"
