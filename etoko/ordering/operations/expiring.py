"""What the clock does with orders. Each order is a transaction of its own: one that fails stops no other."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from etoko.foundation.flows import UnableToMove
from etoko.ordering.models import Cart, Order
from etoko.ordering.operations.moving import move_order
from etoko.ordering.states import (
    AGREED,
    ANSWERED,
    ASKED,
    AWAITING_CONFIRMATION,
    CLOCK,
    DELIVERED,
    OPEN,
    PROCESSING,
)

GUEST_CARTS_KEPT_FOR = timedelta(days=90)
AT_ONCE = 500


def expire_orders(*, at: datetime) -> int:
    """Cancel what no seller answered in time and free its stock. Returns how many."""
    due = Order.objects.filter(state=AWAITING_CONFIRMATION, answer_by_at__lte=at).order_by("answer_by_at")
    return _move_all(_taken(due), "expire", at)


def cancel_unpaid_orders(*, at: datetime) -> int:
    """Cancel what was accepted and not paid in time, and free its stock. What the buyer says she has paid
    has no `pay_by_at` any more: then the seller looks. Returns how many."""
    due = Order.objects.filter(state=PROCESSING, pay_by_at__lte=at).order_by("pay_by_at")
    return _move_all(_taken(due), "cancel_unpaid", at)


def complete_orders(*, at: datetime) -> int:
    """Complete what the buyer may not complain about any more; what is still spoken about waits. Returns how
    many."""
    due = (
        Order.objects.filter(state=DELIVERED, complain_until_at__lte=at)
        .exclude(complaints__state__in=(OPEN, ANSWERED))
        .exclude(returns__state__in=(ASKED, AGREED))
        .order_by("complain_until_at")
    )
    return _move_all(_taken(due), "complete", at)


def forget_guest_carts(*, at: datetime) -> int:
    """Carts of guests that nobody touched for so long. Returns how many."""
    old = Cart.objects.filter(person=None, updated_at__lt=at - GUEST_CARTS_KEPT_FOR)
    return old.delete()[1].get("ordering.Cart", 0)


def _taken(due: QuerySet[Order]) -> list[Order]:
    return list(due.select_related("group__buyer", "shop")[:AT_ONCE])


def _move_all(orders: Iterable[Order], move: str, at: datetime) -> int:
    moved = 0
    for order in orders:
        try:
            move_order(order=order, move=move, party=CLOCK, by=None, at=at)
        except UnableToMove:
            continue  # somebody answered it in this very moment
        moved += 1
    return moved
