"""The pages for changes, complaints and returns: who gets in, what they do, what they keep when refused."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from etoko.catalog.models import Shop, Variant
from etoko.ordering.access import link_secret
from etoko.ordering.models import Complaint, ComplaintPhoto, GoodsReturn, Holiday, Order, Proposal
from etoko.ordering.operations import (
    Placed,
    answer_complaint,
    as_buyer,
    as_seller,
    complain,
    escalate_complaint,
    move_order,
    propose_substitute,
)
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import Everything, a_cart, a_variant, hidden, place
from etoko.people.models import Person
from tests.cast import CAST, FOR_RAHMAS_SHOP, NOW, signed_in
from tests.turns import taken_back

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def order(placed: Placed) -> Order:
    return placed.orders[0]


@pytest.fixture
def received(order: Order, rahma: Person) -> Order:
    for move in ("accept", "make_ready", "hand_over"):
        order = move_order(order=order, move=move, party=SELLER, by=rahma, at=NOW)
    return order


def a_photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (600, 400), "orange").save(out, "JPEG")
    return SimpleUploadedFile("remuk.jpg", out.getvalue(), "image/jpeg")


def at_buyer(order: Order, page: str) -> str:
    return f"/pesanan/{link_secret(order.group)}/{order.number}/{page}"


def at_seller(order: Order, page: str) -> str:
    return f"/jualan/{order.shop.public_id}/pesanan/{order.number}/{page}"


def a_complaint(order: Order) -> Complaint:
    return complain(order=order, kind="broken", text="Remuk", actor=as_buyer(order, None), at=NOW)


# -------------------------------------------------------------------------------------- rights


@pytest.mark.parametrize("page", ["ubah/", "keluhan/", "kembali/"])
def test_who_sees_the_sellers_pages(page: str, everybody: dict[str, Person], received: Order) -> None:
    for who in CAST:
        with taken_back(who):
            a_complaint(received)
            answer = signed_in(who, everybody).get(at_seller(received, page))
            assert answer.status_code == (302 if who == "guest" else 200 if who in FOR_RAHMAS_SHOP else 404)


@pytest.mark.parametrize("page", ["ubah/", "keluhan/", "kembali/"])
def test_who_does_the_sellers_deeds(
    page: str, everybody: dict[str, Person], order: Order, everything: Everything
) -> None:
    for who in CAST:
        with taken_back(who):
            form = {"deed": "reduce", "text": "Saya ganti.", "again": "yes"}
            rahma = everybody["rahma"]
            if page != "ubah/":
                for move in ("accept", "make_ready", "hand_over"):
                    order = move_order(order=order, move=move, party=SELLER, by=rahma, at=NOW)
                a_complaint(order)
            before = everything()
            line = order.lines.get()
            answer = signed_in(who, everybody).post(
                at_seller(order, page), {**form, f"jumlah-{line.pk}": "1"}
            )
            if who in FOR_RAHMAS_SHOP:
                assert answer.status_code == 302 and everything() != before
            else:
                assert answer.status_code == (302 if who == "guest" else 404) and everything() == before


@pytest.mark.parametrize(
    "page", ["ubah/", "keluhan/", "kembalikan/", "gabung/", "usulan/1/", "keluhan/settle/"]
)
def test_a_wrong_link_opens_none_of_the_buyers_pages(
    client: Client, page: str, received: Order, everything: Everything
) -> None:
    before = everything()
    wrong = f"/pesanan/{'0' * 42}/{received.number}/{page}"
    assert client.get(wrong).status_code in (404, 405)
    assert client.post(wrong, {"text": "x"}).status_code == 404
    assert everything() == before


@pytest.mark.parametrize("who", CAST)
def test_pictures_of_a_complaint_are_seen_by_the_two_and_the_officer_of_the_area(
    who: str, everybody: dict[str, Person], received: Order
) -> None:
    Client().post(at_buyer(received, "keluhan/"), {"kind": "broken", "text": "Remuk", "photos": a_photo()})
    key = ComplaintPhoto.objects.get().key
    client = signed_in(who, everybody)
    seller = client.get(at_seller(received, f"keluhan/foto/{key}/"))
    assert seller.status_code == (302 if who == "guest" else 200 if who in FOR_RAHMAS_SHOP else 404)
    assert client.get(at_buyer(received, f"keluhan/foto/{key}/")).status_code == 200, "the link is the key"
    officer = f"/petugas/keluhan/{received.number}/"
    assert client.get(officer).status_code == (302 if who == "guest" else 404), "not passed on yet"
    complaint = Complaint.objects.select_related("order__group", "order__shop").get()
    rahma = everybody["rahma"]
    complaint = answer_complaint(complaint=complaint, text="Tidak", actor=as_seller(rahma), at=NOW)
    escalate_complaint(complaint=complaint, actor=as_buyer(received, None), at=NOW)
    expected = 302 if who == "guest" else 200 if who == "dedi" else 404
    assert client.get(officer).status_code == expected
    assert client.get(f"{officer}foto/{key}/").status_code == expected
    assert client.get(f"/media/private-photos/{key}.jpg").status_code == 404


@pytest.mark.parametrize("who", CAST)
def test_who_keeps_the_holidays(who: str, everybody: dict[str, Person]) -> None:
    client, before = signed_in(who, everybody), Holiday.objects.count()
    page = client.get("/petugas/hari-libur/")
    assert page.status_code == (302 if who == "guest" else 200 if who == "dedi" else 404)
    client.post("/petugas/hari-libur/", {"day_on": "2027-03-10", "name": "Idulfitri"})
    assert Holiday.objects.count() == before + (who == "dedi")
    if who == "dedi":
        again = client.post("/petugas/hari-libur/", {"day_on": "2027-03-10", "name": "Idulfitri"})
        assert again.status_code == 422 and "sudah tercatat: Idulfitri" in again.content.decode()
        client.post("/petugas/hari-libur/", {"deed": "drop", "day_on": "2027-03-10"})
        assert Holiday.objects.count() == before


# --------------------------------------------------------------------------------------- deeds


def test_the_buyer_changes_her_order_on_her_page(client: Client, order: Order) -> None:
    line = order.lines.get()
    page = client.get(at_buyer(order, "ubah/"))
    assert f'name="jumlah-{line.pk}" value="2"' in page.content.decode()
    form = {f"jumlah-{line.pk}": "3", "delivery": "pickup", "note": "Pedas", "once": hidden(page, "once")}
    answers = [client.post(at_buyer(order, "ubah/"), form) for _time in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    order.refresh_from_db()
    assert (order.total_rp, order.note, order.events.filter(deed="change").count()) == (45_000, "Pedas", 1)


def test_a_refused_change_keeps_what_was_typed(client: Client, order: Order, everything: Everything) -> None:
    line, before = order.lines.get(), everything()
    form = {f"jumlah-{line.pk}": "11", "delivery": "pickup", "note": "Untuk hajatan"}
    refused = client.post(at_buyer(order, "ubah/"), form)
    shown = refused.content.decode()
    assert refused.status_code == 422 and "hanya bisa ditambah 8 lagi" in shown
    assert 'value="11"' in shown and "Untuk hajatan" in shown and everything() == before
    odd = client.post(at_buyer(order, "ubah/"), {**form, f"jumlah-{line.pk}": "dua"})
    assert odd.status_code == 422 and everything() == before


def test_orders_are_merged_from_the_browser_that_placed_them_and_from_no_other(
    client: Client, kerupuk: Variant, siti: Person, ani: Person, everything: Everything
) -> None:
    first, second = (place(a_cart((kerupuk, 1)), by=siti).orders[0] for _time in range(2))
    group_page = f"/pesanan/{link_secret(second.group)}/"
    for stranger in (None, ani):
        if stranger:
            client.force_login(stranger)
        before = everything()
        assert "Gabungkan dengan" not in client.get(group_page).content.decode()
        assert client.post(at_buyer(second, "gabung/"), {"other": first.number}).status_code == 404
        assert everything() == before
    client.force_login(siti)
    assert f"Gabungkan dengan {first.number}" in client.get(group_page).content.decode()
    assert client.post(at_buyer(second, "gabung/"), {"other": first.number}).status_code == 302
    shown = client.get(group_page).content.decode()
    assert "Digabung" in shown and f"sudah digabung ke nomor {first.number}" in shown
    first.refresh_from_db()
    assert first.total_rp == 30_000


def test_the_buyer_agrees_on_her_page(
    client: Client, order: Order, kerupuk_shop: Shop, rahma: Person
) -> None:
    spicy = a_variant(kerupuk_shop, "Kerupuk Pedas", 16_000, 5)
    propose_substitute(
        order=order,
        line_pk=order.lines.get().pk,
        variant=spicy,
        quantity=2,
        note="",
        actor=as_seller(rahma),
        at=NOW,
    )
    page = client.get(f"/pesanan/{link_secret(order.group)}/").content.decode()
    assert "Penjual mengusulkan perubahan" in page and "Rp2.000 lebih mahal" in page
    proposal = Proposal.objects.get()
    assert client.get(at_buyer(order, f"usulan/{proposal.pk}/")).status_code == 405
    assert client.post(at_buyer(order, f"usulan/{proposal.pk}/"), {"move": "withdraw"}).status_code == 404
    client.post(at_buyer(order, f"usulan/{proposal.pk}/"), {"move": "agree"})
    order.refresh_from_db()
    assert order.total_rp == 32_000


def test_the_seller_reduces_weighs_and_offers_on_one_page(
    client: Client, order: Order, kerupuk: Variant, kerupuk_shop: Shop, rahma: Person
) -> None:
    Variant.objects.filter(pk=kerupuk.pk).update(amount=250, measure="g")
    spicy = a_variant(kerupuk_shop, "Kerupuk Pedas", 16_000, 5)
    client.force_login(rahma)
    line, address = order.lines.get(), at_seller(order, "ubah/")
    odd = client.post(address, {"deed": "weigh", "line": line.pk, "weighed": "setengah"})
    assert odd.status_code == 422 and "misalnya 1,15" in odd.content.decode()
    client.post(address, {"deed": "weigh", "line": line.pk, "weighed": "480,5"})
    order.refresh_from_db()
    assert order.total_rp == 28_830
    client.post(address, {"deed": "reduce", f"jumlah-{line.pk}": "1", "reason": "Habis"})
    order.refresh_from_db()
    assert order.total_rp == 14_415
    offer = {"deed": "substitute", "line": line.pk, "variant": spicy.pk, "quantity": "1", "note": "Enak"}
    client.post(address, offer)
    assert Proposal.objects.get().state == "open"
    shown = client.get(f"/jualan/{order.shop.public_id}/pesanan/{order.number}/").content.decode()
    assert "Menunggu jawaban pembeli" in shown
    client.post(at_seller(order, f"usulan/{Proposal.objects.get().pk}/tarik/"))
    assert Proposal.objects.get().state == "withdrawn"


def test_a_complaint_with_a_picture_is_opened_answered_and_settled(
    client: Client, received: Order, rahma: Person
) -> None:
    address = at_buyer(received, "keluhan/")
    assert (
        client.post(address, {"kind": "broken", "text": "Dua remuk", "photos": a_photo()}).status_code == 302
    )
    client.force_login(rahma)
    client.post(at_seller(received, "keluhan/"), {"text": "Saya ganti besok"})
    client.logout()
    shown = client.get(address).content.decode()
    assert "Dua remuk" in shown and "Saya ganti besok" in shown and "/keluhan/foto/" in shown
    client.post(at_buyer(received, "keluhan/settle/"))
    assert Complaint.objects.get().state == "settled"


def test_a_refused_complaint_keeps_words_and_picture(client: Client, received: Order) -> None:
    address = at_buyer(received, "keluhan/")
    refused = client.post(address, {"kind": "", "text": "Dua remuk", "photos": a_photo()})
    assert refused.status_code == 422 and "Dua remuk" in refused.content.decode()
    assert not ComplaintPhoto.objects.exists()
    kept = hidden(refused, "kept")
    client.post(address, {"kind": "broken", "text": "Dua remuk", "kept": kept})
    assert ComplaintPhoto.objects.count() == 1
    no_picture = SimpleUploadedFile("x.jpg", b"ini bukan foto", "image/jpeg")
    refused = client.post(address, {"text": "Ini fotonya", "photos": no_picture})
    assert refused.status_code == 422 and "bukan foto" in refused.content.decode()
    assert Complaint.objects.get().posts.count() == 1


def test_goods_go_back_from_page_to_page(client: Client, received: Order, rahma: Person) -> None:
    line, address = received.lines.get(), at_buyer(received, "kembalikan/")
    refused = client.post(address, {f"jumlah-{line.pk}": "0", "reason": "Basi"})
    assert refused.status_code == 422 and "Basi" in refused.content.decode()
    client.post(address, {f"jumlah-{line.pk}": "1", "reason": "Basi"})
    assert "Diminta pembeli" in client.get(f"/pesanan/{link_secret(received.group)}/").content.decode()
    client.force_login(rahma)
    client.post(at_seller(received, "kembali/"), {"move": "agree"})
    client.post(at_seller(received, "kembali/"), {"move": "receive", "again": "no"})
    received.refresh_from_db()
    assert (GoodsReturn.objects.get().state, received.total_rp) == ("back", 15_000)
    line.variant.refresh_from_db()
    assert line.variant.on_hand == 8


def test_nobody_makes_a_move_by_its_address_that_belongs_to_a_deed(
    client: Client, received: Order, rahma: Person, everything: Everything
) -> None:
    client.force_login(rahma)
    before = everything()
    for move in ("merge", "give_all_back", "take_back_hand_over"):
        assert client.post(at_seller(received, f"{move}/")).status_code == 422
        assert client.post(at_buyer(received, f"{move}/")).status_code == 422
    assert everything() == before
