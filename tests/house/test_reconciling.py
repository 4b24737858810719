"""Every night the stock is reckoned anew from what moved it; what does not fit is told and left alone."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from conftest import Clock
from etoko.catalog.models import StockCheck, StockMovement, Variant
from etoko.catalog.operations.stocking import Cause, hold_stock
from etoko.config.reconciling import reconcile_stock
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW
from tests.market import Market

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


def test_a_night_in_which_all_fits_is_written_down_and_told_to_nobody(market: Market, root: Person) -> None:
    assert reconcile_stock(at=at_wib(3, 0)) == 0
    assert StockCheck.objects.get().differences == []
    assert not Notice.objects.exists()


def at_wib(hour: int, minute: int) -> datetime:
    """On 25 November 2026."""
    return datetime(2026, 11, 24, 17 + hour if hour < 7 else hour - 7, minute, tzinfo=UTC)
