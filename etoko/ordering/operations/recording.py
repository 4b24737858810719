"""What was done to an order stands in its timeline and in the traces; both are written together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from etoko.audit.operations import record_deed
from etoko.ordering.models import Order, OrderEvent
from etoko.ordering.states import BUYER, CLOCK, SELLER
from etoko.people.models import Person


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts for which party. `person` is None for the clock, a guest, and who uses the shop's link."""

    party: str
    person: Person | None = None
    guest_name: str = ""
    for_name: str = ""
    """On whose behalf a kader acts."""

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.guest_name


def as_buyer(order: Order, person: Person | None) -> Actor:
    """Whoever has the private link acts as the buyer; signed in she bears her own name."""
    return Actor(BUYER, person, order.group.name)


def as_seller(person: Person | None, *, guest_name: str = "", for_name: str = "") -> Actor:
    return Actor(SELLER, person, guest_name, for_name)


CLOCKWORK = Actor(CLOCK)


def record(
    order: Order,
    deed: str,
    actor: Actor,
    *,
    at: datetime,
    changes: Mapping[str, tuple[Any, Any]],
    reason: str = "",
    from_state: str = "",
    trace: str = "",
) -> None:
    """`deed` is the word of the timeline, `trace` that of the traces where it is another."""
    OrderEvent.objects.create(
        order=order,
        at=at,
        deed=deed,
        from_state=from_state or order.state,
        to_state=order.state,
        by=actor.person,
        by_name=actor.name,
        for_name=actor.for_name,
        party=actor.party,
        reason=reason[:300],
    )
    record_deed(
        deed=trace or deed,
        subject=order,
        by=actor.person,
        at=at,
        changes=changes,
        for_name=actor.for_name,
        area_code=order.area_code,
        reason=reason[:300],
    )
