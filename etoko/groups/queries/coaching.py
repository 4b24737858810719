"""The calendar of visits, the coaching of a group, and how coaches' time is shared among the villages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from etoko.groups.coaching import EVERY_DAYS
from etoko.groups.models import LEVELS, Group
from etoko.groups.models_coaching import Action
from etoko.people.access import within

YEAR = timedelta(days=365)
MOST_SHOWN = 100
"""Groups in the calendar, most overdue first; villages in the comparison, least time first."""


@dataclass(frozen=True, slots=True)
class DueRow:
    public_id: str
    name: str
    village: str
    level: str
    next_on: date
    late_days: int
    """Nought or less: not yet."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    id: int
    what: str
    who: str
    until_on: date
    done_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class VisitRow:
    visited_on: date
    minutes: int
    findings: str
    coach: str
    actions: list[ActionRow]


@dataclass(frozen=True, slots=True)
class VillageTime:
    code: str
    name: str
    groups: int
    never: int
    """Groups that nobody has visited in the year."""
    visits: int
    minutes: int

    @property
    def minutes_per_group(self) -> int:
        return self.minutes // self.groups if self.groups else 0


def calendar(codes: Sequence[str], *, today: date) -> list[DueRow]:
    """The groups of these areas by the day of their next visit, the most overdue first."""
    groups = Group.objects.filter(within(list(codes)), ended_on__isnull=True, next_visit_on__isnull=False)
    return [
        DueRow(
            one.public_id,
            one.name,
            one.area.name,
            str(one.get_level_display()),
            one.next_visit_on,
            (today - one.next_visit_on).days,
        )
        for one in groups.select_related("area").order_by("next_visit_on", "name")[:MOST_SHOWN]
        if one.next_visit_on
    ]


def visits_of(group: Group, *, today: date) -> list[VisitRow]:
    visits = group.visits.select_related("coach").prefetch_related("actions")
    return [
        VisitRow(
            visit.visited_on,
            visit.minutes,
            visit.findings,
            visit.coach.name,
            [action_row(action, today) for action in visit.actions.all()],
        )
        for visit in visits[:24]
    ]


def open_actions(group: Group, *, today: date) -> list[ActionRow]:
    actions = Action.objects.filter(visit__group=group, done_on__isnull=True)
    return [action_row(action, today) for action in actions]


def action_row(action: Action, today: date) -> ActionRow:
    return ActionRow(
        action.pk,
        action.what,
        action.who,
        action.until_on,
        action.done_on,
        action.done_on is None and action.until_on < today,
    )


def time_by_village(codes: Sequence[str], *, today: date) -> list[VillageTime]:
    """Villages with groups, the last twelve months; who gets least time for a group first. Two questions."""
    recent = Q(visits__visited_on__gt=today - YEAR)
    groups = (
        Group.objects.filter(within(list(codes)), ended_on__isnull=True)
        .annotate(number=Count("visits", filter=recent), minutes=Sum("visits__minutes", filter=recent))
        .values_list("area_id", "area__name", "number", "minutes")
    )
    found: dict[str, VillageTime] = {}
    for code, name, number, minutes in groups:
        known = found.get(code, VillageTime(code, name, 0, 0, 0, 0))
        found[code] = VillageTime(
            code,
            name,
            known.groups + 1,
            known.never + (not number),
            known.visits + number,
            known.minutes + (minutes or 0),
        )
    return sorted(found.values(), key=lambda one: (one.minutes_per_group, one.name))[:MOST_SHOWN]


def rules() -> list[tuple[str, int]]:
    return [(str(word), EVERY_DAYS[level]) for level, word in LEVELS]
