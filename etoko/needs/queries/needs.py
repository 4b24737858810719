"""What the pages of needs show, as plain rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from etoko.needs.access import BUSINESS, COOPERATIVE, GROUP, WHAT, Standing, cooperatives_of, groups_led_by
from etoko.needs.models import FIELDS, Need, Thing, of
from etoko.needs.rubric import AGE_MARKS, KIND_NAMES, KINDS, SEVERITIES, age_tone
from etoko.needs.states import NEED_FLOW, OPEN_STATES, REASON_WORDS, TONES
from etoko.people.access import within
from etoko.people.models import Person
from etoko.places.models import VILLAGE, Area
from etoko.registry.access import businesses_of

PAGE_SIZE = 30
DONE = "selesai"
Words = str | Promise


@dataclass(frozen=True, slots=True)
class NeedRow:
    public_id: str
    of: str
    village: str
    kind: Words
    text: str
    severity: Words
    severity_tone: str
    state: Words
    state_tone: str
    is_open: bool
    days: int
    """How old it is; of one that is settled, how long it took."""
    age_tone: str
    """Empty for one that is settled, or young."""


@dataclass(frozen=True, slots=True)
class MoveRow:
    name: str
    label: Words
    asks_reason: str
    asks: Words


@dataclass(frozen=True, slots=True)
class StepRow:
    state: Words
    by: str
    for_name: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NeedPage:
    row: NeedRow
    severity_meaning: Words
    severity: int
    has_photo: bool
    said_by: str
    for_name: str
    said_at: datetime
    steps: list[StepRow]
    moves: list[MoveRow]
    may_verify: bool
    waits_for_check: bool


@dataclass(frozen=True, slots=True)
class Subject:
    what: str
    public_id: str
    name: str
    village: str
    open_needs: int


@dataclass(frozen=True, slots=True)
class Filter:
    village: str = ""
    kind: str = ""
    state: str = ""
    """A state, "selesai" for what is settled, or "" for all that is open."""
    least_days: int = 0

    def query(self, **changes: object) -> str:
        facts = {
            "desa": self.village,
            "jenis": self.kind,
            "keadaan": self.state,
            "umur": self.least_days,
        } | changes
        return urlencode({name: value for name, value in facts.items() if value})


@dataclass(frozen=True, slots=True)
class Worklist:
    rows: list[NeedRow]
    total: int
    page: int
    last: int
    by_age: list[tuple[int, str, int]]
    """(least days, tone, how many open needs are at least so old)."""


@dataclass(frozen=True, slots=True)
class VillageRow:
    code: str
    name: str
    counts: list[int]
    """By kind, in the order of `rubric.KINDS`."""
    total: int
    oldest_days: int


def own_subjects(person: Person) -> list[Subject]:
    """The businesses, groups and cooperatives she speaks for, with how many needs of each are open."""
    hers: dict[str, Sequence[Thing]] = {
        BUSINESS: [one for one in businesses_of(person) if not one.merged_into_id],
        GROUP: groups_led_by(person),
        COOPERATIVE: cooperatives_of(person),
    }
    codes = {one.area_id for things in hers.values() for one in things}
    areas = dict(Area.objects.filter(pk__in=codes).values_list("pk", "name"))
    return [
        Subject(what, one.public_id, one.name, areas[one.area_id], open_needs.get(one.pk, 0))
        for what, things in hers.items()
        for open_needs in [_open_needs(what, things)]
        for one in things
    ]


def _open_needs(what: str, things: Sequence[Thing]) -> dict[int, int]:
    field = FIELDS[WHAT[what]]
    found = Need.objects.filter(**{f"{field}__in": things}, state__in=OPEN_STATES).order_by()
    return dict(found.values_list(field).annotate(Count("pk"))) if things else {}


def needs_of(thing: Thing, *, at: datetime) -> list[NeedRow]:
    """All of them, the open ones first, the most pressing before the others."""
    needs = Need.objects.filter(**of(thing)).select_related(*FIELDS.values(), "area")
    rows = [_row(one, at) for one in _pressing_first(needs, at)]
    return sorted(rows, key=lambda row: not row.is_open)


def need_page(need: Need, standing: Standing, *, at: datetime) -> NeedPage:
    severity = SEVERITIES[need.severity]
    moves = [
        MoveRow(one.name, one.label, one.asks_reason, REASON_WORDS[one.name])
        for one in NEED_FLOW.moves_from(need.state, standing.parties)
    ]
    return NeedPage(
        row=_row(need, at),
        severity_meaning=severity.meaning,
        severity=severity.number,
        has_photo=bool(need.photo_key),
        said_by=need.said_by.name,
        for_name=need.for_name,
        said_at=need.said_at,
        steps=[
            StepRow(NEED_FLOW.states[one.to_state], one.by.name, one.for_name, one.reason, one.at)
            for one in need.steps.select_related("by").order_by("-id")
        ],
        moves=moves,
        may_verify=(
            need.state == NEED_FLOW.initial and standing.may_care and need.said_by_id != standing.person.pk
        ),
        waits_for_check=need.state == NEED_FLOW.initial,
    )


def worklist(codes: Sequence[str], wanted: Filter, *, at: datetime, page: int = 1) -> Worklist:
    """The needs of these areas that fit, by severity × age: a light one that has waited a year comes before a
    grave one of last week."""
    seen = Need.objects.filter(within(list(codes)))
    found = seen
    if wanted.village:
        found = found.filter(within([wanted.village]))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state in NEED_FLOW.states:
        found = found.filter(state=wanted.state)
    elif wanted.state == DONE:
        found = found.exclude(state__in=OPEN_STATES)
    else:
        found = found.filter(state__in=OPEN_STATES)
    if wanted.least_days:
        found = found.filter(said_at__lte=at - timedelta(days=wanted.least_days))
    total = found.count()
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    start = (page - 1) * PAGE_SIZE
    rows = _pressing_first(found.select_related(*FIELDS.values(), "area"), at)[start : start + PAGE_SIZE]
    return Worklist([_row(one, at) for one in rows], total, page, last, _by_age(seen, at))


def village_table(codes: Sequence[str], *, at: datetime) -> list[VillageRow]:
    """Open needs of each village by kind: all its villages, also those without any."""
    counted: dict[str, dict[str, int]] = {}
    oldest: dict[str, datetime] = {}
    found = Need.objects.filter(within(list(codes)), state__in=OPEN_STATES).order_by()
    for code, kind, number, since in found.values_list("area_id", "kind").annotate(
        Count("pk"), first=Min("said_at")
    ):
        counted.setdefault(code, {})[kind] = number
        oldest[code] = min(since, oldest.get(code, since))
    rows = [
        VillageRow(
            code,
            name,
            [counted.get(code, {}).get(kind, 0) for kind, _name in KINDS],
            sum(counted.get(code, {}).values()),
            (at - oldest[code]).days if code in oldest else 0,
        )
        for code, name in villages_within(codes)
    ]
    return sorted(rows, key=lambda row: (-row.total, row.name))


def villages_within(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Everywhere means the villages of the home area."""
    wide = [code or settings.HOME_AREA for code in codes]
    return list(Area.objects.filter(within(wide, "code"), level=VILLAGE).values_list("code", "name"))


STATE_CHIPS: list[tuple[str, Words]] = [
    ("", _("Belum selesai")),
    *((state, NEED_FLOW.states[state]) for state in OPEN_STATES),
    (DONE, _("Selesai")),
]


def _by_age(seen: QuerySet[Need], at: datetime) -> list[tuple[int, str, int]]:
    counts = seen.filter(state__in=OPEN_STATES).aggregate(
        **{
            f"d{least}": Count("pk", filter=Q(said_at__lte=at - timedelta(days=least)))
            for least, _tone in AGE_MARKS
        }
    )
    return [(least, tone, counts[f"d{least}"]) for least, tone in AGE_MARKS]


def _pressing_first(needs: QuerySet[Need], at: datetime) -> QuerySet[Need]:
    waited = ExpressionWrapper(
        Value(at, output_field=DateTimeField()) - F("said_at"), output_field=DurationField()
    )
    # Summed up, not multiplied: SQLite keeps no times that can be multiplied.
    times = {1: waited, 2: waited + waited, 3: waited + waited + waited, 4: waited + waited + waited + waited}
    pressing = Case(
        *(When(severity=severity, then=long) for severity, long in times.items()),
        output_field=DurationField(),
    )
    return needs.annotate(pressing=pressing).order_by("-pressing", "id")


def _row(need: Need, at: datetime) -> NeedRow:
    severity = SEVERITIES[need.severity]
    is_open = need.state in OPEN_STATES
    days = ((at if is_open else need.changed_at) - need.said_at).days
    return NeedRow(
        public_id=need.public_id,
        of=str(need.thing),
        village=need.area.name,
        kind=KIND_NAMES[need.kind],
        text=need.text,
        severity=severity.name,
        severity_tone=severity.tone,
        state=NEED_FLOW.states[need.state],
        state_tone=TONES.get(need.state, "info"),
        is_open=is_open,
        days=days,
        age_tone=age_tone(days) if is_open else "",
    )
