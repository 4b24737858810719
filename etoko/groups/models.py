from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from etoko.foundation.ids import new_public_id
from etoko.foundation.kept import Kept
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business

PEMULA, MADYA, UTAMA, MANDIRI = "pemula", "madya", "utama", "mandiri"
LEVELS = [(PEMULA, _("Pemula")), (MADYA, _("Madya")), (UTAMA, _("Utama")), (MANDIRI, _("Mandiri"))]
"""The classes of UP2K groups in the PKK's books (Lampiran 4.22, columns 26–33), lowest first."""


class Group(models.Model):
    """A group of the UP2K programme: neighbours who save, lend to each other and make something to sell."""

    POKSUS, POKLAK = "poksus", "poklak"
    KINDS = [(POKSUS, _("Poksus (kelompok khusus)")), (POKLAK, _("Poklak (kelompok pelaksana)"))]

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    name = models.CharField(max_length=120)
    search_name = models.CharField(max_length=120)
    """Lower case, letters and digits only: two groups of one village do not share it."""
    kind = models.CharField(max_length=6, choices=KINDS, default=POKSUS)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    """The village."""
    hamlet = models.CharField(max_length=120, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    bank_account = models.CharField(max_length=120, blank=True)
    """Where the group keeps its money, as it says so."""
    business = models.OneToOneField(
        Business, on_delete=models.PROTECT, null=True, blank=True, related_name="up2k_group"
    )
    """As what it sells: the one record of it in the register."""
    level = models.CharField(max_length=8, choices=LEVELS, default=PEMULA)
    """Where its `LevelChange`s end."""
    monthly_saving_rp = models.PositiveBigIntegerField(default=0)
    """The simpanan wajib agreed for a month; only proposed on the form, never enforced."""
    monthly_dues_rp = models.PositiveBigIntegerField(default=0)
    charge_percent = models.DecimalField(max_digits=4, decimal_places=2, default=0)
    """Jasa: percent of a loan for each month of it, as the members agreed."""
    cash_rp = models.PositiveBigIntegerField(default=0)
    """The sum of all entries of its books."""
    last_slip = models.PositiveIntegerField(default=0)
    """The number of the newest slip of its books."""
    next_visit_on = models.DateField(null=True, blank=True, db_index=True)
    """When its coach comes next: by the level (`coaching.py`) or as agreed at the last visit."""
    visit_told_on = models.DateField(null=True, blank=True)
    """The day on which a missed visit was told last."""
    ended_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("area_id", "name")
        constraints = [
            models.UniqueConstraint(fields=["area", "search_name"], name="group_once_in_a_village")
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody in a group, from … to …. Whose proven phone this is sees her own lines."""

    GENDERS = [("female", _("Perempuan")), ("male", _("Laki-laki"))]

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    number = models.PositiveIntegerField()
    """In the group's book of members, from one up; never given again."""
    name = models.CharField(max_length=200)
    gender = models.CharField(max_length=7, choices=GENDERS, default="female")
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    """Canonical: +62812…"""
    business = models.ForeignKey(Business, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """What she herself makes, where the register knows it."""
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    """The last day; empty: she is a member."""
    principal_rp = models.PositiveBigIntegerField(default=0)
    mandatory_rp = models.PositiveBigIntegerField(default=0)
    voluntary_rp = models.PositiveBigIntegerField(default=0)
    """What she has saved of each kind: the sums of her entries."""

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="member_number_once"),
            models.UniqueConstraint(
                fields=["group", "phone"],
                condition=Q(left_on__isnull=True) & ~Q(phone=""),
                name="member_once_in_a_group",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="membership_days_in_order",
            ),
        ]

    @property
    def saved_rp(self) -> int:
        return self.principal_rp + self.mandatory_rp + self.voluntary_rp

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """Ketua, sekretaris or bendahara, from … to …: one of each at a time."""

    CHAIR, SECRETARY, TREASURER = "chair", "secretary", "treasurer"
    NAMES = [(CHAIR, _("Ketua")), (SECRETARY, _("Sekretaris")), (TREASURER, _("Bendahara"))]

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="offices")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="offices")
    office = models.CharField(max_length=9, choices=NAMES)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    """The first day on which she does not hold it any more."""

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["group", "office"], condition=Q(ends_on__isnull=True), name="office_held_by_one"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(ends_on__isnull=True), name="member_holds_one_office"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="office_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.member_id}"


class LevelChange(Kept):
    """On which day a group was put on which level, and why. Written once: a mistake gets another."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="level_changes")
    level = models.CharField(max_length=8, choices=LEVELS)
    from_on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="level_changed_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.from_on}"


class Meeting(models.Model):
    """A meeting of the group: who was there, what was spoken of, what was decided."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    agenda = models.CharField(max_length=200)
    notes = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    expected = models.PositiveIntegerField()
    """How many members the group had that day."""
    present = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-held_on", "-id")
        constraints = [
            models.UniqueConstraint(fields=["group", "held_on", "agenda"], name="meeting_once"),
            models.CheckConstraint(
                condition=Q(present__lte=F("expected")), name="meeting_attended_by_members"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agenda} {self.held_on}"


class Attendance(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_id}"


# More chapters of the models; Django looks for them here.
from etoko.groups import (  # noqa: E402, F401
    models_books,
    models_coaching,
    models_cooperatives,
    models_forms,
)
