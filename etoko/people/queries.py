"""What pages show of people: links handed out, roles held, codes asked for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.foundation.ids import secret_hash
from etoko.people.access import areas_with, covers, grantable_in, helpable, roles_in_force, within
from etoko.people.models import ActivationLink, LoginCode, Person, PlaceRole
from etoko.people.roles import ASSIST_SELLERS, ROLE_NAMES
from etoko.places.models import VILLAGE, Area

VALID, USED, REVOKED, EXPIRED, UNKNOWN = "valid", "used", "revoked", "expired", "unknown"


@dataclass(frozen=True)
class LinkPage:
    """What the page of an activation link says."""

    state: str
    name: str = ""
    village: str = ""
    person_id: int | None = None
    next_path: str = ""
    created_by: str = ""
    ended_at: datetime | None = None
    """When it was used, revoked or ran out."""


@dataclass(frozen=True)
class LinkRow:
    id: int
    name: str
    phone: str
    village: str
    created_by: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class PersonRow:
    id: int
    name: str
    phone: str
    village: str
    is_verified: bool


@dataclass(frozen=True)
class CodeRow:
    person_id: int
    name: str
    phone: str
    village: str
    asked_at: datetime


@dataclass(frozen=True)
class RoleRow:
    id: int
    person: str
    phone: str
    role: str
    area: str
    starts_on: date
    ends_on: date | None
    granted_by: str
    may_end: bool


@dataclass(frozen=True)
class AreaRow:
    code: str
    name: str


@dataclass(frozen=True)
class OwnRole:
    role: str
    area: str
    ends_on: date | None


def link_page(secret: str, *, at: datetime) -> LinkPage:
    link = (
        ActivationLink.objects.select_related("person__home_area", "created_by")
        .filter(secret_hash=secret_hash(secret))
        .first()
    )
    if link is None:
        return LinkPage(UNKNOWN)
    person = link.person
    ended_at: datetime | None
    if link.used_at is not None:
        state, ended_at = USED, link.used_at
    elif link.revoked_at is not None or not person.is_active:
        state, ended_at = REVOKED, link.revoked_at or person.closed_at
    elif at >= link.expires_at:
        state, ended_at = EXPIRED, link.expires_at
    else:
        state, ended_at = VALID, None
    return LinkPage(
        state=state,
        name=person.name,
        village=area_name(person.home_area),
        person_id=person.pk,
        next_path=link.next_path,
        created_by=link.created_by.name,
        ended_at=ended_at,
    )


def open_links(helper: Person, *, at: datetime, most: int = 100) -> list[LinkRow]:
    """Links that somebody in the helper's area can still use, the newest first."""
    links = (
        ActivationLink.objects.filter(
            within(areas_with(helper, ASSIST_SELLERS), "person__home_area_id"),
            used_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=at,
        )
        .select_related("person__home_area", "created_by")
        .order_by("-created_at", "-id")[:most]
    )
    return [
        LinkRow(
            id=link.pk,
            name=link.person.name,
            phone=link.person.phone,
            village=area_name(link.person.home_area),
            created_by=link.created_by.name,
            created_at=link.created_at,
            expires_at=link.expires_at,
        )
        for link in links
    ]


def villages_to_help(helper: Person) -> list[tuple[str, str]]:
    """(code, "Desa Taban") of the villages in which the helper may assist."""
    codes = areas_with(helper, ASSIST_SELLERS)
    if not codes:
        return []
    condition = Q()
    if all(codes):
        for code in codes:
            condition |= Q(code=code) | Q(code__startswith=f"{code}.")
    villages = Area.objects.filter(condition, level=VILLAGE).order_by("name", "code")[:400]
    return [(village.code, village.name) for village in villages]


def people_to_help(helper: Person, *, words: str = "", most: int = 30) -> list[PersonRow]:
    """Who lives where the helper assists: those who never came in first; found by name or phone."""
    codes = areas_with(helper, ASSIST_SELLERS)
    people = Person.objects.filter(within(codes, "home_area_id"), closed_at__isnull=True).exclude(
        pk=helper.pk
    )
    if words:
        digits = "".join(sign for sign in words if sign.isdigit()).lstrip("0").removeprefix("62")
        by_phone = Q(phone__contains=digits) if len(digits) >= 4 else Q(pk__in=[])
        people = people.filter(Q(name__icontains=words) | by_phone)
    else:
        people = people.filter(phone_verified_at__isnull=True)
    found = helpable(helper, list(people.select_related("home_area").order_by("name", "id")[:most]))
    return [
        PersonRow(
            id=person.pk,
            name=person.name,
            phone=person.phone,
            village=area_name(person.home_area),
            is_verified=person.phone_verified_at is not None,
        )
        for person in found
    ]


def codes_waiting(helper: Person, *, at: datetime) -> list[CodeRow]:
    """Who in the helper's area asked for a code and has not used it yet."""
    codes = LoginCode.objects.filter(used_at__isnull=True, expires_at__gt=at).order_by("-asked_at")
    asked = dict(codes.values_list("phone", "asked_at")[:200])
    people = Person.objects.filter(
        within(areas_with(helper, ASSIST_SELLERS), "home_area_id"), phone__in=asked, closed_at__isnull=True
    ).select_related("home_area")
    rows = [
        CodeRow(person.pk, person.name, person.phone, area_name(person.home_area), asked[person.phone])
        for person in helpable(helper, list(people))
    ]
    return sorted(rows, key=lambda row: row.asked_at, reverse=True)


def roles_in(area: Area, *, seen_by: Person, most: int = 300) -> list[RoleRow]:
    """Roles in the area and inside it that hold today or later, by place and role."""
    today = timezone.localdate()
    held = list(
        PlaceRole.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            Q(area=area) | Q(area__code__startswith=f"{area.pk}."),
            ended_at__isnull=True,
        )
        .select_related("person", "area", "granted_by")
        .order_by("area_id", "role", "person__name")[:most]
    )
    grantable = grantable_in(seen_by, [role.area for role in held])
    return [
        RoleRow(
            id=role.pk,
            person=role.person.name,
            phone=role.person.phone,
            role=str(ROLE_NAMES[role.role]),
            area=area_name(role.area),
            starts_on=role.starts_on,
            ends_on=role.ends_on,
            granted_by=role.granted_by.name if role.granted_by else "",
            may_end=role.role in grantable[role.area_id],
        )
        for role in held
    ]


def area_row(area: Area) -> AreaRow:
    return AreaRow(area.code, area_name(area))


def top_areas(person: Person, right: str) -> list[AreaRow]:
    """The areas in which the right was given; for a superuser the provinces."""
    codes = areas_with(person, right)
    wanted = Q(code__in=codes) if all(codes) else Q(parent__isnull=True)
    return [area_row(area) for area in Area.objects.filter(wanted)]


def areas_above(area: Area, person: Person, right: str) -> list[AreaRow]:
    """The way down to the area, as far up as the person holds the right."""
    parts = area.code.split(".")
    codes = areas_with(person, right)
    above = [".".join(parts[:count]) for count in range(1, len(parts))]
    reachable = [code for code in above if any(covers(own, code) for own in codes)]
    return [area_row(found) for found in Area.objects.filter(code__in=reachable)]


def areas_inside(area: Area) -> list[AreaRow]:
    return [area_row(child) for child in area.children.order_by("name")]


def areas_of_right(person: Person, right: str) -> list[AreaRow]:
    """To choose from: the own areas and what lies one level below."""
    tops = top_areas(person, right)
    below = Area.objects.filter(parent__in=[top.code for top in tops]).order_by("parent_id", "name")
    return [*tops, *(area_row(area) for area in below)]


def own_roles(person: Person) -> list[OwnRole]:
    held = roles_in_force().filter(person=person).select_related("area").order_by("area_id", "role")
    return [OwnRole(str(ROLE_NAMES[role.role]), area_name(role.area), role.ends_on) for role in held]


def area_name(area: Area | None) -> str:
    if area is None:
        return ""
    if area.level == VILLAGE:
        return (_("Kelurahan %(name)s") if area.kind == "kelurahan" else _("Desa %(name)s")) % {
            "name": area.name
        }
    if area.kind == "kecamatan":
        return _("Kecamatan %(name)s") % {"name": area.name}
    if area.kind == "kabupaten":
        return _("Kabupaten %(name)s") % {"name": area.name}
    if area.kind == "kota":
        return _("Kota %(name)s") % {"name": area.name}
    return area.name
