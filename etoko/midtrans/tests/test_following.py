"""Calls doubled, late, in any order, or from somebody else: only what Midtrans itself says counts."""

import json
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from etoko.midtrans import client as midtrans_client
from etoko.midtrans.models import Charge
from etoko.midtrans.operations import ask_open_charges, start_charge
from etoko.midtrans.states import FAILED, PENDING, SETTLED
from etoko.midtrans.tests.imitation import Imitation, signature
from etoko.ordering.models import Order
from etoko.ordering.operations import move_order
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import Everything
from etoko.payments.models import Payment
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def charge(order: Order, midtrans: Imitation) -> Charge:
    return start_charge(order=order, back="http://toko.example/", at=NOW)


def call(facts: Any, **more: Any) -> int:
    raw = facts if isinstance(facts, str) else json.dumps(facts)
    return Client().post("/webhook/midtrans/", raw, content_type="application/json", **more).status_code


def again(charge: Charge) -> str:
    charge.refresh_from_db()
    return charge.state


def test_a_settled_charge_pays_its_order_once(charge: Charge, midtrans: Imitation) -> None:
    told = midtrans.becomes(charge.ref, "settlement")
    assert [call(told) for _time in range(3)] == [200, 200, 200]
    payment = Payment.objects.get()
    assert (payment.amount_rp, payment.method, payment.source_ref) == (30_000, Payment.MIDTRANS, charge.ref)
    assert (again(charge), Order.objects.get().payment_state) == (SETTLED, Order.PAID)


@pytest.mark.parametrize("order_of_arrival", list(permutations(["pending", "settlement", "expire"])))
def test_the_order_of_arrival_does_not_matter(
    charge: Charge, midtrans: Imitation, order_of_arrival: tuple[str, ...]
) -> None:
    """All three calls were really sent; at Midtrans the charge is settled by now."""
    calls = {name: midtrans.becomes(charge.ref, name) for name in ("pending", "expire", "settlement")}
    for name in order_of_arrival:
        assert call(calls[name]) == 200
    assert again(charge) == SETTLED
    assert Payment.objects.count() == 1


def test_a_replayed_settlement_does_not_pay_what_midtrans_took_back(
    charge: Charge, midtrans: Imitation, everything: Everything
) -> None:
    told = midtrans.becomes(charge.ref, "settlement")
    midtrans.becomes(charge.ref, "expire")
    assert call(told) == 200
    assert again(charge) == FAILED
    assert not Payment.objects.exists()


def test_forged_calls_change_nothing_and_do_not_even_ask(
    charge: Charge, midtrans: Imitation, everything: Everything
) -> None:
    before = everything()
    true = midtrans.becomes(charge.ref, "settlement")
    signed_by_another = {**true, "signature_key": signature(true, "SB-Mid-server-orang-lain")}
    for forged in (
        {**true, "signature_key": ""},
        {**true, "signature_key": true["signature_key"][:-1] + "0"},
        signed_by_another,
        {**true, "gross_amount": "30000"},  # the signature is over the amount as it was written
        {**true, "gross_amount": "1.00"},
        {**true, "order_id": "ETOKO-TIDAK-ADA"},
    ):
        assert call(forged) == 403
    assert everything() == before
    assert midtrans.asked == 1, "only the key was tried, when the account was opened"


@pytest.mark.parametrize(
    "rubbish", ["", "[]", "null", "{", '{"order_id": 5}', '{"order_id": {"a": []}}', "[" * 9999]
)
def test_rubbish_is_refused(midtrans: Imitation, rubbish: str, db: None) -> None:
    assert call(rubbish) in (400, 403)


def test_a_very_long_call_is_not_read(midtrans: Imitation, db: None) -> None:
    assert call(json.dumps({"order_id": "x" * 70_000})) == 413


def test_another_sum_is_never_booked(charge: Charge, midtrans: Imitation) -> None:
    assert call(midtrans.becomes(charge.ref, "settlement", amount="1.00")) == 200
    assert again(charge) == PENDING
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("status", "fraud", "state"),
    [
        ("capture", "accept", SETTLED),
        ("capture", "challenge", PENDING),
        ("deny", "deny", PENDING),
        ("cancel", "accept", FAILED),
        ("expire", "", FAILED),
        ("authorize", "accept", PENDING),
    ],
)
def test_what_each_status_means(
    charge: Charge, midtrans: Imitation, status: str, fraud: str, state: str
) -> None:
    call(midtrans.becomes(charge.ref, status, fraud=fraud))
    assert again(charge) == state
    assert Payment.objects.exists() == (state == SETTLED)


def test_while_midtrans_is_away_it_is_told_to_call_again(
    charge: Charge, midtrans: Imitation, everything: Everything
) -> None:
    told = midtrans.becomes(charge.ref, "settlement")
    midtrans.is_away, before = True, everything()
    assert call(told) == 503
    assert everything() == before
    midtrans.is_away = False
    assert call(told) == 200
    assert again(charge) == SETTLED


def test_an_answer_that_takes_too_long_is_none(
    charge: Charge, midtrans: Imitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(midtrans_client, "TIMEOUT", (1, 0.05))
    midtrans.wait = 0.3
    assert call(midtrans.becomes(charge.ref, "settlement")) == 503
    assert again(charge) == PENDING


def test_the_worker_asks_for_calls_that_never_came(charge: Charge, midtrans: Imitation) -> None:
    midtrans.becomes(charge.ref, "settlement")
    assert ask_open_charges(at=NOW + timedelta(minutes=1)) == 0
    assert ask_open_charges(at=NOW + timedelta(minutes=6)) == 1
    assert again(charge) == SETTLED
    assert ask_open_charges(at=NOW + timedelta(minutes=12)) == 0


def test_a_page_that_nobody_opened_ends_with_its_time(charge: Charge, midtrans: Imitation) -> None:
    assert ask_open_charges(at=NOW + timedelta(hours=23)) == 0
    assert ask_open_charges(at=NOW + timedelta(hours=24, minutes=1)) == 1
    assert again(charge) == FAILED


def test_the_worker_waits_for_midtrans_to_come_back(charge: Charge, midtrans: Imitation) -> None:
    midtrans.is_away = True
    assert ask_open_charges(at=NOW + timedelta(minutes=6)) == 0
    assert again(charge) == PENDING


def test_money_for_an_order_that_was_called_off_is_owed_back(
    charge: Charge, order: Order, rahma: Person, midtrans: Imitation
) -> None:
    move_order(order=order, move="call_off", party=SELLER, by=rahma, reason="habis", at=NOW)
    call(midtrans.becomes(charge.ref, "settlement"))
    assert Order.objects.get().balance.owed_rp == 30_000


def test_paid_after_it_was_given_up_counts(charge: Charge, midtrans: Imitation) -> None:
    call(midtrans.becomes(charge.ref, "expire"))
    assert again(charge) == FAILED
    call(midtrans.becomes(charge.ref, "settlement"))
    assert again(charge) == SETTLED
    assert Payment.objects.count() == 1
