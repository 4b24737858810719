"""Two hands write down the same money at once, with real threads; and that the harness would see it."""

from collections.abc import Callable

import pytest
from django.db.models import Sum

from etoko.catalog.access import Selling, shop_for_seller
from etoko.catalog.models import Variant
from etoko.foundation.flows import UnableToMove
from etoko.ordering.models import Order
from etoko.ordering.operations import move_order
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import a_cart, place
from etoko.payments.models import Balance, Payment, StatementLine
from etoko.payments.operations import UnableToRecord, mark_paid, reverse_payment
from etoko.payments.operations.booking import book_lines
from etoko.payments.operations.importing import import_statement
from etoko.payments.operations.proving import accept_proof, send_proof
from etoko.payments.proofs import Kept
from etoko.payments.tests.bank_files import bri
from etoko.payments.tests.conftest import TODAY, pay
from etoko.people.models import Person
from tests.cast import NOW
from tests.racing import PAUSE_SECONDS, guards_off, pauses_in_turn, race, slow_changes

pytestmark = pytest.mark.django_db(transaction=True)


def accepted(kerupuk: Variant, rahma: Person) -> Order:
    order = place(a_cart((kerupuk, 2))).orders[0]
    return move_order(order=order, move="accept", party=SELLER, by=rahma, at=NOW)


def a_line(selling: Selling, amount_rp: int) -> StatementLine:
    """Money that came into Rahma's account, as her bank says."""
    rows = [line.split(",") for line in bri([(TODAY, amount_rp, "TRSF")]).replace('"', "").splitlines()]
    import_statement(selling=selling, name="mutasi.csv", rows=rows, at=NOW)
    return StatementLine.objects.get()


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


def test_without_guards_one_of_them_is_forgotten(kerupuk: Variant, rahma: Person) -> None:
    """The second is written while the first one reckons: the first then puts down what it saw before."""
    order = accepted(kerupuk, rahma)
    second_comes_late = pauses_in_turn('INSERT INTO "payments_payment"', 0, PAUSE_SECONDS)
    first_writes_last = pauses_in_turn('INSERT INTO "payments_balance"', 4 * PAUSE_SECONDS)
    with guards_off(), second_comes_late, first_writes_last:
        with pytest.raises(AssertionError):
            two_payments_at_once_are_both_counted(order, rahma)
        assert Payment.objects.count() == 2 and not in_step(order)


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


NO_GUARDS = ((Payment, "payment_source_once"),)
BOTH_LOOK_FIRST = 'INSERT INTO "payments_payment"'


def test_without_the_constraint_it_is_booked_for_both(kerupuk: Variant, rahma: Person) -> None:
    orders = [accepted(kerupuk, rahma), accepted(kerupuk, rahma)]
    with guards_off(*NO_GUARDS), slow_changes(BOTH_LOOK_FIRST):
        with pytest.raises(AssertionError):
            one_line_for_two_orders_is_booked_once(orders)
        assert Payment.objects.count() == 2


def two_hands_book_a_line_for_two_orders(selling: Selling, orders: list[Order]) -> None:
    """Rahma and her daughter sit before the same statement, and each takes the line for another order."""
    line = a_line(selling, 30_000)
    booked: list[int] = []

    def booking(order: Order) -> Callable[[], None]:
        def book() -> None:
            booked.append(book_lines(selling=selling, chosen={line.pk: order.pk}, at=NOW))

        return book

    assert race([booking(order) for order in orders]) == []
    assert sorted(booked) == [0, 1]
    line.refresh_from_db()
    assert line.payment == Payment.objects.get()


def test_two_hands_book_a_line_for_two_orders(kerupuk: Variant, rahma: Person) -> None:
    orders = [accepted(kerupuk, rahma), accepted(kerupuk, rahma)]
    two_hands_book_a_line_for_two_orders(shop_for_seller(rahma, orders[0].shop.public_id), orders)


def test_without_guards_both_book_it(kerupuk: Variant, rahma: Person) -> None:
    orders = [accepted(kerupuk, rahma), accepted(kerupuk, rahma)]
    with guards_off(*NO_GUARDS), slow_changes(BOTH_LOOK_FIRST):
        with pytest.raises(AssertionError):
            two_hands_book_a_line_for_two_orders(shop_for_seller(rahma, orders[0].shop.public_id), orders)
        assert Payment.objects.count() == 2


def eight_hands_accept_a_proof_once(order: Order, rahma: Person) -> None:
    kept = Kept("k" * 24, "sha256", "0" * 16)
    proof = send_proof(order=order, kept=kept, party="buyer", by=None, by_name="Siti", at=NOW)
    refused: list[str] = []

    def accept() -> None:
        try:
            accept_proof(proof=proof, amount_rp=30_000, received_on=TODAY, by=rahma, at=NOW)
        except UnableToMove as problem:
            refused.append(problem.sentence)

    assert race([accept] * 8) == []
    assert len(refused) == 7
    assert Payment.objects.get().source_ref == str(proof.pk) and in_step(order)


def test_eight_hands_accept_a_proof_once(kerupuk: Variant, rahma: Person) -> None:
    eight_hands_accept_a_proof_once(accepted(kerupuk, rahma), rahma)


def test_without_guards_a_proof_is_accepted_more_than_once(kerupuk: Variant, rahma: Person) -> None:
    order = accepted(kerupuk, rahma)
    with guards_off(*NO_GUARDS), slow_changes(BOTH_LOOK_FIRST):
        with pytest.raises(AssertionError):
            eight_hands_accept_a_proof_once(order, rahma)
        assert Payment.objects.count() > 1


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
