"""Money goes back to the buyer, outside the system; the seller writes it down, the buyer says if it came."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.money import show_rupiah
from etoko.ordering.models import Order
from etoko.payments.models import Balance, Payment, Refund
from etoko.payments.operations.recording import UnableToRecord
from etoko.payments.operations.settling import lock_order, settle
from etoko.payments.operations.telling import tell_buyer, tell_seller
from etoko.people.models import Person


@transaction.atomic
def pay_back(
    *,
    order: Order,
    amount_rp: int,
    method: str,
    returned_on: date,
    picture: str = "",
    by: Person | None,
    for_name: str = "",
    at: datetime,
) -> Payment:
    """So much of what is owed went back, all or a part. `picture` is the key of a private picture.

    Raises UnableToRecord where more went back than is owed; then nothing has changed.
    """
    locked = lock_order(order)
    owed_rp = Balance.objects.filter(order=locked).values_list("owed_rp", flat=True).first() or 0
    if not owed_rp:
        raise UnableToRecord(_("Tidak ada uang yang harus dikembalikan dari pesanan ini."))
    if not 0 < amount_rp <= owed_rp:
        raise UnableToRecord(
            _("Yang harus dikembalikan %(owed)s. Tulis jumlah sampai sebanyak itu.")
            % {"owed": show_rupiah(owed_rp)},
            field="amount_rp",
        )
    if returned_on > timezone.localdate(at):
        raise UnableToRecord(_("Hari dikembalikan tidak boleh sesudah hari ini."), field="returned_on")
    payment = Payment.objects.create(
        order=locked,
        shop_id=locked.shop_id,
        kind=Payment.RETURNED,
        amount_rp=-amount_rp,
        method=method,
        received_on=returned_on,
        source=Payment.FORM,
        recorded_by=by,
        recorded_name=by.name if by else "",
        for_name=for_name,
        recorded_at=at,
    )
    Refund.objects.create(payment=payment, picture=picture)
    settle(locked, at=at, because=payment)
    tell_buyer(
        order=order, what="money_returned", at=at, occasion=str(payment.pk), sum=show_rupiah(amount_rp)
    )
    return payment


@transaction.atomic
def answer_refund(*, refund: Refund, answer: str, by: Person | None, at: datetime) -> Refund:
    """The buyer says whether it came: Refund.ARRIVED or Refund.MISSING. She may say the other later."""
    order = lock_order(refund.payment.order)
    locked = Refund.objects.select_for_update(of=("self",)).get(pk=refund.pk)
    if Payment.objects.filter(reverses=locked.payment_id).exists():
        raise UnableToRecord(_("Catatan ini sudah dibatalkan penjual. Muat ulang halaman."))
    if locked.answer == answer:
        return locked
    before, locked.answer, locked.answered_at = locked.answer, answer, at
    locked.save(update_fields=["answer", "answered_at"])
    record_deed(
        deed="answer_refund",
        subject=order,
        by=by,
        at=at,
        area_code=order.area_code,
        changes={"answer": (before, answer)},
    )
    if answer == Refund.MISSING:
        amount = show_rupiah(-refund.payment.amount_rp)
        tell_seller(order=order, what="money_missing", at=at, occasion=str(refund.pk), sum=amount)
    return locked
