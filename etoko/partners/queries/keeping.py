"""What those see who keep an organisation or speak for it, as plain rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from etoko.groups.models import Group
from etoko.groups.models_cooperatives import Cooperative
from etoko.partners.access import Keeping, Voice, voices_of
from etoko.partners.hanging import Hanging, hanging_on
from etoko.partners.helices import HELIX_ICONS, HELIX_NAMES
from etoko.partners.models import SHOWN_NAME, Interest, Mandate, Organisation, Record
from etoko.people.access import within
from etoko.people.models import Person
from etoko.registry.models import LISTED, Business

Words = str | Promise
MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class VoiceRow:
    public_id: str
    name: str
    helix: Words
    icon: str
    role: str
    until: date | None
    leads: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MandateRow:
    id: int
    person: str
    role: str
    kind: Words
    decree_number: str
    starts_on: date
    ends_on: date | None
    state: Words
    tone: str
    may_end: bool
    hangs: int
    """How much has to be handed over."""


@dataclass(frozen=True, slots=True)
class HandoverPage:
    person: str
    role: str
    hangs: list[Hanging]
    successors: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class InterestRow:
    id: int
    person: str
    kind: Words
    towards: str
    note: str
    since: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """Towards whom an interest may be declared, or on what a partner may stand: a value for a form."""

    value: str
    name: str
    note: str


def voice_rows(person: Person, chosen: Voice | None) -> list[VoiceRow]:
    return [voice_row(one, chosen) for one in voices_of(person)]


def voice_row(voice: Voice, chosen: Voice | None) -> VoiceRow:
    organisation = voice.organisation
    return VoiceRow(
        organisation.public_id,
        organisation.title,
        HELIX_NAMES[organisation.helix],
        HELIX_ICONS[organisation.helix],
        voice.role or _("Pemilik atau pengurusnya"),
        voice.mandate.ends_on if voice.mandate else None,
        voice.leads,
        chosen is not None and chosen.organisation.pk == organisation.pk,
    )


def mandate_rows(keeping: Keeping) -> list[MandateRow]:
    """Those in force first, then those to come, then those that are over, the newest first."""
    today = timezone.localdate()
    mandates = list(keeping.organisation.mandates.select_related("person").order_by("-pk"))
    hangs = hanging_on(mandates)
    rows = [_mandate_row(one, today, len(hangs[one.pk])) for one in mandates]
    order = ["ok", "info", "bad", ""]
    return sorted(rows, key=lambda row: order.index(row.tone))


def handover_page(mandate: Mandate) -> HandoverPage:
    today = timezone.localdate()
    others = mandate.organisation.mandates.exclude(pk=mandate.pk).select_related("person")
    return HandoverPage(
        mandate.person.name,
        mandate.role,
        hanging_on([mandate])[mandate.pk],
        [
            (str(one.pk), f"{one.person.name}, {one.role}")
            for one in others
            if one.ended_at is None
            and one.starts_on <= today
            and (one.ends_on is None or one.ends_on >= today)
        ],
    )


def own_interests(person: Person) -> list[InterestRow]:
    """The newest first, those that are over last."""
    return _interest_rows(Interest.objects.filter(person=person))


def interests_around(organisation: Organisation) -> list[InterestRow]:
    """For who looks after it: those towards it, and those of the people who speak for it."""
    speakers = Mandate.objects.filter(organisation=organisation, ended_at__isnull=True).values("person")
    towards = Interest.objects.filter(organisation=organisation)
    if organisation.business_id:
        towards |= Interest.objects.filter(business=organisation.business_id)
    return _interest_rows(towards | Interest.objects.filter(person__in=speakers))


def find_towards(typed: str) -> list[Found]:
    """Partners and businesses that everybody may see, by a part of their name."""
    if len(typed.strip()) < 3:
        return []
    organisations = Organisation.objects.public().called(typed.strip()).whole()
    businesses = Business.objects.filter(
        listing=LISTED, name__icontains=typed.strip(), organisation__isnull=True, merged_into__isnull=True
    ).select_related("area")
    return [
        Found(f"mitra:{one.public_id}", one.title, str(HELIX_NAMES[one.helix]))
        for one in organisations.order_by(SHOWN_NAME)[:MOST_FOUND]
    ] + [
        Found(f"usaha:{one.public_id}", one.name, one.area.name)
        for one in businesses.order_by("name")[:MOST_FOUND]
    ]


def find_records(codes: list[str], typed: str) -> list[Found]:
    """Businesses, groups and cooperatives of these areas that are no partners yet, by a part of their
    name."""
    if len(typed.strip()) < 3:
        return []
    fitting = within(codes) & Q(name__icontains=typed.strip(), organisation__isnull=True)
    found: list[tuple[str, str, Sequence[Record]]] = [
        ("kelompok", _("Kelompok UP2K"), _first(Group.objects.filter(fitting, ended_on__isnull=True))),
        ("koperasi", _("Koperasi"), _first(Cooperative.objects.filter(fitting))),
        ("usaha", _("Usaha"), _first(Business.objects.filter(fitting, merged_into__isnull=True))),
    ]
    return [
        Found(f"{what}:{one.public_id}", one.name, f"{note}, {one.area.name}")
        for what, note, records in found
        for one in records
    ]


def _first(found: QuerySet[Any]) -> Sequence[Any]:
    return list(found.select_related("area").order_by("name")[:MOST_FOUND])


def _mandate_row(mandate: Mandate, today: date, hangs: int) -> MandateRow:
    state: Words
    if mandate.ended_at is not None or (mandate.ends_on is not None and mandate.ends_on < today):
        state, tone = (_("Perlu serah terima"), "bad") if hangs else (_("Berakhir"), "")
    elif mandate.starts_on > today:
        state, tone = _("Belum mulai"), "info"
    else:
        state, tone = _("Berlaku"), "ok"
    return MandateRow(
        mandate.pk,
        mandate.person.name,
        mandate.role,
        dict(Mandate.KINDS)[mandate.kind],
        mandate.decree_number,
        mandate.starts_on,
        mandate.ends_on,
        state,
        tone,
        may_end=bool(tone),
        hangs=hangs,
    )


def _interest_rows(found: QuerySet[Interest]) -> list[InterestRow]:
    whole = found.distinct().select_related(
        "person",
        "business",
        "organisation__business",
        "organisation__group",
        "organisation__cooperative",
    )
    rows = [
        InterestRow(
            one.pk,
            one.person.name,
            dict(Interest.KINDS)[one.kind],
            str(one.organisation or one.business),
            one.note,
            one.declared_at,
            one.ended_at,
        )
        for one in whole
    ]
    return sorted(rows, key=lambda row: row.ended_at is not None)
