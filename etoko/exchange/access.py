"""Gates of what is taken along."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404

from etoko.exchange.datasets import OF_OFFICERS, OPEN, Dataset
from etoko.exchange.models import LapakImport
from etoko.exchange.packing import forms_of
from etoko.people.access import area_with, areas_with, covers, may, within
from etoko.people.models import Person
from etoko.people.roles import ASSIST_SELLERS, EDIT_REGISTER, SEE_REGISTER
from etoko.places.models import DISTRICT, VILLAGE, Area


def villages_to_import(person: Person) -> list[Area]:
    """Villages in which the person keeps the register and helps sellers. Else "not found"."""
    codes = [set(areas_with(person, right)) for right in IMPORTS]
    wide = [code or settings.HOME_AREA for code in codes[0] | codes[1]]
    inside = Area.objects.filter(within(wide, "code"), level=VILLAGE).order_by("code")
    villages = [
        area for area in inside if all(any(covers(code, area.code) for code in held) for held in codes)
    ]
    if not villages:
        raise Http404
    return villages


def village_to_import(person: Person, code: str) -> Area:
    area = Area.objects.filter(pk=code, level=VILLAGE).first()
    if area is None or not all(may(person, right, area.code) for right in IMPORTS):
        raise Http404
    return area


def lapak_for(person: Person, public_id: str) -> LapakImport:
    """An import of a village in which the person may import. Else "not found"."""
    kept = LapakImport.objects.select_related("area", "batch").filter(public_id=public_id).first()
    if kept is None:
        raise Http404
    village_to_import(person, kept.area_id)
    return kept


MOST_CHOICES = 400
IMPORTS = (EDIT_REGISTER, ASSIST_SELLERS)
"""To bring a lapak in, somebody must be able to do both: it adds businesses, and drafts to their shops."""


@dataclass(frozen=True)
class Wanted:
    dataset: Dataset
    area: Area


def open_table(slug: str, code: str, form: str = "zip") -> Wanted:
    """A table for everybody, of any area that is loaded. Else "not found"."""
    area = Area.objects.filter(pk=code).first()
    if area is None:
        raise Http404
    return _wanted(OPEN, slug, area, form)


def officers_table(person: Person, slug: str, code: str, form: str) -> Wanted:
    """A table with personal data, where the person may read whole records. Else "not found"."""
    return _wanted(OF_OFFICERS, slug, area_with(person, SEE_REGISTER, code), form)


def areas_to_take(person: Person) -> list[Area]:
    """The areas an officer works in, and the sub-districts and villages inside. Else "not found"."""
    codes = areas_with(person, SEE_REGISTER)
    if not codes:
        raise Http404
    wide = [code or settings.HOME_AREA for code in codes]
    inside = Area.objects.filter(within(wide, "code"), level__in=(DISTRICT, VILLAGE)).order_by("code")
    # In a province there are too many to choose from: its officers begin with the sub-districts.
    few = list(inside[: MOST_CHOICES + 1])
    return few if len(few) <= MOST_CHOICES else list(inside.filter(level=DISTRICT)[:MOST_CHOICES])


def _wanted(tables: dict[str, Dataset], slug: str, area: Area, form: str) -> Wanted:
    dataset = tables.get(slug)
    if dataset is None or form not in forms_of(dataset):
        raise Http404
    return Wanted(dataset, area)
