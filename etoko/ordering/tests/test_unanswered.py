"""Whoever has many orders that no seller has answered yet waits before she orders more."""

import pytest
from django.test import Client
from django.urls import reverse

from etoko.catalog.models import Variant
from etoko.ordering.cart import contents_of
from etoko.ordering.models import Order
from etoko.ordering.operations import Receiver, UnableToPlace, move_order, place_orders
from etoko.ordering.operations.placing import MOST_UNANSWERED, MOST_UNANSWERED_AT_A_SHOP
from etoko.ordering.quoting import quote_of
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import SITI, Everything, a_cart, a_shop, a_variant, hidden, place
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW


def order_five(hat: Variant, by: Person | None = None) -> list[Order]:
    return [place(a_cart((hat, 1)), by=by).orders[0] for _order in range(MOST_UNANSWERED_AT_A_SHOP)]


def test_the_sixth_order_at_a_shop_waits_for_an_answer(
    hat: Variant, kerupuk: Variant, herman: Person, everything: Everything
) -> None:
    orders = order_five(hat)
    cart = a_cart((hat, 1), (kerupuk, 1))
    before = everything()
    with pytest.raises(UnableToPlace, match="Sudah ada 5 pesanan Anda di Topi Bambu Herman"):
        place(cart)
    assert everything() == before, "the cart too is as it was"
    place(a_cart((kerupuk, 1)))
    place(a_cart((hat, 1)), Receiver("Ani", "+6281210000007"))
    move_order(order=orders[0], move="accept", party=SELLER, by=herman, at=NOW)
    assert len(place(cart).orders) == 2


def test_twenty_orders_at_many_shops_wait_for_answers(
    villages: dict[str, Area], everything: Everything
) -> None:
    goods = [
        a_variant(a_shop(None, f"Toko {i}", villages["Taban"], "+6281299990000"), "Kue", 5_000, 50)
        for i in range(5)
    ]
    for _time in range(3):
        place(a_cart(*((variant, 1) for variant in goods)))
    place(a_cart(*((variant, 1) for variant in goods[:4])))
    assert Order.objects.count() == MOST_UNANSWERED - 1
    cart = a_cart((goods[4], 1), (goods[0], 1))
    before = everything()
    with pytest.raises(UnableToPlace, match="Sudah ada 19 pesanan Anda yang belum dijawab"):
        place(cart)
    assert everything() == before
    place(a_cart((goods[4], 1)))


def test_what_others_order_with_her_number_does_not_count_for_her_account(
    hat: Variant, siti: Person, yanti: Person
) -> None:
    """Anybody can type a number; an account is known by itself. What a kader notes counts by phone."""
    order_five(hat)
    cart = a_cart((hat, 1))
    shown = quote_of(contents_of(cart, at=NOW), {}, area_code="").shown
    with pytest.raises(UnableToPlace, match="belum dijawab"):
        place_orders(
            cart=cart, receiver=SITI, choices={}, shown=shown, by=yanti, at=NOW, for_somebody_else=True
        )
    order_five(hat, by=siti)
    with pytest.raises(UnableToPlace, match="belum dijawab"):
        place(a_cart((hat, 1)), by=siti)


def test_the_page_says_it_and_keeps_the_cart_and_what_was_typed(client: Client, hat: Variant) -> None:
    order_five(hat)
    client.post(reverse("ordering:add_to_cart", args=[hat.pk]), {"quantity": "2"})
    form = {"name": "Siti Aminah", "phone": "081210000003", "shown": hidden(client.get("/pesan/"), "shown")}
    refused = client.post("/pesan/", form)
    page = refused.content.decode()
    assert refused.status_code == 422 and "Tunggu jawabannya, atau ubah pesanan yang sudah ada." in page
    assert 'value="Siti Aminah"' in page and 'value="081210000003"' in page
    assert "Topi Bambu" in client.get("/keranjang/").content.decode()
