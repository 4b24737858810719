"""What an order costs. Every change to its sums goes through `reckon_order`, which writes them anew.

total = goods + delivery − voucher − unique amount        (the constraint `order_sums`)
"""

from datetime import datetime

from django.db.models import F

from etoko.foundation.effects import announce
from etoko.foundation.money import portion_of
from etoko.ordering.facts import OrderTotalChanged
from etoko.ordering.models import Order, OrderGroup, OrderLine
from etoko.ordering.operations.unique_amounts import give_back_unique_amount, take_unique_amounts
from etoko.ordering.states import BUYER, OVER_STATES
from etoko.vouchers.models import RedemptionShare, Voucher
from etoko.vouchers.operations import change_voucher_share


def set_quantity(line: OrderLine, quantity: int) -> None:
    """So many are left of the line; what was weighed keeps its price for each. Saves nothing."""
    line_rp = portion_of(line.line_rp, quantity, line.quantity) if line.weighed_off_rp else 0
    line.quantity = quantity
    line.weighed_off_rp = line_rp - line.price_rp * quantity if line_rp else 0
    line.line_rp = line.price_rp * quantity + line.weighed_off_rp


def reckon_order(order: Order, *, party: str, at: datetime) -> None:
    """Write the sums of an order whose lines or fee have changed, and tell who must know of it.

    `order` is locked; its fields but the sums were changed by the caller. What the seller takes away leaves
    the discount of a voucher whole; where the buyer herself orders less, it shrinks with the goods
    (docs/decisions/changing-orders.md). An order that is still to be paid gets another unique amount.
    """
    before_goods_rp, before_rp, code_rp = order.goods_rp, order.total_rp, order.unique_off_rp
    before_off_rp = order.voucher_off_rp
    is_due = order.no_money_came and order.state not in OVER_STATES
    if is_due:
        give_back_unique_amount(order=order)
    order.goods_rp = sum(OrderLine.objects.filter(order=order).values_list("line_rp", flat=True))
    most_rp = order.goods_rp + order.delivery_fee_rp
    order.voucher_off_rp = min(_voucher_off_rp(order, before_goods_rp, party), most_rp)
    order.unique_off_rp = 0 if is_due else min(code_rp, most_rp - order.voucher_off_rp)
    order.total_rp = most_rp - order.voucher_off_rp - order.unique_off_rp
    order.save(update_fields=["goods_rp", "delivery_fee_rp", "voucher_off_rp", "unique_off_rp", "total_rp"])
    if order.voucher_off_rp != before_off_rp:
        change_voucher_share(order_number=order.number or "", off_rp=order.voucher_off_rp, at=at)
    if is_due and order.total_rp:
        take_unique_amounts(orders=[order], at=at)
    if order.total_rp != before_rp:
        OrderGroup.objects.filter(pk=order.group_id).update(
            total_rp=F("total_rp") + (order.total_rp - before_rp)
        )
        announce(OrderTotalChanged(order.pk, before_rp, order.total_rp, at))


def _voucher_off_rp(order: Order, before_goods_rp: int, party: str) -> int:
    if not order.voucher_off_rp:
        return 0
    kind = (
        RedemptionShare.objects.filter(order_number=order.number)
        .values_list("redemption__voucher__kind", flat=True)
        .first()
    )
    if kind == Voucher.FREE_DELIVERY:
        return min(order.voucher_off_rp, order.delivery_fee_rp)
    if party == BUYER and before_goods_rp > order.goods_rp:
        return portion_of(order.voucher_off_rp, order.goods_rp, before_goods_rp)
    return order.voucher_off_rp
