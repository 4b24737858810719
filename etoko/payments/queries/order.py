"""The money of one order, as its seller and its buyer see it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from etoko.foundation.phones import whatsapp_link
from etoko.ordering.models import Order
from etoko.ordering.queries.rows import PAYMENT_TONES
from etoko.payments.models import Balance, Instalment, Payment, Receipt, Refund
from etoko.payments.operations.agreeing import allocate
from etoko.payments.words import receipt_text

_ANSWER_TONES = {Refund.SILENT: "wait", Refund.ARRIVED: "ok", Refund.MISSING: "bad"}


@dataclass(frozen=True, slots=True)
class RefundRow:
    answer: str
    label: str
    tone: str
    has_picture: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A line of the ledger. What was taken back is shown with it, struck out."""

    id: int
    amount_rp: int
    kind: str
    method: str
    received_on: date
    source: str
    by: str
    for_name: str
    recorded_at: datetime
    taken_back: str
    """Why it was taken back; empty while it stands."""
    receipt: str
    """The number of its kwitansi; empty while there is none."""
    receipt_whatsapp: str
    """Sends the kwitansi to the buyer as a message."""
    refund: RefundRow | None


@dataclass(frozen=True, slots=True)
class PartRow:
    number: int
    amount_rp: int
    left_rp: int
    due_on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class OrderMoney:
    number: str
    shop_name: str
    buyer_name: str
    state_label: str
    tone: str
    is_reported: bool
    is_over: bool
    """It came to nothing, and nothing is due any more."""
    is_free: bool
    total_rp: int
    due_rp: int
    paid_rp: int
    left_rp: int
    owed_rp: int
    owed_since_at: datetime | None
    entries: list[EntryRow]
    parts: list[PartRow]


def order_money(order: Order, *, at: datetime) -> OrderMoney:
    """Five queries; `order` comes with its group and its shop."""
    balance = Balance.objects.filter(order=order).first()
    today = timezone.localdate(at)
    return OrderMoney(
        number=order.number or "",
        shop_name=order.shop.name,
        buyer_name=order.group.name,
        state_label=order.payment_label,
        tone=PAYMENT_TONES[order.payment_state],
        is_reported=order.payment_state == Order.REPORTED,
        is_over=order.came_to_nothing,
        is_free=order.is_free,
        total_rp=order.total_rp,
        due_rp=order.due_rp,
        paid_rp=order.paid_rp,
        left_rp=order.left_rp,
        owed_rp=balance.owed_rp if balance else 0,
        owed_since_at=balance.owed_since_at if balance else None,
        entries=_entries(order),
        parts=[
            PartRow(row.number, row.amount_rp, left_rp, row.due_on, bool(left_rp) and row.due_on < today)
            for row, left_rp in allocate(
                list(Instalment.objects.filter(order=order).order_by("number")), order.paid_rp
            )
        ],
    )


def _entries(order: Order) -> list[EntryRow]:
    """The newest first; a counter-entry stands with what it takes back."""
    entries = list(Payment.objects.filter(order=order).order_by("-id"))
    taken_back = {entry.reverses_id: entry.reason for entry in entries if entry.reverses_id}
    receipts = {
        receipt.payment_id: receipt
        for receipt in Receipt.objects.filter(payment__order=order).select_related("payment")
    }
    refunds = {refund.payment_id: refund for refund in Refund.objects.filter(payment__order=order)}
    return [
        _entry(order, entry, taken_back.get(entry.pk, ""), receipts.get(entry.pk), refunds.get(entry.pk))
        for entry in entries
        if not entry.reverses_id
    ]


def _entry(
    order: Order, entry: Payment, taken_back: str, receipt: Receipt | None, refund: Refund | None
) -> EntryRow:
    return EntryRow(
        id=entry.pk,
        amount_rp=entry.amount_rp,
        kind=entry.kind,
        method=str(entry.get_method_display()),
        received_on=entry.received_on,
        source=str(entry.get_source_display()),
        by=entry.recorded_name,
        for_name=entry.for_name,
        recorded_at=entry.recorded_at,
        taken_back=taken_back,
        receipt=str(receipt) if receipt else "",
        receipt_whatsapp=whatsapp_link(order.group.phone, receipt_text(receipt, order)) if receipt else "",
        refund=RefundRow(
            refund.answer,
            str(refund.get_answer_display()),
            _ANSWER_TONES[refund.answer],
            bool(refund.picture),
        )
        if refund
        else None,
    )
