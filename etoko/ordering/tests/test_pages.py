"""Every page is drawn, for those who may see it."""

import pytest
from django.test import Client
from django.urls import reverse

from etoko.catalog.models import Shop, Variant
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.ordering.operations import Placed, move_order
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import hidden
from etoko.people.models import Person
from tests.cast import NOW


@pytest.fixture
def guest() -> Client:
    return Client()


def test_a_guest_goes_from_product_to_confirmation_in_six_requests(
    guest: Client, kerupuk: Variant, hat: Variant
) -> None:
    add = reverse("ordering:add_to_cart", args=[kerupuk.pk])
    assert "Kerupuk Kulit" in guest.get(add).content.decode()
    assert guest.post(add, {"quantity": "2"})["Location"] == "/keranjang/"
    guest.post(reverse("ordering:add_to_cart", args=[hat.pk]), {"quantity": "1", "next": "pesan"})
    cart = guest.get("/keranjang/").content.decode()
    assert "Rp75.000" in cart and "Topi Bambu Herman" in cart
    page = guest.get("/pesan/")
    shown = hidden(page, "shown")
    answer = guest.post("/pesan/", {"name": "Siti", "phone": "0812 1000 0003", "shown": shown})
    assert answer.status_code == 302
    confirmation = guest.get(answer["Location"])
    text = confirmation.content.decode()
    assert "Terima kasih, Siti!" in text
    assert confirmation["X-Robots-Tag"] == "noindex, nofollow"
    for order in Order.objects.all():
        assert order.number and order.number in text
    assert Order.objects.count() == 2
    assert "Pesanan saya" in guest.get("/pesanan/").content.decode()
    assert "Topi Bambu Herman" in guest.get("/pesanan/").content.decode()
    assert guest.get("/pesan/")["Location"] == "/keranjang/"


def test_the_seller_sees_her_day_and_each_page_of_it(
    client: Client, rahma: Person, placed: Placed, kerupuk_shop: Shop
) -> None:
    client.force_login(rahma)
    order = placed.orders[0]
    assert client.get("/jualan/")["Location"] == f"/jualan/{kerupuk_shop.public_id}/"
    day = client.get(f"/jualan/{kerupuk_shop.public_id}/").content.decode()
    assert "Pesanan baru" in day and str(order.number) in day and "Terima pesanan" in day
    page = client.get(f"/jualan/{kerupuk_shop.public_id}/pesanan/{order.number}/").content.decode()
    assert "0812-1000-0003" in page and "wa.me/6281210000003" in page
    assert "Tolak pesanan" in page
    assert str(order.number) in client.get(f"/jualan/{kerupuk_shop.public_id}/pesanan/").content.decode()
    assert "Kerupuk Kulit" in client.get(f"/jualan/{kerupuk_shop.public_id}/cetak/").content.decode()


@pytest.mark.parametrize("move", ["accept", "make_ready", "hand_over"])
def test_each_state_has_its_words_for_whatsapp(
    move: str, client: Client, rahma: Person, placed: Placed, kerupuk_shop: Shop
) -> None:
    client.force_login(rahma)
    order = placed.orders[0]
    for each in ("accept", "make_ready", "hand_over"):
        order = move_order(order=order, move=each, party=SELLER, by=rahma, at=NOW)
        if each == move:
            break
    page = client.get(f"/jualan/{kerupuk_shop.public_id}/pesanan/{order.number}/").content.decode()
    words = {
        "accept": "menerima%20pesanan",
        "make_ready": "siap%20diambil",
        "hand_over": "sudah%20diserahkan",
    }
    assert words[move] in page
    buyer = client.get(f"/pesanan/{link_secret(placed.group)}/").content.decode()
    assert ("Sudah saya terima" in buyer) == (move != "accept")
