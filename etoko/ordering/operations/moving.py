"""One order goes a step on: the table in `states.py` says which steps there are."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from etoko.catalog.models import StockMovement
from etoko.catalog.operations.making import release_making
from etoko.catalog.operations.stocking import Cause, release_stock, take_stock
from etoko.foundation.effects import announce
from etoko.ordering.deadlines import DEADLINE_FIELDS, set_deadlines
from etoko.ordering.facts import OrderMoved
from etoko.ordering.models import Order
from etoko.ordering.operations.recording import Actor, record
from etoko.ordering.operations.telling import tell_buyer, tell_seller
from etoko.ordering.states import BUYER, CLOCK, COMPLETED, DELIVERED, ORDER_FLOW, SELLER
from etoko.ordering.working_days import complain_until
from etoko.people.models import Person
from etoko.vouchers.operations import give_back_voucher

_STOCK: Mapping[str, Callable[..., None]] = {
    # nobody gets the goods
    "decline": release_stock,
    "expire": release_stock,
    "cancel_unpaid": release_stock,
    "leave_uncollected": release_stock,
    "cancel": release_stock,
    "call_off": release_stock,
    # the goods leave the seller; what left before holds nothing any more
    "ship": take_stock,
    "hand_over": take_stock,
    "confirm_received": take_stock,
}


@transaction.atomic
def move_order(
    *,
    order: Order,
    move: str,
    party: str,
    by: Person | None,
    at: datetime,
    reason: str = "",
    by_name: str = "",
    for_name: str = "",
) -> Order:
    """Make a move of ORDER_FLOW for `party`, with what belongs to it: stock, timeline, notice, trace.

    `by` is None for the clock and for a guest, who is named in `by_name`; `for_name` is the shop that a
    kader acts for. Raises UnableToMove; then nothing has changed.
    """
    # Asked under the lock: what the caller holds may be a moment old.
    before = Order.objects.select_for_update(of=("self",)).values_list("state", flat=True).get(pk=order.pk)
    locked = ORDER_FLOW.make_move(order, move, parties=(party,), reason=reason, at=at)
    # The row as locked knows less than the one we were given: keep its shop and buyer at hand.
    locked.shop, locked.group = order.shop, order.group
    locked.changed_at, locked.remind_at = at, None
    set_deadlines(locked, at=at)
    if locked.state in (DELIVERED, COMPLETED) and locked.received_at is None:
        locked.received_at, locked.complain_until_at = at, complain_until(at)
    locked.save(update_fields=["changed_at", "received_at", "complain_until_at", *DEADLINE_FIELDS])
    if change_stock := _STOCK.get(move):
        cause = Cause(StockMovement.ORDER, locked.number or "", by, for_name)
        _change_stock(locked, change_stock, cause, at)
    if change_stock is release_stock:
        release_making(order_number=locked.number or "", at=at)
    if change_stock is release_stock and locked.voucher_off_rp:
        give_back_voucher(order_number=locked.number or "", at=at)
    reason = reason.strip()[:300]
    record(
        locked,
        move,
        Actor(party, by, by_name, for_name),
        at=at,
        changes={"state": (before, locked.state)},
        reason=reason,
        from_state=before,
        trace=f"{move}_order",
    )
    announce(OrderMoved(locked.pk, move, at))
    if party in (SELLER, CLOCK):
        tell_buyer(order=locked, deed=move, at=at, reason=reason)
    if party == BUYER or move in ("expire", "cancel_unpaid"):
        tell_seller(order=locked, deed=move, at=at, reason=reason)
    return locked


def _change_stock(order: Order, change_stock: Callable[..., None], cause: Cause, at: datetime) -> None:
    lines = [line for line in order.lines.all() if line.held_quantity]
    if not lines:
        return
    quantities: dict[int, int] = {}
    for line in lines:
        quantities[line.variant_id] = quantities.get(line.variant_id, 0) + line.held_quantity
    change_stock(quantities=quantities, cause=cause, at=at)
    order.lines.update(held_quantity=0)
