"""What the pages of promises show, as plain rows."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.partners.helices import HELIX_ICONS, HELIX_NAMES
from etoko.partners.models import Organisation
from etoko.promises.access import Standing, is_public
from etoko.promises.models import Objection, Promise
from etoko.promises.queries.counting import counts_against
from etoko.promises.states import (
    OBJECTED,
    OBJECTION_FLOW,
    OPEN_STATES,
    PROMISE_FLOW,
    PROMISER,
    REASON_WORDS,
    REPORTED,
    TONES,
    VERIFIED,
    WITHDRAWN,
)
from etoko.registry.models import LISTED

PAGE_SIZE = 30
Words = str | Lazy

OPEN, LATE, WAITING, KEPT, WITHDRAWN_ONES = "berjalan", "terlambat", "dilaporkan", "ditepati", "dibatalkan"
SHOWN: list[tuple[str, Words]] = [
    (OPEN, gettext_lazy("Berjalan")),
    (LATE, gettext_lazy("Terlambat")),
    (WAITING, gettext_lazy("Menunggu dinilai")),
    (KEPT, gettext_lazy("Ditepati")),
    (WITHDRAWN_ONES, gettext_lazy("Dibatalkan")),
]


@dataclass(frozen=True, slots=True)
class Wanted:
    helix: str = ""
    shown: str = OPEN
    origin: str = ""

    def query(self, **changes: str) -> str:
        facts = {"unsur": self.helix, "keadaan": self.shown, "asal": self.origin} | changes
        return urlencode({name: value for name, value in facts.items() if value})


@dataclass(frozen=True, slots=True)
class PromiseRow:
    public_id: str
    what: str
    by: str
    by_id: str
    helix: Words
    helix_icon: str
    whom: str
    due_on: date
    origin: Words
    origin_words: str
    state: Words
    tone: str
    days_late: int
    """Nought: it is not late."""


@dataclass(frozen=True, slots=True)
class Board:
    rows: list[PromiseRow]
    total: int
    page: int
    last: int
    counts: list[tuple[str, Words, int]]
    """Of each way to be shown, with the helix and origin as wanted."""


@dataclass(frozen=True, slots=True)
class StepRow:
    id: int
    state: Words
    by: str
    helix: Words
    reason: str
    at: datetime
    has_photo: bool


@dataclass(frozen=True, slots=True)
class MoveRow:
    name: str
    label: Words
    asks_reason: str
    asks: Words


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    state: Words
    is_open: bool
    text: str
    answer: str
    answered_for: str
    moves: list[MoveRow]


@dataclass(frozen=True, slots=True)
class PromisePage:
    row: PromiseRow
    promised_at: datetime
    steps: list[StepRow]
    moves: list[MoveRow]
    may_report: bool
    may_object: bool
    objection: ObjectionPage | None
    is_insider: bool
    why_not: str
    """Why somebody who acts for a partner may not judge what waits; empty: she may, or nothing waits."""


def board(wanted: Wanted, *, today: date, page: int = 1) -> Board:
    """What everybody may see, by the day on which it is due; what is over, the newest first."""
    seen = _public().filter(**{name: value for name, value in _facts(wanted).items() if value})
    ways = _ways(today)
    counts = seen.order_by().aggregate(**{way: Count("pk", filter=which) for way, which in ways.items()})
    total = counts[wanted.shown] if wanted.shown in ways else 0
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    start = (page - 1) * PAGE_SIZE
    found = seen.filter(ways.get(wanted.shown, Q(pk__in=[])))
    in_order = (
        found.order_by("due_on", "pk") if wanted.shown in (OPEN, LATE) else found.order_by("-due_on", "-pk")
    )
    rows = [row_of(one, today) for one in whole(in_order)[start : start + PAGE_SIZE]] if total else []
    return Board(rows, total, page, last, [(way, words, counts[way]) for way, words in SHOWN])


def promises_of(organisation: Organisation, *, today: date, most: int = 100) -> list[PromiseRow]:
    """The open ones first, then the others, the newest first."""
    found = whole(Promise.objects.filter(organisation=organisation)).order_by("-due_on", "-pk")[:most]
    rows = [(one.state not in OPEN_STATES, row_of(one, today)) for one in found]
    return [row for _is_over, row in sorted(rows, key=lambda pair: pair[0])]


def promise_page(standing: Standing) -> PromisePage:
    promise, parties = standing.promise, standing.parties
    today = timezone.localdate()
    steps = promise.steps.select_related(
        "organisation__business", "organisation__group", "organisation__cooperative"
    )
    objection = (
        Objection.objects.select_related(
            "answered_for__business", "answered_for__group", "answered_for__cooperative"
        )
        .filter(promise=promise)
        .first()
    )
    return PromisePage(
        row=row_of(promise, today, is_insider=standing.is_insider),
        promised_at=promise.promised_at,
        steps=[
            StepRow(
                one.pk,
                PROMISE_FLOW.states[one.to_state],
                shown_title(one.organisation, standing.is_insider),
                HELIX_NAMES[one.helix],
                one.reason,
                one.at,
                bool(one.photo_key),
            )
            for one in steps.order_by("-id")
        ],
        moves=[
            MoveRow(one.name, one.label, one.asks_reason, REASON_WORDS[one.name])
            for one in PROMISE_FLOW.moves_from(promise.state, parties)
        ],
        may_report=PROMISER in parties and promise.state in PROMISE_FLOW.moves["report"].sources,
        may_object=(PROMISER in parties and objection is None and counts_against(promise, today=today)),
        objection=_objection(objection, standing) if objection else None,
        is_insider=standing.is_insider,
        why_not=(
            _("Yang menilai: penerima janji, atau mitra dari unsur lain yang tidak punya hubungan dengannya.")
            if promise.state == REPORTED and standing.voice is not None and not parties
            else ""
        ),
    )


def row_of(promise: Promise, today: date, *, is_insider: bool = False) -> PromiseRow:
    is_late = promise.is_late(today)
    return PromiseRow(
        promise.public_id,
        promise.what,
        shown_title(promise.organisation, is_insider),
        promise.organisation.public_id,
        HELIX_NAMES[promise.helix],
        HELIX_ICONS[promise.helix],
        promise.for_words
        or (shown_title(promise.for_organisation, is_insider) if promise.for_organisation else ""),
        promise.due_on,
        dict(Promise.ORIGINS)[promise.origin],
        promise.origin_words,
        PROMISE_FLOW.states[promise.state],
        TONES.get(promise.state, ""),
        (today - promise.due_on).days if is_late else 0,
    )


def shown_title(organisation: Organisation, is_insider: bool) -> str:
    """Not everybody reads the name of a business that is not listed."""
    return organisation.title if is_insider or is_public(organisation) else _("Sebuah usaha")


def whole(found: QuerySet[Promise]) -> QuerySet[Promise]:
    """With what the names are read from."""
    sides = ("organisation", "for_organisation")
    return found.select_related(
        *(f"{side}__{record}" for side in sides for record in ("business", "group", "cooperative"))
    )


def _public() -> QuerySet[Promise]:
    return Promise.objects.filter(
        Q(organisation__business__isnull=True) | Q(organisation__business__listing=LISTED)
    )


def _facts(wanted: Wanted) -> dict[str, str]:
    return {
        "helix": wanted.helix if wanted.helix in HELIX_NAMES else "",
        "origin": wanted.origin if wanted.origin in dict(Promise.ORIGINS) else "",
    }


def _ways(today: date) -> dict[str, Q]:
    return {
        OPEN: Q(state__in=OPEN_STATES),
        LATE: Q(state__in=OPEN_STATES, due_on__lt=today),
        WAITING: Q(state=REPORTED),
        KEPT: Q(state=VERIFIED),
        WITHDRAWN_ONES: Q(state=WITHDRAWN),
    }


def _objection(objection: Objection, standing: Standing) -> ObjectionPage:
    by = objection.answered_for
    return ObjectionPage(
        OBJECTION_FLOW.states[objection.state],
        objection.state == OBJECTED,
        objection.text,
        objection.answer,
        shown_title(by, standing.is_insider) if by else "",
        [
            MoveRow(one.name, one.label, one.asks_reason, _("Alasan keputusan"))
            for one in OBJECTION_FLOW.moves_from(objection.state, standing.parties)
        ],
    )
