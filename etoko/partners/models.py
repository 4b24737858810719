from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from etoko.foundation.ids import new_public_id
from etoko.groups.models import Group
from etoko.groups.models_cooperatives import Cooperative
from etoko.partners.helices import HELICES, REACHES
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import LISTED, Business

Record = Business | Group | Cooperative
RECORDS: dict[type[Record], str] = {Business: "business", Group: "group", Cooperative: "cooperative"}
"""What an organisation may stand on instead of a name of its own, and in which field."""


SHOWN_NAME = Coalesce(NullIf("name", models.Value("")), "business__name", "group__name", "cooperative__name")
"""To sort by."""


class Organisations(models.QuerySet["Organisation"]):
    def whole(self) -> "Organisations":
        """With what its name is read from."""
        return self.select_related("area", *RECORDS.values())

    def called(self, part: str) -> "Organisations":
        """Whose name has this part."""
        names = ("name", *(f"{field}__name" for field in RECORDS.values()))
        return self.filter(Q(*((f"{name}__icontains", part) for name in names), _connector=Q.OR))

    def public(self) -> "Organisations":
        """Of a business only while it may be seen in the public directory of the register."""
        return self.filter(Q(business__isnull=True) | Q(business__listing=LISTED))


class Organisation(models.Model):
    """A partner: an office, a campus, a company, a community, a newsroom. What has a record already, a
    business, a group or a cooperative, is no second one: it stands on that record and has its name."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    name = models.CharField(max_length=160, blank=True)
    """Empty where it stands on a record."""
    search_name = models.CharField(max_length=160, blank=True)
    helix = models.CharField(max_length=10, choices=HELICES)
    kind = models.CharField(max_length=80)
    """In plain words: "Perguruan tinggi", "Dinas", "Hotel"."""
    reach = models.CharField(max_length=12, choices=REACHES)
    """On which level it works."""
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    """For which place it is a partner; the officers of the place keep it."""
    business = models.OneToOneField(
        Business, on_delete=models.PROTECT, null=True, blank=True, related_name="organisation"
    )
    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="organisation"
    )
    cooperative = models.OneToOneField(
        Cooperative, on_delete=models.PROTECT, null=True, blank=True, related_name="organisation"
    )
    about = models.CharField(max_length=600, blank=True)
    offers = models.CharField(max_length=600, blank=True)
    wants = models.CharField(max_length=600, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    """Of the office, for everybody; canonical: +62812…"""
    mail = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    objects = Organisations.as_manager()

    class Meta:
        ordering = ("helix", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "search_name"], condition=~Q(name=""), name="organisation_once_in_a_place"
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(name="") & Q(business__isnull=True, group__isnull=True, cooperative__isnull=True)
                    | Q(name="", business__isnull=False, group__isnull=True, cooperative__isnull=True)
                    | Q(name="", business__isnull=True, group__isnull=False, cooperative__isnull=True)
                    | Q(name="", business__isnull=True, group__isnull=True, cooperative__isnull=False)
                ),
                name="organisation_has_one_name",
            ),
        ]

    @property
    def record(self) -> Record | None:
        """Read it with `whole()`."""
        return self.business or self.group or self.cooperative

    @property
    def title(self) -> str:
        """Read it with `whole()`."""
        return self.name or str(self.record)

    def __str__(self) -> str:
        return self.title


class Mandate(models.Model):
    """Somebody speaks for an organisation in a role, from … to …, by a decree."""

    LEAD, SPEAKER, GUEST = "lead", "speaker", "mandate_guest"
    KINDS = [(LEAD, _("Pimpinan")), (SPEAKER, _("Wakil")), (GUEST, _("Tamu"))]

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=13, choices=KINDS)
    """A leader also keeps the organisation and gives mandates; a guest only speaks, and only for a time."""
    role = models.CharField(max_length=80)
    """As the decree calls it: "Kepala Seksi Pemberdayaan Masyarakat"."""
    decree_number = models.CharField(max_length=80, blank=True)
    """Of the SK, or of the letter or minutes that say so; only a guest may come without."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    """The last day; empty: until further notice."""
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    """Taken back before its last day, or handed over; it gives nothing from that moment on."""
    end_reason = models.CharField(max_length=300, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    """To whom was handed over what hung on this one."""

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mandate_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind="mandate_guest") | Q(ends_on__isnull=False), name="mandate_of_a_guest_ends"
            ),
            models.CheckConstraint(
                condition=Q(kind="mandate_guest") | ~Q(decree_number=""), name="mandate_has_a_decree"
            ),
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(ended_at__isnull=True, ends_on__isnull=True),
                name="mandate_without_end_once",
            ),
        ]

    def __str__(self) -> str:
        return self.role


class Act(models.Model):
    """Who did it, for which organisation, and of which helix that was at the moment."""

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    helix = models.CharField(max_length=10, choices=HELICES)
    role = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True


class Interest(models.Model):
    """What ties somebody to an organisation or a business besides her mandates, as she declares it herself.
    It is ended, not deleted: what was decided meanwhile must stay understandable."""

    KIN, OWNERSHIP, CONTRACT, OTHER = "kin", "ownership", "contract", "other_tie"
    KINDS = [
        (KIN, _("Keluarga")),
        (OWNERSHIP, _("Kepemilikan atau saham")),
        (CONTRACT, _("Kontrak, utang, atau pekerjaan")),
        (OTHER, _("Hubungan lain")),
    ]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=9, choices=KINDS)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    note = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, business__isnull=True)
                | Q(organisation__isnull=True, business__isnull=False),
                name="interest_towards_one",
            ),
        ]

    def __str__(self) -> str:
        return str(dict(self.KINDS)[self.kind])


def standing_on(record: Record) -> dict[str, Any]:
    """By what the organisation is found that stands on this record."""
    return {RECORDS[type(record)]: record}
