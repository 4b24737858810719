"""Cooperatives of a village: what they offer, when their members meet, how they fare."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from etoko.catalog.models import Product
from etoko.foundation.ids import new_public_id
from etoko.groups.states import PERMISSION_FLOW
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business


class Cooperative(models.Model):
    ORDINARY, MERAH_PUTIH = "ordinary", "merah_putih"
    KINDS = [(ORDINARY, _("Koperasi")), (MERAH_PUTIH, _("Koperasi Desa Merah Putih"))]
    REGISTERED, NOT_YET = "registered", "not_yet"
    LEGAL = [(REGISTERED, _("Berbadan hukum")), (NOT_YET, _("Belum berbadan hukum"))]
    SERVICES = [
        ("staples", _("Sembako")),
        ("savings", _("Simpan pinjam")),
        ("medicine", _("Apotek atau obat")),
        ("clinic", _("Klinik")),
        ("storage", _("Gudang")),
        ("logistics", _("Angkutan")),
        ("raw_material", _("Bahan baku")),
        ("marketing", _("Menjualkan barang anggota")),
    ]
    """What such cooperatives do; the first six are the units of Inpres 9/2025."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    name = models.CharField(max_length=120)
    search_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=11, choices=KINDS, default=ORDINARY)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    """The village."""
    business = models.OneToOneField(
        Business, on_delete=models.PROTECT, null=True, blank=True, related_name="cooperative"
    )
    """As what it sells: the one record of it in the register."""
    trade = models.CharField(max_length=120, blank=True)
    """Jenis usaha, in its own words."""
    services = models.JSONField(default=list)
    """Keys of SERVICES."""
    legal = models.CharField(max_length=10, choices=LEGAL, default=NOT_YET)
    legal_number = models.CharField(max_length=60, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    women = models.PositiveIntegerField(null=True, blank=True)
    men = models.PositiveIntegerField(null=True, blank=True)
    """How many members; empty is unknown."""
    rat_month = models.PositiveSmallIntegerField(default=3)
    """In which month the yearly meeting of members (RAT) is due: by UU 25/1992 within six months after the
    year."""
    rat_told_year = models.PositiveSmallIntegerField(default=0)
    """The year whose reminder has been sent."""
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("area_id", "name")
        constraints = [
            models.UniqueConstraint(fields=["area", "search_name"], name="cooperative_once_in_a_village"),
            models.CheckConstraint(
                condition=Q(rat_month__gte=1, rat_month__lte=12), name="cooperative_meets_in_a_month"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class YearlyMeeting(models.Model):
    """A RAT that was held: what was reported for the year before."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="yearly_meetings")
    about_year = models.PositiveSmallIntegerField()
    """The year that was accounted for."""
    held_on = models.DateField()
    present = models.PositiveIntegerField()
    turnover_rp = models.PositiveBigIntegerField(null=True, blank=True)
    surplus_rp = models.BigIntegerField(null=True, blank=True)
    """SHU; less than nought is a loss."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("about_year",)
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "about_year"], name="yearly_meeting_once"),
        ]

    def __str__(self) -> str:
        return f"RAT {self.about_year}"


class Permission(models.Model):
    """A member's written word that the cooperative sells what her business makes: which product, for what
    share, what she sees of the sales, and whether she may fill up its stock herself."""

    SUMS, DAYS = "sums", "days"
    SEES = [(SUMS, _("jumlah yang terjual")), (DAYS, _("jumlah yang terjual setiap hari"))]
    NOTHING, STOCK = "nothing", "stock"
    EDITS = [(NOTHING, _("koperasi saja")), (STOCK, _("koperasi; anggota boleh menambah stok"))]

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="permissions")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    """In the cooperative's own shop."""
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    """Of the member who makes it."""
    state = models.CharField(max_length=8, choices=PERMISSION_FLOW.choices, default=PERMISSION_FLOW.initial)
    member_rp = models.PositiveBigIntegerField()
    """What she gets for each one sold."""
    sees = models.CharField(max_length=4, choices=SEES, default=SUMS)
    edits = models.CharField(max_length=7, choices=EDITS, default=NOTHING)
    note = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_for = models.CharField(max_length=200, blank=True)
    """On whose behalf a kader noted the answer, as from a signed sheet."""
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["product"], condition=Q(state__in=("proposed", "agreed")), name="permission_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="permission_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.business_id}"
