from dataclasses import dataclass

from django.conf import settings
from django.http import Http404

from etoko.people.access import areas_with, may, within
from etoko.people.models import Person
from etoko.people.roles import HANDLE_BREACHES
from etoko.places.models import Area
from etoko.privacy.models import Breach


@dataclass(frozen=True)
class Handling:
    """A breach in the hands of somebody who may handle it."""

    breach: Breach
    person: Person


def breach_to_handle(person: Person, public_id: str) -> Handling:
    breach = Breach.objects.select_related("area", "recorded_by").filter(public_id=public_id).first()
    if breach is None or not may(person, HANDLE_BREACHES, breach.area_id):
        raise Http404
    return Handling(breach, person)


def breaches_to_handle(person: Person) -> list[Breach]:
    """Of her areas, the latest first. Without the right anywhere: "not found"."""
    return list(Breach.objects.filter(within(codes_to_handle(person))).select_related("area")[:200])


def area_to_handle(person: Person) -> Area:
    """The widest area of hers: whose breaches she records."""
    codes = [code or settings.HOME_AREA for code in codes_to_handle(person)]
    area = Area.objects.filter(code__in=codes).order_by("level", "code").first()
    if area is None:
        raise Http404
    return area


def codes_to_handle(person: Person) -> list[str]:
    codes = areas_with(person, HANDLE_BREACHES)
    if not codes:
        raise Http404
    return codes
