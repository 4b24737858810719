"""The buyer wants to pay online: a page at Midtrans is opened for what is still due."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.foundation.problems import UnableTo
from etoko.midtrans.client import MidtransIsAway, MidtransRefuses, Wanted, open_page
from etoko.midtrans.models import Account, Charge
from etoko.midtrans.states import CHARGE_FLOW, PENDING, SERVICE
from etoko.ordering.models import Order
from etoko.ordering.states import AWAITING_CONFIRMATION

OPEN_FOR = timedelta(hours=24)


class UnableToCharge(UnableTo):
    pass


def start_charge(*, order: Order, back: str, at: datetime) -> Charge:
    """The open charge of the order, or a new one, with the page to pay on. `back` is where she returns to.

    However often it is pressed, one charge is open. Raises UnableToCharge; a charge without a page stays,
    and the next press tries it again.
    """
    charge = _open(order, at)
    if charge.page:
        return charge
    try:
        page = open_page(
            server_key=charge.account.server_key,
            wanted=Wanted(
                ref=charge.ref,
                amount_rp=charge.amount_rp,
                name=order.group.name,
                phone=order.group.phone,
                back=back,
                opened_at=charge.created_at,
                expires_at=charge.expires_at,
            ),
        )
    except MidtransIsAway as problem:
        raise UnableToCharge(
            _("Midtrans sedang tidak bisa dihubungi. Coba lagi sebentar lagi, atau hubungi penjual.")
        ) from problem
    except MidtransRefuses as problem:
        if not problem.is_key:
            # Its name may have been used up there: the next press opens another.
            with transaction.atomic():
                CHARGE_FLOW.make_move(charge, "fail", parties=(SERVICE,), at=at)
        raise UnableToCharge(
            _("Midtrans menolak permintaan ini. Coba sekali lagi; kalau tetap gagal, hubungi penjual.")
        ) from problem
    with transaction.atomic():
        Charge.objects.filter(pk=charge.pk, page="").update(page=page)
    return Charge.objects.get(pk=charge.pk)


@transaction.atomic
def _open(order: Order, at: datetime) -> Charge:
    # Under the lock of the order: a second press finds the charge of the first.
    locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    account = Account.objects.filter(shop=locked.shop_id, closed_at=None).first()
    if account is None:
        raise UnableToCharge(_("Toko ini tidak menerima pembayaran online lagi. Hubungi penjual."))
    if locked.state == AWAITING_CONFIRMATION:
        raise UnableToCharge(_("Tunggu dulu sampai penjual menerima pesanan, baru bayar."))
    if not locked.left_rp:
        raise UnableToCharge(_("Pesanan ini tidak perlu dibayar lagi."))
    open_one = Charge.objects.filter(order=locked, state=PENDING).select_related("account").first()
    if open_one and open_one.amount_rp == locked.left_rp and at < open_one.expires_at:
        return open_one
    if open_one:
        # Another sum is due now. Should the old page be paid all the same, the money is noted and owed back.
        CHARGE_FLOW.make_move(open_one, "fail", parties=(SERVICE,), at=at)
    number = Charge.objects.filter(order=locked).count() + 1
    return Charge.objects.create(
        order=locked,
        account=account,
        ref=f"ETOKO-{locked.number}-{number}",
        amount_rp=locked.left_rp,
        created_at=at,
        expires_at=at + OPEN_FOR,
    )
