"""The way of an order: what happened, and what is still to come."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from etoko.catalog.models import DeliveryOption
from etoko.foundation.days import show_moment
from etoko.ordering import words
from etoko.ordering.models import Order, OrderEvent
from etoko.ordering.states import (
    AWAITING_CONFIRMATION,
    CANCELLED,
    DECLINED,
    DELIVERED,
    PROCESSING,
    READY_FOR_PICKUP,
    SHIPPED,
)


@dataclass(frozen=True, slots=True)
class EventRow:
    title: str
    at: str
    note: str
    state: str
    """done, now, later or bad, as the timeline draws it."""


def timeline(order: Order, events: Iterable[OrderEvent]) -> list[EventRow]:
    """What happened, and what is still to come on the usual way."""
    past = list(events)
    rows = [
        EventRow(
            words.event_title(event.deed),
            show_moment(event.at),
            _by(event),
            "bad" if event.to_state in (CANCELLED, DECLINED) and event.deed != "pay" else "done",
        )
        for event in past
    ]
    later = [words.event_title(deed) for deed in _way_on(order)]
    if later and rows:
        rows[-1] = EventRow(rows[-1].title, rows[-1].at, rows[-1].note, "now")
    return rows + [EventRow(title, "", "", "later") for title in later]


def _way_on(order: Order) -> list[str]:
    brought = order.delivery != DeliveryOption.PICKUP
    way = ["accept", *(("ship", "arrive") if brought else ("make_ready", "hand_over")), "complete"]
    reached = {
        AWAITING_CONFIRMATION: 0,
        PROCESSING: 1,
        READY_FOR_PICKUP: 2,
        SHIPPED: 2,
        DELIVERED: 3,
    }
    return way[reached[order.state] :] if order.state in reached else []


def _by(event: OrderEvent) -> str:
    who = event.by_name
    if who and event.for_name:
        who = _("dicatat oleh %(name)s untuk %(whom)s") % {"name": who, "whom": event.for_name}
    reason = f"“{event.reason}”" if event.reason else ""
    return " · ".join(part for part in (who, reason) if part)
