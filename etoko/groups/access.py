"""Gates. A group belongs to its members; the PKK of the village and above look after it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from etoko.groups.models import Group, Meeting, Member, Office
from etoko.groups.models_books import Slip
from etoko.people.access import areas_with, may, within
from etoko.people.models import Person
from etoko.people.roles import ASSIST_GROUPS, JUDGE_GROUPS, SEE_GROUPS

KEEP_BOOKS, KEEP_MINUTES, LEAD, JUDGE, ASSIST, SEE_BOOKS, SEE = (
    *("keep_books", "keep_minutes", "lead", "judge", "assist", "see_books", "see"),
)


@dataclass(frozen=True)
class Standing:
    """A group, and what somebody is to it."""

    group: Group
    person: Person
    member: Member | None
    """Where she is one of its members."""
    office: str
    """Her office in it, if any."""
    sees: bool
    assists: bool
    judges: bool

    @property
    def for_name(self) -> str:
        """Whom the trace names as the one it was done for; empty for those who hold an office in it."""
        return "" if self.office else self.group.name

    def may(self, what: str) -> bool:
        """Who does what: the books are the treasurer's, the minutes the chair's and the secretary's; whoever
        assists may do it for them. The level is given by the PKK alone."""
        if what == ASSIST:
            return self.assists
        if what == JUDGE:
            return self.judges
        if what == KEEP_BOOKS:
            return self.assists or self.office == Office.TREASURER
        if what in (KEEP_MINUTES, LEAD):
            return self.assists or self.office in (Office.CHAIR, Office.SECRETARY)
        if what == SEE_BOOKS:
            return self.assists or bool(self.office)
        return self.sees or self.member is not None


def group_for(person: Person, public_id: str, what: str = SEE) -> Standing:
    """The group by its public id, for those who may do `what` with it. Else "not found"."""
    group = Group.objects.select_related("area", "business").filter(public_id=public_id).first()
    if group is None or not person.is_authenticated:
        raise Http404
    standing = standing_in(person, group)
    if not standing.may(what):
        raise Http404
    return standing


def standing_in(person: Person, group: Group) -> Standing:
    member = own_memberships(person).filter(group=group).first()
    office = Office.objects.filter(member=member, ends_on__isnull=True).first() if member else None
    return Standing(
        group,
        person,
        member,
        office.office if office else "",
        sees=may(person, SEE_GROUPS, group.area_id),
        assists=may(person, ASSIST_GROUPS, group.area_id),
        judges=may(person, JUDGE_GROUPS, group.area_id),
    )


def own_memberships(person: Person, *, on: date | None = None) -> QuerySet[Member]:
    """By her proven phone: a number that somebody typed opens nothing to whoever has not shown it is hers."""
    if not person.is_authenticated or person.phone_verified_at is None:
        return Member.objects.none()
    today = on or timezone.localdate()
    return Member.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=today), phone=person.phone)


def groups_seen_by(person: Person) -> QuerySet[Group]:
    """Those she is a member of, and those of the areas she looks after."""
    codes = areas_with(person, SEE_GROUPS)
    mine = Q(pk__in=own_memberships(person).values("group"))
    return Group.objects.filter(mine | within(codes))


def member_for(person: Person, public_id: str, number: int, what: str = "") -> tuple[Standing, Member]:
    """A member of the group, with her money: for herself and for those who see the books. With `what`, for
    those who may do it. Else "not found"."""
    standing = group_for(person, public_id)
    member = standing.group.members.filter(number=number).first()
    if member is None:
        raise Http404
    allowed = standing.may(what) if what else standing.may(SEE_BOOKS) or member == standing.member
    if not allowed:
        raise Http404
    return standing, member


def meeting_for(person: Person, public_id: str, meeting_id: int, what: str = SEE) -> tuple[Standing, Meeting]:
    standing = group_for(person, public_id, what)
    meeting = standing.group.meetings.select_related("by").filter(pk=meeting_id).first()
    if meeting is None:
        raise Http404
    return standing, meeting


def slip_for(person: Person, public_id: str, number: int) -> tuple[Standing, Slip]:
    """A slip of the books, for those who see them, and for the member whose slip it is."""
    standing = group_for(person, public_id)
    slips = Slip.objects.select_related("by", "reverses", "reversed_by", "member")
    slip = slips.filter(group=standing.group, number=number).first()
    is_own = slip is not None and slip.member_id is not None and slip.member == standing.member
    if slip is None or not (is_own or standing.may(SEE_BOOKS)):
        raise Http404
    return standing, slip


def areas_to(person: Person, right: str) -> list[str]:
    """Codes of the areas in which she holds the right ("" is everywhere). Without any: "not found"."""
    codes = areas_with(person, right) if person.is_authenticated else []
    if not codes:
        raise Http404
    return codes
