"""Rahma sees at once who has not paid, what has to go back, and what came month by month."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from etoko.ordering.models import Order, OrderGroup
from etoko.ordering.operations import move_order, report_payment
from etoko.ordering.states import SELLER
from etoko.payments.models import Payment
from etoko.payments.operations import pay_back, reverse_payment
from etoko.payments.queries.money import last_months, money_page, money_report
from etoko.payments.tests.conftest import TODAY, pay
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


def address(order: Order, rest: str = "") -> str:
    return f"/jualan/{order.shop.public_id}/uang/{rest}"


def test_who_has_not_paid_is_seen_at_once(order: Order, rahma: Person, client: Client) -> None:
    client.force_login(rahma)
    page = client.get(address(order)).content.decode()
    assert "Siti Aminah" in page and str(order.number) in page
    pay(order, 30_000, rahma)
    assert "Semua sudah lunas" in client.get(address(order)).content.decode()


def test_what_is_reported_stands_first_and_what_is_left_is_the_figure(order: Order, rahma: Person) -> None:
    pay(order, 10_000, rahma)
    report_payment(order=order, by=None, by_name="Siti", at=NOW)
    page = money_page(order.shop, at=NOW)
    assert [(row.left_rp, row.total_rp) for row in page.unpaid] == [(20_000, 30_000)]
    assert (page.unpaid_rp, page.month_rp) == (20_000, 10_000)


def test_money_to_give_back_is_listed(order: Order, rahma: Person, client: Client) -> None:
    pay(order, 30_000, rahma)
    move_order(order=order, move="call_off", party=SELLER, by=rahma, at=NOW, reason="Habis")
    page = money_page(order.shop, at=NOW)
    assert (page.unpaid, page.owed_rp) == ([], 30_000)
    client.force_login(rahma)
    assert "Uang yang harus dikembalikan" in client.get(address(order)).content.decode()


def test_a_report_outlives_its_order_until_the_seller_has_looked(
    order: Order, rahma: Person, client: Client
) -> None:
    report_payment(order=order, by=None, by_name="Siti", at=NOW)
    move_order(order=order, move="call_off", party=SELLER, by=rahma, at=NOW, reason="Habis")
    client.force_login(rahma)
    assert "Batal, tetapi dilaporkan sudah dibayar" in client.get(address(order)).content.decode()
    ledger = f"/jualan/{order.shop.public_id}/pesanan/{order.number}/bayar/"
    page = client.get(ledger).content.decode()
    assert "Pesanan ini batal, tetapi pembeli melapor" in page and "Uangnya sudah masuk" not in page
    pay(order, 30_000, rahma)
    assert (money_page(order.shop, at=NOW).to_look_at, money_page(order.shop, at=NOW).owed_rp) == ([], 30_000)


def test_the_report_counts_by_month_and_method(order: Order, rahma: Person) -> None:
    pay(order, 20_000, rahma, method=Payment.TRANSFER, on=date(2026, 10, 31))
    wrong = pay(order, 5_000, rahma)
    reverse_payment(payment=wrong, reason="Keliru", by=rahma, at=NOW)
    pay(order, 12_000, rahma)
    pay_back(order=order, amount_rp=2_000, method=Payment.CASH, returned_on=TODAY, by=rahma, at=NOW)
    report = money_report(order.shop, at=NOW)
    assert [(row.month, row.due_rp, row.received_rp, row.returned_rp) for row in report.months[-2:]] == [
        (date(2026, 10, 1), 0, 20_000, 0),
        (date(2026, 11, 1), 30_000, 12_000, 2_000),
    ]
    assert report.by_method == [("Transfer bank", 20_000), ("Tunai", 12_000)]


def test_twelve_months_end_with_this_one() -> None:
    months = last_months(date(2026, 3, 31))
    assert (len(months), months[0], months[-1]) == (12, date(2025, 4, 1), date(2026, 3, 1))


def test_sheets_hold_the_same_and_no_formula(order: Order, rahma: Person, client: Client) -> None:
    OrderGroup.objects.filter(pk=order.group_id).update(name="=1+1")
    pay(order, 30_000, rahma)
    client.force_login(rahma)
    book = load_workbook(BytesIO(client.get(address(order, "laporan.xlsx")).content))
    months, entries = book.worksheets
    assert [cell.value for cell in list(months.rows)[-1]][:4] == ["2026-11", 30_000, 30_000, 0]
    line = [cell.value for cell in list(entries.rows)[1]]
    assert line[:4] == ["2026-11-24", order.number, "=1+1", 30_000]
    assert list(entries.rows)[1][2].data_type == "s"
    text = client.get(address(order, "laporan.csv")).content.decode("utf-8-sig")
    assert f"2026-11-24;{order.number};'=1+1;30000;" in text


def test_the_pages_ask_the_database_little(
    order: Order, rahma: Person, client: Client, max_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    for number in range(5):
        pay(order, 1_000, rahma, on=TODAY - timedelta(days=number * 20))
    client.force_login(rahma)
    for rest in ("", "laporan/", "laporan.xlsx"):
        with max_queries(14):
            assert client.get(address(order, rest)).status_code == 200
