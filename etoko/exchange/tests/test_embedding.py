import pytest
from django.test import Client

from etoko.places.models import Area
from tests.market import Market

pytestmark = pytest.mark.django_db

KUTRUK = "36.03.04.2006"


@pytest.fixture
def market(villages: dict[str, Area]) -> Market:
    return Market.with_goods(villages)


def test_a_village_site_may_frame_its_goods_and_nothing_else(client: Client, market: Market) -> None:
    framed = client.get(f"/sematan/{KUTRUK}/")
    assert "Topi Anyaman Bambu" in framed.content.decode()
    assert "Kerupuk Udang" not in framed.content.decode()
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    other = client.get("/")
    assert other["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


def test_a_village_without_goods_says_so(client: Client, market: Market) -> None:
    assert "Belum ada barang" in client.get("/sematan/36.03.04.2001/").content.decode()


@pytest.mark.parametrize("code", ["36.03.04", "99.99.99.9999", "taban"])
def test_what_is_no_village_is_not_found(client: Client, market: Market, code: str) -> None:
    assert client.get(f"/sematan/{code}/").status_code == 404
    assert client.get(f"/untuk-situs-desa/?desa={code}").status_code == 404


def test_the_page_for_sites_hands_out_the_line(client: Client, market: Market) -> None:
    page = client.get(f"/untuk-situs-desa/?desa={KUTRUK}").content.decode()
    assert f"/sematan/{KUTRUK}/" in page
    assert f"/umpan/produk.json?desa={KUTRUK}" in page
    assert client.get("/untuk-situs-desa/").status_code == 200
