"""What an order knows of its money. It goes from buyer to seller; the ledger of it stands in a room above,
which tells the order by `keep_paid` how much has come."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.foundation.problems import UnableTo
from etoko.ordering.deadlines import DEADLINE_FIELDS, set_deadlines
from etoko.ordering.models import Order
from etoko.ordering.operations.recording import Actor, record
from etoko.ordering.operations.telling import tell_seller
from etoko.ordering.states import BUYER, CANCELLED, DECLINED, SELLER
from etoko.people.models import Person


class UnableToPay(UnableTo):
    pass


@transaction.atomic
def report_payment(*, order: Order, by: Person | None, by_name: str, at: datetime) -> Order:
    """The buyer says that she has paid; it is not paid before the seller has looked."""
    locked = _locked(order)
    if locked.state in (CANCELLED, DECLINED):
        raise UnableToPay(_("Pesanan ini sudah dibatalkan, jadi tidak ada yang perlu dibayar."))
    if locked.payment_state in (Order.REPORTED, Order.PAID):
        raise UnableToPay(_("Pembayaran pesanan ini sudah dilaporkan."))
    actor = Actor(BUYER, by, by_name)
    _write(locked, Order.REPORTED, locked.paid_rp, "report_payment", actor, at=at)
    tell_seller(order=locked, deed="report_payment", at=at)
    return locked


@transaction.atomic
def refuse_report(
    *, order: Order, by: Person | None, at: datetime, by_name: str = "", for_name: str = ""
) -> Order:
    """The seller has looked, and the money that was reported has not come."""
    locked = _locked(order)
    if locked.payment_state != Order.REPORTED:
        raise UnableToPay(_("Tidak ada laporan pembayaran yang menunggu. Muat ulang halaman."))
    state = payment_state_of(locked, locked.paid_rp)
    actor = Actor(SELLER, by, by_name, for_name)
    _write(locked, state, locked.paid_rp, "refuse_report", actor, at=at)
    return locked


@transaction.atomic
def keep_paid(
    *,
    order: Order,
    paid_rp: int,
    at: datetime,
    deed: str = "",
    by: Person | None = None,
    by_name: str = "",
    for_name: str = "",
    reason: str = "",
) -> Order:
    """So much of the order is paid now, says the ledger; the state follows. The only writer of `paid_rp`.

    `deed` is what changed it ("pay", "pay_part", "correct_payment", "pay_back"), for timeline and trace;
    without one the order itself changed, and a report that waits keeps waiting: also where the order came to
    nothing, for the money may have come all the same.
    """
    locked = _locked(order)
    state = payment_state_of(locked, paid_rp)
    if not deed:
        if locked.payment_state == Order.REPORTED and state != Order.PAID:
            state = Order.REPORTED
        if (state, paid_rp) == (locked.payment_state, locked.paid_rp):
            return locked
    actor = Actor(SELLER, by, by_name, for_name)
    _write(locked, state, paid_rp, deed, actor, at=at, reason=reason)
    return locked


@transaction.atomic
def keep_terms(*, order: Order, agreed_at: datetime | None, at: datetime) -> Order:
    """Terms were agreed in the room above, or ended (None): the deadline of the payment follows."""
    locked = _locked(order)
    locked.terms_agreed_at = agreed_at
    set_deadlines(locked, at=at)
    locked.save(update_fields=["terms_agreed_at", *DEADLINE_FIELDS])
    return locked


def payment_state_of(order: Order, paid_rp: int) -> str:
    """An order that costs nothing is paid from the start."""
    if order.state not in (CANCELLED, DECLINED) and paid_rp >= order.total_rp:
        return Order.PAID
    return Order.PARTLY_PAID if paid_rp else Order.NOT_PAID


def _locked(order: Order) -> Order:
    locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    locked.shop, locked.group = order.shop, order.group
    return locked


def _write(
    order: Order,
    payment_state: str,
    paid_rp: int,
    deed: str,
    actor: Actor,
    *,
    at: datetime,
    reason: str = "",
) -> None:
    changes = {"payment_state": (order.payment_state, payment_state), "paid_rp": (order.paid_rp, paid_rp)}
    order.payment_state, order.paid_rp = payment_state, paid_rp
    set_deadlines(order, at=at)
    order.save(update_fields=["payment_state", "paid_rp", *DEADLINE_FIELDS])
    if deed:
        trace = f"{deed}_order" if deed == "pay" else ""
        record(order, deed, actor, at=at, changes=changes, reason=reason, trace=trace)
