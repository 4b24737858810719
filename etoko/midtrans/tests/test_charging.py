"""A page to pay on: one however often it is asked for, for what is due now."""

from datetime import timedelta

import pytest

from etoko.catalog.access import shop_for_seller
from etoko.catalog.models import PaymentOption, Shop
from etoko.midtrans.models import Account, Charge
from etoko.midtrans.operations import (
    UnableToCharge,
    UnableToOpenAccount,
    close_account,
    open_account,
    start_charge,
)
from etoko.midtrans.states import FAILED, PENDING
from etoko.midtrans.tests.imitation import KEY, Imitation
from etoko.ordering.models import Order
from etoko.ordering.tests.conftest import Everything
from etoko.payments.models import Payment
from etoko.payments.operations import mark_paid, record_payment
from etoko.people.models import Person
from tests.cast import NOW

BACK = "http://toko.example/pesanan/x/"


def start(order: Order, after: timedelta = timedelta()) -> Charge:
    return start_charge(order=order, back=BACK, at=NOW + after)


def test_midtrans_is_asked_for_the_sum_that_is_due(order: Order, midtrans: Imitation) -> None:
    charge = start(order)
    assert charge.page.endswith(charge.ref)
    asked = midtrans.opened[charge.ref]
    assert asked["transaction_details"] == {"order_id": charge.ref, "gross_amount": 30_000}
    assert asked["callbacks"] == {"finish": BACK}
    assert asked["expiry"]["duration"] == 24 * 60
    assert start(order) == charge
    assert Charge.objects.count() == 1


def test_another_sum_is_another_charge(order: Order, rahma: Person, midtrans: Imitation) -> None:
    first = start(order)
    record_payment(
        order=order, amount_rp=10_000, method=Payment.CASH, source=Payment.FORM, received_on=NOW.date(),
        by=rahma, at=NOW,
    )  # fmt: skip
    second = start(order)
    assert (second.amount_rp, second.ref) == (20_000, f"ETOKO-{order.number}-2")
    first.refresh_from_db()
    assert first.state == FAILED


def test_a_page_that_is_over_is_followed_by_a_new_one(order: Order, midtrans: Imitation) -> None:
    first = start(order)
    assert start(order, timedelta(hours=25)) != first


def test_midtrans_that_is_away_is_asked_again_by_the_next_press(order: Order, midtrans: Imitation) -> None:
    midtrans.is_away = True
    with pytest.raises(UnableToCharge, match="tidak bisa dihubungi"):
        start(order)
    midtrans.is_away = False
    charge = start(order)
    assert charge.page
    assert Charge.objects.count() == 1


def test_a_name_that_is_used_up_is_followed_by_another(order: Order, midtrans: Imitation) -> None:
    midtrans.opened[f"ETOKO-{order.number}-1"] = {"transaction_details": {"gross_amount": 1}}
    midtrans.becomes(f"ETOKO-{order.number}-1", "pending")
    with pytest.raises(UnableToCharge, match="menolak"):
        start(order)
    assert start(order).ref == f"ETOKO-{order.number}-2"


def test_nothing_is_charged_where_nothing_is_due(
    order: Order, rahma: Person, midtrans: Imitation, everything: Everything
) -> None:
    mark_paid(order=order, by=rahma, at=NOW)
    before = everything()
    with pytest.raises(UnableToCharge, match="tidak perlu dibayar"):
        start(order)
    assert everything() == before
    assert not midtrans.opened


def test_an_account_is_opened_only_with_a_key_that_midtrans_knows(
    midtrans: Imitation, kerupuk_shop: Shop, rahma: Person, everything: Everything
) -> None:
    selling, before = shop_for_seller(rahma, kerupuk_shop.public_id), everything()
    for key, said in (("", "bukan Server Key"), ("SB-Mid-server-entahapaini", "tidak mengenal")):
        with pytest.raises(UnableToOpenAccount, match=said):
            open_account(selling=selling, server_key=key, at=NOW)
    midtrans.is_away = True
    with pytest.raises(UnableToOpenAccount, match="tidak bisa dihubungi"):
        open_account(selling=selling, server_key=KEY, at=NOW)
    assert everything() == before
    assert not Account.objects.exists()


def test_the_key_is_kept_sealed_and_the_way_to_pay_goes_with_the_account(
    account: Account, rahma: Person
) -> None:
    assert KEY.encode() not in bytes(account.server_key_sealed)
    assert account.shop.payment_options.filter(kind=PaymentOption.MIDTRANS).exists()
    selling = shop_for_seller(rahma, account.shop.public_id)
    close_account(selling=selling, at=NOW)
    close_account(selling=selling, at=NOW)
    assert not account.shop.payment_options.filter(kind=PaymentOption.MIDTRANS).exists()


def test_charges_stay_with_the_key_they_were_opened_with(
    order: Order, rahma: Person, midtrans: Imitation
) -> None:
    charge = start(order)
    other = "SB-Mid-server-kuncibaru0002"
    midtrans.keys.add(other)
    open_account(selling=shop_for_seller(rahma, order.shop.public_id), server_key=other, at=NOW)
    charge.refresh_from_db()
    assert charge.account.key_ending == KEY[-4:]
    assert charge.state == PENDING
