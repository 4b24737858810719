from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models.shop import Category, Shop
from etoko.catalog.states import PRODUCT_FLOW
from etoko.foundation.ids import new_public_id


class Product(models.Model):
    STOCK, MADE_TO_ORDER = "stock", "made_to_order"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="products")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    slug = models.SlugField(max_length=80)
    name = models.CharField(_("nama produk"), max_length=200)
    description = models.TextField(_("keterangan"), blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    area_code = models.CharField(max_length=13)
    unit = models.CharField(_("satuan"), max_length=30)
    """What one piece of the price is: kg, bungkus, ikat, lusin, porsi."""
    supply = models.CharField(
        max_length=14,
        choices=[(STOCK, _("Ada stok")), (MADE_TO_ORDER, _("Dibuat sesuai pesanan"))],
        default=STOCK,
    )
    lead_days = models.PositiveSmallIntegerField(default=0)
    """Days that making to order takes."""
    capacity_per_day = models.PositiveIntegerField(null=True, blank=True)
    """How many pieces can be made for one day; empty: as many as are ordered."""
    status = models.CharField(max_length=10, choices=PRODUCT_FLOW.choices, default=PRODUCT_FLOW.initial)
    price_from_rp = models.PositiveBigIntegerField(default=0)
    price_to_rp = models.PositiveBigIntegerField(default=0)
    photo = models.JSONField(default=dict)
    """The first photo as pages need it: {"key", "width", "height", "alt", "formats"}, see `photos.py`;
    empty: the woven pattern."""
    rating_count = models.PositiveIntegerField(default=0)
    rating_sum = models.PositiveIntegerField(default=0)
    """How many reviews that everybody sees, and their stars together; `operations/rating.py`."""
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    """Counts the changes: whoever saves an older version is shown what changed meanwhile."""

    class Meta:
        indexes = [
            models.Index(fields=["status", "-created_at", "-id"], name="product_newest"),
            models.Index(fields=["category", "status", "-created_at", "-id"], name="product_in_category"),
            models.Index(fields=["category", "status", "price_from_rp", "-id"], name="product_by_price"),
            models.Index(fields=["shop", "status", "-created_at", "-id"], name="product_of_shop"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rating_sum__gte=models.F("rating_count"))
                & models.Q(rating_sum__lte=models.F("rating_count") * 5),
                name="product_rating_of_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Variant(models.Model):
    """What is really sold: a size or taste with its price and its stock."""

    ACTIVE, RETIRED = "active", "retired"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(max_length=80, blank=True)
    price_rp = models.PositiveBigIntegerField()
    amount = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    measure = models.CharField(max_length=10, blank=True)
    """How much is in it (250 g), for the unit price; the measures stand in `units.py`."""
    on_hand = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    """Promised to orders that are not handed over yet."""
    consigned = models.PositiveIntegerField(default=0)
    """At places that sell for her: no longer on hand, so that nobody orders here what stands there."""
    low_at = models.PositiveIntegerField(null=True, default=3)
    """The seller is told when no more than so many can be sold; empty: never."""
    low_told_at = models.DateTimeField(null=True)
    """When she was told; empty again once it is filled up."""
    status = models.CharField(
        max_length=8, choices=[(ACTIVE, _("Dijual")), (RETIRED, _("Tidak dijual"))], default=ACTIVE
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(price_rp__gte=1), name="variant_has_a_price"),
            # The promise that no shop system we read makes in the database: nobody is sold what is not there.
            models.CheckConstraint(
                condition=models.Q(held__gte=0, held__lte=models.F("on_hand")),
                name="variant_held_within_stock",
            ),
        ]

    @property
    def available(self) -> int:
        return self.on_hand - self.held

    def __str__(self) -> str:
        return f"{self.product_id} {self.name}"


class ProductPhoto(models.Model):
    WAITING, READY, FAILED = "waiting", "ready", "failed"

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos")
    key = models.CharField(max_length=40, unique=True)
    """Names the files of all sizes: media/photos/KEY-640.avif, … (see `photos.py`)."""
    state = models.CharField(
        max_length=8,
        choices=[(WAITING, _("Sedang diolah")), (READY, _("Siap")), (FAILED, _("Gagal"))],
        default=WAITING,
    )
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    alt = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.key
