"""Rights: what somebody may do in a place today. Every gate of every room asks here."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from etoko.people.models import ActivationLink, ApiToken, Person, PlaceRole
from etoko.people.roles import (
    ASSIST_SELLERS,
    GRANT_ROLES,
    LEVELS,
    MAY_GRANT,
    RIGHTS,
    ROLE_NAMES,
    SEE_TRACES,
    SPEAK_FOR_OWNERS,
    TRACES_READ_WITH,
)
from etoko.places.models import Area


def may(person: Person | None, right: str, area_code: str, *, on: date | None = None) -> bool:
    """Whether `person` holds `right` in the area: by a role there or in an area around it."""
    if person is None or not person.is_authenticated or not person.is_active:
        return False
    if person.is_superuser:
        return True
    return any(covers(code, area_code) for code in areas_with(person, right, on=on))


def areas_with(person: Person, right: str, *, on: date | None = None) -> list[str]:
    """Codes of the areas in which the person holds the right; a superuser everywhere: [""]."""
    if person.is_superuser:
        return [""]
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    return list(
        roles_in_force(on)
        .filter(person=person, role__in=roles)
        .order_by("area_id")
        .values_list("area_id", flat=True)
    )


def rights_anywhere(person: Person) -> frozenset[str]:
    """What she may do in some place; where, the gate of each page asks. One query."""
    held = roles_in_force().filter(person=person).values_list("role", flat=True)
    return frozenset(right for role in held for right in RIGHTS[role])


def people_with(right: str, area_code: str) -> list[Person]:
    """Who holds the right in this area, by a role there or in an area around it; by account id."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    parts = area_code.split(".")
    around = [".".join(parts[: number + 1]) for number in range(len(parts))]
    held = roles_in_force().filter(role__in=roles, area__in=around, person__closed_at__isnull=True)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("pk"))


def covers(outer_code: str, inner_code: str) -> bool:
    """Whether the second area is the first or lies in it; "" is everywhere."""
    return not outer_code or inner_code == outer_code or inner_code.startswith(outer_code + ".")


def within(codes: list[str], field: str = "area_id") -> Q:
    """A filter: rows whose area is one of these or lies in one of them. `field` is a foreign key to an
    area ("area_id", "business__area_id") or a field that holds a code ("area_code")."""
    # Django looks inside the key of a foreign key only by the other side's name; it makes no join of it.
    code_field = f"{field.removesuffix('_id')}__code" if field.endswith("_id") else field
    condition = Q(pk__in=[])
    for code in codes:
        condition |= Q(**{code_field: code}) | Q(**{f"{code_field}__startswith": f"{code}."}) if code else Q()
    return condition if all(codes) else Q()


def roles_in_force(on: date | None = None) -> QuerySet[PlaceRole]:
    today = on or timezone.localdate()
    return PlaceRole.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today, ended_at__isnull=True
    )


def may_help(helper: Person, person: Person) -> bool:
    """Whether the helper may open the person's account for her: by link, slip or code read out."""
    return bool(helpable(helper, [person]))


def helpable(helper: Person, people: Sequence[Person]) -> list[Person]:
    """Those of the people whose account the helper may open for them.

    Only where they live, and never for somebody who may do a thing that the helper may not: whoever
    opens an account could use it. To speak for owners is no such thing: no office has it, and officers
    must be able to help their kader; that an account was opened for her stands in the traces.
    """
    if not helper.is_authenticated or not helper.is_active:
        return []
    if helper.is_superuser:
        return list(people)
    assists_in = areas_with(helper, ASSIST_SELLERS)
    own = [(role.area_id, RIGHTS[role.role]) for role in roles_in_force().filter(person=helper)]
    beyond = {
        held.person_id
        for held in roles_in_force().filter(person__in=people)
        if any(
            not any(right in rights and covers(code, held.area_id) for code, rights in own)
            for right in RIGHTS[held.role] - {SPEAK_FOR_OWNERS}
        )
    }
    return [
        person
        for person in people
        if person.home_area_id
        and not person.is_superuser
        and person.pk not in beyond
        and any(covers(code, person.home_area_id) for code in assists_in)
    ]


def may_help_in(helper: Person, area_code: str) -> bool:
    return bool(area_code) and may(helper, ASSIST_SELLERS, area_code)


def helper_of(user: Person | AnonymousUser) -> Person:
    """Whoever may assist sellers somewhere. Else "not found"."""
    return _holder(user, ASSIST_SELLERS)


def granter_of(user: Person | AnonymousUser) -> Person:
    return _holder(user, GRANT_ROLES)


def reader_of_traces(user: Person | AnonymousUser) -> Person:
    return _holder(user, SEE_TRACES)


def person_to_help(helper: Person, person_id: int) -> Person:
    person = Person.objects.select_related("home_area").filter(pk=person_id, closed_at__isnull=True).first()
    if person is None or not helper.is_authenticated or not may_help(helper, person):
        raise Http404
    return person


def link_to_revoke(helper: Person, link_id: int) -> ActivationLink:
    link = ActivationLink.objects.select_related("person").filter(pk=link_id).first()
    if link is None or not helper.is_authenticated or not may_help(helper, link.person):
        raise Http404
    return link


def token_of(person: Person, token_id: int) -> ApiToken:
    token = ApiToken.objects.filter(pk=token_id, person=person).first()
    if token is None:
        raise Http404
    return token


def grantable_roles(person: Person, area: Area) -> list[str]:
    """The roles the person may give in this area, by the table in `roles.py` and in its order."""
    return grantable_in(person, [area])[area.pk]


def grantable_in(person: Person, areas: Iterable[Area]) -> dict[str, list[str]]:
    held = []
    if person.is_authenticated and person.is_active and not person.is_superuser:
        held = [
            (role.area_id, MAY_GRANT[role.role])
            for role in roles_in_force().filter(person=person)
            if GRANT_ROLES in RIGHTS[role.role]
        ]
    found = {}
    for area in areas:
        may_grant: set[str] = set().union(*(roles for code, roles in held if covers(code, area.pk)))
        if person.is_superuser and person.is_active:
            may_grant = set(ROLE_NAMES)
        found[area.pk] = [role for role in ROLE_NAMES if role in may_grant and area.level in LEVELS[role]]
    return found


def area_with(person: Person, right: str, code: str) -> Area:
    """The area, if the person holds the right in it. Else "not found"."""
    area = Area.objects.select_related("parent").filter(pk=code).first()
    if area is None or not may(person, right, area.pk):
        raise Http404
    return area


def role_to_end(person: Person, role_id: int) -> PlaceRole:
    granted = PlaceRole.objects.select_related("area", "person").filter(pk=role_id).first()
    if granted is None or granted.role not in grantable_roles(person, granted.area):
        raise Http404
    return granted


def readable_traces(person: Person) -> Callable[[str, str], bool]:
    """Whether she may read what changed in a thing of this room in this area ("" is nowhere). One query."""
    if person.is_superuser:
        return lambda _room, _area_code: True
    held = [(role.area_id, RIGHTS[role.role]) for role in roles_in_force().filter(person=person)]

    def may_read(room: str, area_code: str) -> bool:
        right = TRACES_READ_WITH.get(room, ASSIST_SELLERS)
        return any(right in rights and covers(code, area_code) for code, rights in held)

    return may_read


def _holder(user: Person | AnonymousUser, right: str) -> Person:
    if not isinstance(user, Person) or not areas_with(user, right):
        raise Http404
    return user
