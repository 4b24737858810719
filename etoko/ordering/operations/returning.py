"""Goods go back to the seller: the buyer asks or the seller notes it; the stock and the sum follow.

How the money goes back is noted in the room of the payments, which hears that the sum has fallen.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.catalog.models import Product, StockMovement
from etoko.catalog.operations.stocking import Cause, return_stock
from etoko.foundation.effects import announce
from etoko.foundation.problems import UnableTo
from etoko.ordering.facts import OrderMoved
from etoko.ordering.models import GoodsReturn, GoodsReturnLine, Order, OrderLine
from etoko.ordering.operations.reckoning import reckon_order, set_quantity
from etoko.ordering.operations.recording import Actor, record
from etoko.ordering.operations.reducing import lock_order
from etoko.ordering.operations.telling import tell_buyer, tell_seller
from etoko.ordering.states import (
    AGREED,
    ASKED,
    BUYER,
    COMPLETED,
    DELIVERED,
    ORDER_FLOW,
    RETURN_FLOW,
    SELLER,
    SHIPPED,
)

_GONE_TO_BUYER = (SHIPPED, DELIVERED, COMPLETED)


class UnableToReturn(UnableTo):
    pass


@transaction.atomic
def ask_return(
    *, order: Order, quantities: Mapping[int, int], reason: str, actor: Actor, at: datetime
) -> GoodsReturn:
    """The buyer wants to give back so many of these lines, within the days of her right."""
    locked = lock_order(order)
    if not may_return(locked, at=at):
        raise UnableToReturn(
            _("Waktu untuk mengembalikan barang sudah lewat, atau barangnya belum Anda terima.")
        )
    goods_return = _open(locked, quantities, reason, actor, at)
    said = _in_words(goods_return)
    changes = {"goods": ("", said.replace("\n", "; "))}
    record(locked, "ask_return", actor, at=at, reason=reason, changes=changes)
    tell_seller(order=locked, deed="ask_return", at=at, reason=reason, goods=said)
    return goods_return


@transaction.atomic
def answer_return(
    *, goods_return: GoodsReturn, move: str, actor: Actor, at: datetime, reason: str = ""
) -> GoodsReturn:
    """The seller agrees or refuses, the buyer takes it back: moves of RETURN_FLOW but `receive`."""
    order = lock_order(goods_return.order)
    moved = RETURN_FLOW.make_move(goods_return, move, parties=(actor.party,), reason=reason)
    moved.changed_at = at
    moved.save(update_fields=["changed_at"])
    changes = {"state": (goods_return.state, moved.state)}
    record(order, f"{move}_return", actor, at=at, reason=reason.strip(), changes=changes)
    if actor.party == SELLER:
        tell_buyer(order=order, deed=f"{move}_return", at=at, reason=reason.strip())
    else:
        tell_seller(order=order, deed=f"{move}_return", at=at)
    return moved


@transaction.atomic
def receive_return(
    *, goods_return: GoodsReturn, can_be_sold_again: bool, actor: Actor, at: datetime
) -> GoodsReturn:
    """The goods are back with the seller: they leave the order and, where they are still good, are stock."""
    order = lock_order(goods_return.order)
    moved = RETURN_FLOW.make_move(goods_return, "receive", parties=(actor.party,))
    moved.changed_at = at
    moved.save(update_fields=["changed_at"])
    back: dict[int, int] = {}
    for row in moved.lines.select_related("line__variant__product"):
        line = row.line
        set_quantity(line, line.quantity - row.quantity)
        line.returned_quantity += row.quantity
        line.save(update_fields=["quantity", "returned_quantity", "line_rp", "weighed_off_rp"])
        if can_be_sold_again and line.variant.product.supply == Product.STOCK:
            back[line.variant_id] = back.get(line.variant_id, 0) + row.quantity
    if back:
        cause = Cause(StockMovement.ORDER, order.number or "", actor.person, actor.for_name)
        return_stock(quantities=back, cause=cause, at=at)
    before_rp = order.total_rp
    reckon_order(order, party=actor.party, at=at)
    before = order.state
    if not any(OrderLine.objects.filter(order=order).values_list("quantity", flat=True)):
        order = ORDER_FLOW.make_move(
            order, "give_all_back", parties=(SELLER,), at=at, within="receive_return"
        )
        order.shop, order.group = goods_return.order.shop, goods_return.order.group
        order.changed_at = at
        order.save(update_fields=["changed_at"])
        announce(OrderMoved(order.pk, "give_all_back", at))
    said = _in_words(moved)
    changes = {"goods": ("", said.replace("\n", "; ")), "total_rp": (before_rp, order.total_rp)}
    record(order, "receive_return", actor, at=at, from_state=before, changes=changes)
    tell_buyer(order=order, deed="receive_return", at=at, goods=said)
    return moved


@transaction.atomic
def take_goods_back(
    *,
    order: Order,
    quantities: Mapping[int, int],
    reason: str,
    can_be_sold_again: bool,
    actor: Actor,
    at: datetime,
) -> GoodsReturn:
    """The seller has goods back that nobody asked her to take: refused at the door, or brought to her."""
    locked = lock_order(order)
    if locked.state not in _GONE_TO_BUYER:
        raise UnableToReturn(_("Barangnya masih pada Anda: kurangi atau batalkan pesanannya saja."))
    goods_return = _open(locked, quantities, reason, actor, at)
    return receive_return(goods_return=goods_return, can_be_sold_again=can_be_sold_again, actor=actor, at=at)


def may_return(order: Order, *, at: datetime) -> bool:
    return (
        order.state in (DELIVERED, COMPLETED)
        and order.complain_until_at is not None
        and at < order.complain_until_at
    )


def _open(
    order: Order, quantities: Mapping[int, int], reason: str, actor: Actor, at: datetime
) -> GoodsReturn:
    lines = {line.pk: line for line in order.lines.all()}
    wanted = {pk: quantity for pk, quantity in quantities.items() if quantity}
    if not wanted:
        raise UnableToReturn(_("Pilih dulu barang yang kembali, dan berapa."), field="quantities")
    if any(pk not in lines or not 0 < quantity <= lines[pk].quantity for pk, quantity in wanted.items()):
        raise UnableToReturn(_("Yang kembali tidak bisa lebih banyak dari yang dibeli."), field="quantities")
    if actor.party == BUYER and not reason.strip():
        raise UnableToReturn(_("Tulis kenapa barangnya dikembalikan."), field="reason")
    if GoodsReturn.objects.filter(order=order, state__in=(ASKED, AGREED)).exists():
        raise UnableToReturn(_("Masih ada pengembalian yang belum selesai untuk pesanan ini."))
    goods_return = GoodsReturn.objects.create(
        order=order, reason=reason.strip()[:300], asked_by_party=actor.party, asked_at=at, changed_at=at
    )
    GoodsReturnLine.objects.bulk_create(
        GoodsReturnLine(goods_return=goods_return, line=lines[pk], quantity=quantity)
        for pk, quantity in sorted(wanted.items())
    )
    return goods_return


def _in_words(goods_return: GoodsReturn) -> str:
    return "\n".join(
        f"{row.quantity} {row.line.unit} {row.line.product_name}"
        for row in goods_return.lines.select_related("line")
    )
