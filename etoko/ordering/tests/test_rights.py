"""Every address of the room × every member of the cast: who gets in; nobody else changes anything."""

import pytest
from django.test import Client

from etoko.catalog.models import Shop
from etoko.ordering.access import link_secret
from etoko.ordering.operations import Placed, move_order
from etoko.ordering.tests.conftest import Everything, a_cart, place
from etoko.people.models import Person
from tests.cast import CAST, FOR_RAHMAS_SHOP, NOW, signed_in
from tests.turns import taken_back

SELLER_PAPERS = ["cetak/label.pdf", "cetak/daftar.pdf", "pesanan/{number}/label.pdf"]
SELLER_PAGES = ["", "pesanan/", "waktu/", "cetak/", "pesanan/{number}/", *SELLER_PAPERS]
SELLER_DEEDS = ["pesanan/{number}/accept/", "pesanan/{number}/decline/"]
TELLING = "pesanan/{number}/kabari/"
UNDO = "pesanan/{number}/urungkan/"


@pytest.mark.parametrize("page", SELLER_PAGES)
def test_who_sees_the_sellers_pages(
    page: str, everybody: dict[str, Person], placed: Placed, kerupuk_shop: Shop
) -> None:
    for who in CAST:
        with taken_back(who):
            address = f"/jualan/{kerupuk_shop.public_id}/{page.format(number=placed.orders[0].number)}"
            answer = signed_in(who, everybody).get(address)
            expected = 302 if who == "guest" else 200 if who in FOR_RAHMAS_SHOP else 404
            assert answer.status_code == expected
            if who == "guest":
                assert answer["Location"].startswith("/masuk/")
            assert ("Anda membantu" in answer.content.decode(errors="replace")) == (
                who in FOR_RAHMAS_SHOP - {"rahma"} and "cetak" not in page and page not in SELLER_PAPERS
            )


@pytest.mark.parametrize("deed", SELLER_DEEDS)
def test_who_does_the_sellers_deeds(
    deed: str,
    everybody: dict[str, Person],
    placed: Placed,
    everything: Everything,
) -> None:
    for who in CAST:
        with taken_back(who):
            before = everything()
            address = (
                f"/jualan/{placed.orders[0].shop.public_id}/{deed.format(number=placed.orders[0].number)}"
            )
            answer = signed_in(who, everybody).post(address, {"quick": "Stok habis"})
            if who in FOR_RAHMAS_SHOP:
                assert answer.status_code == 302 and everything() != before
            else:
                assert answer.status_code == (302 if who == "guest" else 404)
                assert everything() == before


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("who", CAST)
def test_who_notes_that_the_buyer_was_told(
    who: str, everybody: dict[str, Person], placed: Placed, everything: Everything
) -> None:
    order = placed.orders[0]
    move_order(order=order, move="accept", party="seller", by=everybody["rahma"], at=NOW)
    before = everything()
    address = f"/jualan/{order.shop.public_id}/{TELLING.format(number=order.number)}"
    answer = signed_in(who, everybody).post(address)
    assert answer.status_code == (204 if who in FOR_RAHMAS_SHOP else 302 if who == "guest" else 404)
    assert (everything() != before) == (who in FOR_RAHMAS_SHOP)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("who", CAST)
def test_who_takes_a_step_back(
    who: str, everybody: dict[str, Person], placed: Placed, everything: Everything
) -> None:
    order = placed.orders[0]
    move_order(order=order, move="accept", party="seller", by=everybody["rahma"], at=NOW)
    before = everything()
    address = f"/jualan/{order.shop.public_id}/{UNDO.format(number=order.number)}"
    client = signed_in(who, everybody)
    answer = client.post(address, {"move": "accept"})
    if who in FOR_RAHMAS_SHOP:
        assert answer.status_code == 302 and everything() != before
        order.refresh_from_db()
        assert order.state == "awaiting_confirmation"
    else:
        assert answer.status_code == (302 if who == "guest" else 404)
        assert everything() == before


def test_an_order_of_another_shop_is_not_found(
    client: Client, rahma: Person, placed: Placed, kerupuk_shop: Shop
) -> None:
    client.force_login(rahma)
    hers, his = placed.orders
    assert client.get(f"/jualan/{kerupuk_shop.public_id}/pesanan/{his.number}/").status_code == 404
    assert client.get(f"/jualan/{his.shop.public_id}/pesanan/{hers.number}/").status_code == 404


@pytest.mark.parametrize("who", CAST)
def test_the_private_link_opens_the_orders_for_whoever_has_it_and_no_other_does(
    who: str, everybody: dict[str, Person], placed: Placed
) -> None:
    client = signed_in(who, everybody)
    secret = link_secret(placed.group)
    assert client.get(f"/pesanan/{secret}/").status_code == 200
    for wrong in (secret[:-1] + ("0" if secret[-1] != "0" else "1"), placed.group.public_id, "x", "é" * 40):
        assert client.get(f"/pesanan/{wrong}/").status_code == 404


def test_a_link_changes_only_orders_of_its_own_group(
    client: Client, placed: Placed, hat: object, everything: Everything
) -> None:
    other = place(a_cart((hat, 1)))  # type: ignore[arg-type]
    before = everything()
    for deed in ("cancel", "confirm_received", "lapor-bayar", "kabari", "nothing"):
        answer = client.post(f"/pesanan/{link_secret(placed.group)}/{other.orders[0].number}/{deed}/")
        assert answer.status_code == 404
    assert everything() == before


def test_the_buyer_cannot_do_what_is_the_sellers(
    client: Client, placed: Placed, everything: Everything
) -> None:
    before = everything()
    for deed in ("accept", "decline", "ship", "expire", "complete"):
        answer = client.post(f"/pesanan/{link_secret(placed.group)}/{placed.orders[0].number}/{deed}/")
        assert answer.status_code == 422
    assert everything() == before


def test_looking_changes_nothing(client: Client, placed: Placed, everything: Everything) -> None:
    """A link preview or a scanner that GETs every address."""
    before = everything()
    secret, number = link_secret(placed.group), placed.orders[0].number
    for deed in ("cancel", "confirm_received", "lapor-bayar", "kabari"):
        assert client.get(f"/pesanan/{secret}/{number}/{deed}/").status_code == 405
    client.get(f"/pesanan/{secret}/")
    assert everything() == before


@pytest.mark.parametrize("who", CAST)
def test_everybody_sees_only_her_own_orders(who: str, everybody: dict[str, Person], placed: Placed) -> None:
    """The guest ordered with Siti's proven number: Siti finds it in her list, nobody else does."""
    page = signed_in(who, everybody).get("/pesanan/").content.decode()
    assert (str(placed.orders[0].number) in page) == (who == "siti")


@pytest.mark.parametrize("who", CAST)
def test_cart_and_checkout_are_for_everybody(who: str, everybody: dict[str, Person], kerupuk: object) -> None:
    client = signed_in(who, everybody)
    assert client.get("/keranjang/").status_code == 200
    assert client.get("/keranjang/status/").status_code == 200
    assert client.get("/pesan/")["Location"] == "/keranjang/"
    assert client.post("/keranjang/ubah/999/", {"quantity": "1"}).status_code == 302
    assert client.get("/keranjang/tambah/999/").status_code == 404
