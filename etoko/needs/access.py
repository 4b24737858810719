"""Gates. A need belongs to its business, group or cooperative; the kader and the officers of the place look
after it."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from etoko.audit.operations import note_access
from etoko.groups.access import own_memberships
from etoko.groups.models import Group, Office
from etoko.groups.models_cooperatives import Cooperative
from etoko.needs.models import FIELDS, Need, Thing
from etoko.needs.states import CARER, OWNER
from etoko.people.access import areas_with, may
from etoko.people.models import Person
from etoko.people.roles import (
    ASSIST_GROUPS,
    ASSIST_SELLERS,
    SEE_GROUPS,
    SEE_REGISTER,
    SPEAK_FOR_OWNERS,
    VERIFY_BUSINESSES,
)
from etoko.registry.access import businesses_of, is_of_business
from etoko.registry.models import Business

BUSINESS, GROUP, COOPERATIVE = "usaha", "kelompok", "koperasi"
WHAT: dict[str, type[Thing]] = {BUSINESS: Business, GROUP: Group, COOPERATIVE: Cooperative}
"""As the addresses call them."""
SEE, RECORD, ANSWER, CARE = "see", "record", "answer", "care"


@dataclass(frozen=True)
class Standing:
    """A business, a group or a cooperative, and what somebody is to it."""

    thing: Thing
    person: Person
    is_own: bool
    """Of the business, an officer of the group, or of the business as which the cooperative sells."""
    may_see: bool
    may_record: bool
    """Write down for it what it says it needs."""
    may_answer: bool
    """Say in its name what only it can say: that a need is met, or is none any more."""
    may_care: bool

    @property
    def what(self) -> str:
        return what_of(self.thing)

    @property
    def business(self) -> Business | None:
        return self.thing if isinstance(self.thing, Business) else None

    @property
    def for_name(self) -> str:
        """Whom the trace names as the one it was done for; empty for its own people."""
        return "" if self.is_own else self.thing.name

    @property
    def parties(self) -> tuple[str, ...]:
        return tuple(party for party, held in ((OWNER, self.may_answer), (CARER, self.may_care)) if held)

    def may(self, what: str) -> bool:
        return bool(getattr(self, f"may_{what}"))


def what_of(thing: Thing) -> str:
    return next(word for word, model in WHAT.items() if isinstance(thing, model))


def standing_of(person: Person, thing: Thing) -> Standing:
    if isinstance(thing, Business):
        own = is_of_business(person, thing)
        see, assist, care = SEE_REGISTER, ASSIST_SELLERS, VERIFY_BUSINESSES
    else:
        own = _is_own(person, thing)
        see, assist, care = SEE_GROUPS, ASSIST_GROUPS, ASSIST_GROUPS
    code = thing.area_id
    return Standing(
        thing,
        person,
        own,
        may_see=own or may(person, see, code),
        may_record=own or may(person, assist, code),
        may_answer=own or may(person, SPEAK_FOR_OWNERS, code),
        may_care=may(person, care, code),
    )


def subject_for(person: Person, what: str, public_id: str, right: str = SEE) -> Standing:
    """The business, group or cooperative (`what`: of WHAT), for who may do `right`. Else "not found"."""
    found: Thing | None = (
        WHAT[what]._default_manager.select_related("area").filter(public_id=public_id).first()
    )
    if found is None or not person.is_authenticated:
        raise Http404
    if isinstance(found, Business) and found.merged_into_id:
        raise Http404
    return _let_in(standing_of(person, found), right)


def need_for(person: Person, public_id: str) -> tuple[Standing, Need]:
    """A need, for its own people and for those who look after it. Else "not found"."""
    need = (
        Need.objects.select_related(*FIELDS.values(), "area", "said_by").filter(public_id=public_id).first()
    )
    if need is None or not person.is_authenticated:
        raise Http404
    return _let_in(standing_of(person, need.thing), SEE), need


def areas_to_see(person: Person) -> list[str]:
    """Codes of the areas whose needs she sees ("" is everywhere). Without any: "not found"."""
    codes = areas_with(person, SEE_REGISTER) if person.is_authenticated else []
    if not codes:
        raise Http404
    return codes


def groups_led_by(person: Person) -> list[Group]:
    """Those in which she holds an office, by name."""
    held = Office.objects.filter(member__in=own_memberships(person), ends_on__isnull=True)
    return list(Group.objects.filter(pk__in=held.values("group")).order_by("name"))


def cooperatives_of(person: Person) -> list[Cooperative]:
    """Those whose own people she is of, by name."""
    return list(Cooperative.objects.filter(business__in=businesses_of(person)).order_by("name"))


def _is_own(person: Person, thing: Group | Cooperative) -> bool:
    if isinstance(thing, Cooperative):
        return thing.business is not None and is_of_business(person, thing.business)
    hers = own_memberships(person).filter(group=thing)
    return Office.objects.filter(member__in=hers, ends_on__isnull=True).exists()


def _let_in(standing: Standing, right: str) -> Standing:
    if not standing.may_see or not standing.may(right):
        raise Http404
    if standing.business and not standing.is_own:  # the owner can see who was let in
        note_access(
            subject=standing.business,
            by=standing.person,
            at=timezone.now(),
            area_code=standing.business.area_id,
        )
    return standing
