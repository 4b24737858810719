"""Two hands write down the same money at once, with real threads; and that the harness would see it."""

from collections.abc import Callable

import pytest
from django.db.models import Sum

from etoko.catalog.models import Variant
from etoko.ordering.models import Order
from etoko.ordering.operations import move_order
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import a_cart, place
from etoko.payments.models import Balance, Payment
from etoko.payments.operations import UnableToRecord, mark_paid, reverse_payment
from etoko.payments.tests.conftest import pay
from etoko.people.models import Person
from tests.cast import NOW
from tests.racing import guards_off, race

pytestmark = pytest.mark.django_db(transaction=True)


def accepted(kerupuk: Variant, rahma: Person) -> Order:
    order = place(a_cart((kerupuk, 2))).orders[0]
    return move_order(order=order, move="accept", party=SELLER, by=rahma, at=NOW)


def in_step(order: Order) -> bool:
    order.refresh_from_db()
    balance = Balance.objects.get(order=order)
    written = Payment.objects.filter(order=order).aggregate(sum=Sum("amount_rp"))["sum"]
    return (
        balance.received_rp - balance.returned_rp == written
        and balance.paid_rp == order.paid_rp
        and order.paid_rp <= order.due_rp
    )


def eight_hands_mark_it_paid_once(order: Order, rahma: Person) -> None:
    refused: list[str] = []

    def mark() -> None:
        try:
            mark_paid(order=order, by=rahma, at=NOW)
        except UnableToRecord as problem:
            refused.append(problem.sentence)

    assert race([mark] * 8) == []
    assert len(refused) == 7
    assert Payment.objects.get().amount_rp == 30_000 and in_step(order)


def test_eight_hands_mark_it_paid_once(kerupuk: Variant, rahma: Person) -> None:
    eight_hands_mark_it_paid_once(accepted(kerupuk, rahma), rahma)


def test_without_guards_it_is_paid_more_than_once(kerupuk: Variant, rahma: Person) -> None:
    order = accepted(kerupuk, rahma)
    with guards_off():
        with pytest.raises(AssertionError):
            eight_hands_mark_it_paid_once(order, rahma)
        assert Payment.objects.count() > 1


def two_payments_at_once_are_both_counted(order: Order, rahma: Person) -> None:

    def paying(amount_rp: int) -> Callable[[], None]:
        def go() -> None:
            pay(order, amount_rp, rahma)

        return go

    assert race([paying(20_000), paying(15_000)]) == []
    assert in_step(order)
    assert (order.paid_rp, Balance.objects.get().owed_rp) == (30_000, 5_000)


def test_two_payments_at_once_are_both_counted(kerupuk: Variant, rahma: Person) -> None:
    two_payments_at_once_are_both_counted(accepted(kerupuk, rahma), rahma)


def one_line_for_two_orders_is_booked_once(orders: list[Order]) -> None:
    refused: list[str] = []

    def booking(order: Order) -> Callable[[], None]:
        def book() -> None:
            try:
                pay(order, 30_000, source=Payment.STATEMENT, ref="7")
            except UnableToRecord as problem:
                refused.append(problem.sentence)

        return book

    assert race([booking(order) for order in orders]) == []
    assert len(refused) == 1 and Payment.objects.count() == 1


def test_one_line_for_two_orders_is_booked_once(kerupuk: Variant, rahma: Person) -> None:
    one_line_for_two_orders_is_booked_once([accepted(kerupuk, rahma), accepted(kerupuk, rahma)])


def test_eight_hands_take_an_entry_back_once(kerupuk: Variant, rahma: Person) -> None:
    order = accepted(kerupuk, rahma)
    payment = mark_paid(order=order, by=rahma, at=NOW)
    refused: list[str] = []

    def take_back() -> None:
        try:
            reverse_payment(payment=payment, reason="Keliru", by=rahma, at=NOW)
        except UnableToRecord as problem:
            refused.append(problem.sentence)

    assert race([take_back] * 8) == []
    assert len(refused) == 7 and in_step(order) and order.paid_rp == 0
