"""Gates of imports and of what they leave to decide."""

from django.http import Http404

from etoko.people.access import areas_with, may
from etoko.people.models import Person
from etoko.people.roles import EDIT_REGISTER, IMPORT_REGISTER
from etoko.places.models import Area
from etoko.registry.models import DuplicateSuspicion, ImportBatch


def areas_to_import(person: Person) -> list[str]:
    """Codes of the areas in which the person may import; nobody else knows the pages. Else "not found"."""
    codes = areas_with(person, IMPORT_REGISTER) if person.is_authenticated and person.is_active else []
    if not codes:
        raise Http404
    return codes


def area_to_import(person: Person, code: str) -> Area:
    area = Area.objects.filter(code=code).first()
    if area is None or not may(person, IMPORT_REGISTER, area.code):
        raise Http404
    return area


def batch_for(person: Person, public_id: str) -> ImportBatch:
    """The import, if its whole area is one in which the person may import. Else "not found"."""
    areas_to_import(person)
    batch = ImportBatch.objects.select_related("area").filter(public_id=public_id).first()
    if batch is None or not may(person, IMPORT_REGISTER, batch.area_id or ""):
        raise Http404
    return batch


def suspicion_for(person: Person, suspicion_id: int) -> DuplicateSuspicion:
    """The pair, if the person may edit the register where both lie. Else "not found"."""
    pair = (
        DuplicateSuspicion.objects.select_related("first", "second").filter(pk=suspicion_id).first()
        if person.is_authenticated
        else None
    )
    if pair is None or not all(
        may(person, EDIT_REGISTER, business.area_id) for business in (pair.first, pair.second)
    ):
        raise Http404
    return pair


def areas_to_decide(person: Person) -> list[str]:
    codes = areas_with(person, EDIT_REGISTER) if person.is_authenticated and person.is_active else []
    if not codes:
        raise Http404
    return codes
