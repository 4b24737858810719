"""The goods came broken: Bu Siti writes from her link with a photo, Bu Rahma answers. It is settled; or it is
not, and Pak Dedi reads it; or the goods go back and are stock again."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from etoko.ordering.models import Complaint, ComplaintPhoto, GoodsReturn, Order
from etoko.ordering.tests.conftest import a_shop, a_variant
from tests.journeys.orders import at_buyer, at_seller, figures, handed_over, order_of
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
    return a_variant(shop, "Kerupuk Kulit", 15_000, 10)


@pytest.fixture
def order(kerupuk: Variant, rahma: Person) -> Order:
    """Two bags, handed over."""
    return handed_over(order_of(kerupuk, 2), rahma)


def a_photo() -> FilePayload:
    out = BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(out, "JPEG")
    return FilePayload(name="remuk.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def complain(page: Page, order: Order) -> None:
    page.goto(at_buyer(order))
    page.get_by_text("Ada masalah dengan pesanan ini?").click()
    page.get_by_role("link", name="Tulis keluhan").click()
    page.get_by_label("Barang rusak atau basi").check()
    page.get_by_label("Ceritanya").fill("Satu bungkus remuk semua.")
    page.set_input_files("input[name=photos]", files=[a_photo()])
    page.get_by_role("button", name="Kirim keluhan").click()
    page.get_by_text("Terkirim. Penjual diberi tahu.").wait_for()


def sees_the_picture(page: Page) -> None:
    picture = page.get_by_role("img", name="Foto 1 dari Siti Aminah")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 1280)


def answer(page: Page, rahma: Person, order: Order, words: str) -> None:
    sign_in(page, rahma)
    page.goto(at_seller(order))
    page.get_by_role("link", name="Keluhan: Menunggu penjual").click()
    page.get_by_text("Satu bungkus remuk semua.").wait_for()
    sees_the_picture(page)
    page.get_by_label("Jawaban Anda").fill(words)
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_text("Jawaban terkirim.").wait_for()


def test_an_answer_that_helps_settles_it(page: Page, sellers_page: Page, order: Order, rahma: Person) -> None:
    complain(page, order)
    answer(sellers_page, rahma, order, "Maaf, Bu. Besok saya antar yang baru.")
    page.goto(at_buyer(order))
    page.get_by_role("link", name="Keluhan: Dijawab penjual").click()
    page.get_by_text("Besok saya antar yang baru.").wait_for()
    page.get_by_role("button", name="Sudah beres").click()
    page.get_by_text("Terima kasih. Penjual diberi tahu bahwa sudah beres.").wait_for()
    page.get_by_text("Selesai dibicarakan").wait_for()
    expect(page.get_by_label("Ceritanya")).to_be_hidden()
    complaint = Complaint.objects.get()
    assert (complaint.kind, complaint.state, complaint.posts.count()) == ("broken", "settled", 2)
    sellers_page.goto(at_seller(order))
    sellers_page.get_by_role("link", name="Keluhan: Selesai dibicarakan").wait_for()


def test_what_is_not_settled_the_officer_reads(
    page: Page, sellers_page: Page, order: Order, rahma: Person, dedi: Person
) -> None:
    complain(page, order)
    answer(sellers_page, rahma, order, "Waktu saya serahkan masih utuh.")
    page.reload()
    page.get_by_role("button", name="Teruskan ke petugas").click()
    page.get_by_text("Petugas kecamatan membaca percakapan ini").wait_for()
    assert Complaint.objects.get().state == "escalated" and ComplaintPhoto.objects.count() == 1

    sign_in(sellers_page, dedi)
    sellers_page.goto("/kabar/")
    sellers_page.get_by_role("link", name=f"Keluhan pesanan {order.number} belum selesai").click()
    sellers_page.get_by_role("link", name="Buka halamannya").click()
    for words in ("Satu bungkus remuk semua.", "Waktu saya serahkan masih utuh.", "0812-1000-0003"):
        sellers_page.get_by_text(words).first.wait_for()
    sees_the_picture(sellers_page)
    expect(sellers_page.get_by_role("link", name="Hubungi penjual")).to_have_attribute(
        "href", re.compile(r"^https://wa\.me/6281210000001\?text=Halo%20Kerupuk%20Bu%20Rahma")
    )


def test_goods_that_go_back_are_stock_again(
    page: Page, sellers_page: Page, order: Order, kerupuk: Variant, rahma: Person
) -> None:
    page.goto(at_buyer(order))
    page.get_by_text("Ada masalah dengan pesanan ini?").click()
    page.get_by_role("link", name="Kembalikan barang").click()
    page.get_by_label("Kerupuk Kulit").fill("1")
    page.get_by_label("Kenapa?").fill("Salah rasa")
    page.get_by_role("button", name="Minta pengembalian").click()
    page.get_by_text("Permintaan terkirim.").wait_for()
    assert figures(kerupuk) == (8, 0, 0)

    sign_in(sellers_page, rahma)
    sellers_page.goto(at_seller(order))
    sellers_page.get_by_role("link", name="Barang kembali: Diminta pembeli").click()
    sellers_page.get_by_role("button", name="Terima pengembalian").click()
    sellers_page.get_by_role("link", name="Barang kembali: Disetujui penjual").click()
    sellers_page.get_by_label("Ya, stoknya bertambah lagi").check()
    sellers_page.get_by_role("button", name="Barang sudah kembali").click()
    sellers_page.wait_for_url(f"**{at_seller(order)}")

    order.refresh_from_db()
    assert (GoodsReturn.objects.get().state, order.total_rp, figures(kerupuk)) == ("back", 15_000, (9, 0, 0))
    page.reload()
    page.get_by_text("Barang sudah kembali").first.wait_for()
    page.get_by_text("Rp15.000").first.wait_for()
