"""An order that is to be changed, and what is asked of it afterwards."""

from decimal import Decimal

import pytest

from etoko.catalog.models import Shop, Variant
from etoko.foundation import effects
from etoko.ordering.facts import OrderMoved, OrderTotalChanged
from etoko.ordering.models import Order, OrderGroup, OrderLine
from etoko.ordering.tests.conftest import a_cart, a_variant, place


@pytest.fixture
def spicy(kerupuk_shop: Shop) -> Variant:
    """16,000, five in stock, a quarter of a kilo each."""
    variant = a_variant(kerupuk_shop, "Kerupuk Pedas", 16_000, 5)
    Variant.objects.filter(pk=variant.pk).update(amount=Decimal("250"), measure="g")
    variant.refresh_from_db()
    return variant


@pytest.fixture
def order(kerupuk: Variant, spicy: Variant) -> Order:
    """Siti's: two of the plain at 15,000 and one of the spicy at 16,000; 46,000, picked up."""
    return place(a_cart((kerupuk, 2), (spicy, 1))).orders[0]


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the deeds announce, in order."""
    heard: list[object] = []

    def hear(*, fact: object) -> None:
        heard.append(fact)

    monkeypatch.setattr(effects, "_answers", {OrderTotalChanged: [hear], OrderMoved: [hear]})
    return heard


def line(order: Order, variant: Variant) -> OrderLine:
    return order.lines.filter(variant=variant, replaces=None).get()


def held(*variants: Variant) -> list[int]:
    for variant in variants:
        variant.refresh_from_db()
    return [variant.held for variant in variants]


def total(order: Order) -> int:
    order.refresh_from_db()
    assert order.goods_rp == sum(order.lines.values_list("line_rp", flat=True))
    group = OrderGroup.objects.get(pk=order.group_id)
    assert group.total_rp == sum(group.orders.values_list("total_rp", flat=True))
    return order.total_rp
