import re
from typing import Any

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.catalog.models import PaymentOption, Product, ProductPhoto, Shop
from etoko.catalog.operations import selling
from etoko.catalog.tests.pictures import picture, sent
from etoko.catalog.tests.stall import as_seller
from etoko.people.models import Person
from etoko.registry.models import Business, PublicConsent
from tests.cast import NOW

FORM = {
    "name": "Kerupuk udang",
    "unit": "bungkus",
    "supply": "stock",
    "category": "auto",
    "v0-price": "12.500",
    "v0-on_hand": "20",
}


@pytest.fixture
def seller(client: Client, rahma: Person) -> Client:
    client.force_login(rahma)
    return client


def test_a_shop_is_opened_in_three_screens(seller: Client, business: Business) -> None:
    start = f"/toko/buka/{business.public_id}/"
    assert seller.get(start)["Location"] == f"{start}nama/"
    first = seller.get(f"{start}nama/").content.decode()
    assert 'value="Kerupuk Rahma"' in first
    assert "Kerupuk digoreng setiap pagi." in first
    answer = seller.post(f"{start}nama/", {"name": "Kerupuk Bu Rahma", "story": "Renyah."})
    assert answer["Location"] == f"{start}kontak/"
    assert 'value="0812-1000-0001"' in seller.get(f"{start}kontak/").content.decode()
    answer = seller.post(
        f"{start}kontak/", {"whatsapp": "wa.me/6281210000001", "hours": "daily", "agree": "on"}
    )
    assert answer["Location"] == f"{start}produk/"
    answer = seller.post(f"{start}produk/", {**FORM, "camera": sent(picture())})
    assert answer["Location"] == f"{start}selesai/"
    done = seller.get(f"{start}selesai/").content.decode()
    assert "Kerupuk Bu Rahma sudah buka" in done
    assert "https://wa.me/?text=" in done
    shop = Shop.objects.get()
    assert (shop.status, shop.whatsapp, shop.hours["6"]) == ("open", "+6281210000001", ["08.00", "17.00"])
    product = Product.objects.get()
    assert (product.status, product.category.slug, product.price_from_rp) == ("published", "kerupuk", 12_500)
    assert product.photo["width"] == 1080
    assert seller.get(start)["Location"] == f"{start}selesai/"


def test_nothing_is_shown_to_everybody_before_she_agrees(seller: Client, business: Business) -> None:
    start = f"/toko/buka/{business.public_id}/"
    seller.post(f"{start}nama/", {"name": "Kerupuk Rahma", "story": ""})
    refused = seller.post(f"{start}kontak/", {"whatsapp": "081210000001", "hours": "long"})
    assert refused.status_code == 422
    assert "Toko hanya bisa dibuka kalau ini disetujui" in refused.content.decode()
    assert (Shop.objects.get().whatsapp, PublicConsent.objects.count()) == ("", 0)
    seller.post(f"{start}kontak/", {"whatsapp": "081210000001", "hours": "long", "agree": "on"})
    assert set(PublicConsent.objects.values_list("what", "how")) == {("listing", "self"), ("phone", "self")}


def test_going_back_loses_nothing(seller: Client, business: Business) -> None:
    start = f"/toko/buka/{business.public_id}/"
    seller.post(f"{start}nama/", {"name": "Nama pertama", "story": "Cerita."})
    assert seller.get(start)["Location"] == f"{start}kontak/"
    assert 'value="Nama pertama"' in seller.get(f"{start}nama/").content.decode()
    seller.post(f"{start}nama/", {"name": "Nama kedua", "story": "Cerita."})
    assert Shop.objects.get().name == "Nama kedua"


def test_a_shop_that_lacks_whatsapp_says_so_at_the_end(seller: Client, business: Business) -> None:
    start = f"/toko/buka/{business.public_id}/"
    seller.post(f"{start}nama/", {"name": "Kerupuk Rahma", "story": ""})
    seller.post(f"{start}produk/", FORM)
    done = seller.get(f"{start}selesai/").content.decode()
    assert "nomor WhatsApp" in done
    assert Shop.objects.get().status == "draft"
    seller.post(f"{start}kontak/", {"whatsapp": "081210000001", "hours": "daily", "agree": "on"})
    assert seller.post(f"{start}buka-sekarang/")["Location"] == f"{start}selesai/"
    assert Shop.objects.get().status == "open"


def test_a_kader_opens_it_and_the_trace_says_for_whom(
    client: Client, yanti: Person, business: Business
) -> None:
    client.force_login(yanti)
    start = f"/toko/buka/{business.public_id}/"
    assert "Anda membantu Kerupuk Rahma" in client.get(f"{start}nama/").content.decode()
    client.post(f"{start}nama/", {"name": "Kerupuk Rahma", "story": ""})
    entry = AuditEntry.objects.get(deed="start_shop")
    assert (entry.by_name, entry.for_name) == ("Yanti", "Kerupuk Rahma")


@pytest.mark.parametrize(
    ("whatsapp", "stored"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("https://wa.me/6281234567890?text=hai", "+6281234567890"),
    ],
)
def test_whatsapp_is_read_in_every_spelling(
    seller: Client, draft_shop: Shop, business: Business, whatsapp: str, stored: str
) -> None:
    seller.post(
        f"/toko/buka/{business.public_id}/kontak/", {"whatsapp": whatsapp, "hours": "daily", "agree": "on"}
    )
    assert Shop.objects.get().whatsapp == stored


@pytest.mark.parametrize("price", ["-1", "1e99", "Rp1.000,50", "", "gratis", "0", "99999999999"])
def test_a_price_that_is_none_is_refused_and_everything_stays(
    seller: Client, draft_shop: Shop, price: str
) -> None:
    address = f"/jualan/{draft_shop.public_id}/produk/baru/"
    answer = seller.post(
        address, {**FORM, "description": "<b>enak</b>", "v0-price": price, "camera": sent(picture())}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Product.objects.exists()
    assert not ProductPhoto.objects.exists()
    assert "Kerupuk udang" in page
    assert "&lt;b&gt;enak&lt;/b&gt;" in page
    assert f'value="{price}"' in page
    assert '<a href="#id_v0-price">Harga</a>' in page
    token = re.search(r'name="kept" value="([^"]+)" checked', page)
    assert token
    assert seller.post(address, {**FORM, "kept": token[1]}).status_code == 302
    assert ProductPhoto.objects.get().width == 1080


def test_rows_left_empty_are_not_complained_about(seller: Client, draft_shop: Shop) -> None:
    rows = {f"v{row}-{field}": "" for row in (1, 2) for field in ("name", "price", "amount")}
    page = seller.post(
        f"/jualan/{draft_shop.public_id}/produk/baru/", {**FORM, **rows, "v0-price": "", "name": ""}
    )
    shown = page.content.decode()
    assert shown.count("Belum tersimpan") == 1
    assert re.findall(r'id="(\w+-?\w+)-salah"', shown) == ["id_name", "id_v0-price"]
    assert not Product.objects.exists()


def test_a_photo_that_is_none_is_refused_and_everything_else_stays(seller: Client, draft_shop: Shop) -> None:
    answer = seller.post(
        f"/jualan/{draft_shop.public_id}/produk/baru/",
        {**FORM, "camera": sent(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")},
    )
    page = answer.content.decode()
    assert (answer.status_code, Product.objects.count()) == (422, 0)
    assert "bukan foto, melainkan gambar atau halaman web" in page
    assert 'value="12.500"' in page


def test_somebody_elses_kept_photo_is_not_taken(seller: Client, draft_shop: Shop, product: Product) -> None:
    answer = seller.post(f"/jualan/{draft_shop.public_id}/produk/baru/", {**FORM, "kept": "ngawur:abc"})
    assert answer.status_code == 302
    assert not ProductPhoto.objects.exists()


@pytest.mark.parametrize("name", ["x" * 300, "🌶️ Sambal <script>alert(1)</script>"])
def test_long_and_hostile_names(seller: Client, draft_shop: Shop, name: str) -> None:
    answer = seller.post(
        f"/jualan/{draft_shop.public_id}/produk/baru/", {**FORM, "name": name, "category": "sambal-bumbu"}
    )
    if len(name) > 200:
        assert answer.status_code == 422
        assert "paling banyak 200 huruf" in answer.content.decode()
        assert not Product.objects.exists()
        return
    assert answer.status_code == 302
    page = seller.get(f"/jualan/{draft_shop.public_id}/produk/").content.decode()
    assert "<script>alert" not in page
    assert "🌶️ Sambal &lt;script&gt;" in page


def test_the_same_form_ten_times_makes_one_product(seller: Client, draft_shop: Shop) -> None:
    address = f"/jualan/{draft_shop.public_id}/produk/baru/"
    answers = {seller.post(address, {**FORM, "once": "kunci-1"})["Location"] for _ in range(10)}
    assert answers == {f"/jualan/{draft_shop.public_id}/produk/"}
    assert Product.objects.count() == 1


def test_sizes_and_tastes(seller: Client, draft_shop: Shop) -> None:
    sizes = {
        "v0-name": "250 g", "v0-amount": "250", "v0-measure": "g",
        "v1-name": "1 kg", "v1-price": "45.000", "v1-amount": "1", "v1-measure": "kg", "v1-on_hand": "3",
        "v2-name": "", "v2-price": "", "v2-amount": "",
    }  # fmt: skip
    assert seller.post(f"/jualan/{draft_shop.public_id}/produk/baru/", {**FORM, **sizes}).status_code == 302
    variants = list(Product.objects.get().variants.values_list("name", "price_rp", "on_hand"))
    assert variants == [("250 g", 12_500, 20), ("1 kg", 45_000, 3)]
    page = seller.get(f"/jualan/{draft_shop.public_id}/produk/{Product.objects.get().public_id}/")
    assert 'value="45.000"' in page.content.decode()


def test_two_editors_and_both_values_are_shown(
    seller: Client, draft_shop: Shop, product: Product, yanti: Person
) -> None:
    address = f"/jualan/{draft_shop.public_id}/produk/{product.public_id}/"
    variant = product.variants.get()
    mine = {
        **FORM, "name": "Nama dari Rahma", "category": "kerupuk", "version": product.version,
        "v0-id": variant.pk, "v0-seen_on_hand": 10, "v0-on_hand": 10, "v0-price": "15.000",
    }  # fmt: skip
    selling.adjust_product(
        selling=as_seller(draft_shop, yanti, is_assisting=True),
        product=product,
        version=product.version,
        adjustments=[selling.Adjustment(variant.pk, 13_000, 10, 10)],
        at=NOW,
    )
    answer = seller.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Diubah oleh Yanti" in page
    assert 'value="Nama dari Rahma"' in page
    assert "<b>Tersimpan sekarang:</b> Kerupuk bawang" in page
    assert "<b>Tersimpan sekarang:</b> 13.000" in page
    assert Product.objects.get().name == "Kerupuk bawang"
    fresh = re.search(r'name="version" value="(\d+)"', page)
    assert fresh
    assert seller.post(address, {**mine, "version": fresh[1]}).status_code == 302
    product.refresh_from_db()
    assert (product.name, product.price_from_rp) == ("Nama dari Rahma", 15_000)


def test_price_and_stock_from_the_list(seller: Client, open_shop: Shop, product: Product) -> None:
    variant = product.variants.get()
    address = f"/jualan/{open_shop.public_id}/produk/{product.public_id}/harga-stok/"
    change = {
        "version": Product.objects.get().version,
        f"price-{variant.pk}": "14.000",
        f"stock-{variant.pk}": "7",
        f"seen-{variant.pk}": "10",
    }
    refused = seller.post(address, change | {f"price-{variant.pk}": "1e99"})
    assert refused.status_code == 422
    assert 'value="1e99"' in refused.content.decode()
    assert "Tersimpan sekarang: Rp12.000" in refused.content.decode()
    assert seller.post(address, change).status_code == 302
    variant.refresh_from_db()
    assert (variant.price_rp, variant.on_hand) == (14_000, 7)
    assert seller.post(address, change).status_code == 409


def test_buttons_of_the_list_move_the_product(seller: Client, open_shop: Shop, product: Product) -> None:
    address = f"/jualan/{open_shop.public_id}/produk/{product.public_id}/keadaan/"
    assert seller.post(address, {"move": "hide"}).status_code == 302
    page = seller.get(f"/jualan/{open_shop.public_id}/produk/").content.decode()
    assert "Toko tidak terlihat pembeli karena masih kurang: satu produk dijual" in page
    refused = seller.post(address, {"move": "restore"})
    assert refused.status_code == 409
    assert "keadaannya sekarang “Disembunyikan”" in refused.content.decode()
    assert seller.post(address, {"move": "explode"}).status_code == 404
    assert Product.objects.get().status == "hidden"


def test_the_list_costs_the_same_however_long(
    seller: Client, open_shop: Shop, rahma: Person, max_queries: Any
) -> None:
    from etoko.catalog.tests.stall import put_on_sale

    for number in range(35):
        put_on_sale(open_shop, rahma, name=f"Kerupuk {number}")
    with max_queries(16):
        page = seller.get(f"/jualan/{open_shop.public_id}/produk/").content.decode()
    assert page.count("<article") == 30
    assert "Halaman 1 dari 2" in page


def test_settings_are_short_forms(seller: Client, open_shop: Shop) -> None:
    here = f"/jualan/{open_shop.public_id}/toko/"
    assert "Tunai saat terima" in seller.get(here).content.decode()
    for section in ("nama", "kontak", "pembayaran", "pengantaran", "libur"):
        assert seller.get(f"{here}{section}/").status_code == 200
    assert seller.get(f"{here}entah/").status_code == 404
    assert seller.post(f"{here}nama/", {"name": "Baru", "story": "Cerita"}).status_code == 302
    assert seller.post(f"{here}buka-tutup/", {"move": "close"}).status_code == 302
    shop = Shop.objects.get()
    assert (shop.name, shop.status, shop.slug) == ("Baru", "closed", "kerupuk-rahma")


def test_transfer(seller: Client, open_shop: Shop) -> None:
    here = f"/jualan/{open_shop.public_id}/toko/pembayaran/"
    refused = seller.post(here, {"kinds": ["cash", "transfer"], "bank": "BRI"})
    assert refused.status_code == 422
    assert "nomor rekening" in refused.content.decode()
    assert list(PaymentOption.objects.values_list("kind", flat=True)) == ["cash"]
    account = {"bank": "BRI", "account_number": "1234-5678-90", "account_name": "Rahma"}
    accepted = seller.post(here, {"kinds": ["transfer"], **account})
    assert accepted.status_code == 302
    assert PaymentOption.objects.get().account_number == "1234567890"


def test_fees_by_village_and_the_same_for_all(seller: Client, open_shop: Shop) -> None:
    here = f"/jualan/{open_shop.public_id}/toko/pengantaran/"
    page = seller.get(here).content.decode()
    assert page.count('name="fee-36.03.04.') == 10
    seller.post(here, {"kinds": ["seller"], "fees": "same", "same_fee": "5.000"})
    assert sorted(set(open_shop.delivery_fees.values_list("fee_rp", flat=True))) == [5_000]
    assert open_shop.delivery_fees.count() == 10
    seller.post(
        here,
        {
            "kinds": ["pickup", "seller"],
            "fees": "by_village",
            "fee-36.03.04.2004": "0",
            "fee-36.03.04.2005": "3.000",
        },
    )
    assert dict(open_shop.delivery_fees.values_list("area_id", "fee_rp")) == {
        "36.03.04.2004": 0,
        "36.03.04.2005": 3_000,
    }
    refused = seller.post(here, {"kinds": ["seller"], "fees": "by_village", "fee-36.03.04.2004": "-5"})
    assert refused.status_code == 422
    assert open_shop.delivery_fees.count() == 2


def test_own_hours_are_refused_with_the_day_and_kept(seller: Client, open_shop: Shop) -> None:
    here = f"/jualan/{open_shop.public_id}/toko/kontak/"
    form = {"whatsapp": "081210000001", "hours": "own", "open-0": "on", "from-0": "16:00", "until-0": "25"}
    refused = seller.post(here, form)
    assert refused.status_code == 422
    assert "Senin: Tulis jam seperti 08.00" in refused.content.decode()
    assert 'name="from-0" value="16:00"' in refused.content.decode()
    seller.post(here, form | {"until-0": "01:00"})
    assert Shop.objects.get().hours == {"0": ["16.00", "01.00"]}


def test_holidays_come_and_go(seller: Client, open_shop: Shop, clock: Any) -> None:
    here = f"/jualan/{open_shop.public_id}/toko/"
    refused = seller.post(f"{here}libur/", {"from_on": "2026-11-26", "until_on": "2026-11-25"})
    assert refused.status_code == 422
    assert Shop.objects.get().holiday_from_on is None
    seller.post(f"{here}libur/", {"from_on": "2026-11-24", "until_on": "2026-11-26", "note": "Hajatan"})
    assert "sedang libur sampai 26 November 2026" in seller.get(here).content.decode()
    clock.forward(days=3)
    assert "sedang libur" not in seller.get(here).content.decode()
    seller.post(f"{here}libur/hapus/")
    assert Shop.objects.get().holiday_until_on is None
    assert AuditEntry.objects.get(deed="end_holiday").changes["holiday_until_on"] == ["2026-11-26", None]


def test_an_officer_suspends_and_reinstates(client: Client, dedi: Person, open_shop: Shop) -> None:
    client.force_login(dedi)
    here = f"/petugas/toko/{open_shop.public_id}/"
    assert client.post(here, {"move": "suspend", "reason": ""}).status_code == 422
    assert Shop.objects.get().status == "open"
    assert client.post(here, {"move": "suspend", "reason": "Aduan"}).status_code == 302
    assert Shop.objects.get().status == "suspended"
    assert client.post(here, {"move": "reinstate"}).status_code == 302
    assert Shop.objects.get().status == "closed"


def test_categories_are_proposed_while_typing(client: Client, db: None) -> None:
    answer = client.get("/jualan/saran-kategori/?nama=krupukk+udang")
    assert answer.json()[0] == {"slug": "kerupuk", "path": "Makanan › Kerupuk & rempeyek"}
