"""A seller answers by a link: what it shows, what it does, how long, how often, and for whom."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from conftest import Clock
from etoko.answering.models import LinkUse
from etoko.catalog.models import PaymentOption, Shop, Variant
from etoko.notices.models import Notice
from etoko.ordering.links import ACT_FOR, LOOK, LOOK_FOR, PAY, PURPOSES, answer_path, mint_link, read_link
from etoko.ordering.models import Order, OrderEvent
from etoko.ordering.operations import Placed, report_payment
from etoko.ordering.quoting import Choice
from etoko.ordering.states import (
    AWAITING_CONFIRMATION,
    DECLINED,
    DELIVERED,
    PROCESSING,
    READY_FOR_PICKUP,
)
from etoko.ordering.tests.conftest import Everything, a_cart, place
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


def link(order: Order, purpose: str, person: Person | None, *, expires_in: timedelta = ACT_FOR) -> str:
    phone = person.phone if person else order.shop.whatsapp
    token = mint_link(order=order, purpose=purpose, person=person, phone=phone, expires_at=NOW + expires_in)
    return answer_path(token)


def stock(variant: Variant) -> tuple[int, int]:
    variant.refresh_from_db()
    return variant.on_hand, variant.held


def state(order: Order) -> str:
    return str(Order.objects.values_list("state", flat=True).get(pk=order.pk))


@pytest.fixture
def order(placed: Placed) -> Order:
    return placed.orders[0]


def test_the_message_to_the_seller_carries_one_link_that_shows_the_order(
    client: Client, order: Order, rahma: Person
) -> None:
    text = Notice.objects.get(kind="order_place", recipient=rahma).text
    links = re.findall(r"/jawab/[0-9A-Za-z]+/", text)
    assert len(links) == 1 and len(text) < 420
    page = client.get(links[0])
    assert page.status_code == 200
    shown = page.content.decode()
    assert str(order.number) in shown and "Terima pesanan" in shown and "Tolak pesanan" in shown
    assert page["Referrer-Policy"] == "same-origin" and "noindex" in page["X-Robots-Tag"]


def test_the_buyers_own_message_to_the_seller_carries_no_such_link(client: Client, placed: Placed) -> None:
    from etoko.ordering.access import link_secret

    assert "/jawab/" not in client.get(f"/pesanan/{link_secret(placed.group)}/").content.decode()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_scanner_that_opens_every_link_changes_nothing(
    method: str, client: Client, order: Order, rahma: Person, everything: Everything
) -> None:
    addresses = [link(order, purpose, rahma) for purpose in PURPOSES]
    page = client.get(addresses[0]).content.decode()
    addresses += re.findall(r"/jawab/[0-9A-Za-z]+/", page)
    assert len(addresses) == len(PURPOSES) + 2
    before = everything()
    for address in addresses:
        getattr(client, method)(address)
        getattr(client, method)(address + "urungkan/")
    assert everything() == before and not LinkUse.objects.exists()


def test_accepting_by_link_is_the_sellers_own_deed(client: Client, order: Order, rahma: Person) -> None:
    address = link(order, "accept", rahma)
    assert "Pembeli diberi tahu bahwa Anda menerima" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert state(order) == PROCESSING
    event = OrderEvent.objects.get(order=order, deed="accept")
    assert (event.by, event.by_name, event.party) == (rahma, "Rahma", "seller")
    assert "Pesanan Anda terima" in client.get(address).content.decode()


def test_a_link_is_used_once(client: Client, order: Order, rahma: Person) -> None:
    address = link(order, "accept", rahma)
    answers = {client.post(address)["Location"] for _time in range(5)}
    assert answers == {address}
    assert OrderEvent.objects.filter(order=order, deed="accept").count() == 1
    assert LinkUse.objects.count() == 1


def test_declining_needs_a_reason_and_keeps_the_link_until_it_has_one(
    client: Client, order: Order, rahma: Person, everything: Everything
) -> None:
    address, before = link(order, "decline", rahma), everything()
    refused = client.post(address, {"reason": "  "})
    assert refused.status_code == 422 and "Tulis alasannya dulu" in refused.content.decode()
    assert everything() == before and not LinkUse.objects.exists()
    assert client.post(address, {"quick": "Stok habis"}).status_code == 302
    assert state(order) == DECLINED
    assert OrderEvent.objects.get(deed="decline").reason == "Stok habis"


def test_from_new_to_handed_over_and_paid_by_the_buttons_of_the_page(
    client: Client, order: Order, rahma: Person, kerupuk: Variant
) -> None:
    page = client.get(link(order, LOOK, rahma)).content.decode()
    for label in ("Terima pesanan", "Siap diambil", "Sudah diserahkan", "Lunas, uangnya sudah ada"):
        forms = re.findall(r'<form class="form" method="post" action="([^"]+)".*?</form>', page, re.DOTALL)
        bodies = re.findall(r'<form class="form" method="post".*?</form>', page, re.DOTALL)
        address = next(at for at, body in zip(forms, bodies, strict=True) if label in body)
        answer = client.post(address)
        assert answer.status_code == 302
        page = client.get(answer["Location"]).content.decode()
    order.refresh_from_db()
    assert (order.state, order.payment_state) == (DELIVERED, Order.PAID)
    assert stock(kerupuk) == (8, 0)
    assert LinkUse.objects.count() == 4


def test_a_shop_without_an_account_answers_by_its_whatsapp(
    client: Client, order: Order, kerupuk_shop: Shop
) -> None:
    address = link(order, "accept", None)
    assert client.post(address).status_code == 302
    event = OrderEvent.objects.get(order=order, deed="accept")
    assert (event.by, event.by_name) == (None, "Kerupuk Bu Rahma")
    assert LinkUse.objects.get().phone == kerupuk_shop.whatsapp


def test_the_step_is_undone_within_ten_minutes(
    client: Client, order: Order, rahma: Person, clock: Clock, kerupuk: Variant
) -> None:
    address = link(order, "accept", rahma)
    client.post(address)
    assert "Bisa diurungkan sampai pukul 10.10" in client.get(address).content.decode()
    clock.forward(minutes=10)
    assert client.post(address + "urungkan/").status_code == 302
    assert state(order) == AWAITING_CONFIRMATION and stock(kerupuk) == (10, 2)
    assert client.post(address + "urungkan/").status_code == 302
    assert list(order.events.values_list("deed", flat=True)) == ["place", "accept", "take_back_accept"]
    assert "mengurungkan langkah terakhirnya" in Notice.objects.get(kind="order_take_back").text
    page = client.get(address).content.decode()
    assert "Sudah diurungkan" in page and "Terima pesanan" in page
    client.post(address)
    assert state(order) == AWAITING_CONFIRMATION, "the link was used: it does nothing again"


def test_after_ten_minutes_it_stands(
    client: Client, order: Order, rahma: Person, clock: Clock, everything: Everything
) -> None:
    address = link(order, "accept", rahma)
    client.post(address)
    clock.forward(minutes=10, seconds=1)
    before = everything()
    assert "urungkan" not in client.get(address).content.decode()
    refused = client.post(address + "urungkan/")
    assert refused.status_code == 422 and "sudah lewat 10 menit" in refused.content.decode()
    assert everything() == before


def test_an_undone_handing_over_puts_the_goods_back_and_holds_them(
    client: Client, order: Order, rahma: Person, kerupuk: Variant
) -> None:
    for purpose in ("accept", "make_ready", "hand_over"):
        address = link(order, purpose, rahma)
        client.post(address)
    assert stock(kerupuk) == (8, 0)
    client.post(address + "urungkan/")
    assert state(order) == READY_FOR_PICKUP and stock(kerupuk) == (10, 2)
    assert order.lines.get().held_quantity == 2


def test_a_decline_is_undone_while_the_goods_are_still_there(
    client: Client, order: Order, rahma: Person, kerupuk: Variant
) -> None:
    address = link(order, "decline", rahma)
    client.post(address, {"quick": "Stok habis"})
    assert stock(kerupuk) == (10, 0)
    client.post(address + "urungkan/")
    assert state(order) == AWAITING_CONFIRMATION and stock(kerupuk) == (10, 2)


def test_a_decline_whose_goods_are_gone_stays_and_says_why(
    client: Client, order: Order, rahma: Person, kerupuk: Variant, everything: Everything
) -> None:
    address = link(order, "decline", rahma)
    client.post(address, {"quick": "Stok habis"})
    place(a_cart((kerupuk, 9)))
    before = everything()
    refused = client.post(address + "urungkan/")
    assert refused.status_code == 422 and "sudah dipesan orang lain" in refused.content.decode()
    assert everything() == before


def test_paid_by_mistake_is_taken_back_with_both_entries_kept(
    client: Client, order: Order, rahma: Person
) -> None:
    client.post(link(order, "accept", rahma))
    address = link(order, PAY, rahma)
    client.post(address)
    client.post(address + "urungkan/")
    order.refresh_from_db()
    assert order.payment_state == Order.NOT_PAID
    assert list(order.events.values_list("deed", flat=True))[-2:] == ["pay", "correct_payment"]


def test_accepting_is_not_undone_when_the_buyer_has_paid(
    client: Client, kerupuk: Variant, kerupuk_shop: Shop, rahma: Person, everything: Everything
) -> None:
    choices = {kerupuk_shop.pk: Choice("pickup", PaymentOption.TRANSFER)}
    order = place(a_cart((kerupuk, 1)), choices=choices).orders[0]
    address = link(order, "accept", rahma)
    client.post(address)
    report_payment(order=order, by=None, by_name="Siti", at=NOW)
    before = everything()
    assert "urungkan" not in client.get(address).content.decode()
    assert "sudah membayar" in client.post(address + "urungkan/").content.decode()
    assert everything() == before


def test_what_followed_is_not_undone_under_it(
    client: Client, order: Order, rahma: Person, everything: Everything
) -> None:
    address = link(order, "accept", rahma)
    client.post(address)
    client.post(link(order, "make_ready", rahma))
    before = everything()
    refused = client.post(address + "urungkan/")
    assert refused.status_code == 422 and "sudah ada langkah sesudahnya" in refused.content.decode()
    assert everything() == before


def test_a_step_that_is_not_possible_any_more_says_how_it_stands(
    client: Client, order: Order, rahma: Person, everything: Everything
) -> None:
    first, second = link(order, "accept", rahma), link(order, "accept", rahma)
    client.post(first)
    before = everything()
    refused = client.post(second)
    assert refused.status_code == 422 and "keadaannya sekarang “Diproses”" in refused.content.decode()
    assert everything() == before and LinkUse.objects.count() == 1
    shown = client.get(second).content.decode()
    assert "tidak bisa lagi" in shown and "Siap diambil" in shown and "Terima pesanan" not in shown


def test_an_expired_link_shows_the_state_and_the_way_on_but_no_buyer(
    client: Client, order: Order, rahma: Person, clock: Clock, everything: Everything
) -> None:
    address = link(order, "accept", rahma)
    clock.forward(hours=25)
    before = everything()
    page = client.get(address)
    shown = page.content.decode()
    assert page.status_code == 200 and "Tautan ini sudah tidak berlaku" in shown
    assert str(order.number) in shown and "Menunggu konfirmasi" in shown and "Siti" not in shown
    assert f"/jualan/{order.shop.public_id}/pesanan/{order.number}/" in shown
    assert client.post(address).status_code == 422
    assert everything() == before


def test_the_link_in_the_message_lasts_two_weeks(
    client: Client, order: Order, rahma: Person, clock: Clock
) -> None:
    text = Notice.objects.get(kind="order_place", recipient=rahma).text
    address = re.findall(r"/jawab/[0-9A-Za-z]+/", text)[0]
    clock.forward(days=LOOK_FOR.days, minutes=-1)
    assert "Siti" in client.get(address).content.decode()
    clock.forward(hours=1, minutes=1)
    assert "Siti" not in client.get(address).content.decode()


@pytest.mark.parametrize("whose", ["person", "shop"])
def test_a_changed_phone_revokes_its_links_and_shows_nothing_of_the_order(
    whose: str, client: Client, order: Order, rahma: Person, everything: Everything
) -> None:
    address = link(order, "accept", rahma if whose == "person" else None)
    if whose == "person":
        Person.objects.filter(pk=rahma.pk).update(phone="+6281299990000")
    else:
        Shop.objects.filter(pk=order.shop_id).update(whatsapp="+6281299990000")
    before = everything()
    shown = client.get(address).content.decode()
    assert "sudah diganti" in shown and "Menunggu konfirmasi" not in shown and "Siti" not in shown
    assert client.post(address).status_code == 422
    assert client.post(address + "urungkan/").status_code == 422
    assert everything() == before and not LinkUse.objects.exists()


def test_whoever_left_the_business_answers_no_more(
    client: Client, order: Order, rahma: Person, everything: Everything
) -> None:
    address = link(order, "accept", rahma)
    order.shop.business.roles.update(ends_on=NOW.date() - timedelta(days=1))
    before = everything()
    assert client.post(address).status_code == 422
    assert everything() == before


def test_what_we_did_not_sign_is_not_found(client: Client, order: Order, rahma: Person) -> None:
    token = link(order, "accept", rahma).split("/")[2]
    for place_, wrong in [(0, "1"), (10, None), (30, None), (53, None)]:
        sign = wrong or ("b" if token[place_] != "b" else "c")
        forged = token[:place_] + sign + token[place_ + 1 :]
        assert read_link(forged) is None
        assert client.get(f"/jawab/{forged}/").status_code == 404
        assert client.post(f"/jawab/{forged}/").status_code == 404
    for odd in ("x", "é" * 54, "z" * 54, "0" * 54, token + "0"):
        assert client.get(f"/jawab/{odd}/").status_code == 404


def test_a_link_does_nothing_but_what_it_is_for(
    client: Client, order: Order, rahma: Person, everything: Everything
) -> None:
    before = everything()
    refused = client.post(link(order, LOOK, rahma), {"purpose": "accept"})
    assert refused.status_code == 422 and "hanya untuk melihat" in refused.content.decode()
    assert everything() == before


def test_the_page_costs_few_queries(
    client: Client, order: Order, rahma: Person, max_queries: "object"
) -> None:
    address = link(order, LOOK, rahma)
    with max_queries(12):  # type: ignore[operator]
        client.get(address)
