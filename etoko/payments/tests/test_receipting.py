"""Kwitansi: one number for one payment, without gaps, in the seller's book of the year."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.ordering.operations import Placed
from etoko.payments.models import Payment, Receipt
from etoko.payments.operations import UnableToRecord, issue_receipt, mark_paid, reverse_payment
from etoko.payments.tests.conftest import Everything, pay
from etoko.people.models import Person
from tests.cast import NOW
from tests.racing import race


def test_numbers_follow_each_other_and_begin_anew_each_year(
    order: Order, placed: Placed, rahma: Person
) -> None:
    first, second = pay(order, 10_000, rahma), pay(order, 5_000, rahma)
    other = pay(placed.orders[1], 5_000)
    assert str(issue_receipt(payment=first, at=NOW)) == "KW/2026/0001"
    assert str(issue_receipt(payment=first, at=NOW)) == "KW/2026/0001"
    assert str(issue_receipt(payment=second, at=NOW)) == "KW/2026/0002"
    assert str(issue_receipt(payment=other, at=NOW)) == "KW/2026/0001"
    third = pay(order, 1_000, rahma)
    assert str(issue_receipt(payment=third, at=NOW + timedelta(days=60))) == "KW/2027/0001"


def test_what_was_taken_back_has_none(order: Order, rahma: Person, everything: Everything) -> None:
    payment = mark_paid(order=order, by=rahma, at=NOW)
    counter = reverse_payment(payment=payment, reason="Keliru", by=rahma, at=NOW)
    before = everything()
    for entry in (payment, counter):
        with pytest.raises(UnableToRecord, match="Kwitansi hanya"):
            issue_receipt(payment=entry, at=NOW)
    assert everything() == before


@pytest.mark.usefixtures("clock")
def test_the_seller_makes_it_and_both_open_it(order: Order, rahma: Person, client: Client) -> None:
    payment = mark_paid(order=order, by=rahma, at=NOW)
    address = f"/jualan/{order.shop.public_id}/pesanan/{order.number}/bayar/"
    client.force_login(rahma)
    assert client.get(f"{address}{payment.pk}/kwitansi.pdf").status_code == 404
    client.post(f"{address}{payment.pk}/kwitansi/")
    page = client.get(address).content.decode()
    assert "KW/2026/0001" in page and "Tiga%20puluh%20ribu%20rupiah" in page
    hers = f"/pesanan/{link_secret(order.group)}/{order.number}/uang/"
    assert "KW/2026/0001" in Client().get(hers).content.decode()
    for answer in (
        client.get(f"{address}{payment.pk}/kwitansi.pdf"),
        Client().get(f"{hers}{payment.pk}/kwitansi.pdf"),
    ):
        assert answer.content.startswith(b"%PDF")
        assert "KW-2026-0001.pdf" in answer["Content-Disposition"]


@pytest.mark.django_db(transaction=True)
def test_two_receipts_at_once_get_two_numbers(order: Order, rahma: Person) -> None:
    payments = [pay(order, 1_000 * at, rahma) for at in range(1, 7)]

    def issuing(payment: Payment) -> Callable[[], None]:
        def go() -> None:
            issue_receipt(payment=payment, at=NOW)

        return go

    assert race([issuing(payment) for payment in payments * 2]) == []
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
