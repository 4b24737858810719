from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from etoko.catalog.models import Shop
from etoko.catalog.search.operations import index_shops
from etoko.catalog.states import SHOP_CLOSED
from etoko.exchange.queries import goods
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.operations.consenting import BY_SELF, set_consents
from tests.cast import NOW
from tests.market import Market

pytestmark = pytest.mark.django_db

KUTRUK = "36.03.04.2006"


@pytest.fixture
def market(villages: dict[str, Area]) -> Market:
    return Market.with_goods(villages)


def read(client: Client, address: str) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    told: dict[str, Any] = response.json()
    return told


class TestProducts:
    def test_all_goods_of_open_shops(self, client: Client, market: Market) -> None:
        told = read(client, "/umpan/produk.json")
        assert [one["nama"] for one in told["produk"]][-1] == "Kerupuk Udang"
        assert len(told["produk"]) == 6
        first = next(one for one in told["produk"] if one["nama"] == "Topi Anyaman Bambu")
        assert (first["harga_rp"], first["desa"], first["tersedia"]) == (45_000, "Kutruk", True)
        assert client.get(first["alamat"].replace("http://127.0.0.1:8000", "")).status_code == 200
        assert told["berikutnya"] is None

    def test_of_one_village(self, client: Client, market: Market) -> None:
        told = read(client, f"/umpan/produk.json?desa={KUTRUK}")
        assert {one["desa"] for one in told["produk"]} == {"Kutruk"}
        assert told["desa"] == {"kode": KUTRUK, "nama": "Kutruk"}

    def test_a_closed_shop_is_gone_at_once(self, client: Client, market: Market) -> None:
        Shop.objects.filter(pk=market.herman.pk).update(status=SHOP_CLOSED)
        index_shops(shop_ids=[market.herman.pk])
        assert read(client, f"/umpan/produk.json?desa={KUTRUK}")["produk"] == []

    def test_pages_have_everything_once(
        self, client: Client, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(goods, "__kwdefaults__", {"after": "", "most": 2})
        assert walk(client, "/umpan/produk.json", "produk") == 6

    def test_what_is_no_village_is_said(self, client: Client, market: Market) -> None:
        for code in ("36.03.04", "99.99.99.9999", "x" * 300):
            response = client.get("/umpan/produk.json", {"desa": code})
            assert response.status_code == 404
            assert "kode Kemendagri" in response.json()["salah"]
        assert client.get("/umpan/produk.json?setelah=%00abc").status_code == 200

    def test_costs_few_questions(
        self, client: Client, market: Market, max_queries: Callable[[int], AbstractContextManager[Any]]
    ) -> None:
        with max_queries(4):
            read(client, f"/umpan/produk.json?desa={KUTRUK}")


def walk(client: Client, address: str, kind: str) -> int:
    names: list[str] = []
    while address:
        told = read(client, address)
        names += [one["nama"] for one in told[kind]]
        address = (told["berikutnya"] or "").replace("http://127.0.0.1:8000", "")
    assert len(names) == len(set(names))
    return len(names)


class TestBusinesses:
    @pytest.fixture
    def listed(self, market: Market, dedi: Person) -> list[Business]:
        found = list(Business.objects.order_by("pk"))
        for business in found:
            set_consents(business=business, shown=("listing",), how=BY_SELF, by=dedi, at=NOW)
        return found

    def test_only_what_its_owner_lets_be_listed(
        self, client: Client, listed: list[Business], dedi: Person
    ) -> None:
        told = read(client, "/umpan/usaha.json")
        assert [one["nama"] for one in told["usaha"]] == ["Anyaman Herman", "Dapur Rahma"]
        assert told["usaha"][0]["toko"].endswith("/toko/anyaman-herman/")
        assert "telepon" not in str(told)
        assert "8121000" not in str(told)

        set_consents(business=listed[0], shown=(), how=BY_SELF, by=dedi, at=NOW)
        assert [one["nama"] for one in read(client, "/umpan/usaha.json")["usaha"]] == ["Anyaman Herman"]

    def test_pages_have_everything_once_where_names_are_alike(
        self, client: Client, listed: list[Business], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Business.objects.update(search_name="warung")
        monkeypatch.setattr("etoko.exchange.queries.PER_PAGE", 1)
        assert walk(client, "/umpan/usaha.json", "usaha") == 2
