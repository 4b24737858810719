"""Rights: what somebody may do in a place today. Every gate of every room asks here."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from etoko.people.models import Person, PlaceRole
from etoko.people.roles import RIGHTS


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
    today = on or timezone.localdate()
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    return list(
        PlaceRole.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            person=person,
            role__in=roles,
            starts_on__lte=today,
        )
        .order_by("area_id")
        .values_list("area_id", flat=True)
    )


def covers(outer_code: str, inner_code: str) -> bool:
    """Whether the second area is the first or lies in it; "" is everywhere."""
    return not outer_code or inner_code == outer_code or inner_code.startswith(outer_code + ".")


def within(codes: list[str], field: str = "area_id") -> Q:
    """A filter: rows whose area is one of these or lies in one of them."""
    condition = Q(pk__in=[])
    for code in codes:
        condition |= Q(**{field: code}) | Q(**{f"{field}__startswith": f"{code}."}) if code else Q()
    return condition if all(codes) else Q()
