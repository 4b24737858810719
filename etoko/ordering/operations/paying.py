"""Who paid. The money goes from buyer to seller; only the seller can say that it came."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.ordering.deadlines import DEADLINE_FIELDS, set_deadlines
from etoko.ordering.models import Order, OrderEvent
from etoko.ordering.operations.telling import tell_buyer, tell_seller
from etoko.ordering.states import BUYER, CANCELLED, DECLINED, SELLER
from etoko.people.models import Person


class UnableToPay(UnableTo):
    pass


@transaction.atomic
def report_payment(*, order: Order, by: Person | None, by_name: str, at: datetime) -> Order:
    """The buyer says that she has paid; it is not paid before the seller has looked."""
    locked = _locked(order)
    if locked.payment_state != Order.NOT_PAID:
        raise UnableToPay(_("Pembayaran pesanan ini sudah dilaporkan."))
    _write(locked, Order.REPORTED, "report_payment", BUYER, by=by, by_name=by_name, for_name="", at=at)
    tell_seller(order=locked, deed="report_payment", at=at)
    return locked


@transaction.atomic
def mark_paid(
    *, order: Order, by: Person | None, at: datetime, by_name: str = "", for_name: str = ""
) -> Order:
    """The seller has the money. `by` is None for who answers by a link to the shop's WhatsApp."""
    locked = _locked(order)
    if locked.payment_state == Order.PAID:
        raise UnableToPay(_("Pesanan ini sudah ditandai Lunas."))
    name = by.name if by else by_name
    _write(locked, Order.PAID, "pay", SELLER, by=by, by_name=name, for_name=for_name, at=at)
    tell_buyer(order=locked, deed="pay", at=at)
    return locked


@transaction.atomic
def correct_payment(
    *, order: Order, by: Person | None, at: datetime, by_name: str = "", for_name: str = ""
) -> Order:
    """Marked as paid by mistake: the mark goes, both entries of the timeline stay."""
    locked = _locked(order)
    if locked.payment_state == Order.NOT_PAID:
        raise UnableToPay(_("Pesanan ini memang belum ditandai Lunas."))
    name = by.name if by else by_name
    _write(locked, Order.NOT_PAID, "correct_payment", SELLER, by=by, by_name=name, for_name=for_name, at=at)
    return locked


def _locked(order: Order) -> Order:
    locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    locked.shop, locked.group = order.shop, order.group
    if locked.state in (CANCELLED, DECLINED):
        raise UnableToPay(_("Pesanan ini sudah dibatalkan, jadi tidak ada yang perlu dibayar."))
    return locked


def _write(
    order: Order,
    payment_state: str,
    deed: str,
    party: str,
    *,
    by: Person | None,
    by_name: str,
    for_name: str,
    at: datetime,
) -> None:
    before, order.payment_state = order.payment_state, payment_state
    set_deadlines(order, at=at)
    order.save(update_fields=["payment_state", *DEADLINE_FIELDS])
    OrderEvent.objects.create(
        order=order,
        at=at,
        deed=deed,
        from_state=order.state,
        to_state=order.state,
        by=by,
        by_name=by_name,
        for_name=for_name,
        party=party,
    )
    record_deed(
        deed=f"{deed}_order" if deed == "pay" else deed,
        subject=order,
        by=by,
        at=at,
        changes={"payment_state": (before, payment_state)},
        for_name=for_name,
        area_code=order.area_code,
    )
