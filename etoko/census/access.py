"""Gates of the census: who goes from house to house, and where."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from etoko.census.models import Sheet, SheetPhoto
from etoko.people.access import covers, may
from etoko.people.models import Person
from etoko.people.roles import EDIT_REGISTER, SEE_REGISTER, VERIFY_BUSINESSES
from etoko.places.models import Area
from etoko.registry.access import areas_of_officer, record_for_officer
from etoko.registry.models import Business
from etoko.registry.queries.office import villages_of


@dataclass(frozen=True)
class Surveyor:
    """Somebody who may keep the register of these villages."""

    person: Person
    codes: list[str]
    """Of the areas in which she holds the right; "" is everywhere."""
    villages: list[Area]

    def village(self, code: str) -> Area:
        """One of hers; without a code her only one, or the first. Else "not found"."""
        found = next((one for one in self.villages if code in ("", one.code)), None)
        if found is None:
            raise Http404
        return found

    def is_verifier_in(self, area_code: str) -> bool:
        return may(self.person, VERIFY_BUSINESSES, area_code)


def surveyor(user: Person | AnonymousUser) -> Surveyor:
    """Whoever may edit the register of some village. Else "not found"."""
    if not isinstance(user, Person):
        raise Http404
    codes = areas_of_officer(user, EDIT_REGISTER)
    return Surveyor(user, codes, villages_of(codes))


def business_to_visit(held: Surveyor, public_id: str) -> Business:
    """Hers to edit; of a record that was merged meanwhile the one that it is a part of. Else "not found"."""
    merged = Business.objects.filter(public_id=public_id, merged_into__isnull=False)
    while known := merged.values_list("merged_into__public_id", flat=True).first():
        public_id, merged = known, merged.model.objects.filter(public_id=known, merged_into__isnull=False)
    return record_for_officer(held.person, public_id, right=EDIT_REGISTER).business


def own_sheet(person: Person, key: str) -> Sheet:
    """A sheet that she sent. Else "not found"."""
    sheet = Sheet.objects.filter(person=person, key=key).first()
    if sheet is None:
        raise Http404
    return sheet


def photo_to_see(person: Person, photo_id: int) -> SheetPhoto:
    """A photo that has arrived, for those who may read the record of its business. Else "not found"."""
    photo = (
        SheetPhoto.objects.filter(pk=photo_id).exclude(picture="").select_related("sheet__business").first()
    )
    if photo is None or not may(person, SEE_REGISTER, photo.sheet.business.area_id):
        raise Http404
    return photo


def may_survey(held: Surveyor, area_code: str) -> bool:
    return any(covers(code, area_code) for code in held.codes)
