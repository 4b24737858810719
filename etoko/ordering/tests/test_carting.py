"""Filling a cart: for guests by a secret in a cookie, for who is signed in by her account."""

import pytest
from django.test import Client
from django.urls import reverse

from etoko.catalog.models import Product, Shop, Variant
from etoko.catalog.states import HIDDEN, SHOP_SUSPENDED
from etoko.ordering.cart import contents_of
from etoko.ordering.models import Cart, CartLine
from etoko.ordering.operations import UnableToAdd, add_to_cart, merge_carts, take_what_is_left
from etoko.ordering.tests.conftest import Everything, a_cart, hidden
from etoko.people.models import Person
from tests.cast import NOW


def url(variant: Variant) -> str:
    return reverse("ordering:add_to_cart", args=[variant.pk])


def change(variant: Variant) -> str:
    return reverse("ordering:change_line", args=[variant.pk])


def test_a_guest_keeps_her_cart_by_a_cookie_that_scripts_cannot_read(
    client: Client, kerupuk: Variant
) -> None:
    answer = client.post(url(kerupuk), {"quantity": "2"})
    cookie = answer.cookies["keranjang"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    cart = Cart.objects.get()
    assert cart.person is None and cookie.value not in cart.secret_hash
    assert cart.lines.get().quantity == 2


def test_the_same_goods_again_are_added_to(kerupuk: Variant) -> None:
    cart = a_cart((kerupuk, 2), (kerupuk, 3))
    assert cart.lines.get().quantity == 5


def test_the_form_sent_twice_adds_once(client: Client, kerupuk: Variant) -> None:
    once = hidden(client.get(url(kerupuk)), "once")
    for _ in range(3):
        client.post(url(kerupuk), {"quantity": "2", "once": once})
    assert CartLine.objects.get().quantity == 2


@pytest.mark.parametrize("quantity", ["-1", "0", "1000000000", "", "dua", "1.5", "1e3", "٣"])
def test_refuses_a_quantity_that_is_none(
    quantity: str, client: Client, kerupuk: Variant, everything: Everything
) -> None:
    before = everything()
    answer = client.post(url(kerupuk), {"quantity": quantity})
    # "1.5" is read as Indonesians write thousands: fifteen, of which there are only ten
    assert answer.status_code == 422
    assert everything() == before


def test_refuses_more_than_there_is_with_what_is_left(kerupuk: Variant, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToAdd, match=r"“Kerupuk Kulit” tinggal 10\. Kurangi jumlahnya\."):
        a_cart((kerupuk, 11))
    assert everything() == before


@pytest.mark.parametrize("what", ["hidden", "retired", "suspended"])
def test_refuses_what_is_not_sold_any_more(what: str, kerupuk: Variant, everything: Everything) -> None:
    if what == "hidden":
        Product.objects.update(status=HIDDEN)
    elif what == "retired":
        Variant.objects.update(status=Variant.RETIRED)
    else:
        Shop.objects.update(status=SHOP_SUSPENDED)
    before = everything()
    with pytest.raises(UnableToAdd):
        a_cart((kerupuk, 1))
    assert everything() == before


def test_the_cart_of_a_guest_joins_her_own_when_she_signs_in(
    client: Client, kerupuk: Variant, hat: Variant, siti: Person
) -> None:
    own, _secret = add_to_cart(cart=None, person=siti, variant_id=kerupuk.pk, quantity=1, at=NOW)
    client.post(url(kerupuk), {"quantity": "2"})
    client.post(url(hat), {"quantity": "1"})
    client.force_login(siti)
    client.get("/keranjang/")
    assert Cart.objects.get() == own
    assert dict(own.lines.values_list("variant_id", "quantity")) == {kerupuk.pk: 3, hat.pk: 1}


def test_on_a_shared_phone_the_cookie_opens_nobody_elses_cart(
    client: Client, kerupuk: Variant, siti: Person
) -> None:
    client.post(url(kerupuk), {"quantity": "2"})
    client.force_login(siti)
    client.get("/keranjang/")  # the guest's cart is hers now
    assert Cart.objects.get().person == siti
    client.logout()
    assert "Keranjang masih kosong" in client.get("/keranjang/").content.decode()


def test_merging_an_untouched_guest_cart_keeps_the_cart(kerupuk: Variant, siti: Person) -> None:
    cart = merge_carts(guest_cart=a_cart((kerupuk, 2)), person=siti, at=NOW)
    assert Cart.objects.get() == cart and cart.person == siti


def test_a_price_that_changed_is_told_until_she_touches_the_line(client: Client, kerupuk: Variant) -> None:
    client.post(url(kerupuk), {"quantity": "2"})
    Variant.objects.update(price_rp=17_000)
    page = client.get("/keranjang/").content.decode()
    assert "tadinya Rp15.000" in page and "Rp34.000" in page
    client.post(change(kerupuk), {"quantity": "2"})
    assert "tadinya" not in client.get("/keranjang/").content.decode()


def test_goods_that_are_gone_stay_marked_in_the_cart(client: Client, kerupuk: Variant) -> None:
    client.post(url(kerupuk), {"quantity": "2"})
    Variant.objects.update(held=10)
    page = client.get("/keranjang/").content.decode()
    assert "Sedang habis." in page and "Lanjut pesan" not in page
    assert CartLine.objects.count() == 1


def test_taking_out_can_be_undone(client: Client, kerupuk: Variant) -> None:
    client.post(url(kerupuk), {"quantity": "4"})
    gone = client.post(change(kerupuk), {"deed": "out"})
    assert not CartLine.objects.exists()
    page = client.get(gone["Location"])
    assert "Urungkan" in page.content.decode()
    client.post(url(kerupuk), {"quantity": hidden(page, "quantity")})
    assert CartLine.objects.get().quantity == 4


def test_what_is_left_is_taken_with_one_tap(kerupuk: Variant) -> None:
    cart = a_cart((kerupuk, 8))
    Variant.objects.update(held=7)
    take_what_is_left(cart=cart, at=NOW)
    assert cart.lines.get().quantity == 3
    assert contents_of(cart, at=NOW).short == []


def test_a_wrong_quantity_in_the_cart_changes_nothing(client: Client, kerupuk: Variant) -> None:
    client.post(url(kerupuk), {"quantity": "4"})
    for quantity in ("99", "-3", "banyak", "999999"):
        assert client.post(change(kerupuk), {"quantity": quantity}).status_code == 422
    assert CartLine.objects.get().quantity == 4


@pytest.mark.parametrize("cookie", ["", "x", "0" * 5000, "%00", "'; DROP TABLE"])
def test_a_broken_cookie_is_an_empty_cart(cookie: str, client: Client, kerupuk: Variant) -> None:
    client.cookies["keranjang"] = cookie
    client.cookies["pesanan"] = cookie
    assert "Keranjang masih kosong" in client.get("/keranjang/").content.decode()
    assert "Belum ada pesanan" in client.get("/pesanan/").content.decode()


def test_the_count_for_the_frame_of_the_page(client: Client, kerupuk: Variant, hat: Variant) -> None:
    client.post(url(kerupuk), {"quantity": "4"})
    answer = client.post(url(hat), {"quantity": "1"})
    assert answer.cookies["tk"].value == "cart%3D2"
    assert client.get("/keranjang/status/").json()["cart"] == 2
