"""What buyers see: with little, with much, and when something is not for sale."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import brotli
import pytest
from django.test import Client

from conftest import Clock
from etoko.catalog.models import Category, DeliveryOption, PaymentOption, Product, Shop, Variant
from etoko.catalog.search.operations import index_products, index_shops, reindex_everything
from etoko.catalog.states import (
    ARCHIVED,
    DRAFT,
    HIDDEN,
    PUBLISHED,
    SHOP_CLOSED,
    SHOP_DRAFT,
    SHOP_INCOMPLETE,
    SHOP_SUSPENDED,
)
from etoko.registry.models import LISTED, Business
from tests.cast import NOW
from tests.market import Market
from tests.turns import taken_back

pytestmark = pytest.mark.django_db

MaxQueries = Callable[[int], AbstractContextManager[Any]]


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response
    return response.content.decode()


def address_of(name: str) -> str:
    product = Product.objects.get(name=name)
    return f"/produk/{product.public_id}/{product.slug}/"


def json_ld(html: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture
def much(market: Market) -> Market:
    """500 products in one shop, with long names and texts."""
    long_name = (
        "Kerupuk Udang Rebon Istimewa Buatan Ibu-Ibu Desa Taban dengan Bumbu Bawang Putih dan Cabai Rawit"
    )
    products = Product.objects.bulk_create(
        Product(
            shop=market.rahma,
            slug=f"kerupuk-{number}",
            name=f"{long_name} nomor {number}",
            description="Renyah dan gurih. " * 40,
            category=market.kinds["kering"],
            area_code=market.rahma.area_id,
            unit="bungkus besar",
            status=PUBLISHED,
            price_from_rp=10_000 + number,
            price_to_rp=20_000 + number,
        )
        for number in range(500)
    )
    Variant.objects.bulk_create(
        Variant(
            product=product, name=f"Ukuran {size}", price_rp=product.price_from_rp, on_hand=3, position=size
        )
        for product in products
        for size in range(6)
    )
    for kind, _label in PaymentOption.KINDS:
        PaymentOption.objects.create(shop=market.rahma, kind=kind)
    for kind, _label in DeliveryOption.KINDS:
        DeliveryOption.objects.create(shop=market.rahma, kind=kind)
    Category.objects.bulk_create(
        Category(slug=f"k-{number}", name=f"Kategori panjang nomor {number}", parent=market.food)
        for number in range(55)
    )
    reindex_everything()
    return market


ADDRESSES = [
    "/",
    "/cari/",
    "/cari/?q=kerupuk",
    "/cari/?q=krupukk+udanng",
    "/cari/?q=kerupuk&desa=36.03.04.2004&harga_min=10000&harga_max=15000&buka=1&urut=murah&kategori=t-kering",
    "/cari/?jenis=toko&q=rahma",
    "/cari/?jenis=usaha",
    "/cari/saran/?q=keru",
    "/kategori/pangan/",
    "/kategori/t-kering/?urut=mahal&desa=36.03.04.2004",
    "/toko/dapur-rahma/",
    "/toko/dapur-rahma/?hal=7",
    "/bantuan/",
    "/tentang/",
    "/sitemap.xml",
    "/sitemap-1.xml",
]


def test_costs_at_most_eight_queries_and_little_html_with_much_to_show(
    client: Client, much: Market, max_queries: MaxQueries, clock: Clock
) -> None:
    product = address_of(Product.objects.get(name__endswith="nomor 77").name)
    for address in [*ADDRESSES, product]:
        with taken_back(address):
            with max_queries(8):
                response = client.get(address)
            assert response.status_code == 200
            if "sitemap" not in address:
                assert len(response.content) <= 60_000
                assert len(brotli.compress(response.content, quality=5)) <= 12_000
            assert response.headers["X-Page-Cache"]
            assert "Cookie" not in response.headers.get("Vary", "")
            assert not response.cookies


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/cari/",
        "/cari/?q=apa",
        "/cari/?jenis=toko",
        "/cari/saran/?q=ab",
        "/bantuan/",
        "/tentang/",
        "/sitemap.xml",
        "/sitemap-1.xml",
    ],
)
def test_works_with_no_data_at_all(client: Client, db: None, address: str) -> None:
    page(client, address)


@pytest.mark.parametrize(
    "address", ["/kategori/tidak-ada/", "/toko/tidak-ada/", "/produk/tidakada/x/", "/sitemap-9.xml"]
)
def test_what_does_not_exist_is_not_found(client: Client, market: Market, address: str) -> None:
    page(client, address, 404)


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00&desa=%00&kategori=<script>&harga_min=-1&harga_max=1e99&urut=x&jenis=x&setelah=1-2",
        "?setelah=0-0-0&hal=-1",
        "?hal=99999999999999999",
        "?q=" + "a" * 3000,
        "?harga_min=9000&harga_max=1000",
    ],
)
def test_an_address_that_makes_no_sense_is_read_as_far_as_it_does(
    client: Client, market: Market, query: str
) -> None:
    for address in ("/cari/", "/kategori/pangan/", "/toko/dapur-rahma/", "/cari/saran/"):
        assert "<script>kategori" not in page(client, address + query)


# ---------------------------------------------------------------------------------------- search


def test_search_asks_whether_the_word_was_meant(client: Client, market: Market) -> None:
    html = page(client, "/cari/?q=krupukk")
    assert "Maksud Anda" in html
    assert "Kerupuk Udang" in html


def test_an_empty_search_helps(client: Client, market: Market) -> None:
    html = page(client, "/cari/?q=xylofon")
    assert "Belum ada yang cocok" in html
    assert "/kategori/pangan/" in html
    html = page(client, f"/cari/?q=kerupuk&desa={market.villages['Daru'].code}")
    assert "Lepas semua saringan" in html


def test_pages_of_search_go_on_without_script(client: Client, much: Market) -> None:
    seen: list[str] = []
    address = "/cari/?q=kerupuk&urut=murah"
    for _page in range(30):
        html = page(client, address)
        seen += re.findall(r'class="cover-link clamp" href="(/produk/[^"]+)"', html)
        more = re.search(r'href="(\?[^"]+setelah=[^"]+)"', html)
        if not more:
            break
        address = "/cari/" + more[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 503


def test_suggests_words_categories_shops_and_goods(client: Client, market: Market) -> None:
    lines = json.loads(page(client, "/cari/saran/?q=keru"))
    assert {"text": "kerupuk", "href": "/cari/?q=kerupuk", "note": ""} in lines
    assert any(line["href"].startswith("/produk/") for line in lines)
    shops = json.loads(page(client, "/cari/saran/?q=dapur"))
    assert any(line["href"] == "/toko/dapur-rahma/" for line in shops)
    assert json.loads(page(client, "/cari/saran/?q=k")) == []


# -------------------------------------------------------------------------------------- a product


def test_a_product_can_be_put_into_the_cart_without_script(
    client: Client, market: Market, clock: Clock
) -> None:
    html = page(client, address_of("Kerupuk Udang"))
    variant = Variant.objects.get(product__name="Kerupuk Udang")
    assert f'href="/keranjang/tambah/{variant.pk}/"' in html
    assert "csrfmiddlewaretoken" not in html
    assert "https://wa.me/6281210000001?text=" in html
    assert "Buka sekarang, sampai pukul 17.00" in html
    data = json_ld(html)["@graph"][0]
    assert data["offers"]["price"] == 12_000
    assert data["offers"]["availability"] == "https://schema.org/InStock"


def test_a_name_cannot_break_out_of_the_page(client: Client, market: Market) -> None:
    evil = "</script><script>alert(1)</script>\"'&"
    Product.objects.filter(name="Kerupuk Udang").update(name=evil, description=evil)
    html = page(client, address_of(evil))
    assert "<script>alert" not in html
    assert json_ld(html)["@graph"][0]["name"] == evil


def test_what_is_sold_out_says_so_and_offers_no_cart(client: Client, market: Market) -> None:
    Variant.objects.filter(product__name="Kerupuk Udang").update(on_hand=2, held=2)
    html = page(client, address_of("Kerupuk Udang"))
    assert "Habis" in html
    assert "/keranjang/tambah/" not in html
    assert "OutOfStock" in html
    assert "Habis" in page(client, "/cari/?q=kerupuk+udang")


def test_what_is_made_to_order_is_never_sold_out(client: Client, market: Market) -> None:
    Product.objects.filter(name="Kopiah Hitam").update(supply=Product.MADE_TO_ORDER, lead_days=3)
    Variant.objects.filter(product__name="Kopiah Hitam").update(on_hand=0)
    html = page(client, address_of("Kopiah Hitam"))
    assert "Dibuat sesuai pesanan, 3 hari" in html
    assert "/keranjang/tambah/" in html


@pytest.mark.parametrize(("status", "code"), [(HIDDEN, 410), (ARCHIVED, 410), (DRAFT, 404)])
def test_what_is_not_sold_any_more_leads_on(client: Client, market: Market, status: str, code: int) -> None:
    Product.objects.filter(name="Kerupuk Udang").update(status=status)
    html = page(client, address_of("Kerupuk Udang"), code)
    assert ("/toko/dapur-rahma/" in html) == (code == 410)
    assert "/keranjang/tambah/" not in html


def test_an_old_name_in_the_address_leads_to_the_new_one(client: Client, market: Market) -> None:
    address = address_of("Kerupuk Udang")
    Product.objects.filter(name="Kerupuk Udang").update(slug="kerupuk-rebon")
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, address_of("Kerupuk Udang"))
    assert client.get(address.rsplit("/", 2)[0] + "/").status_code == 301


# ----------------------------------------------------------------------------------------- a shop


def test_a_shop_tells_its_hours_and_shows_its_goods(client: Client, market: Market, clock: Clock) -> None:
    html = page(client, "/toko/dapur-rahma/")
    assert "Buka sekarang, sampai pukul 17.00" in html
    assert "Kerupuk Udang" in html
    assert json_ld(html)["@type"] == "LocalBusiness"
    clock.now = NOW + timedelta(hours=10)
    assert "Tutup, buka lagi besok pukul 08.00" in page(client, "/toko/dapur-rahma/")


@pytest.mark.parametrize(
    ("status", "code", "goods"),
    [
        (SHOP_CLOSED, 200, True),
        (SHOP_SUSPENDED, 200, False),
        (SHOP_INCOMPLETE, 200, False),
        (SHOP_DRAFT, 404, False),
    ],
)
def test_a_shop_that_is_not_open_takes_no_orders(
    client: Client, market: Market, status: str, code: int, goods: bool
) -> None:
    Shop.objects.filter(pk=market.rahma.pk).update(status=status)
    Business.objects.filter(pk=market.rahma.business_id).update(listing=LISTED)
    index_shops(shop_ids=[market.rahma.pk])
    html = page(client, "/toko/dapur-rahma/", code)
    assert ("Kerupuk Udang" in html) == goods
    assert "Kerupuk Udang" not in page(client, "/cari/?q=udang")
    assert "Kerupuk Udang" not in page(client, "/kategori/t-kering/")
    shown = client.get(address_of("Kerupuk Udang"))
    assert "/keranjang/tambah/" not in shown.content.decode()
    assert shown.status_code == (200 if goods else 410)


def test_a_holiday_is_told(client: Client, market: Market, clock: Clock) -> None:
    Shop.objects.filter(pk=market.rahma.pk).update(
        holiday_from_on="2026-11-20", holiday_until_on="2026-11-30", holiday_note="Mudik dulu."
    )
    html = page(client, "/toko/dapur-rahma/")
    assert "Libur sampai 30 November 2026" in html
    assert "Mudik dulu." in html


def test_the_map_for_search_engines_has_what_is_public(client: Client, market: Market) -> None:
    def whole_map() -> str:
        parts = re.findall(r"/sitemap-\d+\.xml", page(client, "/sitemap.xml"))
        assert "/sitemap-1.xml" in parts
        return "".join(page(client, part) for part in parts)

    assert address_of("Kerupuk Udang") in whole_map()
    Product.objects.filter(name="Kerupuk Udang").update(status=HIDDEN)
    index_products(product_ids=[Product.objects.get(name="Kerupuk Udang").pk])
    assert address_of("Kerupuk Udang") not in whole_map()
    assert "Disallow: /jualan/" in page(client, "/robots.txt")
