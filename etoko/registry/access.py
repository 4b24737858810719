"""Gates of the register."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from etoko.people.access import may
from etoko.people.models import Person
from etoko.people.roles import ASSIST_SELLERS
from etoko.registry.models import Business, BusinessRole


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
    if business is None:
        raise Http404
    if is_of_business(person, business):
        return Acting(business, person, is_assisting=False)
    if may(person, ASSIST_SELLERS, business.area_id):
        return Acting(business, person, is_assisting=True)
    raise Http404


def is_of_business(person: Person, business: Business, *, on: date | None = None) -> bool:
    return _roles_in_force(on).filter(person=person, business=business).exists()


def businesses_of(person: Person, *, on: date | None = None) -> list[Business]:
    """Those the person owns or works for, by name."""
    ids = _roles_in_force(on).filter(person=person).values("business_id")
    return list(Business.objects.filter(pk__in=ids).select_related("area").order_by("name"))


def _roles_in_force(on: date | None) -> QuerySet[BusinessRole]:
    today = on or timezone.localdate()
    return BusinessRole.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)
