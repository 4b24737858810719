"""Money is written down once, never lost, and a mistake is followed by a counter-entry."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from etoko.audit.models import AuditEntry
from etoko.foundation.kept import RowsAreKept
from etoko.notices.models import Notice
from etoko.ordering.models import Order
from etoko.ordering.operations import Placed, move_order, report_payment, take_back_move
from etoko.ordering.states import SELLER
from etoko.payments.models import Balance, Payment
from etoko.payments.operations import UnableToRecord, mark_paid, reverse_payment
from etoko.payments.tests.conftest import TODAY, Everything, pay, standing
from etoko.people.models import Person
from tests.cast import NOW


def test_all_of_it_at_once_is_paid_and_the_buyer_is_told(order: Order, rahma: Person) -> None:
    payment = mark_paid(order=order, by=rahma, at=NOW)
    assert (payment.amount_rp, payment.method, payment.received_on) == (30_000, "cash", TODAY)
    assert standing(order) == (Order.PAID, 30_000, 0)
    assert "Rp30.000" in Notice.objects.get(kind="order_pay").text
    entry = AuditEntry.objects.get(deed="pay_order")
    assert entry.changes == {"payment_state": ["not_paid", "paid"], "paid_rp": [0, 30_000]}


def test_parts_add_up(order: Order, rahma: Person) -> None:
    pay(order, 10_000, rahma)
    assert standing(order) == (Order.PARTLY_PAID, 10_000, 0)
    assert "Rp10.000 dari Rp30.000" in Notice.objects.get(kind="order_pay_part").text
    assert mark_paid(order=order, by=rahma, at=NOW).amount_rp == 20_000
    assert standing(order) == (Order.PAID, 30_000, 0)
    assert list(order.events.values_list("deed", flat=True))[-2:] == ["pay_part", "pay"]


def test_what_is_more_than_due_is_owed_back_and_not_lost(order: Order, rahma: Person) -> None:
    pay(order, 50_000, rahma)
    assert standing(order) == (Order.PAID, 30_000, 20_000)
    assert Balance.objects.get(order=order).owed_since_at == NOW


def test_twice_lunas_changes_nothing(order: Order, rahma: Person, everything: Everything) -> None:
    mark_paid(order=order, by=rahma, at=NOW)
    before = everything()
    with pytest.raises(UnableToRecord, match="sudah ditandai Lunas"):
        mark_paid(order=order, by=rahma, at=NOW)
    assert everything() == before


@pytest.mark.parametrize("amount_rp", [0, -1, 10**10])
def test_an_amount_without_sense_changes_nothing(
    amount_rp: int, order: Order, everything: Everything
) -> None:
    before = everything()
    with pytest.raises(UnableToRecord, match="Jumlah uang"):
        pay(order, amount_rp)
    assert everything() == before


def test_money_of_tomorrow_is_not_there_yet(order: Order, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToRecord, match="sesudah hari ini"):
        pay(order, 1_000, on=TODAY + timedelta(days=1))
    assert everything() == before


def test_a_source_is_booked_once(order: Order, placed: Placed, everything: Everything) -> None:
    first = pay(order, 10_000, source=Payment.STATEMENT, ref="7")
    before = everything()
    assert pay(order, 10_000, source=Payment.STATEMENT, ref="7").pk == first.pk
    with pytest.raises(UnableToRecord, match=str(order.number)):
        pay(placed.orders[1], 10_000, source=Payment.STATEMENT, ref="7")
    assert everything() == before


def test_the_database_itself_books_a_source_once(order: Order, placed: Placed) -> None:
    first = pay(order, 10_000, source=Payment.STATEMENT, ref="7")
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            order=placed.orders[1],
            shop=placed.orders[1].shop,
            kind=Payment.RECEIVED,
            amount_rp=1,
            method=Payment.CASH,
            received_on=TODAY,
            source=first.source,
            source_ref=first.source_ref,
            recorded_at=NOW,
        )


def test_a_counter_entry_takes_it_back_and_both_stay(order: Order, rahma: Person) -> None:
    payment = mark_paid(order=order, by=rahma, at=NOW)
    counter = reverse_payment(payment=payment, reason="Salah pesanan", by=rahma, at=NOW)
    assert (counter.amount_rp, counter.reverses_id) == (-30_000, payment.pk)
    assert standing(order) == (Order.NOT_PAID, 0, 0)
    assert list(order.events.values_list("deed", "reason"))[-1] == ("correct_payment", "Salah pesanan")
    assert Payment.objects.count() == 2


def test_only_once_and_only_with_a_reason(order: Order, rahma: Person, everything: Everything) -> None:
    payment = mark_paid(order=order, by=rahma, at=NOW)
    before = everything()
    with pytest.raises(UnableToRecord, match="Tulis alasannya"):
        reverse_payment(payment=payment, reason=" ", by=rahma, at=NOW)
    assert everything() == before
    counter = reverse_payment(payment=payment, reason="Keliru", by=rahma, at=NOW)
    before = everything()
    for entry, sentence in ((payment, "sudah dibatalkan"), (counter, "sudah pembatalan")):
        with pytest.raises(UnableToRecord, match=sentence):
            reverse_payment(payment=entry, reason="Keliru", by=rahma, at=NOW)
    assert everything() == before


def test_the_ledger_is_written_once(order: Order, rahma: Person) -> None:
    payment = mark_paid(order=order, by=rahma, at=NOW)
    payment.amount_rp = 1
    with pytest.raises(RowsAreKept):
        payment.save()
    with pytest.raises(RowsAreKept):
        Payment.objects.filter(pk=payment.pk).delete()
    for sql in ("UPDATE payments_payment SET amount_rp = 1", "DELETE FROM payments_payment"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_what_was_paid_for_an_order_that_came_to_nothing_is_owed_back(order: Order, rahma: Person) -> None:
    pay(order, 30_000, rahma)
    later = NOW + timedelta(hours=1)
    move_order(order=order, move="call_off", party=SELLER, by=rahma, at=later, reason="Bahan habis")
    assert standing(order) == (Order.NOT_PAID, 0, 30_000)
    assert Balance.objects.get(order=order).owed_since_at == later


def test_money_that_comes_for_a_cancelled_order_is_owed_back(order: Order, rahma: Person) -> None:
    move_order(order=order, move="call_off", party=SELLER, by=rahma, at=NOW, reason="Bahan habis")
    with pytest.raises(UnableToRecord, match="sudah dibatalkan"):
        mark_paid(order=order, by=rahma, at=NOW)
    pay(order, 30_000, rahma)
    assert standing(order) == (Order.NOT_PAID, 0, 30_000)
    assert order.events.last().deed == "pay_part"  # type: ignore[union-attr]


def test_a_decline_that_is_taken_back_makes_it_paid_again(placed: Placed, rahma: Person) -> None:
    order = placed.orders[0]
    pay(order, 30_000, rahma)
    move_order(order=order, move="decline", party=SELLER, by=rahma, at=NOW, reason="Keliru")
    assert standing(order) == (Order.NOT_PAID, 0, 30_000)
    take_back_move(order=order, move="decline", by=rahma, at=NOW)
    assert standing(order) == (Order.PAID, 30_000, 0)


def test_a_report_waits_until_the_seller_writes_it_down(order: Order, rahma: Person) -> None:
    report_payment(order=order, by=None, by_name="Siti", at=NOW)
    move_order(order=order, move="make_ready", party=SELLER, by=rahma, at=NOW)
    assert standing(order)[0] == Order.REPORTED
    mark_paid(order=order, by=rahma, at=NOW)
    assert standing(order)[0] == Order.PAID


def test_what_a_kader_writes_down_bears_both_names(order: Order, yanti: Person) -> None:
    payment = mark_paid(order=order, by=yanti, for_name="Kerupuk Bu Rahma", at=NOW)
    assert (payment.recorded_name, payment.for_name) == ("Yanti", "Kerupuk Bu Rahma")
