"""The pages of titip jual: one flow that a kader can do on her phone."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from etoko.catalog.access import Selling
from etoko.catalog.models import Shop, Variant
from etoko.consignment.models import Consignment, Place
from etoko.consignment.operations.consigning import Count
from etoko.consignment.papers_of import note_paper
from etoko.consignment.queries import consignment_page
from etoko.consignment.tests.conftest import bring, figures
from etoko.consignment.tests.test_consigning import settle
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from tests.cast import CAST, FOR_RAHMAS_SHOP, NOW, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(open_shop: Shop, client: Client, rahma: Person) -> str:
    client.force_login(rahma)
    return f"/jualan/{open_shop.public_id}/titip/"


def form(small: Variant, **other: Any) -> dict[str, Any]:
    return {
        "place": "baru",
        "name": "Warung Bu Ani",
        "phone": "0812-3333-4444",
        "village": "Taban",
        "commission": "percent",
        "commission_value": "10",
        "settle_by_on": "2026-12-01",
        f"qty-{small.pk}": "15",
        f"price-{small.pk}": "12.000",
        **other,
    }


def test_from_bringing_to_the_last_rupiah(start: str, client: Client, small: Variant) -> None:
    assert "Belum ada yang dititipkan" in client.get(start).content.decode()
    assert "ada 20 bungkus" in client.get(f"{start}baru/").content.decode()
    page = client.post(f"{start}baru/", form(small))["Location"]
    assert figures(small) == (5, 0, 15)
    shown = client.get(page).content.decode()
    assert "Warung Bu Ani" in shown and "Rp180.000" in shown and "10% dari harga" in shown
    assert "https://wa.me/6281233334444?text=" in shown
    assert "15 barang" in client.get(start).content.decode()

    line = Consignment.objects.get().lines.get()
    counted = {f"back-{line.pk}": "5", f"damaged-{line.pk}": "1", "damage": "seller"}
    looked = client.post(f"{page}hitung/", counted | {"lihat": "1"})
    assert looked.status_code == 200
    seen = looked.content.decode()
    assert "Rp108.000" in seen and "Rp10.800" in seen and "Rp97.200" in seen
    assert f'name="sold-{line.pk}" value="9"' in seen
    assert figures(small) == (5, 0, 15)
    assert client.post(f"{page}hitung/", counted)["Location"] == page
    assert figures(small) == (10, 0, 0)

    assert "Rp97.200" in client.get(start).content.decode()
    client.post(f"{page}bayar/", {"amount": "97.200", "way": "cash", "note": "lunas di warung"})
    done = client.get(page).content.decode()
    assert "lunas di warung" in done and "Selesai" in done
    assert "Sudah selesai" in client.get(start).content.decode()


def test_sent_twice_it_is_brought_once(start: str, client: Client, small: Variant) -> None:
    found = re.search(r'name="once" value="([^"]+)"', client.get(f"{start}baru/").content.decode())
    assert found
    sent = form(small, once=found[1])
    first, second = (client.post(f"{start}baru/", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert figures(small) == (5, 0, 15)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"place": ""}, "Pilih tempatnya."),
        ({"name": ""}, "Tulis nama tempatnya"),
        ({"phone": "12"}, "omor"),
        ({"commission_value": "sepuluh"}, "Tulis persennya dengan angka"),
        ({"commission": "per_piece", "commission_value": "20.000"}, "lebih besar dari harga"),
        ({"settle_by_on": ""}, "Pilih harinya."),
        ({"settle_by_on": "2026-01-01"}, "Pilih hari menghitung"),
        ({"qty": "0"}, "Isi jumlah barang yang dititipkan"),
        ({"qty": "banyak"}, "Tulis stok dengan angka bulat"),
        ({"qty": "21"}, "tinggal 20"),
        ({"price": "murah"}, "Tulis harga dengan angka saja"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(
    start: str, client: Client, small: Variant, wrong: dict[str, str], sentence: str
) -> None:
    sent = form(small, note="catatanku")
    for key, value in wrong.items():
        sent[f"{key}-{small.pk}" if key in ("qty", "price") else key] = value
    answer = client.post(f"{start}baru/", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and "catatanku" in answer.content.decode()
    assert figures(small) == (20, 0, 0) and not Consignment.objects.exists() and not Place.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "isi yang terjual atau yang kembali"),
        ({"sold": "9", "back": "9"}, "terjual + kembali + rusak = 18"),
        ({"sold": "16"}, "yang dititipkan hanya 15"),
        ({"sold": "tiga"}, "angka bulat"),
    ],
)
def test_a_count_that_does_not_add_up_is_said(
    *, start: str, client: Client, small: Variant, seller: Selling, typed: dict[str, str], sentence: str
) -> None:
    consignment = bring(seller, (small, 15))
    line = consignment.lines.get()
    sent = {f"{key}-{line.pk}": value for key, value in typed.items()}
    answer = client.post(f"{start}{consignment.number}/hitung/", sent)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert figures(small) == (5, 0, 15)


def test_too_much_money_is_refused_and_stays_in_the_field(
    start: str, client: Client, small: Variant, seller: Selling
) -> None:
    consignment = settle(seller, bring(seller, (small, 10)), Count(10, 0, 0))
    answer = client.post(f"{start}{consignment.number}/bayar/", {"amount": "200.000", "way": "cash"})
    assert answer.status_code == 422
    assert "tinggal Rp108.000" in answer.content.decode() and "200.000" in answer.content.decode()
    assert not consignment.payments.exists()


def test_a_place_of_the_register_is_known(
    start: str, client: Client, small: Variant, villages: dict[str, Area]
) -> None:
    warung = Business.objects.create(name="Warung Bu Ani", search_name="ani", area=villages["Taban"])
    warung.search_name = _key("Warung Bu Ani")
    warung.save(update_fields=["search_name"])
    page = client.post(f"{start}baru/", form(small, village=""))["Location"]
    assert Place.objects.get().business == warung
    assert "Usaha terdaftar" in client.get(page).content.decode()


def _key(name: str) -> str:
    from etoko.registry.names import business_search_name

    return business_search_name(name)


def test_the_note_is_a_pdf_before_and_after(
    start: str, client: Client, small: Variant, seller: Selling
) -> None:
    consignment = bring(seller, (small, 15))
    address = f"{start}{consignment.number}/nota.pdf"
    before = client.get(address)
    assert before["Content-Type"] == "application/pdf" and before.content.startswith(b"%PDF")
    settle(seller, consignment, Count(15, 0, 0))
    assert client.get(address).content != before.content


@pytest.mark.parametrize("who", CAST[1:])
def test_only_who_acts_for_the_shop_finds_it(
    *,
    start: str,
    small: Variant,
    seller: Selling,
    who: str,
    everybody: dict[str, Person],
) -> None:
    consignment = bring(seller, (small, 15))
    client = signed_in(who, everybody)
    expected = 200 if who in FOR_RAHMAS_SHOP else 404
    for address in ("", "baru/", f"{consignment.number}/", f"{consignment.number}/nota.pdf"):
        assert client.get(start + address).status_code == expected, address
    if who in FOR_RAHMAS_SHOP:
        return
    line = consignment.lines.get()
    deeds: list[tuple[str, dict[str, Any]]] = [
        ("baru/", form(small, **{f"qty-{small.pk}": "1"})),
        (f"{consignment.number}/hitung/", {f"sold-{line.pk}": "15"}),
        (f"{consignment.number}/undur/", {"settle_by_on": "2026-12-24"}),
        (f"{consignment.number}/bayar/", {"amount": "1.000", "way": "cash"}),
        (f"{consignment.number}/ralat/", {"amount": "1.000", "way": "cash"}),
    ]
    before = [*Consignment.objects.values_list()]
    for address, sent in deeds:
        assert client.post(start + address, sent).status_code == 404
    assert [*Consignment.objects.values_list()] == before and figures(small) == (5, 0, 15)


def test_a_visitor_is_sent_to_sign_in(start: str, client: Client, small: Variant) -> None:
    client.logout()
    for address in ("", "baru/", "K7M-2QX/"):
        assert client.get(start + address)["Location"].startswith("/masuk/")


def test_it_is_not_reached_through_another_shop(
    client: Client, small: Variant, seller: Selling, herman: Person, villages: dict[str, Area]
) -> None:
    from etoko.ordering.tests.conftest import a_shop

    consignment = bring(seller, (small, 15))
    other = a_shop(herman, "Topi Bambu Herman", villages["Kutruk"], herman.phone)
    client.force_login(herman)
    assert client.get(f"/jualan/{other.public_id}/titip/{consignment.number}/").status_code == 404


def test_a_kader_who_helps_is_named(start: str, client: Client, small: Variant, yanti: Person) -> None:
    client.force_login(yanti)
    client.post(f"{start}baru/", form(small))
    consignment = Consignment.objects.get()
    assert (consignment.by, consignment.for_name) == (yanti, "Kerupuk Rahma")


def test_the_list_costs_few_questions(
    start: str, client: Client, small: Variant, seller: Selling, max_queries: Any
) -> None:
    for _ in range(6):
        bring(seller, (small, 1))
    with max_queries(14):
        client.get(start)


def test_the_note_bears_the_day_of_our_own_clock(small: Variant, seller: Selling) -> None:
    """Half past midnight in Jambe is still yesterday in UTC. A paper is the same for the same facts."""
    page = consignment_page(bring(seller, (small, 5)), today=NOW.date())
    before, after, noon = (
        note_paper(replace(page, brought_at=at), seller.shop)
        for at in (NOW.replace(hour=16, minute=30), NOW.replace(hour=17, minute=30), NOW + timedelta(days=1))
    )
    assert after == noon != before
