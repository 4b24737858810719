"""Titip jual: Bu Rahma brings kerupuk to Warung Bu Ani with a note; they count, Bu Ani pays, what is left is
stock again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from etoko.consignment.models import Consignment
from etoko.ordering.tests.conftest import a_shop, a_variant
from tests.journeys.orders import figures
from tests.journeys.test_buying import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.catalog.models import Variant
    from etoko.people.models import Person
    from etoko.places.models import Area

pytestmark = pytest.mark.journey


@pytest.fixture
def kerupuk(rahma: Person, villages: dict[str, Area]) -> Variant:
    shop = a_shop(rahma, "Kerupuk Bu Rahma", villages["Taban"], rahma.phone)
    return a_variant(shop, "Kerupuk Kulit", 15_000, 20)


def bring(page: Page, kerupuk: Variant) -> None:
    page.goto(f"/jualan/{kerupuk.product.shop.public_id}/produk/")
    page.get_by_role("link", name="Titip jual").click()
    page.get_by_role("link", name="Titipkan barang").first.click()
    page.get_by_label("Nama tempat").fill("Warung Bu Ani")
    page.get_by_label("Nomor WhatsApp tempatnya").fill("0812-3333-4444")
    page.get_by_label("Jumlah Kerupuk Kulit").fill("12")
    page.get_by_label("Dihitung bersama pada").fill(f"{timezone.localdate() + timedelta(days=7)}")
    page.get_by_label("persen dari harga").check()
    page.get_by_label("Besarnya").fill("10")
    page.get_by_role("button", name="Titipkan").click()
    page.get_by_text("tercatat.").wait_for()
    page.get_by_role("heading", name="Warung Bu Ani").wait_for()


def note_of(page: Page) -> bytes:
    answer = page.request.get(page.get_by_role("link", name="Cetak nota").get_attribute("href") or "")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.body()


def count(page: Page) -> None:
    page.get_by_label("Terjual").fill("8")
    page.get_by_label("Rusak").first.fill("1")
    page.get_by_role("button", name="Hitung", exact=True).click()
    page.get_by_text("Warung Bu Ani membayar").wait_for()
    page.get_by_text("Rp108.000").first.wait_for()
    page.get_by_role("button", name="Simpan hasilnya").click()
    page.get_by_text("Hasil titipan tersimpan.").wait_for()


def pay(page: Page, amount: str) -> None:
    page.get_by_label("Dibayar", exact=True).first.fill(amount)
    page.get_by_role("button", name="Catat pembayaran").click()


def test_from_the_note_to_the_money(page: Page, kerupuk: Variant, rahma: Person) -> None:
    sign_in(page, rahma)
    bring(page, kerupuk)
    assert figures(kerupuk) == (8, 0, 12)
    told = page.get_by_role("link", name="Kirim nota").get_attribute("href") or ""
    assert re.match(r"https://wa\.me/6281233334444\?text=.*Kerupuk", told)
    brought = note_of(page)

    count(page)
    assert figures(kerupuk) == (11, 0, 0)
    settled = note_of(page)
    assert brought.startswith(b"%PDF-") and settled.startswith(b"%PDF-") and settled != brought

    pay(page, "200.000")
    page.get_by_text("Yang belum dibayar tinggal Rp108.000.").first.wait_for()
    pay(page, "108.000")
    page.get_by_text("Pembayaran tercatat.").wait_for()
    page.get_by_text("Selesai").first.wait_for()
    consignment = Consignment.objects.get()
    assert (consignment.sold_rp, consignment.commission_rp, consignment.paid_rp) == (120_000, 12_000, 108_000)
