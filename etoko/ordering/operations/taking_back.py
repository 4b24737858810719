"""A step that the seller made by mistake is taken back, for ten minutes, as long as nothing followed it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.catalog.models import Product, StockMovement
from etoko.catalog.operations.making import UnableToMake, promise_again
from etoko.catalog.operations.stocking import Cause, UnableToHold, hold_stock, return_stock
from etoko.foundation.effects import announce
from etoko.foundation.problems import UnableTo
from etoko.ordering.deadlines import DEADLINE_FIELDS, set_deadlines
from etoko.ordering.facts import OrderMoved
from etoko.ordering.models import Order, OrderEvent
from etoko.ordering.operations.recording import Actor, record
from etoko.ordering.operations.telling import tell_buyer
from etoko.ordering.states import AWAITING_CONFIRMATION, ORDER_FLOW, SELLER
from etoko.people.models import Person
from etoko.vouchers.operations import take_voucher_again
from etoko.vouchers.rules import UnableToUse

TAKE_BACK_WITHIN = timedelta(minutes=10)
_ANSWER_AGAIN_WITHIN = timedelta(hours=1)
"""At least so long the seller has to answer anew, even where her deadline is nearly over."""


class UnableToTakeBack(UnableTo):
    pass


@transaction.atomic
def take_back_move(
    *, order: Order, move: str, by: Person | None, by_name: str = "", for_name: str = "", at: datetime
) -> Order:
    """Undo the seller's last step `move` (a name of ORDER_FLOW) and what it did to the stock.

    Raises UnableToTakeBack or UnableToMove; then nothing has changed.
    """
    locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    before = locked.state
    _check(locked, move, at)
    undoing = ORDER_FLOW.undoing(move)
    locked = ORDER_FLOW.make_move(locked, undoing, parties=(SELLER,), at=at, within="take_back_move")
    locked.shop, locked.group = order.shop, order.group
    locked.changed_at, locked.remind_at = at, None
    if locked.state == AWAITING_CONFIRMATION:
        locked.answer_by_at = max(locked.answer_by_at, at + _ANSWER_AGAIN_WITHIN)
    locked.received_at = locked.complain_until_at = None
    set_deadlines(locked, at=at)
    locked.save(
        update_fields=["changed_at", "answer_by_at", "received_at", "complain_until_at", *DEADLINE_FIELDS]
    )
    cause = Cause(StockMovement.ORDER, locked.number or "", by, for_name)
    if move in ("ship", "hand_over"):
        _hold_again(locked, cause, at, came_back=True)
    elif move == "decline":
        _hold_again(locked, cause, at, came_back=False)
        _promise_again(locked)
        _use_voucher_again(locked)
    record(
        locked,
        undoing,
        Actor(SELLER, by, by_name, for_name),
        at=at,
        changes={"state": (before, locked.state)},
        from_state=before,
        trace=f"{undoing}_order",
    )
    announce(OrderMoved(locked.pk, undoing, at))
    tell_buyer(order=locked, deed="take_back", at=at)
    return locked


def move_to_take_back(order: Order, *, at: datetime) -> str:
    """The seller's last step, if it may be taken back now; else empty."""
    last = _last_move(order)
    if last is None or last.party != SELLER or not ORDER_FLOW.undoing(last.deed):
        return ""
    return last.deed if at <= last.at + TAKE_BACK_WITHIN and _nothing_is_paid(order, last.deed) else ""


def _check(order: Order, move: str, at: datetime) -> None:
    last = _last_move(order)
    if last is None or last.deed != move or last.party != SELLER:
        raise UnableToTakeBack(
            _("Langkah itu tidak bisa diurungkan lagi: sudah ada langkah sesudahnya. Muat ulang halaman.")
        )
    if at > last.at + TAKE_BACK_WITHIN:
        raise UnableToTakeBack(
            _("Langkah itu tidak bisa diurungkan lagi: sudah lewat 10 menit. Kabari pembeli lewat WhatsApp.")
        )
    if not _nothing_is_paid(order, move):
        raise UnableToTakeBack(
            _("Pembeli sudah membayar, jadi pesanan ini tidak bisa dikembalikan ke “belum dijawab”.")
        )


def _nothing_is_paid(order: Order, move: str) -> bool:
    return move != "accept" or order.no_money_came


_AFTER_THE_GOODS = ("complain", "ask_return", "receive_return")
"""What is spoken about goods that are gone; they cannot be still here after all."""


def _last_move(order: Order) -> OrderEvent | None:
    followed_by = (*ORDER_FLOW.moves, *_AFTER_THE_GOODS)
    return OrderEvent.objects.filter(order=order, deed__in=followed_by).order_by("-id").first()


def _promise_again(order: Order) -> None:
    wanted = order.lines.filter(quantity__gte=1).values_list("variant__product_id", flat=True)
    try:
        promise_again(order_number=order.number or "", products=list(wanted))
    except UnableToMake as problem:
        raise UnableToTakeBack(
            _("Harinya sudah penuh dipesan orang lain, jadi penolakan ini tidak bisa diurungkan lagi.")
        ) from problem


def _hold_again(order: Order, cause: Cause, at: datetime, *, came_back: bool) -> None:
    lines = [
        line
        for line in order.lines.select_related("variant__product")
        if line.quantity and line.variant.product.supply == Product.STOCK
    ]
    if not lines:
        return
    quantities: dict[int, int] = {}
    for line in lines:
        quantities[line.variant_id] = quantities.get(line.variant_id, 0) + line.quantity
    try:
        if came_back:
            return_stock(quantities=quantities, cause=cause, at=at)
        hold_stock(quantities=quantities, cause=cause, at=at)
    except UnableToHold as problem:
        raise UnableToTakeBack(
            _("Barangnya sudah dipesan orang lain, jadi penolakan ini tidak bisa diurungkan lagi.")
        ) from problem
    for line in lines:
        line.held_quantity = line.quantity
        line.save(update_fields=["held_quantity"])


def _use_voucher_again(order: Order) -> None:
    if not order.voucher_off_rp:
        return
    try:
        take_voucher_again(order_number=order.number or "")
    except UnableToUse as problem:
        raise UnableToTakeBack(
            _("Voucher pesanan ini sudah dipakai lagi, jadi penolakannya tidak bisa diurungkan.")
        ) from problem
