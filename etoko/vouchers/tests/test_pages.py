"""Every address of the room × every member of the cast, and what an issuer types."""

import re
from typing import Any

import pytest
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.catalog.models import Shop
from etoko.people.models import Person
from etoko.vouchers.access import Issuing
from etoko.vouchers.models import Voucher
from etoko.vouchers.states import ACTIVE, DRAFT, PAUSED
from etoko.vouchers.tests.conftest import a_product, issue
from tests.cast import CAST, FOR_RAHMAS_SHOP, signed_in
from tests.turns import taken_back

FOR_THE_PLATFORM = {"dedi"}
TYPED = {
    "kind": "fixed",
    "amount_rp": "5.000",
    "minimum_rp": "25.000",
    "limit": "20",
    "per_phone": "1",
    "starts_on": "2026-11-24",
    "ends_on": "2026-11-30",
    "code": "kerupuk 7",
    "buyers": "everybody",
    "showing": "open",
}


def everything() -> list[Any]:
    return [list(Voucher.objects.order_by("pk").values()), AuditEntry.objects.count()]


@pytest.fixture
def starts(shop: Shop, five_off: Voucher, dedis: Issuing) -> dict[str, tuple[str, str, set[str]]]:
    """For each side: where its pages begin, a voucher of it, and who may see them."""
    platforms = issue(dedis, code="JAMBE", sponsor="Kecamatan")
    return {
        "seller": (f"/jualan/{shop.public_id}/voucher/", five_off.public_id, FOR_RAHMAS_SHOP),
        "officer": ("/petugas/voucher/", platforms.public_id, FOR_THE_PLATFORM),
    }


@pytest.mark.parametrize("page", ["", "baru/", "{voucher}/"])
@pytest.mark.parametrize("side", ["seller", "officer"])
def test_who_sees_what(
    page: str,
    side: str,
    everybody: dict[str, Person],
    starts: dict[str, tuple[str, str, set[str]]],
) -> None:
    for who in CAST:
        with taken_back(who):
            start, voucher, may = starts[side]
            answer = signed_in(who, everybody).get(start + page.format(voucher=voucher))
            assert answer.status_code == (302 if who == "guest" else 200 if who in may else 404)
            if who == "guest":
                assert answer["Location"].startswith("/masuk/")


@pytest.mark.parametrize("who", sorted(set(CAST) - FOR_RAHMAS_SHOP))
def test_a_stranger_changes_nothing(
    who: str, everybody: dict[str, Person], shop: Shop, five_off: Voucher
) -> None:
    before = everything()
    client = signed_in(who, everybody)
    for path, form in (("baru/", TYPED), (f"{five_off.public_id}/pause/", {})):
        answer = client.post(f"/jualan/{shop.public_id}/voucher/{path}", form)
        assert answer.status_code == (302 if who == "guest" else 404)
    assert everything() == before


def test_a_voucher_is_not_reached_through_another_shop_or_the_office(
    client: Client, herman: Person, dedi: Person, hat_shop: Shop, five_off: Voucher
) -> None:
    before = everything()
    client.force_login(herman)
    assert client.post(f"/jualan/{hat_shop.public_id}/voucher/{five_off.public_id}/pause/").status_code == 404
    client.force_login(dedi)
    assert client.post(f"/petugas/voucher/{five_off.public_id}/pause/").status_code == 404
    assert everything() == before


@pytest.fixture
def seller(client: Client, rahma: Person, clock: Clock) -> Client:
    client.force_login(rahma)
    return client


def test_rahma_makes_one_on_one_screen(seller: Client, shop: Shop) -> None:
    start = f"/jualan/{shop.public_id}/voucher/"
    page = seller.get(start + "baru/").content.decode()
    assert "Potongan Rp5.000 untuk belanja mulai Rp25.000, sampai 24 Desember 2026, 20 orang." in page
    answer = seller.post(start + "baru/", TYPED)
    voucher = Voucher.objects.get()
    assert answer["Location"] == f"{start}{voucher.public_id}/"
    assert (voucher.code, voucher.status, voucher.amount_rp, voucher.created_by.name) == (
        "KERUPUK 7",
        ACTIVE,
        5_000,
        "Rahma",
    )
    assert "wa.me/?text=" in seller.get(start).content.decode()


def test_looking_at_the_sentence_saves_nothing(seller: Client, shop: Shop) -> None:
    page = seller.post(f"/jualan/{shop.public_id}/voucher/baru/", {**TYPED, "limit": "7", "lihat": "1"})
    assert page.status_code == 200 and "7 orang." in page.content.decode()
    assert not Voucher.objects.exists()


def test_a_draft_is_changed_and_then_started(seller: Client, shop: Shop) -> None:
    start = f"/jualan/{shop.public_id}/voucher/"
    seller.post(start + "baru/", {**TYPED, "deed": "draft"})
    voucher = Voucher.objects.get()
    assert voucher.status == DRAFT
    product = a_product(shop, "Emping")
    seller.post(f"{start}{voucher.public_id}/", {**TYPED, "products": [str(product.pk)], "deed": "activate"})
    voucher.refresh_from_db()
    assert voucher.status == ACTIVE and list(voucher.products.all()) == [product]
    assert seller.post(f"{start}{voucher.public_id}/", TYPED).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount_rp": "lima ribu"}, "Tulis harga dengan angka saja"),
        ({"limit": "banyak"}, "Tulis dengan angka saja, misalnya 20."),
        ({"ends_on": "besok"}, "Tulis tanggal seperti 30/11/2026."),
        ({"ends_on": "2026-11-01"}, "Hari terakhir tidak boleh sebelum hari pertama."),
        ({"kind": "percent", "percent": "10"}, "supaya pesanan besar tidak merugikan Anda"),
        ({"kind": ""}, "Pilih salah satu."),
        ({"code": "!!"}, "Kode terdiri dari huruf dan angka"),
    ],
)
def test_a_slip_is_told_and_nothing_typed_is_lost(
    seller: Client, shop: Shop, typed: dict[str, str], sentence: str
) -> None:
    page = seller.post(f"/jualan/{shop.public_id}/voucher/baru/", {**TYPED, "code": "SAYANG 9", **typed})
    text = page.content.decode()
    assert page.status_code == 422 and sentence in text
    if "code" not in typed:
        assert 'value="SAYANG 9"' in text
    assert not Voucher.objects.exists()


def test_sent_twice_it_is_made_once(seller: Client, shop: Shop) -> None:
    address = f"/jualan/{shop.public_id}/voucher/baru/"
    key = re.search(r'name="once" value="([^"]+)"', seller.get(address).content.decode())
    assert key
    answers = {seller.post(address, {**TYPED, "once": key[1]})["Location"] for _ in range(3)}
    assert len(answers) == 1 and Voucher.objects.count() == 1


def test_pausing_and_what_cannot_be(seller: Client, shop: Shop, five_off: Voucher) -> None:
    start = f"/jualan/{shop.public_id}/voucher/{five_off.public_id}"
    assert seller.post(f"{start}/pause/").status_code == 302
    five_off.refresh_from_db()
    assert five_off.status == PAUSED
    assert seller.post(f"{start}/pause/").status_code == 409
    assert seller.post(f"{start}/lapse/").status_code == 404
    assert seller.get(f"{start}/pause/").status_code == 405


def test_a_kaders_voucher_for_a_seller_says_who_made_it(
    client: Client, yanti: Person, shop: Shop, clock: Clock
) -> None:
    client.force_login(yanti)
    client.post(f"/jualan/{shop.public_id}/voucher/baru/", TYPED)
    entry = AuditEntry.objects.get(deed="issue_voucher")
    assert (entry.by_name, entry.for_name) == ("Yanti", "Kerupuk Bu Rahma")


def test_an_officer_names_who_bears_it(client: Client, dedi: Person, clock: Clock) -> None:
    client.force_login(dedi)
    page = client.post("/petugas/voucher/baru/", TYPED)
    assert page.status_code == 422 and "Tulis siapa yang mengganti" in page.content.decode()
    assert client.post("/petugas/voucher/baru/", {**TYPED, "sponsor": "Bank Banten"}).status_code == 302
    assert Voucher.objects.get().sponsor == "Bank Banten"


def test_the_pages_stay_within_their_questions(
    seller: Client, shop: Shop, rahmas: Issuing, five_off: Voucher, max_queries: Any
) -> None:
    for number in range(12):
        issue(rahmas, code=f"BANYAK {number}")
    with max_queries(12):
        seller.get(f"/jualan/{shop.public_id}/voucher/")
    with max_queries(8):
        Client().get(f"/toko/{shop.slug}/")


def test_the_shop_and_the_shared_page_show_it_to_everybody(
    client: Client, shop: Shop, five_off: Voucher, clock: Clock
) -> None:
    page = client.get(f"/toko/{shop.slug}/").content.decode()
    assert "KERUPUK 5" in page and "/voucher/KERUPUK5/" in page
    assert client.get("/voucher/kerupuk-5/").status_code == 200
    assert client.get("/voucher/TIDAKADA/").status_code == 404
    clock.forward(days=10)
    assert "KERUPUK 5" not in client.get(f"/toko/{shop.slug}/").content.decode()
    assert "sudah berakhir" in client.get("/voucher/KERUPUK5/").content.decode()
