"""The money of one order, as its seller and its buyer see it."""

from dataclasses import dataclass
from datetime import date, datetime

from etoko.ordering.models import Order
from etoko.ordering.queries.rows import PAYMENT_TONES
from etoko.payments.models import Balance, Payment


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


@dataclass(frozen=True, slots=True)
class OrderMoney:
    number: str
    buyer_name: str
    state_label: str
    tone: str
    is_reported: bool
    is_over: bool
    """Nothing is due for it any more."""
    total_rp: int
    due_rp: int
    paid_rp: int
    left_rp: int
    owed_rp: int
    owed_since_at: datetime | None
    returned_rp: int
    entries: list[EntryRow]

    @property
    def percent(self) -> int:
        return self.paid_rp * 100 // self.due_rp if self.due_rp else 0


def order_money(order: Order) -> OrderMoney:
    """Three queries; `order` comes with its group."""
    balance = Balance.objects.filter(order=order).first()
    return OrderMoney(
        number=order.number or "",
        buyer_name=order.group.name,
        state_label=order.get_payment_state_display(),
        tone=PAYMENT_TONES[order.payment_state],
        is_reported=order.payment_state == Order.REPORTED,
        is_over=not order.due_rp,
        total_rp=order.total_rp,
        due_rp=order.due_rp,
        paid_rp=order.paid_rp,
        left_rp=order.left_rp,
        owed_rp=balance.owed_rp if balance else 0,
        owed_since_at=balance.owed_since_at if balance else None,
        returned_rp=balance.returned_rp if balance else 0,
        entries=entries_of(order),
    )


def entries_of(order: Order) -> list[EntryRow]:
    """The newest first; a counter-entry stands with what it takes back."""
    entries = list(Payment.objects.filter(order=order).order_by("-id"))
    taken_back = {entry.reverses_id: entry.reason for entry in entries if entry.reverses_id}
    return [
        EntryRow(
            id=entry.pk,
            amount_rp=entry.amount_rp,
            kind=entry.kind,
            method=str(entry.get_method_display()),
            received_on=entry.received_on,
            source=str(entry.get_source_display()),
            by=entry.recorded_name,
            for_name=entry.for_name,
            recorded_at=entry.recorded_at,
            taken_back=taken_back.get(entry.pk, ""),
        )
        for entry in entries
        if not entry.reverses_id
    ]
