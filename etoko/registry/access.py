"""Gates of the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from etoko.audit.operations import note_access
from etoko.people.access import areas_with, may
from etoko.people.models import Person
from etoko.people.roles import (
    ASSIST_SELLERS,
    EDIT_REGISTER,
    SEE_OWNER_DETAILS,
    SEE_REGISTER,
    VERIFY_BUSINESSES,
)
from etoko.places.models import Area
from etoko.registry.models import Business, BusinessRole, Licence, LicenceHelp, Merge


@dataclass(frozen=True)
class Acting:
    """Somebody acts for a business: one of its own people, or a kader who helps."""

    business: Business
    person: Person
    is_assisting: bool
    """A kader or officer, not one of its own people: the record then says "dicatat oleh"."""

    @property
    def for_name(self) -> str:
        """Whom the audit names as the one it was done for; empty when it is the person herself."""
        return self.business.name if self.is_assisting else ""


def business_to_act_for(person: Person, public_id: str) -> Acting:
    """The business, if the person is of it or may assist sellers where it is. Else "not found"."""
    business = (
        Business.objects.select_related("area").filter(public_id=public_id).first()
        if person.is_authenticated
        else None
    )
    if business is None or business.merged_into_id:
        raise Http404
    return acting_for(person, business)


def acting_for(person: Person, business: Business) -> Acting:
    """As `business_to_act_for`, for a business that is already read, with its area."""
    if is_of_business(person, business):
        return Acting(business, person, is_assisting=False)
    if may(person, ASSIST_SELLERS, business.area_id):
        return Acting(business, person, is_assisting=True)
    raise Http404


def signed_in(user: Person | AnonymousUser) -> Person:
    """Whoever is signed in. Else "not found"; views that ask are behind `login_required`."""
    if not isinstance(user, Person):
        raise Http404
    return user


@dataclass(frozen=True)
class Office:
    """A record in the hands of somebody of the register, and what she may do with it."""

    business: Business
    person: Person
    may_edit: bool
    may_see_details: bool
    """And write them: of the owners, beyond their names."""
    may_verify: bool
    may_assist: bool

    @property
    def for_name(self) -> str:
        """An officer keeps the register in her own name."""
        return ""


def record_for_officer(person: Person, public_id: str, *, right: str = SEE_REGISTER) -> Office:
    """The whole record, for those who hold the right where the business is. Else "not found".

    The owner can see who was let in, and when.
    """
    business = (
        Business.objects.select_related("area", "verified_by", "merged_into")
        .filter(public_id=public_id)
        .first()
        if person.is_authenticated
        else None
    )
    if business is None or not may(person, SEE_REGISTER, business.area_id):
        raise Http404
    if right != SEE_REGISTER and (business.merged_into_id or not may(person, right, business.area_id)):
        raise Http404
    note_access(subject=business, by=person, at=timezone.now(), area_code=business.area_id)
    if business.merged_into_id:  # kept for its history
        return Office(business, person, *(False,) * 4)
    return Office(
        business,
        person,
        may_edit=may(person, EDIT_REGISTER, business.area_id),
        may_see_details=all(may(person, r, business.area_id) for r in (EDIT_REGISTER, SEE_OWNER_DETAILS)),
        may_verify=may(person, VERIFY_BUSINESSES, business.area_id),
        may_assist=may(person, ASSIST_SELLERS, business.area_id),
    )


def help_of(business: Business, help_id: int) -> LicenceHelp:
    found = LicenceHelp.objects.filter(pk=help_id, business=business).first()
    if found is None:
        raise Http404
    return found


def help_for_officer(person: Person, help_id: int) -> LicenceHelp:
    """A request for help with a licence, where the person may assist. Else "not found"."""
    found = LicenceHelp.objects.select_related("business", "helper", "asked_by").filter(pk=help_id).first()
    if found is None or not may(person, ASSIST_SELLERS, found.business.area_id):
        raise Http404
    return found


def merge_of(held: Office, merge_id: int) -> Merge:
    """A merge into this record, whose other half lies where the officer may edit too. Else "not found"."""
    merge = (
        Merge.objects.select_related("kept", "other", "suspicion")
        .filter(pk=merge_id, kept=held.business)
        .first()
    )
    if merge is None or not may(held.person, EDIT_REGISTER, merge.other.area_id):
        raise Http404
    return merge


def areas_of_officer(person: Person, right: str = SEE_REGISTER) -> list[str]:
    """Codes of the areas in which the person holds the right ("" is everywhere). Without any: "not found"."""
    codes = areas_with(person, right) if person.is_authenticated else []
    if not codes:
        raise Http404
    return codes


def area_for_officer(person: Person, code: str, right: str) -> Area:
    """An area in which the person holds the right. Else "not found"."""
    area = Area.objects.filter(code=code).first()
    if area is None or not may(person, right, code):
        raise Http404
    return area


def licence_of(business: Business, licence_id: int) -> Licence:
    """A licence of this business. Else "not found"."""
    licence = Licence.objects.filter(pk=licence_id, business=business).first()
    if licence is None:
        raise Http404
    return licence


def is_of_business(person: Person, business: Business, *, on: date | None = None) -> bool:
    of = [business.pk, business.merged_into_id] if business.merged_into_id else [business.pk]
    return _roles_in_force(on).filter(person=person, business__in=of).exists()


def businesses_of(person: Person, *, on: date | None = None) -> list[Business]:
    """Those the person owns or works for, by name."""
    ids = _roles_in_force(on).filter(person=person).values("business_id")
    return list(Business.objects.filter(pk__in=ids).select_related("area").order_by("name"))


def businesses_owned_by(person: Person) -> list[Business]:
    """Those that are hers to show or to hide; who only works there may not."""
    ids = _roles_in_force(None).filter(person=person, role=BusinessRole.OWNER).values("business_id")
    return list(Business.objects.filter(pk__in=ids).select_related("area").order_by("name"))


def people_of_businesses(business_ids: Iterable[int], *, on: date | None = None) -> dict[int, list[Person]]:
    """Owner and staff of each: whom its news go to. Of one that became a part of another, those of the
    other."""
    wanted, people = set(business_ids), dict[int, list[Person]]()
    roles = _roles_in_force(on).filter(
        Q(business__in=wanted) | Q(business__absorbed__in=wanted), person__closed_at__isnull=True
    )
    roles = roles.annotate(absorbed=F("business__absorbed"))
    for role in roles.select_related("person").order_by("id"):
        for business_id in {role.business_id, role.absorbed} & wanted:
            if role.person not in (known := people.setdefault(business_id, [])):
                known.append(role.person)
    return people


def _roles_in_force(on: date | None) -> QuerySet[BusinessRole]:
    today = on or timezone.localdate()
    return BusinessRole.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)
