"""Bu Rahma gives out a voucher; Bu Siti opens its link, orders for less, receives, reviews; Rahma replies and
everybody reads it. With script and without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from etoko.ordering.models import Order
from etoko.reviews.models import Review
from etoko.vouchers.models import Voucher
from tests.journeys.test_buying import open_shop, sign_in, take_to_hand_over

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.catalog.models import Shop
    from etoko.people.models import Person
    from etoko.places.models import Area

pytestmark = pytest.mark.journey


@pytest.fixture
def shop(rahma: Person, villages: dict[str, Area]) -> Shop:
    from etoko.catalog.categories import load_categories

    load_categories()
    return open_shop(rahma, villages["Taban"], "Kerupuk Rahma", "Kerupuk Udang", 30_000)


def give_out_a_voucher(page: Page, rahma: Person, shop: Shop) -> None:
    sign_in(page, rahma)
    page.goto(f"/jualan/{shop.public_id}/voucher/")
    page.get_by_role("link", name="Buat voucher pertama").click()
    page.get_by_label("Potongan", exact=True).fill("5.000")
    page.get_by_label("Kode", exact=True).fill("kerupuk 5")
    page.get_by_text("Potongan Rp5.000 untuk belanja mulai Rp25.000").wait_for()
    page.get_by_role("button", name="Jalankan sekarang").click()
    page.get_by_role("heading", name="KERUPUK 5").wait_for()
    expect(page.get_by_role("link", name="Bagikan")).to_have_attribute("href", re.compile("."))


def order_with_it(page: Page) -> str:
    """Returns the address of her private page."""
    page.context.clear_cookies()
    page.goto("/voucher/KERUPUK5/")
    page.get_by_role("link", name="Mulai belanja").click()
    page.get_by_text("KERUPUK 5").first.wait_for()
    page.get_by_role("link", name="Kerupuk Udang").first.click()
    page.get_by_role("link", name="Masukkan keranjang").first.click()
    page.get_by_role("button", name="Masukkan keranjang").first.click()
    page.get_by_text("Sudah masuk keranjang").wait_for()
    page.goto("/pesan/")
    expect(page.get_by_label("Punya kode voucher?")).to_have_value("KERUPUK 5")
    page.get_by_text("−Rp5.000").wait_for()
    page.get_by_label("Nama lengkap").fill("Siti Aminah")
    page.get_by_label("Nomor WhatsApp").fill("0812-1000-0003")
    page.get_by_label("Desa").first.fill("daru")
    page.get_by_role("button", name="Pesan sekarang").last.click()
    page.wait_for_url("**/pesanan/*/")
    return page.url


def receive_and_review(page: Page, address: str) -> None:
    page.context.clear_cookies()
    page.goto(address)
    page.get_by_role("button", name="Sudah saya terima").first.click()
    page.get_by_role("link", name="Beri ulasan").click()
    page.get_by_role("link", name="Beri bintang untuk Kerupuk Udang").click()
    page.get_by_role("radio", name="5: Bagus sekali").check()
    page.get_by_label("Ceritakan sedikit").fill("Renyah, anak-anak suka.")
    page.get_by_label("Tampilkan nama depan dan desa saya").check()
    page.get_by_role("button", name="Kirim ulasan").click()
    page.get_by_text("Terima kasih, ulasan Anda sudah tampil.").wait_for()


def reply(page: Page, rahma: Person, shop: Shop) -> None:
    sign_in(page, rahma)
    page.goto(f"/jualan/{shop.public_id}/ulasan/")
    page.get_by_text("Balas", exact=True).click()
    page.get_by_label("Balasan Anda").fill("Terima kasih, Bu Siti.")
    page.get_by_role("button", name="Tampilkan balasan").click()
    page.get_by_text("Balasan Anda sudah tampil.").wait_for()


def tell_the_story(page: Page, rahma: Person, shop: Shop) -> None:
    give_out_a_voucher(page, rahma, shop)
    address = order_with_it(page)
    order = Order.objects.get()
    assert (order.voucher_off_rp, order.total_rp) == (5_000, 25_000)
    assert Voucher.objects.get().used == 1
    take_to_hand_over(page, rahma, shop)
    receive_and_review(page, address)
    reply(page, rahma, shop)
    page.context.clear_cookies()
    product = Review.objects.select_related("product").get().product
    assert product is not None
    page.goto(f"/produk/{product.public_id}/{product.slug}/")
    page.get_by_role("link", name="Lihat 1 ulasan").click()
    for words in ("Renyah, anak-anak suka.", "Siti, Daru", "Terima kasih, Bu Siti."):
        page.get_by_text(words).wait_for()


def test_from_the_voucher_to_the_reply(page: Page, rahma: Person, shop: Shop) -> None:
    tell_the_story(page, rahma, shop)


def test_the_same_without_javascript(page_without_javascript: Page, rahma: Person, shop: Shop) -> None:
    tell_the_story(page_without_javascript, rahma, shop)
