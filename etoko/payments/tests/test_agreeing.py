"""A down payment, instalments, a day when all is due: what is due when, and who is reminded."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from conftest import Clock
from etoko.catalog.models import PaymentOption
from etoko.foundation.effects import announce
from etoko.notices.models import Notice
from etoko.ordering.access import link_secret
from etoko.ordering.facts import OrderTotalChanged
from etoko.ordering.models import Order
from etoko.ordering.operations import Placed, cancel_unpaid_orders, move_order
from etoko.ordering.states import SELLER
from etoko.payments.models import Instalment
from etoko.payments.operations import UnableToAgree, agree_terms, end_terms, remind_of_instalments
from etoko.payments.operations.agreeing import Part, allocate, down_payment, monthly
from etoko.payments.tests.conftest import TODAY, Everything, pay
from etoko.people.models import Person
from tests.cast import NOW

DAY = timedelta(days=1)


def parts_of(order: Order) -> list[tuple[int, date]]:
    return list(order.instalments.values_list("amount_rp", "due_on"))


def kinds(*kinds: str) -> int:
    return Notice.objects.filter(kind__in=[f"order_{kind}" for kind in kinds]).count()


@pytest.mark.usefixtures("clock")
def test_half_now_and_half_later(order: Order, rahma: Person, client: Client) -> None:
    client.force_login(rahma)
    address = f"/jualan/{order.shop.public_id}/pesanan/{order.number}/bayar/"
    form = {"kind": "dp", "percent": "50", "first_on": "2026-11-25", "rest_on": "2026-12-05"}
    assert client.post(address + "kesepakatan/", form).status_code == 302
    assert parts_of(order) == [(15_000, date(2026, 11, 25)), (15_000, date(2026, 12, 5))]
    assert "1. Rp15.000, 25 November 2026" in Notice.objects.get(kind="order_terms_agreed").text
    assert "Cara bayar yang disepakati" in client.get(address).content.decode()
    client.post(address + "kesepakatan/", {"end": "1"})
    assert parts_of(order) == []


@pytest.mark.usefixtures("clock")
def test_it_is_found_from_the_order_before_and_after_the_answer(
    placed: Placed, rahma: Person, client: Client
) -> None:
    order = placed.orders[0]
    Order.objects.filter(pk=order.pk).update(payment=PaymentOption.TRANSFER)
    order.refresh_from_db()
    client.force_login(rahma)
    of_seller = f"/jualan/{order.shop.public_id}/pesanan/{order.number}/"
    of_buyer = f"/pesanan/{link_secret(order.group)}/"
    way = f"{of_seller}bayar/?sepakati=1"
    assert f"{way}#kesepakatan" in client.get(of_seller).content.decode()
    assert '<details class="fold" open><summary>Sepakati DP' in client.get(way).content.decode()
    assert "Ingin membayar dengan DP" in client.get(f"{of_buyer}{order.number}/uang/").content.decode()
    form = {"kind": "later", "first_on": "2026-12-24"}
    assert client.post(f"{of_seller}bayar/kesepakatan/", form).status_code == 302
    accepted = move_order(order=order, move="accept", party=SELLER, by=rahma, at=NOW)
    assert accepted.pay_by_at is None
    for page in (of_seller, of_buyer):
        assert "Lihat cara bayar yang disepakati" in client.get(page).content.decode()
    assert "24 Desember 2026" in client.get(f"{of_buyer}{order.number}/uang/").content.decode()


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "form",
    [
        {"kind": "later", "first_on": "2026-11-23"},
        {"kind": "later", "first_on": "besok"},
        {"kind": "monthly", "first_on": "2026-12-01", "count": "99"},
        {"kind": "dp", "first_on": "2026-12-05", "rest_on": "2026-12-01", "percent": "50"},
        {"kind": "dp", "first_on": "2026-12-05", "percent": "0"},
    ],
)
def test_what_makes_no_sense_is_refused(
    form: dict[str, str], order: Order, rahma: Person, client: Client, everything: Everything
) -> None:
    client.force_login(rahma)
    before = everything()
    address = f"/jualan/{order.shop.public_id}/pesanan/{order.number}/bayar/kesepakatan/"
    assert client.post(address, form).status_code == 422
    assert everything() == before


@given(st.integers(1, 10**9), st.integers(1, 24), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_monthly_parts_lose_no_rupiah_and_no_month(total_rp: int, count: int, first_on: date) -> None:
    parts = monthly(total_rp, count=count, first_on=first_on)
    assert sum(part.amount_rp for part in parts) == total_rp
    months = [part.due_on.year * 12 + part.due_on.month for part in parts]
    assert months == list(range(months[0], months[0] + count))
    assert all(part.due_on.day <= first_on.day for part in parts)


def test_the_thirty_first_falls_on_the_last_day() -> None:
    days = [part.due_on for part in monthly(3_000, count=3, first_on=date(2026, 12, 31))]
    assert days == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=9), st.integers(0, 10**7))
def test_what_is_paid_fills_the_parts_in_order(amounts: list[int], paid_rp: int) -> None:
    rows = [Instalment(number=at, amount_rp=rp) for at, rp in enumerate(amounts, 1)]
    left = [left_rp for _row, left_rp in allocate(rows, paid_rp)]
    assert sum(left) == max(0, sum(amounts) - paid_rp)
    open_from = next((at for at, rp in enumerate(left) if rp), len(left))
    assert left[open_from + 1 :] == amounts[open_from + 1 :]


def test_parts_that_do_not_add_up_change_nothing(order: Order, rahma: Person, everything: Everything) -> None:
    before = everything()
    for parts in ([Part(29_999, TODAY)], [Part(30_000, TODAY), Part(0, TODAY)], []):
        with pytest.raises(UnableToAgree):
            agree_terms(order=order, parts=parts, by=rahma, at=NOW)
    assert everything() == before


def test_no_clock_cancels_an_order_with_terms(order: Order, rahma: Person) -> None:
    Order.objects.filter(pk=order.pk).update(payment=PaymentOption.TRANSFER, pay_by_at=NOW + DAY)
    order.refresh_from_db()
    agree_terms(order=order, parts=[Part(30_000, TODAY + 30 * DAY)], by=rahma, at=NOW)
    assert cancel_unpaid_orders(at=NOW + 20 * DAY) == 0
    end_terms(order=order, by=rahma, at=NOW + 20 * DAY)
    order.refresh_from_db()
    assert order.pay_by_at == NOW + 21 * DAY


def at_ten(days: int) -> datetime:
    return NOW + days * DAY


def test_the_buyer_is_reminded_before_and_both_after(order: Order, rahma: Person) -> None:
    parts = down_payment(30_000, percent=50, due_on=TODAY + 3 * DAY, rest_on=TODAY + 10 * DAY)
    agree_terms(order=order, parts=parts, by=rahma, at=NOW)
    assert remind_of_instalments(at=at_ten(1)) == 0
    assert [remind_of_instalments(at=at_ten(2)) for _twice in range(2)] == [1, 0]
    assert (kinds("instalment_soon"), kinds("instalment_late")) == (1, 0)
    assert remind_of_instalments(at=at_ten(3)) == 0
    assert [remind_of_instalments(at=at_ten(4)) for _twice in range(2)] == [1, 0]
    assert kinds("instalment_late") == 2
    assert "Rp15.000" in Notice.objects.filter(kind="order_instalment_late").first().text  # type: ignore[union-attr]


def test_who_has_paid_her_part_is_not_reminded(order: Order, rahma: Person) -> None:
    parts = down_payment(30_000, percent=50, due_on=TODAY + 3 * DAY, rest_on=TODAY + 10 * DAY)
    agree_terms(order=order, parts=parts, by=rahma, at=NOW)
    pay(order, 20_000, rahma)
    assert remind_of_instalments(at=at_ten(4)) == 0
    assert remind_of_instalments(at=at_ten(11)) == 1
    assert "Rp10.000" in Notice.objects.filter(kind="order_instalment_late").first().text  # type: ignore[union-attr]


def test_the_worker_reminds(order: Order, rahma: Person, clock: Clock) -> None:
    agree_terms(order=order, parts=[Part(30_000, TODAY + DAY)], by=rahma, at=NOW)
    call_command("run_due_work")
    assert kinds("instalment_soon") == 1


@pytest.mark.parametrize(
    ("total_rp", "left"), [(35_000, [15_000, 20_000]), (20_000, [15_000, 5_000]), (9_000, [9_000])]
)
def test_the_last_parts_follow_what_the_order_costs(
    total_rp: int, left: list[int], order: Order, rahma: Person
) -> None:
    parts = down_payment(30_000, percent=50, due_on=TODAY, rest_on=TODAY + 10 * DAY)
    agree_terms(order=order, parts=parts, by=rahma, at=NOW)
    Order.objects.filter(pk=order.pk).update(goods_rp=total_rp, total_rp=total_rp)
    announce(OrderTotalChanged(order.pk, 30_000, total_rp, NOW))
    assert [rp for rp, _day in parts_of(order)] == left
