"""Promising a day for what is made to order. The only writer of `CapacityDay` and `Making`.

As with stock: an UPDATE with its own condition for each day, in the order of the products' ids, and behind it
the constraint `capacity_day_not_overbooked`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from etoko.catalog.models import CapacityDay, Making
from etoko.foundation import guarding
from etoko.foundation.problems import UnableTo


class UnableToMake(UnableTo):
    """Somebody else was faster: these products have no room on their day any more."""

    def __init__(self, products: Collection[int]) -> None:
        super().__init__(_("Hari itu baru saja penuh. Periksa hari siapnya, lalu pesan lagi."))
        self.products = set(products)


@dataclass(frozen=True, slots=True)
class Promise:
    product_pk: int
    order_number: str
    day_on: date
    quantity: int
    capacity: int | None


@transaction.atomic
def promise_making(*, promises: Collection[Promise]) -> None:
    """Room on the day for each, or UnableToMake and nothing."""
    bounded = {each.product_pk: each for each in promises if each.capacity is not None}
    CapacityDay.objects.bulk_create(
        [
            CapacityDay(product_id=pk, day_on=each.day_on, capacity=each.capacity or 0)
            for pk, each in sorted(bounded.items())
        ],
        ignore_conflicts=True,
    )
    full = [
        pk
        for pk, quantity in guarding.in_lock_order({pk: each.quantity for pk, each in bounded.items()})
        if not _take(bounded[pk], quantity)
    ]
    if full:
        raise UnableToMake(full)
    Making.objects.bulk_create(
        Making(
            product_id=each.product_pk,
            order_number=each.order_number,
            day_on=each.day_on,
            quantity=each.quantity,
            taken=each.quantity if each.capacity is not None else 0,
        )
        for each in promises
    )


def _take(promise: Promise, quantity: int) -> bool:
    capacity = promise.capacity or 0
    return guarding.change_if(
        CapacityDay.objects.filter(product=promise.product_pk, day_on=promise.day_on),
        Q(taken__lte=capacity - quantity),
        taken=F("taken") + quantity,
        capacity=capacity,
    )


@transaction.atomic
def release_making(*, order_number: str, at: datetime) -> None:
    """The order was given up: its days are free again. Asked twice, it happens once."""
    for making in Making.objects.filter(order_number=order_number, released_at__isnull=True).order_by(
        "product_id", "day_on", "id"
    ):
        _let_go(making, making.quantity, making.taken, at)


@transaction.atomic
def promise_again(*, order_number: str, products: Collection[int]) -> None:
    """The order that was given up goes on after all: the days it had for `products`, or UnableToMake and
    nothing. What it no longer wants (`make_fewer`) stays free."""
    given_up = Making.objects.filter(
        order_number=order_number, product__in=products, released_at__isnull=False
    )
    makings = list(given_up.order_by("product_id", "day_on", "id"))
    full = [
        making.product_id
        for making in makings
        if making.taken
        and not guarding.change_if(
            CapacityDay.objects.filter(product=making.product_id, day_on=making.day_on),
            Q(taken__lte=F("capacity") - making.taken),
            taken=F("taken") + making.taken,
        )
    ]
    if full:
        raise UnableToMake(full)
    given_up.filter(pk__in=[making.pk for making in makings]).update(released_at=None)


@transaction.atomic
def make_fewer(*, order_number: str, product_pk: int, by: int, at: datetime) -> None:
    """The order wants `by` pieces fewer of the product; of several days (orders that were merged) the last
    ones are freed first. A product without a promise is left alone."""
    makings = list(
        Making.objects.filter(
            order_number=order_number, product=product_pk, released_at__isnull=True
        ).order_by("day_on", "id")
    )
    fewer: dict[int, int] = {}
    for making in reversed(makings):
        fewer[making.pk] = min(by - sum(fewer.values()), making.quantity)
    for making in makings:
        if fewer[making.pk] == making.quantity:
            _let_go(making, making.quantity, making.taken, at)
        elif fewer[making.pk]:
            _shrink(making, fewer[making.pk])


def join_making(*, order_number: str, into_number: str) -> None:
    """What was promised to the one order is promised to the other: two became one."""
    Making.objects.filter(order_number=order_number).update(order_number=into_number)


def _shrink(making: Making, by: int) -> None:
    freed = min(by, making.taken)
    if guarding.change_if(
        Making.objects.filter(pk=making.pk, released_at__isnull=True),
        Q(quantity__gt=by),
        quantity=F("quantity") - by,
        taken=F("taken") - freed,
    ):
        _free(making, freed)


def _let_go(making: Making, quantity: int, taken: int, at: datetime) -> None:
    still_promised = Q(released_at__isnull=True, quantity=quantity)
    if guarding.change_if(Making.objects.filter(pk=making.pk), still_promised, released_at=at):
        _free(making, taken)


def _free(making: Making, taken: int) -> None:
    if taken:
        CapacityDay.objects.filter(product=making.product_id, day_on=making.day_on).update(
            taken=F("taken") - taken
        )
