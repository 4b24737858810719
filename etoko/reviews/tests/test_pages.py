"""Every address of the room × every member of the cast, and what people type."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from conftest import Clock
from etoko.catalog.models import Product, Shop
from etoko.catalog.tests.pictures import held_sideways, picture, sent
from etoko.foundation.generation import public_generation
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.people.models import Person
from etoko.reviews.models import Review
from etoko.reviews.operations import write_review
from etoko.reviews.tests.conftest import Everything, an_order, line_of, sums
from tests.cast import CAST, FOR_RAHMAS_SHOP, NOW, signed_in


def page_of(order: Order) -> str:
    return f"/pesanan/{link_secret(order.group)}/{order.number}/ulasan/"


@pytest.mark.parametrize("who", CAST)
def test_who_sees_what(
    who: str, everybody: dict[str, Person], five_stars: Review, shop: Shop, kerupuk: Product
) -> None:
    client = signed_in(who, everybody)
    refused = 302 if who == "guest" else 404
    expected = {
        f"/produk/{kerupuk.public_id}/kerupuk/ulasan/": 200,
        f"/toko/{shop.slug}/ulasan/": 200,
        page_of(five_stars.order): 200,
        f"{page_of(five_stars.order)}penjual/": 200,
        f"/jualan/{shop.public_id}/ulasan/": 200 if who in FOR_RAHMAS_SHOP else refused,
        "/petugas/ulasan/": 200 if who == "dedi" else refused,
        f"/ulasan/{five_stars.public_id}/lapor/": 302 if who == "guest" else 200,
    }
    assert {address: client.get(address).status_code for address in expected} == expected


@pytest.mark.parametrize("who", CAST)
def test_who_changes_what(
    who: str, everybody: dict[str, Person], five_stars: Review, shop: Shop, everything: Everything
) -> None:
    client = signed_in(who, everybody)
    for address, form, may in (
        (f"/jualan/{shop.public_id}/ulasan/{five_stars.public_id}/balas/", {"reply": "Ya"}, FOR_RAHMAS_SHOP),
        (f"/petugas/ulasan/{five_stars.public_id}/", {"move": "hide", "reason": "Iklan"}, {"dedi"}),
    ):
        before = everything()
        answer = client.post(address, form)
        assert answer.status_code == (302 if who in may or who == "guest" else 404)
        assert (everything() != before) == (who in may)


def test_a_wrong_link_or_another_order_is_not_found(
    client: Client, received: Order, waiting: Order, everything: Everything
) -> None:
    before = everything()
    secret = link_secret(received.group)
    for address in (
        f"/pesanan/{secret}/{waiting.number}/ulasan/",
        f"/pesanan/{secret[:-1]}x/{received.number}/ulasan/penjual/",
        f"/pesanan/{secret}/{received.number}/ulasan/{line_of(waiting).pk}/",
        f"/pesanan/{secret}/{received.number}/ulasan/apa/",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"stars": "5"}).status_code in (404, 405)
    assert everything() == before


def test_looking_changes_nothing(client: Client, received: Order, everything: Everything) -> None:
    before = everything()
    client.get(page_of(received))
    client.get(f"{page_of(received)}{line_of(received).pk}/")
    assert everything() == before


def test_a_guest_reviews_with_a_photo_whose_data_are_removed(
    client: Client, received: Order, kerupuk: Product, clock: Clock
) -> None:
    address = f"{page_of(received)}{line_of(received).pk}/"
    answer = client.post(
        address,
        {
            "stars": "4",
            "text": "Renyah",
            "named": "on",
            "photos": sent(held_sideways()),
        },
    )
    assert answer["Location"] == page_of(received)
    review = Review.objects.get()
    assert (review.stars, review.naming, len(review.photos)) == (4, "named", 1)
    page = client.get(f"/produk/{kerupuk.public_id}/kerupuk/ulasan/").content.decode()
    assert "Siti, Daru" in page and "Renyah" in page
    source = re.search(r'<img src="(/media/photos/[^"]+)"', page)
    assert source
    kept = Image.open(BytesIO(client.get(source[1]).content))
    assert not kept.getexif()


def test_a_slip_keeps_text_and_photo(client: Client, received: Order) -> None:
    page = client.post(
        f"{page_of(received)}penjual/",
        {
            "text": "Ramah <b>sekali</b>",
            "named": "on",
            "photos": sent(picture()),
        },
    )
    text = page.content.decode()
    assert page.status_code == 422 and "Ketuk bintangnya dulu" in text
    assert "Ramah &lt;b&gt;sekali&lt;/b&gt;" in text and 'name="kept"' in text
    assert not Review.objects.exists()
    token = re.search(r'name="kept" value="([^"]+)"', text)
    assert token
    client.post(f"{page_of(received)}penjual/", {"stars": "5", "kept": token[1]})
    assert len(Review.objects.get().photos) == 1


def test_what_is_no_photo_is_told(client: Client, received: Order) -> None:
    page = client.post(
        f"{page_of(received)}penjual/",
        {"stars": "5", "photos": sent(b"bukan foto")},
    )
    assert page.status_code == 422 and "bukan foto yang bisa dibaca" in page.content.decode()
    assert not Review.objects.exists()


def test_sent_twice_it_stands_once(client: Client, received: Order, shop: Shop) -> None:
    address = f"{page_of(received)}penjual/"
    key = re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())
    assert key
    for _time in range(3):
        client.post(address, {"stars": "3", "once": key[1]})
    assert sums(shop) == (1, 3) and Review.objects.get().version == 1


def test_before_it_is_completed_the_page_says_so(client: Client, waiting: Order) -> None:
    page = client.get(page_of(waiting)).content.decode()
    assert "setelah pesanan selesai" in page and "Beri bintang" not in page


def test_goods_and_shop_show_their_stars_with_how_many_and_machines_read_them(
    client: Client, five_stars: Review, kerupuk: Product, shop: Shop, clock: Clock
) -> None:
    write_review(order=five_stars.order, line=None, stars=4, by=None, at=NOW)
    page = client.get(f"/produk/{kerupuk.public_id}/kerupuk/").content.decode()
    assert "5,0" in page and "1 ulasan" in page and "Renyah sekali" in page
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])  # type: ignore[index]
    assert data["@graph"][0]["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": "5.0",
        "reviewCount": 1,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert "4,0" in client.get(f"/toko/{shop.slug}/").content.decode()


def test_what_nobody_has_rated_says_nothing_of_stars(
    client: Client, kerupuk: Product, shop: Shop, clock: Clock
) -> None:
    page = client.get(f"/produk/{kerupuk.public_id}/kerupuk/").content.decode()
    assert "aggregateRating" not in page and "Ulasan pembeli" not in page
    assert "Belum ada ulasan" in client.get(f"/produk/{kerupuk.public_id}/kerupuk/ulasan/").content.decode()
    assert client.get("/produk/tidakada/x/ulasan/").status_code == 404


def test_lists_stay_within_their_questions(
    client: Client, kerupuk: Product, shop: Shop, rahma: Person, max_queries: Any
) -> None:
    for number in range(12):
        order = an_order(kerupuk)
        Order.objects.filter(pk=order.pk).update(state="completed")
        order.refresh_from_db()
        write_review(order=order, line=line_of(order), stars=5, text=f"Ke-{number}", by=None, at=NOW)
    with max_queries(8):
        page = client.get(f"/produk/{kerupuk.public_id}/kerupuk/ulasan/").content.decode()
    assert "Halaman 1 dari 2" in page and page.count('class="stars"') == 11
    with max_queries(8):
        client.get(f"/produk/{kerupuk.public_id}/kerupuk/")
    with max_queries(8):
        client.get(page_of(order))
    client.force_login(rahma)
    with max_queries(12):
        client.get(f"/jualan/{shop.public_id}/ulasan/?hal=2")


@pytest.mark.django_db(transaction=True)
def test_a_review_outdates_the_public_pages_and_a_report_does_not(received: Order, ani: Person) -> None:
    from etoko.reviews.operations import report_review

    before = public_generation().now()
    review = write_review(order=received, line=None, stars=5, by=None, at=NOW)
    assert (after := public_generation().now()) != before
    report_review(review=review, reason="Iklan", by=ani, at=NOW)
    assert public_generation().now() == after


def test_the_seller_reports_and_the_officer_sees_why(
    client: Client, five_stars: Review, rahma: Person, dedi: Person
) -> None:
    client.force_login(rahma)
    address = f"/ulasan/{five_stars.public_id}/lapor/"
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"reason": "Iklan atau penipuan"}).status_code == 302
    client.force_login(dedi)
    page = client.get("/petugas/ulasan/").content.decode()
    assert "Dilaporkan karena" in page and "Iklan atau penipuan" in page
    answer = client.post(f"/petugas/ulasan/{five_stars.public_id}/", {"move": "hide"})
    assert answer.status_code == 422 and "Tulis alasannya" in answer.content.decode()
    client.post(f"/petugas/ulasan/{five_stars.public_id}/", {"move": "keep"})
    assert "Dilaporkan karena" not in client.get("/petugas/ulasan/").content.decode()
    assert client.post(f"/petugas/ulasan/{five_stars.public_id}/", {"move": "x"}).status_code == 404
