"""A few rupiah less, so that the amount that came tells whose it is."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from etoko.catalog.models import Shop, Variant
from etoko.ordering.access import link_secret
from etoko.ordering.models import AmountClaim, Order
from etoko.ordering.operations import (
    forget_amount_claims,
    give_back_unique_amount,
    take_unique_amounts,
)
from etoko.ordering.operations.unique_amounts import CLAIMED_FOR
from etoko.ordering.quoting import Choice
from etoko.ordering.tests.conftest import SITI, a_cart, a_variant, place
from tests.cast import NOW

pytestmark = pytest.mark.django_db


_buyers = itertools.count(1)


def order_by(payment: str, variant: Variant, quantity: int = 1) -> Order:
    """By somebody new each time: one buyer may not wait for many answers at once."""
    choices = {variant.product.shop_id: Choice(payment=payment)}
    receiver = replace(SITI, phone=f"+62813{next(_buyers):08d}")
    return place(a_cart((variant, quantity)), receiver, choices).orders[0]


@pytest.mark.parametrize("payment", ["transfer", "qris"])
def test_an_order_paid_from_afar_costs_a_little_less(kerupuk: Variant, payment: str) -> None:
    order = order_by(payment, kerupuk, 3)
    order.refresh_from_db()
    assert 1 <= order.unique_off_rp <= 499
    assert order.total_rp == 45_000 - order.unique_off_rp == order.group.total_rp
    claim = AmountClaim.objects.get()
    assert (claim.order, claim.amount_rp, claim.until_at) == (order, order.total_rp, NOW + CLAIMED_FOR)


def test_cash_and_shops_without_the_switch_pay_the_round_sum(kerupuk: Variant, kerupuk_shop: Shop) -> None:
    assert order_by("cash", kerupuk).total_rp == 15_000
    Shop.objects.filter(pk=kerupuk_shop.pk).update(unique_amounts=Shop.OFF)
    assert order_by("transfer", kerupuk).total_rp == 15_000
    assert not AmountClaim.objects.exists()


def test_a_small_order_is_never_cheaper_by_more_than_two_percent(kerupuk_shop: Shop) -> None:
    sachet = a_variant(kerupuk_shop, "Kerupuk sachet", 1_000, 100)
    offs = {order_by("qris", sachet).unique_off_rp for _time in range(20)}
    assert offs == set(range(1, 21))
    # All twenty amounts are promised: the next pays the round sum, and never more.
    assert order_by("qris", sachet).total_rp == 1_000
    cheap = a_variant(kerupuk_shop, "Permen", 40, 10)
    assert order_by("qris", cheap).total_rp == 40


def test_all_499_can_be_had_and_then_none(kerupuk_shop: Shop) -> None:
    emping = a_variant(kerupuk_shop, "Emping", 50_000, 5)
    order = order_by("cash", emping)
    kept = {field.attname: getattr(order, field.attname) for field in Order._meta.concrete_fields}
    Order.objects.bulk_create(
        Order(
            **kept
            | {"id": None, "number": None, "payment": "qris"}
            | {"unique_off_rp": off, "total_rp": 50_000 - off}
        )
        for off in range(1, 500)
        if off != 137
    )
    assert order_by("qris", emping).unique_off_rp == 137
    assert order_by("qris", emping).total_rp == 50_000


def test_an_order_that_has_no_code_is_not_met_either(kerupuk_shop: Shop) -> None:
    """From before the switch: two amounts of a hundred are free, and one stands in an older order."""
    odd = a_variant(kerupuk_shop, "Kerupuk curah", 99, 5)
    Shop.objects.filter(pk=kerupuk_shop.pk).update(unique_amounts=Shop.OFF)
    assert order_by("transfer", odd).total_rp == 99
    Shop.objects.filter(pk=kerupuk_shop.pk).update(unique_amounts=Shop.ON)
    hundred = a_variant(kerupuk_shop, "Kerupuk", 100, 5)
    assert order_by("transfer", hundred).total_rp == 98
    assert order_by("transfer", hundred).total_rp == 100


def test_two_shops_may_have_the_same_amount(kerupuk_shop: Shop, hat_shop: Shop) -> None:
    claim = {"amount_rp": 9_999, "until_at": NOW}
    hers, his = (a_variant(shop, "X", 500, 2) for shop in (kerupuk_shop, hat_shop))
    AmountClaim.objects.create(shop=kerupuk_shop, order=order_by("cash", hers), **claim)
    AmountClaim.objects.create(shop=hat_shop, order=order_by("cash", his), **claim)
    with pytest.raises(IntegrityError), transaction.atomic():
        AmountClaim.objects.create(shop=hat_shop, order=order_by("cash", his), **claim)


def test_the_database_knows_the_bounds(kerupuk: Variant) -> None:
    order = order_by("qris", kerupuk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(unique_off_rp=500, total_rp=14_500)


def test_amounts_are_free_again_after_seven_days(kerupuk: Variant) -> None:
    order_by("qris", kerupuk)
    assert forget_amount_claims(at=NOW + CLAIMED_FOR - timedelta(seconds=1)) == 0
    assert forget_amount_claims(at=NOW + CLAIMED_FOR) == 1
    assert not AmountClaim.objects.exists()


def test_what_costs_another_sum_gets_another_amount(kerupuk: Variant) -> None:
    order = order_by("qris", kerupuk)
    order.refresh_from_db()
    give_back_unique_amount(order=order)
    assert (order.total_rp, order.unique_off_rp) == (15_000, 0)
    order.goods_rp, order.total_rp = 30_000, 30_000
    order.save(update_fields=["goods_rp", "total_rp", "unique_off_rp"])
    off_rp = take_unique_amounts(orders=[order], at=NOW)
    order.refresh_from_db()
    assert order.total_rp == 30_000 - off_rp == AmountClaim.objects.get().amount_rp


def test_buyer_and_seller_see_the_line(client: Client, kerupuk: Variant) -> None:
    order = order_by("transfer", kerupuk)
    page = client.get(f"/pesanan/{link_secret(order.group)}/").content.decode()
    assert "Potongan kode unik" in page and f"−Rp{order.unique_off_rp}<" in page


@pytest.mark.parametrize(("payment", "is_said"), [("cash", False), ("transfer", True)])
def test_the_checkout_tells_that_it_will_be_a_little_less(
    client: Client, kerupuk: Variant, payment: str, is_said: bool
) -> None:
    client.post(f"/keranjang/tambah/{kerupuk.pk}/", {"quantity": "1"})
    shown = {f"bayar-{kerupuk.product.shop_id}": payment, "hitung": "1"}
    page = client.post("/pesan/", shown).content.decode()
    assert ("sebagai kode unik" in page) == is_said
