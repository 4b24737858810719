"""Rahma photographs her QRIS; Siti scans one with the amount of her order and shows a proof; Rahma looks."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from etoko.catalog.models import QrisCode
from etoko.foundation.money import show_rupiah
from etoko.foundation.qris import read_qris
from etoko.foundation.tests.photographed import photographed
from etoko.foundation.tests.test_qris import code
from etoko.ordering.models import Order
from etoko.payments.models import Payment, PaymentProof
from etoko.payments.tests.receipts import receipt
from tests.journeys.test_buying import put_into_cart, sign_in, two_shops

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.catalog.models import Shop
    from etoko.people.models import Person

__all__ = ["two_shops"]

pytestmark = pytest.mark.journey


def take_the_qris(page: Page, shop: Shop, photo: Path) -> None:
    page.goto(f"/jualan/{shop.public_id}/toko/pembayaran/")
    page.get_by_role("link", name="Pasang QRIS").click()
    page.locator("input[name=camera]").set_input_files(photo)
    page.get_by_role("button", name="Baca QRIS").click()
    page.get_by_role("heading", name="Benar ini QRIS Anda?").wait_for()
    expect(page.get_by_text("KERUPUK RAHMA", exact=True)).to_be_visible()
    page.get_by_role("button", name="Ya, ini QRIS saya").click()
    page.get_by_text("QRIS dipakai").wait_for()


def order_by_qris(page: Page, shop: Shop) -> Order:
    put_into_cart(page, "Kerupuk Udang")
    page.get_by_role("link", name="Lanjut pesan").click()
    page.get_by_label("Nama lengkap").fill("Siti Aminah")
    page.get_by_label("Nomor WhatsApp").fill("0812-1000-0003")
    page.get_by_text("QRIS", exact=True).first.click()
    page.get_by_role("button", name="Pesan sekarang").last.click()
    page.wait_for_url("**/pesanan/*/")
    return Order.objects.get(shop=shop)


def test_a_photographed_qris_is_paid_and_confirmed(
    page: Page, two_shops: tuple[Shop, Shop], rahma: Person, tmp_path: Path
) -> None:
    shop, _other = two_shops
    photo, screenshot = tmp_path / "qris.jpg", tmp_path / "bukti.png"
    photo.write_bytes(photographed(code(t59="KERUPUK RAHMA"), turned=8, leaning=0.1, light=0.5).getvalue())
    sign_in(page, rahma)
    take_the_qris(page, shop, photo)
    assert QrisCode.objects.get(shop=shop).merchant_name == "KERUPUK RAHMA"

    page.context.clear_cookies()
    order = order_by_qris(page, shop)
    assert order.payment == "qris" and order.total_rp == 12_000 - order.unique_off_rp
    private_page = page.url
    sign_in(page, rahma)
    page.goto(f"/jualan/{shop.public_id}/pesanan/{order.number}/")
    page.get_by_role("button", name="Terima pesanan").first.click()
    page.get_by_text("Kabari pembeli lewat WhatsApp.").wait_for()

    page.context.clear_cookies()
    page.goto(private_page)
    page.get_by_role("link", name="Bayar sekarang").click()
    page.get_by_role("heading", name="Bayar", exact=True).wait_for()
    # What another phone sees that is held before this screen.
    page.set_viewport_size({"width": 360, "height": 1400})
    (scanned,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    qris = read_qris(scanned.text)
    assert (qris.kind, qris.name) == ("dynamic", "KERUPUK RAHMA") and qris.amount == order.total_rp
    with page.expect_download() as kept:
        page.get_by_role("link", name="Simpan gambar").click()
    (from_gallery,) = zxingcpp.read_barcodes(Image.open(kept.value.path()))
    assert from_gallery.text == scanned.text

    receipt(show_rupiah(order.total_rp)).save(screenshot)
    page.locator("input[name=picture]").set_input_files(screenshot)
    page.locator("input[name=told_rp]").fill(str(order.total_rp))
    page.get_by_role("button", name="Kirim bukti").click()
    page.get_by_text("Bukti terkirim").wait_for()
    order.refresh_from_db()
    assert (order.payment_state, order.paid_rp) == (Order.REPORTED, 0)

    sign_in(page, rahma)
    page.goto(f"/jualan/{shop.public_id}/")
    page.get_by_role("link", name="Periksa bukti bayar").click()
    page.get_by_text(re.compile("Jumlahnya cocok")).wait_for()
    proof = page.locator(".proof img")
    proof.scroll_into_view_if_needed()
    expect(proof).to_have_js_property("naturalWidth", 720)
    page.get_by_role("button", name="Uangnya sudah masuk").click()
    page.get_by_text("Uangnya dicatat").wait_for()
    order.refresh_from_db()
    assert (order.payment_state, order.paid_rp) == (Order.PAID, order.total_rp)
    assert Payment.objects.get().source_ref == str(PaymentProof.objects.get().pk)
    page.goto(private_page)
    expect(page.get_by_text("Lunas").first).to_be_visible()
