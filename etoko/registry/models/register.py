from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from etoko.foundation.ids import new_public_id
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.states import VERIFICATION_FLOW

UNKNOWN = "unknown"

LEGAL_FORMS = [
    ("individual", _("Perorangan")),
    ("individual_company", _("Perseroan perorangan")),
    ("cv", _("CV")),
    ("pt", _("PT")),
    ("cooperative", _("Koperasi")),
    ("group", _("Kelompok")),
    (UNKNOWN, _("Tidak diketahui")),
]
SCALES = [
    ("micro", _("Mikro")),
    ("small", _("Kecil")),
    ("medium", _("Menengah")),
    ("large", _("Besar")),
    (UNKNOWN, _("Tidak diketahui")),
]
ACTIVE, CLOSED = "active", "closed"
LISTED, UNLISTED = "listed", "unlisted"


def private_files() -> Storage:
    """Scans of licences show names and numbers of people: they are given out by a gate, never by /media/."""
    return FileSystemStorage(location=settings.DATA_DIR / "private")


class Business(models.Model):
    """A business of the register, once. Shop, licences and everything else hang on it.

    Every "unknown" is a value of its own: an empty number is unknown, never nought.
    Whoever writes a name, products, kind, village, status, owners or consents calls
    `operations.listing.refresh_directory` in the same transaction: the public directory reads what
    that deed derives (`listing` and the words below).
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    name = models.CharField(_("nama usaha"), max_length=200)
    search_name = models.CharField(max_length=200, db_index=True)
    """The name as duplicates are sought: lower case, letters and digits only."""
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    """The village; a wider area where the village is not known."""
    street = models.CharField(_("jalan atau kampung"), max_length=300, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    landmark = models.CharField(_("patokan"), max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    kind = models.CharField(_("jenis usaha"), max_length=40, default=UNKNOWN)
    """A slug of `kinds.py` (makanan, kerajinan, jasa, …)."""
    kind_text = models.CharField(max_length=200, blank=True)
    """The kind as the register wrote it."""
    activity = models.CharField(_("kegiatan utama"), max_length=300, blank=True)
    products_text = models.CharField(_("produk"), max_length=500, blank=True)
    profile = models.TextField(_("tentang usaha"), blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    kbli_edition = models.PositiveSmallIntegerField(null=True, blank=True)
    kbli_code = models.CharField(max_length=5, blank=True)
    kbli_text = models.CharField(max_length=60, blank=True)
    """The code as a register wrote it, where no edition knows it."""
    kbli_category = models.CharField(max_length=120, blank=True)
    """The category of KBLI as a register wrote it."""
    legal_form = models.CharField(max_length=20, choices=LEGAL_FORMS, default=UNKNOWN)
    scale_reported = models.CharField(max_length=10, choices=SCALES, default=UNKNOWN)
    scale_computed = models.CharField(max_length=10, choices=SCALES, default=UNKNOWN)
    """By PP 7/2021 art. 35 from capital or yearly turnover; never overwrites what was reported."""
    workers = models.PositiveIntegerField(null=True, blank=True)
    """All of them; the sum of the four parts below where these are known. Whether the disabled are counted in
    the parts or beside them the national form leaves open, so they are in no sum."""
    paid_men = models.PositiveIntegerField(null=True, blank=True)
    paid_women = models.PositiveIntegerField(null=True, blank=True)
    paid_disabled_men = models.PositiveIntegerField(null=True, blank=True)
    paid_disabled_women = models.PositiveIntegerField(null=True, blank=True)
    unpaid_men = models.PositiveIntegerField(null=True, blank=True)
    unpaid_women = models.PositiveIntegerField(null=True, blank=True)
    unpaid_disabled_men = models.PositiveIntegerField(null=True, blank=True)
    unpaid_disabled_women = models.PositiveIntegerField(null=True, blank=True)
    turnover_rp = models.BigIntegerField(_("omzet setahun"), null=True, blank=True)
    turnover_band = models.CharField(max_length=20, default=UNKNOWN)
    capital_rp = models.BigIntegerField(_("modal usaha"), null=True, blank=True)
    capital_band = models.CharField(max_length=20, default=UNKNOWN)
    assets_rp = models.BigIntegerField(_("aset"), null=True, blank=True)
    started_year = models.PositiveSmallIntegerField(null=True, blank=True)
    started_month = models.PositiveSmallIntegerField(null=True, blank=True)
    verification = models.CharField(
        max_length=20, choices=VERIFICATION_FLOW.choices, default=VERIFICATION_FLOW.initial
    )
    verification_reason = models.TextField(blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(
        max_length=10, choices=[(ACTIVE, _("Aktif")), (CLOSED, _("Tutup"))], default=ACTIVE
    )
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    """The record that it became a part of; it is closed then, and kept for its history
    (`models_merging.py`)."""
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    listing = models.CharField(
        max_length=8, choices=[(LISTED, _("Tampil")), (UNLISTED, _("Tidak tampil"))], default=UNLISTED
    )
    """Derived: active, and its owner agreed to be listed. A text, for SQLite uses no index for a boolean."""
    source_ref = models.CharField(max_length=80, blank=True)
    """How the source named the row, for those that bring their own numbers."""
    source_photo = models.CharField(max_length=300, blank=True)
    """What the source calls its photo: a name or an address, never fetched."""
    source_pulled_at = models.CharField(max_length=40, blank=True)
    source_updated_at = models.CharField(max_length=40, blank=True)
    source_page = models.CharField(max_length=200, blank=True)
    """The last three as the source wrote them: when and where the row was taken from it."""
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["area", "verification"], name="business_worklist"),
            models.Index(fields=["status", "kind", "area"], name="business_directory"),
            models.Index(fields=["search_name", "area"], name="business_same_name"),
            models.Index(fields=["listing", "search_name", "id"], name="business_public_by_name"),
            models.Index(fields=["listing", "area", "search_name"], name="business_public_by_area"),
            models.Index(fields=["listing", "kind", "search_name"], name="business_public_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-11, 7), longitude__range=(94, 142)),
                name="business_in_indonesia",
            ),
            models.CheckConstraint(
                condition=models.Q(turnover_rp__isnull=True) | models.Q(turnover_rp__gte=0),
                name="business_turnover_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(capital_rp__isnull=True) | models.Q(capital_rp__gte=0),
                name="business_capital_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(assets_rp__isnull=True) | models.Q(assets_rp__gte=0),
                name="business_assets_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(started_month__isnull=True) | models.Q(started_month__range=(1, 12)),
                name="business_started_in_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OwnersNow(models.Manager["Owner"]):
    def get_queryset(self) -> models.QuerySet["Owner"]:
        return super().get_queryset().filter(until_on__isnull=True)


class Owner(models.Model):
    """Whose business it is; most have no account (`person`) yet. Former owners stay, with their last day:
    `objects` and `business.owners` hold the present ones, `everybody` holds all."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="owners")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("nama pemilik"), max_length=200)
    search_name = models.CharField(max_length=200, db_index=True)
    """Without titles (Hj., Ibu, Pak), lower case, letters only."""
    gender = models.CharField(
        max_length=10,
        choices=[("female", _("Perempuan")), ("male", _("Laki-laki")), (UNKNOWN, _("Tidak diketahui"))],
        default=UNKNOWN,
    )
    nik_sealed = models.BinaryField(null=True, blank=True)
    """Encrypted; kept only when the officer said so."""
    nik_hash = models.CharField(max_length=64, blank=True, db_index=True)
    since_on = models.DateField(null=True, blank=True)
    """Empty: from before the register knew the business."""
    until_on = models.DateField(null=True, blank=True)

    objects = OwnersNow()
    everybody = models.Manager["Owner"]()

    def __str__(self) -> str:
        return self.name


class BusinessPhone(models.Model):
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="phones")
    phone = models.CharField(max_length=20, db_index=True)
    """Canonical: +62812…"""
    note = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["business", "phone"], name="business_phone_once")]

    def __str__(self) -> str:
        return self.phone


class BusinessRole(models.Model):
    """Who may act for a business, from … to …."""

    OWNER, STAFF = "owner", "staff"

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="business_roles")
    role = models.CharField(max_length=10, choices=[(OWNER, _("Pemilik")), (STAFF, _("Pegawai"))])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "person", "role", "starts_on"], name="business_role_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="business_role_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.business_id}"


class PublicConsent(models.Model):
    """What the owner lets everybody see. Nothing of her is shown without a row that is in force."""

    LISTING, OWNER_NAME, PHONE, ADDRESS, LOCATION = "listing", "owner_name", "phone", "address", "location"
    WHAT = [
        (LISTING, _("Nama usaha, desa, dan produk")),
        (OWNER_NAME, _("Nama pemilik")),
        (PHONE, _("Nomor WhatsApp")),
        (ADDRESS, _("Alamat lengkap")),
        (LOCATION, _("Letak di peta")),
    ]

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="consents")
    what = models.CharField(max_length=12, choices=WHAT)
    given_at = models.DateTimeField()
    how = models.CharField(max_length=40, blank=True)
    """self, kader, paper or the column of the register that says so."""
    text_version = models.CharField(max_length=20, blank=True)
    """The wording that she agreed to (`consent_texts.py`); empty: a register that was imported asked her."""
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    """Or replaced: who agrees to a text that says more has a new row from the same moment on."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "what"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="public_consent_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.what}"


class Licence(models.Model):
    KINDS = [
        ("nib", "NIB"),
        ("pirt", "P-IRT"),
        ("halal", "Halal"),
        ("bpom", "BPOM"),
        ("npwp", "NPWP"),
        ("brand", _("Merek")),
        ("sni", "SNI"),
        ("kusuka", "KUSUKA"),
        ("other", _("Lainnya")),
    ]
    STATUSES = [
        ("held", _("Punya")),
        ("in_process", _("Sedang diurus")),
        ("not_required", _("Tidak wajib")),
        ("none", _("Belum punya")),
        (UNKNOWN, _("Tidak diketahui")),
    ]
    PENDING, CHECKED, REJECTED = "pending", "checked", "rejected"

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="licences")
    kind = models.CharField(max_length=10, choices=KINDS)
    status = models.CharField(max_length=12, choices=STATUSES, default=UNKNOWN)
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    scan = models.FileField(upload_to="licences/", storage=private_files, blank=True)
    check_state = models.CharField(
        max_length=10,
        choices=[
            (PENDING, _("Belum diperiksa")),
            (CHECKED, _("Sudah diperiksa")),
            (REJECTED, _("Tidak sesuai")),
        ],
        default=PENDING,
    )
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    reminded_for = models.DateField(null=True, blank=True)
    reminded_days = models.PositiveSmallIntegerField(default=0)
    """For which last day somebody was told, and the stage of it (90, 30 or 7 days before)."""

    class Meta:
        indexes = [models.Index(fields=["status", "expires_on"], name="licence_ends")]
        constraints = [
            models.UniqueConstraint(fields=["business", "kind", "number"], name="licence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class DirectoryWord(models.Model):
    """A word by which a listed business is found. Holds only what its owner agreed to show."""

    NAME, PRODUCTS, ABOUT = 1, 2, 3

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="words", db_index=False)
    """Its own index is the beginning of `directory_word_place`."""
    word = models.CharField(max_length=40)
    """Folded by `search.fold_word`."""
    place = models.PositiveSmallIntegerField()
    """1 in the name, 2 among the products, 3 kind, village or owner."""

    class Meta:
        indexes = [models.Index(fields=["business", "place", "word"], name="directory_word_place")]
        constraints = [models.UniqueConstraint(fields=["word", "business"], name="directory_word_once")]

    def __str__(self) -> str:
        return f"{self.word} {self.business_id}"


class VillageTarget(models.Model):
    """How many businesses the office expects a village to have: what coverage is measured against."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="+")
    businesses = models.PositiveIntegerField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(businesses__gte=1), name="village_target_positive")
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.businesses}"
