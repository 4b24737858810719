"""A few rupiah less, so that the amount tells which order was paid: no two orders of a shop within seven
days are due the same, and nobody ever pays more."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from etoko.catalog.models import PaymentOption, Shop
from etoko.ordering.models import AmountClaim, Order

BY_UNIQUE_AMOUNT = (PaymentOption.TRANSFER, PaymentOption.QRIS)
"""Where the seller herself has to find out who paid."""
MOST_OFF_RP = 499
MOST_OFF_PART = 50
"""Never more than a fiftieth (2 %) of the order: on a bag of crackers 499 rupiah would be a real discount."""
CLAIMED_FOR = timedelta(days=7)
_TRIES = 5


def take_unique_amounts(*, orders: Iterable[Order], at: datetime) -> int:
    """Part of the deed that writes orders or changes what they cost; `total_rp` is then without the code.

    Makes each order of a shop that wants it cheaper by an amount that nobody else of the shop has, and
    saves it. Returns how many rupiah less they are altogether. Cash and online payments need no code; an
    order gets none when all that is allowed are taken.
    """
    off_rp = 0
    # In the order of shops: two checkouts at the same two sellers never wait for each other crosswise.
    for order in sorted(orders, key=lambda order: order.shop_id):
        if order.payment not in BY_UNIQUE_AMOUNT or order.shop.unique_amounts != Shop.ON:
            continue
        if not (less_rp := _claim(order, at)):
            continue
        order.unique_off_rp, order.total_rp = less_rp, order.total_rp - less_rp
        order.save(update_fields=["unique_off_rp", "total_rp"])
        off_rp += less_rp
    return off_rp


def give_back_unique_amount(*, order: Order) -> None:
    """Part of a deed that changes what a locked order costs: first this, then the change, then
    `take_unique_amounts`. Writes the claim, not the order."""
    AmountClaim.objects.filter(order=order).delete()
    order.unique_off_rp, order.total_rp = 0, order.total_rp + order.unique_off_rp


def forget_amount_claims(*, at: datetime) -> int:
    """Amounts that were promised to nobody else for long enough. Returns how many.

    A cancelled or paid order keeps its amount until then: money may still be on its way, and a bank
    statement must not fit two orders.
    """
    return AmountClaim.objects.filter(until_at__lte=at).delete()[0]


def _claim(order: Order, at: datetime) -> int:
    most_off_rp = min(MOST_OFF_RP, order.total_rp // MOST_OFF_PART)
    if not most_off_rp:
        return 0
    for _try in range(_TRIES):
        taken = _taken_amounts(order, most_off_rp, at)
        free = [off for off in range(1, most_off_rp + 1) if order.total_rp - off not in taken]
        if not free:
            return 0
        # By chance: who counts up would show every buyer how many orders the shop has, and meet others.
        less_rp = secrets.choice(free)
        try:
            with transaction.atomic():
                AmountClaim.objects.create(
                    shop_id=order.shop_id,
                    order=order,
                    amount_rp=order.total_rp - less_rp,
                    until_at=at + CLAIMED_FOR,
                )
        except IntegrityError:
            continue  # somebody took it in this very moment
        return less_rp
    return 0


def _taken_amounts(order: Order, most_off_rp: int, at: datetime) -> set[int]:
    between = (order.total_rp - most_off_rp, order.total_rp - 1)
    claims = AmountClaim.objects.filter(shop=order.shop_id, amount_rp__range=between)
    # Orders from before the switch was on, or that got no code, have no claim.
    others = Order.objects.filter(
        shop=order.shop_id, placed_at__gt=at - CLAIMED_FOR, total_rp__range=between
    ).filter(payment__in=BY_UNIQUE_AMOUNT)
    return {*claims.values_list("amount_rp", flat=True), *others.values_list("total_rp", flat=True)}
