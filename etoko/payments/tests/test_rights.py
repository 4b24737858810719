"""Every address of the room × every member of the cast: who gets in; nobody else changes anything."""

import pytest
from django.test import Client

from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.ordering.operations import report_payment
from etoko.payments.models import PaymentProof
from etoko.payments.operations import mark_paid
from etoko.payments.operations.proving import send_proof
from etoko.payments.proofs import keep_proof
from etoko.payments.tests.conftest import Everything, pay
from etoko.payments.tests.receipts import as_file, receipt
from etoko.people.models import Person
from tests.cast import CAST, FOR_RAHMAS_SHOP, NOW, signed_in
from tests.turns import taken_back

PAGES = [
    *("pesanan/{number}/bayar/", "pesanan/{number}/tunjukkan/", "pesanan/{number}/bukti/", "bukti/"),
    "mutasi/",
    "uang/",
    "uang/laporan/",
    "uang/laporan.xlsx",
    "uang/laporan.csv",
]
DEEDS = [
    ("pesanan/{number}/bayar/", {}),
    ("pesanan/{number}/bayar/catat/", {"amount_rp": "5.000", "method": "cash", "received_on": "2026-11-24"}),
    ("pesanan/{number}/bayar/belum-masuk/", {}),
    ("pesanan/{number}/bayar/{entry}/batalkan/", {"quick": "Salah jumlah"}),
    ("pesanan/{number}/bayar/{entry}/kwitansi/", {}),
    ("pesanan/{number}/bayar/kesepakatan/", {"kind": "later", "first_on": "2026-12-01"}),
]

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize("page", PAGES)
def test_who_sees_the_money(page: str, everybody: dict[str, Person], order: Order) -> None:
    for who in CAST:
        with taken_back(who):
            address = f"/jualan/{order.shop.public_id}/{page.format(number=order.number)}"
            answer = signed_in(who, everybody).get(address)
            assert answer.status_code == (302 if who == "guest" else 200 if who in FOR_RAHMAS_SHOP else 404)


@pytest.mark.parametrize("deed", DEEDS)
def test_who_writes_it_down(
    deed: tuple[str, dict[str, str]],
    everybody: dict[str, Person],
    order: Order,
    everything: Everything,
) -> None:
    for who in CAST:
        with taken_back(who):
            entry = pay(order, 10_000, everybody["rahma"])
            report_payment(order=order, by=None, by_name="Siti", at=NOW)
            before = everything()
            address = f"/jualan/{order.shop.public_id}/{deed[0].format(number=order.number, entry=entry.pk)}"
            answer = signed_in(who, everybody).post(address, deed[1])
            if who in FOR_RAHMAS_SHOP:
                assert answer.status_code == 302 and everything() != before
            else:
                assert answer.status_code == (302 if who == "guest" else 404)
                assert everything() == before


def test_an_entry_of_another_order_is_not_found(
    client: Client, rahma: Person, order: Order, everything: Everything
) -> None:
    other = order.group.orders.exclude(pk=order.pk).get()
    entry = mark_paid(order=other, by=None, at=NOW)
    before = everything()
    client.force_login(rahma)
    address = f"/jualan/{order.shop.public_id}/pesanan/{order.number}/bayar/{entry.pk}/batalkan/"
    assert client.post(address, {"quick": "Salah"}).status_code == 404
    assert everything() == before


@pytest.mark.parametrize("who", CAST)
def test_the_private_link_opens_the_payment_and_no_other_does(
    who: str, everybody: dict[str, Person], order: Order
) -> None:
    client = signed_in(who, everybody)
    secret = link_secret(order.group)
    assert client.get(f"/pesanan/{secret}/{order.number}/bayar/").status_code == 200
    for wrong in (f"{secret[:-1]}x/{order.number}", f"{secret}/AAA-AAA", f"x/{order.number}"):
        assert client.get(f"/pesanan/{wrong}/bayar/").status_code == 404
        assert client.get(f"/pesanan/{wrong}/bayar/qris.png").status_code == 404


@pytest.fixture
def proof(order: Order) -> PaymentProof:
    kept = keep_proof(as_file(receipt()))
    return send_proof(order=order, kept=kept, party="buyer", by=None, by_name="Siti", at=NOW)


@pytest.mark.parametrize("who", CAST)
def test_who_sees_a_proof_and_answers_it(
    who: str, everybody: dict[str, Person], order: Order, proof: PaymentProof, everything: Everything
) -> None:
    client = signed_in(who, everybody)
    desk = f"/jualan/{order.shop.public_id}/bukti/{proof.public_id}"
    may = who in FOR_RAHMAS_SHOP
    no = 302 if who == "guest" else 404
    assert client.get(f"{desk}.jpg").status_code == (200 if may else no)
    before = everything()
    assert client.post(f"{desk}/belum-masuk/", {"quick": "Buram"}).status_code == (302 if may else no)
    form = {"amount_rp": "30.000", "received_on": "2026-11-24"}
    assert client.post(f"{desk}/masuk/", form).status_code == (422 if may else no)
    assert (everything() != before) == may


def test_a_proof_opens_only_in_its_own_shop_and_order(
    client: Client, rahma: Person, herman: Person, order: Order, proof: PaymentProof
) -> None:
    other = order.group.orders.exclude(pk=order.pk).get()
    secret = link_secret(order.group)
    assert client.get(f"/pesanan/{secret}/{order.number}/bukti/{proof.public_id}.jpg").status_code == 200
    assert client.get(f"/pesanan/{secret}/{other.number}/bukti/{proof.public_id}.jpg").status_code == 404
    assert client.get(f"/pesanan/x{secret}/{order.number}/bukti/{proof.public_id}.jpg").status_code == 404
    client.force_login(herman)
    assert client.get(f"/jualan/{other.shop.public_id}/bukti/{proof.public_id}.jpg").status_code == 404
