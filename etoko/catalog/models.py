from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.catalog.states import PRODUCT_FLOW, SHOP_FLOW
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
    status_reason = models.CharField(max_length=300, blank=True)
    """Why an officer suspended it, for the owner to read."""
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

    CASH, TRANSFER, QRIS = "cash", "transfer", "qris"
    KINDS = [(CASH, _("Tunai saat terima")), (TRANSFER, _("Transfer bank")), (QRIS, "QRIS")]

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="payment_options")
    kind = models.CharField(max_length=10, choices=KINDS)
    bank = models.CharField(max_length=60, blank=True)
    account_number = models.CharField(max_length=40, blank=True)
    account_name = models.CharField(max_length=100, blank=True)
    qris_image = models.CharField(max_length=200, blank=True)

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
    status = models.CharField(max_length=10, choices=PRODUCT_FLOW.choices, default=PRODUCT_FLOW.initial)
    price_from_rp = models.PositiveBigIntegerField(default=0)
    price_to_rp = models.PositiveBigIntegerField(default=0)
    photo = models.JSONField(default=dict)
    """The first photo as pages need it: {"key", "width", "height", "alt", "formats"}, see `photos.py`;
    empty: the woven pattern."""
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


class SearchEntry(models.Model):
    """A product on sale, an open shop or a listed business as it is found. Derived: `search/README.md`."""

    PRODUCT, SHOP, BUSINESS = "p", "s", "b"

    kind = models.CharField(
        max_length=1, choices=[(PRODUCT, "product"), (SHOP, "shop"), (BUSINESS, "business")]
    )
    ref = models.BigIntegerField()
    """The id of the product, shop or business."""
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=140)
    place = models.CharField(max_length=200)
    names = models.TextField()
    """Tokens of the name and the village between spaces: " kerupuk udang taban "."""
    words = models.TextField()
    """Tokens of everything, and those of the filters: " kerupuk udang taban kp v36030420041 c12 m27 "."""
    spelt = models.TextField()
    """The words as they were written, for the vocabulary."""
    area_code = models.CharField(max_length=13)
    category_id = models.BigIntegerField(null=True)
    group_id = models.BigIntegerField(null=True)
    shop_id = models.BigIntegerField(null=True)
    price_rp = models.PositiveBigIntegerField(default=0)
    fresh = models.BigIntegerField()
    """Seconds since 1970 when it was made: what is new stands first."""
    hours = models.CharField(max_length=56, blank=True)
    """Opening and closing time of each weekday, "08001700…", "99990000" for a closed day."""
    holiday_from_on = models.DateField(null=True)
    holiday_until_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="search_entry_once")]
        indexes = [
            models.Index(fields=["kind", "fresh", "ref"], name="search_by_kind"),
            models.Index(fields=["kind", "price_rp", "ref"], name="search_by_kind_price"),
            models.Index(fields=["group_id", "fresh", "ref"], name="search_by_group"),
            models.Index(fields=["group_id", "price_rp", "ref"], name="search_by_group_price"),
            models.Index(fields=["category_id", "fresh", "ref"], name="search_by_category"),
            models.Index(fields=["category_id", "price_rp", "ref"], name="search_by_category_price"),
            models.Index(fields=["area_code", "kind", "fresh", "ref"], name="search_by_area"),
            models.Index(fields=["area_code", "kind", "price_rp", "ref"], name="search_by_area_price"),
            models.Index(fields=["shop_id", "kind"], name="search_of_shop"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class SearchWord(models.Model):
    """A word that stands in some entry: what mistyped words are repaired from."""

    word = models.CharField(max_length=40, unique=True)
    token = models.CharField(max_length=60, db_index=True)
    docs = models.IntegerField(default=0)
    """In how many entries it stands."""
    names = models.IntegerField(default=0)
    """In how many of them in the name."""
    first = models.CharField(max_length=1)
    bones = models.CharField(max_length=40, db_index=True)
    """Its consonants, each once in a row: "krpk" for kerupuk and for krupukk."""
    tail = models.CharField(max_length=3, db_index=True)
    length = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["first", "length", "-docs"], name="search_word_alike")]

    def __str__(self) -> str:
        return self.word
