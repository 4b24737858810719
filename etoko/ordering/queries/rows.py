"""An order as both pages show it: as a row of a list, and whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.making import days_of_orders
from etoko.catalog.models import DeliveryOption, PaymentOption, Shop
from etoko.foundation.addresses import whole_address
from etoko.foundation.flows import Offered
from etoko.foundation.phones import whatsapp_link
from etoko.ordering import words
from etoko.ordering.deadlines import deadline_of, show_deadline
from etoko.ordering.models import Order, OrderEvent, OrderLine
from etoko.ordering.operations.placing import goods_in_words
from etoko.ordering.operations.proposing import show_weight
from etoko.ordering.operations.telling import buyer_path, seller_path
from etoko.ordering.queries.timeline import EventRow, timeline
from etoko.ordering.quoting import DELIVERY_NAMES, PAYMENT_NAMES
from etoko.ordering.states import (
    AWAITING_CONFIRMATION,
    BUYER,
    CANCELLED,
    COMPLETED,
    DECLINED,
    DELIVERED,
    MERGED,
    ORDER_FLOW,
    OVER_STATES,
    PROCESSING,
    READY_FOR_PICKUP,
    RETURNED,
    SHIPPED,
)
from etoko.vouchers.queries import OrderVoucher, vouchers_of_orders

TONES = {
    AWAITING_CONFIRMATION: "wait",
    PROCESSING: "info",
    READY_FOR_PICKUP: "accent",
    SHIPPED: "info",
    DELIVERED: "ok",
    COMPLETED: "ok",
    CANCELLED: "",
    MERGED: "",
    RETURNED: "",
    DECLINED: "bad",
}
ICONS = {
    AWAITING_CONFIRMATION: "hourglass",
    PROCESSING: "package-open",
    READY_FOR_PICKUP: "store",
    SHIPPED: "truck",
    DELIVERED: "package-check",
    COMPLETED: "circle-check",
    CANCELLED: "ban",
    MERGED: "merge",
    RETURNED: "undo-2",
    DECLINED: "ban",
}
MOVE_ICONS = {
    "accept": "check",
    "decline": "x",
    "make_ready": "store",
    "ship": "truck",
    "hand_over": "package-check",
    "arrive": "package-check",
    "confirm_received": "package-check",
    "cancel": "x",
    "call_off": "x",
    "leave_uncollected": "x",
}
PAYMENT_TONES = {
    Order.NOT_PAID: "wait",
    Order.REPORTED: "info",
    Order.PARTLY_PAID: "accent",
    Order.PAID: "ok",
}
QUIET_MOVES = ("decline", "cancel", "call_off", "leave_uncollected")
"""Moves that are never the main button."""
_NOT_FOR = {
    # What makes no sense for the way of delivery is no button; the flow allows it, because people agree
    # otherwise by WhatsApp.
    DeliveryOption.PICKUP: ("ship",),
    DeliveryOption.SELLER: ("make_ready",),
    DeliveryOption.COURIER: ("make_ready",),
}
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class LineRow:
    name: str
    variant: str
    quantity: int
    unit: str
    price_rp: int
    line_rp: int
    ready_on: date | None
    """When it will be ready, where it is made to order."""
    ordered: int
    returned: int
    weighed: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    kind: str
    label: str
    state: str
    state_label: str
    tone: str
    paid_rp: int
    left_rp: int
    """What is still to be paid."""
    has_terms: bool
    """It is paid in parts or on an agreed day."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as a line of a list."""

    number: str
    shop_name: str
    buyer_name: str
    village: str
    state: str
    state_label: str
    tone: str
    icon: str
    total_rp: int
    placed_at: datetime
    deadline: str
    """Until when somebody is waited for, in words for this party; empty where nobody is."""
    goods: str
    delivery: str
    payment: str
    is_paid: bool
    note: str
    moves: list[Offered]

    @property
    def main_move(self) -> Offered | None:
        return next((move for move in self.moves if move.name not in QUIET_MOVES), None)


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order whole, for the page of one of its two parties."""

    row: OrderRow
    shop_id: str
    shop_slug: str
    shop_village: str
    lines: list[LineRow]
    goods_rp: int
    fee_rp: int
    unique_off_rp: int
    total_rp: int
    delivery_kind: str
    delivery_note: str
    payment: PaymentRow
    events: list[EventRow]
    is_over: bool
    whatsapp: str
    """The address that opens WhatsApp to the other party with a ready text; empty without a number."""
    receiver: str
    phone: str
    address: str
    recorded_by: str
    voucher: OrderVoucher | None

    @property
    def by_agreement(self) -> bool:
        return self.delivery_kind == DeliveryOption.COURIER

    @property
    def can_pay(self) -> bool:
        """From afar, and not before the seller has accepted."""
        return (
            not self.is_over
            and bool(self.payment.left_rp)
            and self.payment.kind != PaymentOption.CASH
            and self.row.state != AWAITING_CONFIRMATION
        )

    @property
    def can_report_payment(self) -> bool:
        """An online payment tells of itself."""
        return (
            self.can_pay
            and self.payment.kind != PaymentOption.MIDTRANS
            and self.payment.state in (Order.NOT_PAID, Order.PARTLY_PAID)
        )


def rows_of(
    orders: QuerySet[Order], party: str, *, at: datetime, shop: Shop | None = None
) -> list[tuple[OrderRow, Order]]:
    """`shop`: the one of all these orders, which is then not read again with each."""
    found = list(orders.select_related("group") if shop else orders.select_related("group", "shop"))
    if shop:
        for order in found:
            order.shop = shop
    goods: dict[int, list[str]] = {order.pk: [] for order in found}
    for line in OrderLine.objects.filter(order__in=found, quantity__gte=1).select_related("variant"):
        goods[line.order_id].append(goods_in_words(line))
    return [(_row(order, ", ".join(goods[order.pk]), party, at), order) for order in found]


def _row(order: Order, goods: str, party: str, at: datetime) -> OrderRow:
    hidden = _NOT_FOR[order.delivery]
    return OrderRow(
        number=order.number or "",
        shop_name=order.shop.name,
        buyer_name=order.group.name,
        village=order.group.village,
        state=order.state,
        state_label=str(ORDER_FLOW.states[order.state]),
        tone=TONES[order.state],
        icon=ICONS[order.state],
        total_rp=order.total_rp,
        placed_at=order.placed_at,
        deadline=_deadline(order, party, at),
        goods=goods,
        delivery=str(DELIVERY_NAMES[order.delivery]),
        payment=str(PAYMENT_NAMES[order.payment]),
        is_paid=order.payment_state == Order.PAID,
        note=order.note,
        moves=[
            move
            for move in ORDER_FLOW.moves_from(order.state, (party,))
            if move.name not in hidden and ORDER_FLOW.is_due(order, move.name, at=at)
        ],
    )


def pages_of(orders: QuerySet[Order], *, party: str, at: datetime) -> list[OrderPage]:
    return pages_of_found(whole(orders), party=party, at=at)


def whole(orders: QuerySet[Order]) -> list[Order]:
    """Read once with all that pages and deeds need of them."""
    return list(orders.select_related("group__buyer", "group__recorded_by", "shop__area"))


def pages_of_found(found: Sequence[Order], *, party: str, at: datetime) -> list[OrderPage]:
    """As `pages_of`, for orders that `whole` has read."""
    lines: dict[int, list[OrderLine]] = {order.pk: [] for order in found}
    for line in OrderLine.objects.filter(order__in=found).select_related("variant"):
        lines[line.order_id].append(line)
    events: dict[int, list[OrderEvent]] = {order.pk: [] for order in found}
    for event in OrderEvent.objects.filter(order__in=found):
        events[event.order_id].append(event)
    shops = {order.shop_id for order in found}
    notes = {
        (shop, kind): note
        for shop, kind, note in DeliveryOption.objects.filter(shop__in=shops).values_list(
            "shop_id", "kind", "note"
        )
    }
    ready = days_of_orders([order.number or "" for order in found])
    cheaper = [order.number or "" for order in found if order.voucher_off_rp]
    vouchers = vouchers_of_orders(cheaper) if cheaper else {}
    return [
        _page(
            order,
            lines[order.pk],
            events[order.pk],
            notes.get((order.shop_id, order.delivery), ""),
            party=party,
            at=at,
            voucher=vouchers.get(order.number or ""),
            ready=ready,
        )
        for order in found
    ]


def _page(
    order: Order,
    lines: Sequence[OrderLine],
    events: Sequence[OrderEvent],
    delivery_note: str,
    *,
    party: str,
    at: datetime,
    voucher: OrderVoucher | None,
    ready: Mapping[tuple[str, int], date],
) -> OrderPage:
    group = order.group
    goods = "\n".join(goods_in_words(line) for line in lines if line.quantity)
    return OrderPage(
        row=_row(order, goods.replace("\n", ", "), party, at),
        shop_id=order.shop.public_id,
        shop_slug=order.shop.slug,
        shop_village=order.shop.area.name,
        lines=[
            LineRow(
                *(line.product_name, line.variant_name, line.quantity, line.unit),
                *(line.price_rp, line.line_rp),
                ready_on=ready.get((order.number or "", line.variant.product_id)),
                ordered=line.ordered_quantity,
                returned=line.returned_quantity,
                weighed=f"{show_weight(line.weighed)} {line.variant.measure}"
                if line.weighed is not None
                else "",
            )
            for line in lines
        ],
        goods_rp=order.goods_rp,
        fee_rp=order.delivery_fee_rp,
        unique_off_rp=order.unique_off_rp,
        total_rp=order.total_rp,
        delivery_kind=order.delivery,
        delivery_note=delivery_note,
        payment=_payment(order),
        events=timeline(order, events),
        is_over=order.state in OVER_STATES,
        whatsapp=_to_seller(order, goods) if party == BUYER else _to_buyer(order, events),
        receiver=group.name,
        phone=group.phone,
        address=", ".join(
            part for part in (group.street, group.village, group.landmark and f"({group.landmark})") if part
        ),
        recorded_by=group.recorded_by.name if group.recorded_by else "",
        voucher=voucher,
    )


def _to_seller(order: Order, goods: str) -> str:
    if not order.shop.whatsapp:
        return ""
    if order.state == AWAITING_CONFIRMATION:
        text = words.from_buyer(order, link=whole_address(seller_path(order)), goods=goods)
    else:
        text = words.question_from_buyer(order)
    return whatsapp_link(order.shop.whatsapp, text)


def _to_buyer(order: Order, events: Sequence[OrderEvent]) -> str:
    """With the words for the last thing that happened; a plain greeting where the buyer did the last."""
    told = [event for event in events if words.is_told_to_buyer(event.deed)]
    link = whole_address(buyer_path(order))
    undone = bool(told) and any(event.deed == ORDER_FLOW.undoing(told[-1].deed) for event in events)
    if order.state == AWAITING_CONFIRMATION or not told or undone:
        return whatsapp_link(order.group.phone, words.question_from_seller(order, link=link))
    last = told[-1]
    return whatsapp_link(
        order.group.phone, words.to_buyer(last.deed, order, link=link, reason=last.reason).text
    )


def _payment(order: Order) -> PaymentRow:
    return PaymentRow(
        kind=order.payment,
        label=str(PAYMENT_NAMES[order.payment]),
        state=order.payment_state,
        state_label=order.payment_label,
        tone=PAYMENT_TONES[order.payment_state],
        paid_rp=order.paid_rp,
        left_rp=order.left_rp,
        has_terms=order.terms_agreed_at is not None,
    )


def _deadline(order: Order, party: str, at: datetime) -> str:
    deadline = deadline_of(order)
    if deadline is None:
        return ""
    moment = {"moment": show_deadline(deadline, today=timezone.localdate(at))}
    is_buyer = party == BUYER
    if order.state == AWAITING_CONFIRMATION:
        said = _("Penjual menjawab paling lambat %(moment)s") if is_buyer else _("Jawab sebelum %(moment)s")
    elif order.state == PROCESSING:
        said = _("Bayar sebelum %(moment)s") if is_buyer else _("Pembeli membayar sebelum %(moment)s")
    elif deadline <= at:
        said = _("Seharusnya diambil sebelum %(moment)s")
    else:
        said = _("Ambil sebelum %(moment)s") if is_buyer else _("Diambil sebelum %(moment)s")
    return said % moment
