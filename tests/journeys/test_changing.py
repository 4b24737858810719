"""An order is not what it was: weighed, replaced, changed before the answer, or joined with another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from etoko.ordering.models import Order, Proposal
from etoko.ordering.tests.conftest import a_shop, a_variant
from tests.journeys.orders import at_buyer, at_seller, figures, order_of
from tests.journeys.test_buying import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.catalog.models import Shop, Variant
    from etoko.people.models import Person
    from etoko.places.models import Area

pytestmark = pytest.mark.journey


@pytest.fixture
def shop(rahma: Person, villages: dict[str, Area]) -> Shop:
    return a_shop(rahma, "Dapur Bu Rahma", villages["Taban"], rahma.phone)


@pytest.fixture
def fish(shop: Shop) -> Variant:
    """Sold by weight: about a kilogram each, 40,000."""
    variant = a_variant(shop, "Ikan Asin Peda", 40_000, 10)
    variant.amount, variant.measure = Decimal(1), "kg"
    variant.save(update_fields=["amount", "measure"])
    return variant


@pytest.fixture
def kerupuk(shop: Shop) -> Variant:
    return a_variant(shop, "Kerupuk Kulit", 15_000, 10)


def open_changes(page: Page, order: Order, product: str) -> None:
    page.goto(at_seller(order))
    page.get_by_role("link", name="Ada yang kurang, ditimbang, atau diganti").click()
    page.get_by_text(f"Timbang atau ganti: {product}").click()


def weigh(page: Page, order: Order, weight: str) -> None:
    open_changes(page, order, "Ikan Asin Peda")
    page.get_by_label("Berat semuanya menurut timbangan").fill(weight)
    page.get_by_role("button", name="Simpan timbangan").click()


def test_what_weighs_more_waits_for_the_buyer_and_what_weighs_less_does_not(
    page: Page, sellers_page: Page, fish: Variant, rahma: Person
) -> None:
    order = order_of(fish, 2)
    sign_in(sellers_page, rahma)
    weigh(sellers_page, order, "2,15")
    sellers_page.get_by_text("Harganya naik, jadi pembeli diminta setuju dulu.").wait_for()
    sellers_page.get_by_text("Menunggu jawaban pembeli").wait_for()
    order.refresh_from_db()
    assert order.total_rp == 80_000

    page.goto(at_buyer(order))
    page.get_by_text("Ikan Asin Peda: 2,15 kg, Rp86.000 (Rp6.000 lebih mahal)").wait_for()
    page.get_by_role("button", name="Setuju", exact=True).click()
    page.get_by_text("Anda setuju. Penjual diberi tahu.").wait_for()
    order.refresh_from_db()
    assert order.total_rp == 86_000

    weigh(sellers_page, order, "1,9")
    sellers_page.get_by_text("Timbangan tersimpan. Pembeli diberi tahu.").wait_for()
    order.refresh_from_db()
    assert order.total_rp == 76_000


def test_other_goods_that_she_does_not_want_are_not_hers(
    page: Page, sellers_page: Page, fish: Variant, kerupuk: Variant, rahma: Person
) -> None:
    order = order_of(kerupuk, 2)
    sign_in(sellers_page, rahma)
    open_changes(sellers_page, order, "Kerupuk Kulit")
    sellers_page.get_by_label("Ganti dengan").select_option(label="Ikan Asin Peda, Rp40.000 / bungkus")
    sellers_page.get_by_label("Berapa", exact=True).fill("1")
    sellers_page.get_by_label("Kata untuk pembeli").fill("Kerupuknya gosong")
    sellers_page.get_by_role("button", name="Usulkan ke pembeli").click()
    sellers_page.get_by_text("Tidak ada yang berubah sebelum pembeli setuju.").wait_for()

    page.goto(at_buyer(order))
    page.get_by_text("2 bungkus Kerupuk Kulit → 1 bungkus Ikan Asin Peda").first.wait_for()
    page.get_by_text("Kerupuknya gosong").first.wait_for()
    page.get_by_role("button", name="Tidak setuju").click()
    page.get_by_text("Pesanan tetap seperti semula; penjual diberi tahu.").wait_for()
    order.refresh_from_db()
    assert (order.total_rp, Proposal.objects.get().state) == (30_000, "refused")
    assert (figures(kerupuk), figures(fish)) == ((10, 2, 0), (10, 0, 0))


def test_she_changes_her_order_before_it_is_answered(
    page: Page, sellers_page: Page, kerupuk: Variant, rahma: Person
) -> None:
    order = order_of(kerupuk, 2)
    page.goto(at_buyer(order))
    page.get_by_role("link", name="Ubah pesanan").click()
    page.get_by_label("Kerupuk Kulit").fill("30")
    page.get_by_label("Catatan untuk penjual").fill("Yang pedas")
    page.get_by_role("button", name="Simpan perubahan").click()
    page.get_by_text("“Kerupuk Kulit” hanya bisa ditambah 8 lagi.").wait_for()
    expect(page.get_by_label("Catatan untuk penjual")).to_have_value("Yang pedas")
    page.get_by_label("Kerupuk Kulit").fill("3")
    page.get_by_role("button", name="Simpan perubahan").click()
    page.get_by_text("sudah diubah. Penjual diberi tahu.").wait_for()
    page.get_by_text("Rp45.000").first.wait_for()
    assert figures(kerupuk) == (10, 3, 0)

    sign_in(sellers_page, rahma)
    sellers_page.goto(at_seller(order))
    sellers_page.get_by_text("Yang pedas").first.wait_for()
    sellers_page.get_by_role("button", name="Terima pesanan").click()
    sellers_page.get_by_text("Diproses").first.wait_for()
    page.reload()
    page.get_by_text("Diterima penjual").first.wait_for()
    expect(page.get_by_role("link", name="Ubah pesanan")).to_have_count(0)


def test_two_open_orders_become_one(page: Page, kerupuk: Variant, siti: Person) -> None:
    older, younger = (order_of(kerupuk, pieces, by=siti) for pieces in (1, 2))
    sign_in(page, siti)
    page.goto(at_buyer(younger))
    page.get_by_role("button", name=f"Gabungkan dengan {older.number}").click()
    page.get_by_text("Dua pesanan digabung: satu paket, satu ongkir.").wait_for()
    page.get_by_role("link", name=f"Lihat pesanan {older.number}").click()
    page.wait_for_url(f"**{at_buyer(older)}*")
    page.get_by_text("3 bungkus").first.wait_for()
    older.refresh_from_db()
    younger.refresh_from_db()
    assert (older.total_rp, younger.total_rp, younger.state) == (45_000, 0, "merged")
    assert figures(kerupuk) == (10, 3, 0)
