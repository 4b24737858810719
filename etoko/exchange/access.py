"""Gates of what is taken along."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404

from etoko.exchange.datasets import OF_OFFICERS, OPEN, Dataset
from etoko.exchange.packing import forms_of
from etoko.people.access import area_with, areas_with, within
from etoko.people.models import Person
from etoko.people.roles import SEE_REGISTER
from etoko.places.models import DISTRICT, VILLAGE, Area


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


MOST_CHOICES = 400


def _wanted(tables: dict[str, Dataset], slug: str, area: Area, form: str) -> Wanted:
    dataset = tables.get(slug)
    if dataset is None or form not in forms_of(dataset):
        raise Http404
    return Wanted(dataset, area)
