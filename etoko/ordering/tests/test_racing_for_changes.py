"""Orders that are changed at the same moment and share goods crosswise: nobody waits for ever."""

from collections.abc import Callable

import pytest
from django.db import connection

from etoko.catalog.making import capacity_out_of_step
from etoko.catalog.models import CapacityDay, Product, Shop, Variant
from etoko.catalog.reconciling import movements_out_of_step
from etoko.ordering.models import Order
from etoko.ordering.operations import (
    Destination,
    Receiver,
    as_buyer,
    as_seller,
    change_order,
    reduce_order,
)
from etoko.ordering.operations import changing as changing_module
from etoko.ordering.reconciling import lines_out_of_step
from etoko.ordering.tests.conftest import a_cart, a_variant, place
from tests.cast import NOW
from tests.racing import race, slow_changes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def spicy(kerupuk_shop: Shop) -> Variant:
    return a_variant(kerupuk_shop, "Kerupuk Pedas", 16_000, 10)


def changing(order: Order, quantities: dict[int, int]) -> Callable[[], None]:
    """By product, how many the buyer now wants."""

    def change() -> None:
        change_order(
            order=order,
            quantities={line.pk: quantities[line.variant_id] for line in order.lines.all()},
            delivery="pickup",
            destination=Destination(),
            note="",
            actor=as_buyer(order, None),
            at=NOW,
        )

    return change


def more_of_the_one_and_fewer_of_the_other(kerupuk: Variant, spicy: Variant) -> None:
    first, second = (place(a_cart((kerupuk, 2), (spicy, 2))).orders[0] for _buyer in range(2))
    deeds = [
        changing(first, {kerupuk.pk: 1, spicy.pk: 3}),
        changing(second, {kerupuk.pk: 3, spicy.pk: 1}),
    ]
    with slow_changes():
        assert race(deeds) == []
    for variant in (kerupuk, spicy):
        variant.refresh_from_db()
        assert variant.held == 4
    assert movements_out_of_step() == lines_out_of_step() == []


def test_more_of_the_one_and_fewer_of_the_other(kerupuk: Variant, spicy: Variant) -> None:
    more_of_the_one_and_fewer_of_the_other(kerupuk, spicy)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time: nobody can cross")
def test_without_locking_all_of_them_first_they_wait_for_each_other(
    kerupuk: Variant, spicy: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing_module, "lock_stock", lambda lines: None)
    with pytest.raises(AssertionError, match="deadlock"):
        more_of_the_one_and_fewer_of_the_other(kerupuk, spicy)


def test_an_order_that_shrinks_while_another_is_placed(kerupuk: Variant, kerupuk_shop: Shop) -> None:
    """Both want stock and a day of making; both take the stock first."""
    box = a_variant(kerupuk_shop, "Nasi Kotak", 20_000, supply=Product.MADE_TO_ORDER)
    Product.objects.filter(pk=box.product_id).update(capacity_per_day=10)
    order = place(a_cart((kerupuk, 2), (box, 4))).orders[0]
    fewer = {line.pk: 1 for line in order.lines.all()}
    cart = a_cart((kerupuk, 1), (box, 1))

    def shrink() -> None:
        reduce_order(order=order, quantities=fewer, actor=as_seller(None), at=NOW)

    def buy() -> None:
        place(cart, Receiver("Ani", "+6281210000007"))

    with slow_changes():
        assert race([shrink, buy]) == []
    kerupuk.refresh_from_db()
    assert (kerupuk.held, CapacityDay.objects.get().taken) == (2, 2)
    assert movements_out_of_step() == lines_out_of_step() == capacity_out_of_step() == []
