"""Every night stock and money are reckoned anew from what moved them; what does not fit is told and left
alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.catalog.models import StockCheck, StockMovement, Variant
from etoko.catalog.operations.stocking import Cause, hold_stock
from etoko.config.reconciling import reconcile_stock
from etoko.foundation import kept
from etoko.notices.models import Notice
from etoko.ordering.models import Order
from etoko.ordering.operations import Placed
from etoko.ordering.states import CANCELLED
from etoko.ordering.tests.conftest import hat, hat_shop, kerupuk, kerupuk_shop, placed
from etoko.payments.models import Balance
from etoko.payments.operations import mark_paid
from etoko.payments.reconciling import ledger_out_of_step
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW
from tests.market import Market

__all__ = ["hat", "hat_shop", "kerupuk", "kerupuk_shop", "placed"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(villages: dict[str, Area]) -> Market:
    return Market.with_goods(villages)


@pytest.fixture
def root() -> Person:
    return Person.objects.create_superuser("+6281200000001", "Pengelola")


def said() -> str:
    out = StringIO()
    call_command("reconcile_stock", stdout=out)
    return out.getvalue()


def test_nothing_differs_where_all_went_through_the_door(market: Market) -> None:
    assert said() == "0 perbedaan\n"


def test_a_figure_that_was_written_past_the_door_is_found(market: Market) -> None:
    Variant.objects.filter(product__name="Kerupuk Udang").update(on_hand=8)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("reconcile_stock", stdout=out)
    assert ended.value.code == 1
    assert out.getvalue() == "Kerupuk Udang: stok tercatat 8, seharusnya 5\n1 perbedaan\n"


def test_what_is_held_for_no_order_is_found(market: Market) -> None:
    variant = Variant.objects.get(product__name="Kerupuk Udang")
    hold_stock(quantities={variant.pk: 2}, cause=Cause(StockMovement.ORDER, "K7M-2QX"), at=NOW)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("reconcile_stock", stdout=out)
    assert out.getvalue() == "Kerupuk Udang: ditahan untuk pesanan 2, seharusnya 0\n1 perbedaan\n"


def test_once_a_night_it_is_told_to_the_superuser_and_nothing_is_repaired(
    market: Market, root: Person, clock: Clock
) -> None:
    Variant.objects.filter(product__name="Kerupuk Udang").update(on_hand=8)
    assert reconcile_stock(at=at_wib(0, 30)) == 0 and not StockCheck.objects.exists()
    assert reconcile_stock(at=at_wib(1, 0)) == 1
    assert reconcile_stock(at=at_wib(1, 1)) == 0
    night = StockCheck.objects.get()
    assert night.differences == [
        {
            "what": "on_hand",
            "about": Variant.objects.get(product__name="Kerupuk Udang").pk,
            "name": "Kerupuk Udang",
            "stands": 8,
            "reckoned": 5,
        }
    ]
    notice = Notice.objects.get()
    assert (notice.recipient, notice.title) == (root, "Hitungan tidak cocok: 1")
    assert "Kerupuk Udang: stok tercatat 8, seharusnya 5" in notice.text
    assert Variant.objects.get(product__name="Kerupuk Udang").on_hand == 8


def test_while_something_does_not_fit_it_is_looked_at_again_every_hour(market: Market, root: Person) -> None:
    Variant.objects.filter(product__name="Kerupuk Udang").update(on_hand=8)
    assert reconcile_stock(at=at_wib(1, 0)) == 1
    Variant.objects.filter(product__name="Kerupuk Udang").update(on_hand=5)
    assert reconcile_stock(at=at_wib(1, 59)) == 0 and StockCheck.objects.get().differences
    assert reconcile_stock(at=at_wib(2, 0)) == 0 and not StockCheck.objects.get().differences
    assert Notice.objects.count() == AuditEntry.objects.filter(deed="check_books").count() == 1


@contextmanager
def without_triggers(table: str) -> Iterator[None]:
    """As somebody with the password of the database would: history can be written anew."""
    with connection.cursor() as cursor:
        for statement in kept._LET_GO[connection.vendor]:
            cursor.execute(statement.format(table=table))
        yield
        for statement in kept._KEEP[connection.vendor]:
            cursor.execute(statement.replace("{table}", table))


def test_an_entry_that_was_changed_behind_the_back_of_the_ledger_is_found(
    placed: Placed, root: Person
) -> None:
    order = placed.orders[0]
    entry = mark_paid(order=order, by=None, by_name="Rahma", at=NOW)
    assert said() == "0 perbedaan\n"
    with without_triggers("payments_payment"), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_payment SET amount_rp = 10000 WHERE id = %s", [entry.pk])
    assert reconcile_stock(at=at_wib(1, 0)) == 4
    assert sorted(StockCheck.objects.get().differences, key=lambda row: row["what"]) == [
        {"what": what, "about": order.pk, "name": order.number, "stands": stands, "reckoned": reckoned}
        for what, stands, reckoned in (
            ("marked_paid", 1, 0),
            ("money_paid", 30_000, 10_000),
            ("money_received", 30_000, 10_000),
            ("paid_of_order", 30_000, 10_000),
        )
    ]
    assert f"{order.number}: uang masuk 30000, seharusnya 10000" in Notice.objects.get(recipient=root).text
    assert AuditEntry.objects.get(deed="check_books").changes == {"differences": [0, 4]}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM payments_payment")


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"paid_rp": 20_000}, ["paid_of_order"]),
        ({"payment_state": Order.NOT_PAID}, ["marked_paid"]),
        ({"state": CANCELLED}, ["money_due", "money_owed", "money_paid", "paid_of_order"]),
    ],
)
def test_an_order_that_says_something_else_than_its_ledger_is_found(
    wrong: dict[str, object], found: list[str], placed: Placed
) -> None:
    mark_paid(order=placed.orders[0], by=None, by_name="Rahma", at=NOW)
    Order.objects.filter(pk=placed.orders[0].pk).update(**wrong)
    assert sorted(each.what for each in ledger_out_of_step()) == found


def test_money_without_a_balance_is_found(placed: Placed) -> None:
    mark_paid(order=placed.orders[0], by=None, by_name="Rahma", at=NOW)
    Balance.objects.all().delete()
    assert [(each.what, each.stands, each.reckoned) for each in ledger_out_of_step()] == [
        ("money_received", 0, 30_000),
        ("money_paid", 0, 30_000),
    ]


def test_a_night_in_which_all_fits_is_written_down_and_told_to_nobody(market: Market, root: Person) -> None:
    assert reconcile_stock(at=at_wib(3, 0)) == 0
    assert StockCheck.objects.get().differences == []
    assert not Notice.objects.exists()


def at_wib(hour: int, minute: int) -> datetime:
    """On 25 November 2026."""
    return datetime(2026, 11, 24, 17 + hour if hour < 7 else hour - 7, minute, tzinfo=UTC)
