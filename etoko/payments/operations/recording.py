"""The doors of the ledger. Each locks the order first; what has been paid follows in the same transaction."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.foundation.money import MOST_RP, show_rupiah
from etoko.foundation.problems import UnableTo
from etoko.ordering.models import Order
from etoko.ordering.operations.telling import tell_buyer
from etoko.payments.models import Payment
from etoko.payments.operations.settling import lock_order, settle
from etoko.people.models import Person


class UnableToRecord(UnableTo):
    pass


@transaction.atomic
def record_payment(
    *,
    order: Order,
    amount_rp: int,
    method: str,
    source: str,
    source_ref: str = "",
    received_on: date,
    by: Person | None,
    by_name: str = "",
    for_name: str = "",
    at: datetime,
) -> Payment:
    """Money of this order came to the seller; she is sure of it.

    `method` and `source` are constants of Payment. The same `source_ref` for the same order gives the entry
    there is. Money for a cancelled order, or more than is due, is recorded and owed to the buyer.
    Raises UnableToRecord; then nothing has changed.
    """
    locked = lock_order(order)
    if source_ref and (known := _booked(source, source_ref, locked)):
        return known
    if not 0 < amount_rp <= MOST_RP:
        raise UnableToRecord(
            _("Jumlah uang harus antara %(least)s dan %(most)s.")
            % {"least": show_rupiah(1), "most": show_rupiah(MOST_RP)},
            field="amount_rp",
        )
    if received_on > timezone.localdate(at):
        raise UnableToRecord(_("Hari uang diterima tidak boleh sesudah hari ini."), field="received_on")
    payment = _write(
        Payment(
            order=locked,
            shop_id=locked.shop_id,
            kind=Payment.RECEIVED,
            amount_rp=amount_rp,
            method=method,
            received_on=received_on,
            source=source,
            source_ref=source_ref,
            recorded_by=by,
            recorded_name=by.name if by else by_name,
            for_name=for_name,
            recorded_at=at,
        )
    )
    settled = settle(locked, at=at, because=payment)
    if settled.due_rp:
        tell_buyer(order=settled, deed="pay" if settled.payment_state == Order.PAID else "pay_part", at=at)
    return payment


@transaction.atomic
def reverse_payment(
    *,
    payment: Payment,
    reason: str,
    by: Person | None,
    by_name: str = "",
    for_name: str = "",
    at: datetime,
) -> Payment:
    """A counter-entry: what was written down did not happen. Both entries stay. Works for money that came
    and for money that went back. Raises UnableToRecord; then nothing has changed."""
    locked = lock_order(payment.order)
    if payment.reverses_id:
        raise UnableToRecord(_("Catatan ini sendiri sudah pembatalan. Catat uangnya sekali lagi."))
    if Payment.objects.filter(reverses=payment).exists():
        raise UnableToRecord(_("Catatan ini sudah dibatalkan. Muat ulang halaman."))
    if not reason.strip():
        raise UnableToRecord(_("Tulis alasannya dulu, supaya nanti bisa dimengerti."), field="reason")
    counter = _write(
        Payment(
            order=locked,
            shop_id=payment.shop_id,
            kind=payment.kind,
            amount_rp=-payment.amount_rp,
            method=payment.method,
            received_on=payment.received_on,
            source=payment.source,
            source_ref=payment.source_ref,
            reverses=payment,
            reason=reason.strip()[:300],
            recorded_by=by,
            recorded_name=by.name if by else by_name,
            for_name=for_name,
            recorded_at=at,
        )
    )
    settle(locked, at=at, because=counter)
    return counter


@transaction.atomic
def mark_paid(
    *,
    order: Order,
    by: Person | None,
    by_name: str = "",
    for_name: str = "",
    at: datetime,
    source: str = Payment.FORM,
    source_ref: str = "",
) -> Payment:
    """The seller has all of it: one entry of what was left, today, as the buyer had chosen to pay."""
    locked = lock_order(order)
    if locked.came_to_nothing:
        raise UnableToRecord(_("Pesanan ini sudah dibatalkan, jadi tidak ada yang perlu dibayar."))
    if locked.is_free:
        raise UnableToRecord(_("Pesanan ini tidak perlu dibayar: potongan menutup seluruh jumlahnya."))
    if not locked.left_rp:
        raise UnableToRecord(_("Pesanan ini sudah ditandai Lunas."))
    return record_payment(
        order=locked,
        amount_rp=locked.left_rp,
        method=locked.payment,
        source=source,
        source_ref=source_ref,
        received_on=timezone.localdate(at),
        by=by,
        by_name=by_name,
        for_name=for_name,
        at=at,
    )


def _booked(source: str, source_ref: str, order: Order) -> Payment | None:
    known = (
        Payment.objects.select_related("order")
        .filter(source=source, source_ref=source_ref, reverses=None)
        .first()
    )
    if known is not None and known.order_id != order.pk:
        raise _is_booked_elsewhere(known)
    return known


def _write(payment: Payment) -> Payment:
    try:
        with transaction.atomic():
            payment.save()
    except IntegrityError as problem:
        # Another order got it in this very moment: orders are locked, sources are not.
        known = Payment.objects.select_related("order").filter(
            source=payment.source, source_ref=payment.source_ref, reverses=None
        )
        if payment.source_ref and (other := known.first()):
            raise _is_booked_elsewhere(other) from problem
        raise
    return payment


def _is_booked_elsewhere(known: Payment) -> UnableToRecord:
    return UnableToRecord(
        _("Uang ini sudah dicatat untuk pesanan %(number)s.") % {"number": known.order.number}
    )
