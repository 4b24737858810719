from django.db import models


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
    rating = models.PositiveIntegerField(default=3500)
    """Smoothed, in thousandths of a star (`catalog/rating.py`)."""
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
            models.Index(fields=["kind", "rating", "ref"], name="search_by_kind_rating"),
            models.Index(fields=["group_id", "rating", "ref"], name="search_by_group_rating"),
            models.Index(fields=["category_id", "rating", "ref"], name="search_by_category_rating"),
            models.Index(fields=["area_code", "kind", "rating", "ref"], name="search_by_area_rating"),
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
