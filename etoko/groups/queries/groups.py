"""What the pages of groups, members and meetings show, as plain rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from etoko.groups.access import (
    ASSIST,
    JUDGE,
    KEEP_BOOKS,
    KEEP_MINUTES,
    LEAD,
    SEE_BOOKS,
    Standing,
    groups_seen_by,
    own_memberships,
)
from etoko.groups.models import LEVELS, Group, Meeting, Member, Office
from etoko.people.access import may, within
from etoko.people.models import Person
from etoko.people.roles import SEE_REGISTER
from etoko.places.models import VILLAGE, Area
from etoko.registry.models import ACTIVE, LISTED, Business

PAGE_SIZE, MOST_CHIPS = 50, 40
_IN_FORCE = Q(members__left_on__isnull=True)


@dataclass(frozen=True, slots=True)
class GroupRow:
    public_id: str
    name: str
    village: str
    kind: str
    level: str
    members: int


@dataclass(frozen=True, slots=True)
class Home:
    groups: list[GroupRow]
    by_level: list[tuple[str, int]]
    villages: list[tuple[str, str, int]]
    """(code, name, how many groups); empty where there are too many to choose from."""
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class May:
    assist: bool
    judge: bool
    keep_books: bool
    keep_minutes: bool
    lead: bool
    see_books: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    number: int
    name: str
    office: str
    """As it is said; empty for most."""
    joined_on: date
    left_on: date | None
    phone: str
    business: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    public_id: str
    name: str
    kind: str
    village: str
    hamlet: str
    level: str
    founded_on: date | None
    bank_account: str
    business: str
    business_id: str
    """Empty where its page is not for everybody."""
    members: int
    officers: list[tuple[str, str]]
    """(office, name), each office once."""
    levels: list[tuple[str, date, str]]
    """(level, from when, why), the newest first."""
    last_meeting_on: date | None
    meetings_this_year: int


@dataclass(frozen=True, slots=True)
class MeetingRow:
    id: int
    held_on: date
    agenda: str
    place: str
    present: int
    expected: int


@dataclass(frozen=True, slots=True)
class MeetingPage:
    row: MeetingRow
    notes: str
    decisions: str
    names: list[str]
    absent: list[str]
    by: str
    for_name: str


def home(person: Person, *, village: str = "", page: int = 1) -> Home:
    """A page of those she may see; as many questions however many groups there are."""
    seen = groups_seen_by(person).filter(ended_on__isnull=True)
    counted = seen.values_list("area_id", "area__name").annotate(number=Count("pk")).order_by("area_id")
    villages = [(code, name, number) for code, name, number in counted]
    if village in {code for code, _name, _number in villages}:
        seen = seen.filter(area_id=village)
    levels = dict(seen.order_by().values_list("level").annotate(number=Count("pk")))
    total = sum(levels.values())
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    return Home(
        _shown(_rows(seen)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        [(str(word), levels.get(level, 0)) for level, word in LEVELS],
        villages if 1 < len(villages) <= MOST_CHIPS else [],
        page,
        last,
    )


def own_groups(person: Person) -> list[GroupRow]:
    """Those she is a member of."""
    return _shown(_rows(Group.objects.filter(pk__in=own_memberships(person).values("group"))))


def _rows(groups: QuerySet[Group]) -> QuerySet[Any]:
    counted = groups.select_related("area").annotate(number_of_members=Count("members", filter=_IN_FORCE))
    return counted.order_by("area_id", "name")


def _shown(groups: Iterable[Any]) -> list[GroupRow]:
    return [
        GroupRow(
            one.public_id,
            one.name,
            one.area.name,
            str(one.get_kind_display()).split(" ", maxsplit=1)[0],
            str(one.get_level_display()),
            one.number_of_members,
        )
        for one in groups
    ]


def may_of(standing: Standing) -> May:
    return May(*(standing.may(what) for what in (ASSIST, JUDGE, KEEP_BOOKS, KEEP_MINUTES, LEAD, SEE_BOOKS)))


def group_page(group: Group, *, today: date) -> GroupPage:
    held = Office.objects.filter(group=group, ends_on__isnull=True).select_related("member")
    names = {office.office: office.member.name for office in held}
    days = list(group.meetings.values_list("held_on", flat=True))
    words = dict(LEVELS)
    return GroupPage(
        group.public_id,
        group.name,
        str(group.get_kind_display()),
        group.area.name,
        group.hamlet,
        str(group.get_level_display()),
        group.founded_on,
        group.bank_account,
        group.business.name if group.business else "",
        group.business.public_id if group.business and group.business.listing == LISTED else "",
        group.members.filter(left_on__isnull=True).count(),
        [(str(word), names.get(office, "")) for office, word in Office.NAMES],
        [
            (str(words[change.level]), change.from_on, change.reason)
            for change in group.level_changes.order_by("-id")
        ],
        max(days, default=None),
        sum(day.year == today.year for day in days),
    )


def member_rows(group: Group) -> tuple[list[MemberRow], list[MemberRow]]:
    """Those who are members, and those who were."""
    offices = {
        office.member_id: str(office.get_office_display())
        for office in Office.objects.filter(group=group, ends_on__isnull=True)
    }
    rows = [member_row(one, offices) for one in group.members.select_related("business")]
    return [row for row in rows if not row.left_on], [row for row in rows if row.left_on]


def member_row(member: Member, offices: dict[int, str] | None = None) -> MemberRow:
    if offices is None:
        held = Office.objects.filter(member=member, ends_on__isnull=True).first()
        offices = {member.pk: str(held.get_office_display())} if held else {}
    return MemberRow(
        member.number,
        member.name,
        offices.get(member.pk, ""),
        member.joined_on,
        member.left_on,
        member.phone,
        member.business.name if member.business else "",
    )


def meeting_rows(group: Group) -> list[MeetingRow]:
    return [_meeting_row(meeting) for meeting in group.meetings.all()]


def meeting_page(meeting: Meeting) -> MeetingPage:
    there = {attendance.member_id for attendance in meeting.attendances.all()}
    then = meeting.group.members.filter(
        Q(left_on__isnull=True) | Q(left_on__gte=meeting.held_on), joined_on__lte=meeting.held_on
    )
    members = list(then)
    return MeetingPage(
        _meeting_row(meeting),
        meeting.notes,
        meeting.decisions,
        [member.name for member in members if member.pk in there],
        [member.name for member in members if member.pk not in there],
        meeting.by.name,
        meeting.for_name,
    )


def _meeting_row(meeting: Meeting) -> MeetingRow:
    return MeetingRow(
        meeting.pk, meeting.held_on, meeting.agenda, meeting.place, meeting.present, meeting.expected
    )


def villages_within(codes: Sequence[str]) -> list[tuple[str, str]]:
    """(code, name) of the villages of these areas; everywhere means those of the home area."""
    wide = [code or settings.HOME_AREA for code in codes]
    return list(Area.objects.filter(within(wide, "code"), level=VILLAGE).values_list("code", "name"))


def businesses_in(area_code: str, *, to: Person, besides: Business | None = None) -> list[Business]:
    """What is active in the village, by name: all of it to whoever reads the register there, to others what
    its owners let everybody see. `besides`: one that is chosen already."""
    found = Q(area_id=area_code, status=ACTIVE)
    if not may(to, SEE_REGISTER, area_code):
        found &= Q(listing=LISTED)
    if besides:
        found |= Q(pk=besides.pk)
    return list(Business.objects.filter(found).order_by("name"))
