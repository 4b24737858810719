"""A voucher is used in a checkout, and given back when its orders come to nothing.

Called from the deeds of orders, in their transaction and after they changed stock: the order of locks is
variants by id, then the use, then the voucher.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from etoko.foundation import guarding
from etoko.vouchers.models import Redemption, RedemptionShare, Voucher
from etoko.vouchers.rules import Terms, phone_used_up, used_up
from etoko.vouchers.states import ACTIVE


@dataclass(frozen=True, slots=True)
class Share:
    """What one order of the checkout is cheaper by."""

    shop_id: int
    order_number: str
    off_rp: int


def take_voucher(
    *, terms: Terms, checkout: str, phone: str, shares: Sequence[Share], at: datetime
) -> Redemption:
    """Use it once for this checkout. Raises UnableToUse when it is used up or somebody was faster.

    `shares` are those of the orders that become cheaper, at least one.
    """
    with transaction.atomic():
        _count_use(terms, status=ACTIVE)
        redemption = Redemption.objects.create(
            voucher_id=terms.pk,
            checkout=checkout,
            phone=phone,
            turn=_free_turn(terms, phone),
            off_rp=sum(share.off_rp for share in shares),
            taken_at=at,
        )
        RedemptionShare.objects.bulk_create(
            RedemptionShare(
                redemption=redemption,
                shop_id=share.shop_id,
                order_number=share.order_number,
                off_rp=share.off_rp,
            )
            for share in shares
        )
    return redemption


def _count_use(voucher: Terms | Voucher, **more: str) -> None:
    # Until the transaction ends, the changed row is the lock that the next buyer waits for: what she then
    # counts of her phone's turns is true.
    running = Voucher.objects.filter(pk=voucher.pk, **more)
    if not guarding.change_if(running, Q(used__lt=F("limit")), used=F("used") + 1):
        raise used_up(voucher.code)


def _free_turn(voucher: Terms | Voucher, phone: str) -> int:
    taken = set(
        Redemption.objects.filter(voucher_id=voucher.pk, phone=phone, returned_at=None).values_list(
            "turn", flat=True
        )
    )
    for turn in range(1, voucher.per_phone + 1):
        if turn not in taken:
            return turn
    raise phone_used_up(voucher.code, voucher.per_phone)


def give_back_voucher(*, order_number: str, at: datetime) -> bool:
    """The order came to nothing: its share is returned, and the use with the last share of it.

    Whether there was anything to give back; the second time there is not.
    """
    share = RedemptionShare.objects.filter(order_number=order_number, returned_at=None).first()
    if share is None:
        return False
    with transaction.atomic():
        # Two orders of one checkout that are cancelled at once: the second must see the first.
        redemption = Redemption.objects.select_for_update().get(pk=share.redemption_id)
        if not guarding.change_if(redemption.shares.filter(pk=share.pk), Q(returned_at=None), returned_at=at):
            return False
        if not redemption.shares.filter(returned_at=None).exists():
            redemption.returned_at = at
            redemption.save(update_fields=["returned_at"])
            Voucher.objects.filter(pk=redemption.voucher_id).update(used=F("used") - 1)
    return True


@transaction.atomic
def change_voucher_share(*, order_number: str, off_rp: int, at: datetime) -> None:
    """The order costs another sum now and is cheaper by so much; at nought its share is given back."""
    if not off_rp:
        give_back_voucher(order_number=order_number, at=at)
        return
    share = RedemptionShare.objects.filter(order_number=order_number, returned_at=None).first()
    if share is None or share.off_rp == off_rp:
        return
    redemption = Redemption.objects.select_for_update().get(pk=share.redemption_id)
    redemption.shares.filter(pk=share.pk).update(off_rp=off_rp)
    redemption.off_rp = sum(redemption.shares.values_list("off_rp", flat=True))
    redemption.save(update_fields=["off_rp"])


def take_voucher_again(*, order_number: str) -> bool:
    """An order that had come to nothing goes on after all, at the sum it was sold for.

    Also where the voucher is paused or over by now: it was promised. Whether it had one that was given
    back. Raises UnableToUse when others have used it up meanwhile.
    """
    share = RedemptionShare.objects.filter(order_number=order_number, returned_at__isnull=False).first()
    if share is None:
        return False
    with transaction.atomic():
        redemption = (
            Redemption.objects.select_for_update(of=("self",))
            .select_related("voucher")
            .get(pk=share.redemption_id)
        )
        if redemption.returned_at is not None:
            _count_use(redemption.voucher)
            redemption.turn = _free_turn(redemption.voucher, redemption.phone)
            redemption.returned_at = None
            redemption.save(update_fields=["turn", "returned_at"])
        redemption.shares.filter(pk=share.pk).update(returned_at=None)
    return True
