"""The public directory of partners, as plain rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils.functional import Promise

from etoko.partners.access import mandates_in_force
from etoko.partners.helices import HELICES, HELIX_ICONS, HELIX_NAMES, HELIX_NOTES, REACH_NAMES
from etoko.partners.models import SHOWN_NAME, Mandate, Organisation, Organisations
from etoko.people.access import within
from etoko.places.names import full_name

PAGE_SIZE = 30
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Wanted:
    helix: str = ""
    reach: str = ""
    typed: str = ""

    def query(self, **changes: str) -> str:
        facts = {"unsur": self.helix, "tingkat": self.reach, "q": self.typed} | changes
        return urlencode({name: value for name, value in facts.items() if value})


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    public_id: str
    name: str
    helix: Words
    helix_icon: str
    kind: str
    reach: Words
    place: str
    offers: str


@dataclass(frozen=True, slots=True)
class HelixChip:
    helix: str
    name: Words
    note: Words
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class Directory:
    rows: list[OrganisationRow]
    total: int
    page: int
    last: int
    helices: list[HelixChip]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    name: str
    role: str
    until: date | None
    is_guest: bool


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    row: OrganisationRow
    helix: str
    about: str
    offers: str
    wants: str
    phone: str
    mail: str
    website: str
    street: str
    speakers: list[SpeakerRow]
    stands_on_record: bool
    record_path: str
    """Where what it stands on can be seen by everybody; empty: nowhere."""


def directory(wanted: Wanted, *, page: int = 1, codes: Sequence[str] | None = None) -> Directory:
    """The partners that fit, by helix and name: what everybody may see, or, of these areas, all."""
    seen = Organisation.objects.public() if codes is None else Organisation.objects.filter(within([*codes]))
    counts = dict(seen.order_by().values_list("helix").annotate(Count("pk")))
    found = _fitting(seen, wanted)
    total = found.count()
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    start = (page - 1) * PAGE_SIZE
    in_order = Case(
        *(When(helix=helix, then=Value(number)) for number, (helix, _name) in enumerate(HELICES)),
        output_field=IntegerField(),
    )
    shown = found.whole().order_by(in_order, SHOWN_NAME, "pk")[start : start + PAGE_SIZE]
    return Directory(
        [row_of(one) for one in shown],
        total,
        page,
        last,
        [
            HelixChip(helix, name, HELIX_NOTES[helix], HELIX_ICONS[helix], counts.get(helix, 0))
            for helix, name in HELICES
        ],
    )


def organisation_page(organisation: Organisation) -> OrganisationPage:
    speakers = mandates_in_force().filter(organisation=organisation).select_related("person")
    return OrganisationPage(
        row=row_of(organisation),
        helix=organisation.helix,
        about=organisation.about,
        offers=organisation.offers,
        wants=organisation.wants,
        phone=organisation.phone,
        mail=organisation.mail,
        website=organisation.website,
        street=organisation.street,
        speakers=[
            SpeakerRow(one.person.name, one.role, one.ends_on, one.kind == Mandate.GUEST)
            for one in sorted(speakers, key=lambda one: (one.kind != Mandate.LEAD, one.pk))
        ],
        stands_on_record=organisation.record is not None,
        record_path=f"/usaha/{organisation.business.public_id}/" if organisation.business else "",
    )


def row_of(organisation: Organisation) -> OrganisationRow:
    """Of one that was read with `whole()`."""
    area = organisation.area
    return OrganisationRow(
        public_id=organisation.public_id,
        name=organisation.title,
        helix=HELIX_NAMES[organisation.helix],
        helix_icon=HELIX_ICONS[organisation.helix],
        kind=organisation.kind,
        reach=REACH_NAMES[organisation.reach],
        place=full_name(area.kind, area.name),
        offers=organisation.offers or organisation.about,
    )


def _fitting(found: Organisations, wanted: Wanted) -> Organisations:
    if wanted.helix in HELIX_NAMES:
        found = found.filter(helix=wanted.helix)
    if wanted.reach in REACH_NAMES:
        found = found.filter(reach=wanted.reach)
    for word in wanted.typed.split()[:5]:
        said = Q(kind__icontains=word) | Q(offers__icontains=word) | Q(wants__icontains=word)
        found = found.filter(said | Q(pk__in=Organisation.objects.called(word).values("pk")))
    return found
