"""Gates of the cooperatives: its own people, the PKK and the village who look after it, and the member whose
goods it sells."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from etoko.groups.models_cooperatives import Cooperative, Permission
from etoko.people.access import areas_with, may, within
from etoko.people.models import Person
from etoko.people.roles import ASSIST_GROUPS, SEE_GROUPS
from etoko.registry.access import Acting, acting_for, businesses_of, is_of_business


@dataclass(frozen=True)
class Keeping:
    """A cooperative, and what somebody is to it."""

    cooperative: Cooperative
    person: Person
    is_own: bool
    """Of its own people, by its business of the register."""
    assists: bool
    sees: bool

    @property
    def may_keep(self) -> bool:
        return self.is_own or self.assists

    @property
    def for_name(self) -> str:
        return "" if self.is_own else self.cooperative.name


def cooperative_for(person: Person, public_id: str, *, to_keep: bool = False) -> Keeping:
    """For its own people and those who see the groups of its village; with `to_keep` for those who may change
    it. Else "not found"."""
    found = Cooperative.objects.select_related("area", "business__area").filter(public_id=public_id).first()
    if found is None or not person.is_authenticated:
        raise Http404
    keeping = Keeping(
        found,
        person,
        is_own=found.business is not None and is_of_business(person, found.business),
        assists=may(person, ASSIST_GROUPS, found.area_id),
        sees=may(person, SEE_GROUPS, found.area_id),
    )
    if not (keeping.may_keep if to_keep else keeping.may_keep or keeping.sees):
        raise Http404
    return keeping


def cooperatives_seen_by(person: Person) -> QuerySet[Cooperative]:
    own = Q(business__in=businesses_of(person))
    return Cooperative.objects.filter(own | within(areas_with(person, SEE_GROUPS)))


def permission_for_member(person: Person, permission_id: int) -> tuple[Acting, Permission]:
    """For the people of the member's business, or a kader who helps them. Else "not found"."""
    found = (
        Permission.objects.select_related("business__area", "cooperative__area", "product__shop")
        .filter(pk=permission_id)
        .first()
    )
    if found is None or not person.is_authenticated:
        raise Http404
    return acting_for(person, found.business), found


def permissions_of(person: Person) -> QuerySet[Permission]:
    """Where a cooperative sells, or asks to sell, what her own businesses make."""
    return Permission.objects.filter(business__in=businesses_of(person)).select_related(
        "cooperative", "product"
    )
