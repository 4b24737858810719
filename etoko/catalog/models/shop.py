from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.states import SHOP_FLOW
from etoko.foundation.ids import new_public_id
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business


class Category(models.Model):
    """Two levels: a category without parent is a group ("Makanan"), one with a parent is chosen for goods."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    kbli_codes = models.JSONField(default=list)
    """Five-digit codes of KBLI 2020 behind the category."""
    icon = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class Shop(models.Model):
    """The shop of a business. Shown as open only while nothing on its checklist is missing."""

    SHOWN, HIDDEN = "shown", "hidden"
    ON, OFF = "on", "off"

    business = models.OneToOneField(Business, on_delete=models.PROTECT, related_name="shop")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("nama toko"), max_length=200)
    story = models.TextField(_("cerita toko"), blank=True)
    whatsapp = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    hours = models.JSONField(default=dict)
    """Weekday "0" (Monday) … "6" → ["08.00", "17.00"]; a day that is missing is a closed day."""
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    logo = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=SHOP_FLOW.choices, default=SHOP_FLOW.initial)
    holiday_from_on = models.DateField(null=True, blank=True)
    holiday_until_on = models.DateField(null=True, blank=True)
    """The last day of the holiday."""
    holiday_note = models.CharField(max_length=200, blank=True)
    holiday_showing = models.CharField(
        max_length=6, choices=[(SHOWN, _("Ditampilkan")), (HIDDEN, _("Disembunyikan"))], default=SHOWN
    )
    """During the holiday: shown as closed, or shop and goods left out of every list. Their addresses open."""
    unique_amounts = models.CharField(
        max_length=3, choices=[(ON, _("Dipakai")), (OFF, _("Tidak dipakai"))], default=ON
    )
    """Whether orders paid from afar are made a few rupiah cheaper, so that each amount tells its order."""
    status_reason = models.CharField(max_length=300, blank=True)
    """Why an officer suspended it, for the owner to read."""
    rating_count = models.PositiveIntegerField(default=0)
    rating_sum = models.PositiveIntegerField(default=0)
    """How many reviews that everybody sees, and their stars together; `operations/rating.py`."""
    opened_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["status", "area", "name"], name="shop_list")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(holiday_from_on__isnull=True, holiday_until_on__isnull=True)
                | models.Q(holiday_until_on__gte=models.F("holiday_from_on")),
                name="shop_holiday_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(holiday_showing="shown") | models.Q(holiday_until_on__isnull=False),
                name="shop_hidden_on_holiday_only",
            ),
            models.CheckConstraint(
                condition=models.Q(rating_sum__gte=models.F("rating_count"))
                & models.Q(rating_sum__lte=models.F("rating_count") * 5),
                name="shop_rating_of_one_to_five",
            ),
        ]

    def is_on_holiday(self, day: date) -> bool:
        if self.holiday_from_on is None or self.holiday_until_on is None:
            return False
        return self.holiday_from_on <= day <= self.holiday_until_on

    def is_hidden_on(self, day: date) -> bool:
        return self.holiday_showing == self.HIDDEN and self.is_on_holiday(day)

    def __str__(self) -> str:
        return self.name


class PaymentOption(models.Model):
    """How a shop is paid. The money goes to the seller; the platform holds none."""

    CASH, TRANSFER, QRIS, MIDTRANS = "cash", "transfer", "qris", "midtrans"
    KINDS = [
        (CASH, _("Tunai saat terima")),
        (TRANSFER, _("Transfer bank")),
        (QRIS, "QRIS"),
        (MIDTRANS, _("Bayar online (Midtrans)")),
    ]
    BY_HAND = KINDS[:3]
    """What a seller chooses herself; the rest comes with an account that is opened apart."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="payment_options")
    kind = models.CharField(max_length=10, choices=KINDS)
    bank = models.CharField(max_length=60, blank=True)
    account_number = models.CharField(max_length=40, blank=True)
    account_name = models.CharField(max_length=100, blank=True)
    qris_image = models.CharField(max_length=200, blank=True)
    qris = models.ForeignKey(
        "catalog.QrisCode", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """What the picture says; empty while there is only a picture that nobody has read yet."""

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["shop", "kind"], name="payment_option_once")]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.kind}"


class DeliveryOption(models.Model):
    PICKUP, SELLER, COURIER = "pickup", "seller", "courier"
    KINDS = [
        (PICKUP, _("Ambil di tempat")),
        (SELLER, _("Diantar penjual")),
        (COURIER, _("Kurir, ongkir disepakati")),
    ]

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="delivery_options")
    kind = models.CharField(max_length=10, choices=KINDS)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["shop", "kind"], name="delivery_option_once")]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.kind}"


class DeliveryFee(models.Model):
    """What the seller asks for bringing goods to a village."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="delivery_fees")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    fee_rp = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "area"], name="delivery_fee_once")]

    def __str__(self) -> str:
        return f"{self.shop_id} → {self.area_id}: {self.fee_rp}"
