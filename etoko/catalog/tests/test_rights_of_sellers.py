"""Every address of the seller's side × every member of the cast."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.catalog.models import Product, Shop, StockMovement, Variant
from etoko.people.models import Person
from etoko.registry.models import Business
from tests.cast import FOR_RAHMAS_SHOP, NOW, signed_in
from tests.turns import taken_back

SELLER_PAGES = [
    "/toko/buka/{business}/",
    "/toko/buka/{business}/nama/",
    "/toko/buka/{business}/kontak/",
    "/toko/buka/{business}/produk/",
    "/toko/buka/{business}/selesai/",
    "/jualan/{shop}/produk/",
    "/jualan/{shop}/produk/baru/",
    "/jualan/{shop}/produk/{product}/",
    "/jualan/{shop}/produk/{product}/stok/",
    "/jualan/{shop}/dibuat/",
    "/jualan/{shop}/toko/",
    "/jualan/{shop}/toko/nama/",
    "/jualan/{shop}/toko/kontak/",
    "/jualan/{shop}/toko/pembayaran/",
    "/jualan/{shop}/toko/qris/",
    "/jualan/{shop}/toko/pengantaran/",
    "/jualan/{shop}/toko/libur/",
]
KERUPUK = {"name": "Kerupuk X", "unit": "kg", "supply": "stock", "v0-price": "1.000"}
TRANSFER = {"kinds": ["transfer"], "bank": "B", "account_number": "12345", "account_name": "X"}
SELLER_DEEDS = [
    ("/toko/buka/{business}/nama/", {"name": "Diganti", "story": ""}),
    ("/toko/buka/{business}/kontak/", {"whatsapp": "081299999999", "hours": "long"}),
    ("/toko/buka/{business}/produk/", KERUPUK),
    ("/toko/buka/{business}/buka-sekarang/", {}),
    ("/jualan/{shop}/produk/baru/", KERUPUK),
    ("/jualan/{shop}/produk/{product}/", {"name": "Diganti"}),
    ("/jualan/{shop}/produk/{product}/keadaan/", {"move": "hide"}),
    ("/jualan/{shop}/produk/{product}/harga-stok/", {"version": "1"}),
    ("/jualan/{shop}/produk/{product}/stok/tambah/", {"variant": "{variant}", "quantity": "5"}),
    (
        "/jualan/{shop}/produk/{product}/stok/hitung-ulang/",
        {"variant": "{variant}", "on_hand": "5", "seen_on_hand": "10", "reason": "lost"},
    ),
    ("/jualan/{shop}/produk/{product}/stok/kabari/", {"variant": "{variant}", "low_at": "9"}),
    ("/jualan/{shop}/toko/buka-tutup/", {"move": "close"}),
    ("/jualan/{shop}/toko/libur/hapus/", {}),
    ("/jualan/{shop}/toko/nama/", {"name": "Diganti", "story": ""}),
    ("/jualan/{shop}/toko/kontak/", {"whatsapp": "081299999999", "hours": "long"}),
    ("/jualan/{shop}/toko/pembayaran/", TRANSFER),
    ("/jualan/{shop}/toko/qris/", {"text": "x"}),
    ("/jualan/{shop}/toko/qris/", {"token": "x"}),
    ("/jualan/{shop}/toko/pengantaran/", {"kinds": ["courier"]}),
    ("/jualan/{shop}/toko/libur/", {"from_on": "2026-12-01", "until_on": "2026-12-02"}),
]  # fmt: skip
STRANGERS = ["herman", "siti", "ani"]

Filled = Callable[[str], str]


@pytest.fixture
def filled(business: Business, open_shop: Shop, product: Product) -> Filled:
    def fill(address: str) -> str:
        return address.format(
            business=business.public_id,
            shop=open_shop.public_id,
            product=product.public_id,
            variant=product.variants.get().pk,
        )

    return fill


@pytest.mark.parametrize("address", SELLER_PAGES)
def test_pages(everybody: dict[str, Person], filled: Filled, address: str) -> None:
    for who in [*sorted(FOR_RAHMAS_SHOP), *STRANGERS]:
        with taken_back(who):
            client = signed_in(who, everybody)
            status = client.get(filled(address)).status_code
            assert status in ((200, 302) if who in FOR_RAHMAS_SHOP else (404,))


@pytest.mark.parametrize("deed", SELLER_DEEDS)
def test_a_stranger_finds_nothing_and_changes_nothing(
    everybody: dict[str, Person], filled: Filled, deed: tuple[str, Any]
) -> None:
    for who in STRANGERS:
        with taken_back(who):
            client = signed_in(who, everybody)
            address, form = deed
            before = everything()
            form = {key: filled(value) if key == "variant" else value for key, value in form.items()}
            assert client.post(filled(address), form).status_code == 404
            assert everything() == before


@pytest.mark.parametrize(("address", "form"), SELLER_DEEDS)
def test_a_visitor_is_sent_to_sign_in(
    client: Client, filled: Filled, address: str, form: dict[str, Any]
) -> None:
    before = everything()
    for answer in (client.get(filled(address)), client.post(filled(address), form)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/masuk/")
    assert everything() == before


@pytest.mark.parametrize(
    ("who", "status"),
    [("dedi", 200), ("rahma", 404), ("yanti", 404), ("bu_camat", 404), ("herman", 404), ("ani", 404)],
)
def test_only_the_officer_of_the_district_suspends(
    everybody: dict[str, Person], open_shop: Shop, who: str, status: int
) -> None:
    client = signed_in(who, everybody)
    address = f"/petugas/toko/{open_shop.public_id}/"
    assert client.get(address).status_code == status
    client.post(address, {"move": "suspend", "reason": "Aduan"})
    open_shop.refresh_from_db()
    assert open_shop.status == ("suspended" if who == "dedi" else "open")


def test_a_product_is_not_reached_through_another_shop(
    client: Client, rahma: Person, herman: Person, filled: Filled, villages: Any
) -> None:
    from etoko.catalog.operations.opening import start_shop
    from etoko.registry.access import Acting
    from etoko.registry.models import BusinessRole

    hats = Business.objects.create(name="Topi Herman", search_name="topi", area=villages["Kutruk"])
    BusinessRole.objects.create(business=hats, person=herman, role="owner", starts_on=NOW.date())
    other = start_shop(acting=Acting(hats, herman, False), name="Topi Herman", at=NOW)
    client.force_login(herman)
    product = Product.objects.get()
    assert client.get(f"/jualan/{other.public_id}/produk/{product.public_id}/").status_code == 404
    assert (
        client.post(
            f"/jualan/{other.public_id}/produk/{product.public_id}/keadaan/", {"move": "hide"}
        ).status_code
        == 404
    )
    product.refresh_from_db()
    assert product.status == "published"


def everything() -> list[Any]:
    return [
        list(Shop.objects.order_by("id").values()),
        list(Product.objects.order_by("id").values()),
        list(Variant.objects.order_by("id").values()),
        StockMovement.objects.count(),
        list(AuditEntry.objects.order_by("id").values_list("id", flat=True)),
    ]
