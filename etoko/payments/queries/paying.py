"""What somebody needs to pay one order: how much, to whom, until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from etoko.catalog.models import PaymentOption
from etoko.catalog.photos import qris_url
from etoko.foundation.money import show_rupiah
from etoko.foundation.qrdrawings import qr_svg
from etoko.foundation.qris import read_qris, with_amount
from etoko.ordering.models import Order
from etoko.ordering.queries.rows import PAYMENT_TONES
from etoko.ordering.states import AWAITING_CONFIRMATION
from etoko.payments.models import Instalment
from etoko.payments.operations.agreeing import allocate

TAIL = 3
"""So many digits at the end tell one order from another; they are emphasised."""


@dataclass(frozen=True, slots=True)
class PayPage:
    number: str
    shop_name: str
    kind: str
    """Of PaymentOption: cash, transfer, qris."""
    left_rp: int
    """What is to be paid now, and what the code carries: the next part, or all that is left."""
    later_rp: int
    """What comes after it, where the order is paid in parts."""
    head: str
    tail: str
    """The amount in two parts: "Rp49." and "873"."""
    state: str
    state_label: str
    tone: str
    is_waiting: bool
    """The seller has not accepted yet: nobody should pay before."""
    is_over: bool
    is_free: bool
    pay_by_at: datetime | None
    bank: str
    account_number: str
    account_name: str
    qris_name: str
    qris_nmid: str
    payload: str
    """The QRIS with the amount, as text; empty where there is none to be read."""
    drawing: Markup | str
    picture: str
    """The seller's own picture, where nobody has read what it says."""

    @property
    def can_pay(self) -> bool:
        return bool(self.left_rp) and not self.is_waiting and self.kind != PaymentOption.CASH


def now_due_rp(orders: Iterable[Order]) -> dict[int, int]:
    """By order: the part that is next where it is paid in parts, else all that is left. One query."""
    left = {order.pk: order.left_rp for order in orders}
    paid = {order.pk: order.paid_rp for order in orders}
    parts: dict[int, list[Instalment]] = {}
    for row in Instalment.objects.filter(order__in=left).order_by("order", "number"):
        parts.setdefault(row.order_id, []).append(row)
    for pk, rows in parts.items():
        following = next((part_rp for _row, part_rp in allocate(rows, paid[pk]) if part_rp), left[pk])
        left[pk] = min(following, left[pk])
    return left


def pay_page(order: Order) -> PayPage:
    """Two queries beside the order, which comes with its shop. A shop that gave up this way of paying since
    shows no account and no code: it is asked then."""
    option = (
        PaymentOption.objects.select_related("qris").filter(shop=order.shop_id, kind=order.payment).first()
    )
    now_rp = now_due_rp([order])[order.pk]
    amount = show_rupiah(now_rp)
    code = option.qris if option else None
    payload = with_amount(read_qris(code.payload), now_rp) if code and now_rp else ""
    return PayPage(
        number=order.number or "",
        shop_name=order.shop.name,
        kind=order.payment,
        left_rp=now_rp,
        later_rp=order.left_rp - now_rp,
        head=amount[:-TAIL],
        tail=amount[-TAIL:],
        state=order.payment_state,
        state_label=order.payment_label,
        tone=PAYMENT_TONES[order.payment_state],
        is_waiting=order.state == AWAITING_CONFIRMATION,
        is_over=order.came_to_nothing,
        is_free=order.is_free,
        pay_by_at=order.pay_by_at,
        bank=option.bank if option else "",
        account_number=option.account_number if option else "",
        account_name=option.account_name if option else "",
        qris_name=code.merchant_name if code else "",
        qris_nmid=code.nmid if code else "",
        payload=payload,
        drawing=qr_svg(payload, title=f"QRIS {code.merchant_name}, {amount}") if code and payload else "",
        picture=qris_url(option.qris_image) if option and not code else "",
    )
