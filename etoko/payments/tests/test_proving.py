"""Siti shows a screenshot; the machine compares; Rahma looks in her bank app and answers."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from etoko.audit.models import AuditEntry
from etoko.catalog.models import Shop, Variant
from etoko.foundation.flows import UnableToMove
from etoko.foundation.private_pictures import private_path
from etoko.notices.models import Notice
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.ordering.operations import move_order
from etoko.ordering.quoting import Choice
from etoko.ordering.states import BUYER, SELLER
from etoko.ordering.tests.conftest import a_cart, a_variant, place
from etoko.payments import reading
from etoko.payments.models import Payment, PaymentProof
from etoko.payments.operations import mark_paid
from etoko.payments.operations.proving import (
    MOST_PROOFS,
    UnableToProve,
    accept_proof,
    read_in_background,
    refuse_proof,
    send_proof,
)
from etoko.payments.proofs import keep_proof
from etoko.payments.queries.proofs import findings_of, open_proofs
from etoko.payments.tests.conftest import TODAY, Everything
from etoko.payments.tests.receipts import as_file, receipt
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def _no_reader(settings: Any) -> None:
    settings.READER = "none"
    reading.reader_named.cache_clear()


def by_transfer(kerupuk: Variant, quantity: int = 2) -> Order:
    shop = kerupuk.product.shop_id
    order = place(a_cart((kerupuk, quantity)), choices={shop: Choice(payment="transfer")}).orders[0]
    return move_order(order=order, move="accept", party=SELLER, by=None, at=NOW)


@pytest.fixture
def transfer(kerupuk: Variant) -> Order:
    return by_transfer(kerupuk)


def shown(rp: int) -> str:
    return f"Rp{rp:,}".replace(",", ".")


def send(order: Order, picture: BytesIO | None = None, **more: Any) -> PaymentProof:
    sent = picture or as_file(receipt(shown(order.total_rp)))
    given = {"party": BUYER, "by": None, "by_name": "Siti", "at": NOW} | more
    return send_proof(order=order, kept=keep_proof(sent), **given)


def said(proof: PaymentProof) -> list[tuple[str, str]]:
    fresh = PaymentProof.objects.select_related("order", "same_as__order").get(pk=proof.pk)
    return [(found.tone, found.text) for found in findings_of(fresh, due_rp=fresh.order.left_rp, at=NOW)]


def test_a_picture_is_a_report_and_never_money(transfer: Order) -> None:
    proof = send(transfer)
    transfer.refresh_from_db()
    assert (transfer.payment_state, transfer.paid_rp) == (Order.REPORTED, 0)
    assert not Payment.objects.exists()
    assert proof.state == "open" and private_path(proof.key or "").exists()
    assert Notice.objects.filter(kind="order_report_payment").count() == 1
    assert AuditEntry.objects.filter(deed="send_proof").count() == 1


def test_position_and_camera_are_gone(transfer: Order) -> None:
    exif = Image.Exif()
    exif[0x010E] = "rumah Siti"
    exif.get_ifd(0x8825)[2] = (6.0, 12.0, 0.0)
    proof = send(transfer, as_file(receipt(), "JPEG", exif=exif))
    kept = private_path(proof.key or "").read_bytes()
    assert b"rumah Siti" not in kept and b"Exif" not in kept


def test_the_same_file_again_is_the_same_proof(transfer: Order) -> None:
    assert send(transfer) == send(transfer)
    assert PaymentProof.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        known = PaymentProof.objects.get()
        known.pk, known.key, known.public_id = None, "other", "other"
        known.save(force_insert=True)


def test_what_is_paid_or_shown_too_often_is_refused(transfer: Order, everything: Everything) -> None:
    for number in range(MOST_PROOFS):
        send(transfer, as_file(receipt(ref=str(number) * 12)))
    with pytest.raises(UnableToProve, match="Sudah ada 8 bukti"):
        send(transfer, as_file(receipt(ref="x")))
    mark_paid(order=transfer, by=None, by_name="Rahma", at=NOW)
    before = everything()
    with pytest.raises(UnableToProve, match="tidak perlu dibayar lagi"):
        send(transfer, as_file(receipt(ref="y")))
    assert everything() == before


def test_accepted_it_is_in_the_ledger_once(transfer: Order, rahma: Person) -> None:
    proof = send(transfer)
    entry = accept_proof(proof=proof, amount_rp=transfer.total_rp, received_on=TODAY, by=rahma, at=NOW)
    transfer.refresh_from_db()
    assert transfer.payment_state == Order.PAID
    assert (entry.amount_rp, entry.source, entry.source_ref, entry.method) == (
        transfer.total_rp,
        "proof",
        str(proof.pk),
        "transfer",
    )
    proof.refresh_from_db()
    assert (proof.state, proof.answered_by, proof.answered_at) == ("accepted", rahma, NOW)
    with pytest.raises(UnableToMove):
        accept_proof(proof=proof, amount_rp=1, received_on=TODAY, by=rahma, at=NOW)
    assert Payment.objects.count() == 1
    assert open_proofs(transfer.shop, at=NOW) == []


def test_refused_the_buyer_is_told_why_and_may_send_another(transfer: Order, rahma: Person) -> None:
    proof = send(transfer)
    refuse_proof(proof=proof, reason="Jumlahnya tidak cocok", by=rahma, at=NOW)
    transfer.refresh_from_db()
    proof.refresh_from_db()
    assert (proof.state, proof.reason) == ("refused", "Jumlahnya tidak cocok")
    assert transfer.payment_state == Order.NOT_PAID and not Payment.objects.exists()
    notice = Notice.objects.get(kind="order_proof_refused")
    assert "Jumlahnya tidak cocok" in notice.text and f"/{transfer.number}/bayar/" in notice.text
    assert notice.phone == transfer.group.phone
    assert send(transfer, as_file(receipt(ref="lain"))).state == "open"


def test_no_reason_no_refusal(transfer: Order, rahma: Person, everything: Everything) -> None:
    proof = send(transfer)
    before = everything()
    with pytest.raises(UnableToMove):
        refuse_proof(proof=proof, reason=" ", by=rahma, at=NOW)
    assert everything() == before and PaymentProof.objects.get().state == "open"


def test_one_refused_beside_one_that_waits_leaves_the_report(transfer: Order, rahma: Person) -> None:
    first, _second = send(transfer), send(transfer, as_file(receipt(ref="kedua")))
    refuse_proof(proof=first, reason="Buram", by=rahma, at=NOW)
    transfer.refresh_from_db()
    assert transfer.payment_state == Order.REPORTED


def test_what_was_typed_is_compared(transfer: Order) -> None:
    due = shown(transfer.total_rp)
    right = send(transfer, told_rp=transfer.total_rp, told_on=TODAY)
    assert said(right) == [
        ("ok", f"Jumlahnya cocok: {due} (ditulis pengirim)."),
        ("ok", "Tanggalnya 24 November 2026."),
    ]
    less = send(transfer, as_file(receipt(ref="2")), told_rp=10_000, told_on=TODAY - timedelta(days=3))
    assert said(less) == [
        ("warn", f"Jumlahnya kurang: Rp10.000 (ditulis pengirim), seharusnya {due}."),
        ("warn", "Tanggalnya 21 November 2026, sebelum pesanan ini dibuat."),
    ]
    more = send(transfer, as_file(receipt(ref="3")), told_rp=90_000, told_on=TODAY + timedelta(days=1))
    assert [tone for tone, _text in said(more)] == ["warn", "warn"]
    silent = send(transfer, as_file(receipt(ref="4")))
    assert said(silent) == [("info", "Jumlah di gambar tidak terbaca. Cocokkan sendiri.")]


class SeesTheSum:
    """A reader of the test's own: what it says is what stands beside the picture."""

    text = "Rp29.000 24 Nov 2026"

    def read(self, picture: Path) -> str:
        assert picture.exists()
        if not self.text:
            raise OSError("broken")
        return self.text


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("Rp10.000 24 Nov 2026", ("read", 10_000, TODAY)), ("", ("not_read", None, None))],
)
def test_the_worker_reads_where_there_is_a_reader(
    transfer: Order, settings: Any, monkeypatch: pytest.MonkeyPatch, text: str, outcome: tuple[Any, ...]
) -> None:
    settings.READER = "etoko.payments.tests.test_proving.SeesTheSum"
    monkeypatch.setattr(SeesTheSum, "text", text)
    proof = send(transfer)
    assert proof.reading == "waiting"
    assert said(proof)[0] == ("info", "Gambarnya sedang dibaca. Muat ulang sebentar lagi.")
    read_in_background.call(proof.pk)
    proof.refresh_from_db()
    assert (proof.reading, proof.read_rp, proof.read_on) == outcome
    transfer.refresh_from_db()
    assert transfer.paid_rp == 0


def test_the_same_picture_for_another_order_is_noticed_in_all_shops(
    kerupuk: Variant, kerupuk_shop: Shop, hat_shop: Shop
) -> None:
    picture = receipt("Rp29.873")
    first = by_transfer(kerupuk)
    send(first, as_file(picture))
    again = send(by_transfer(kerupuk), as_file(picture))
    assert again.likeness == "exact"
    assert (
        "warn",
        f"Gambar yang sama persis sudah dikirim untuk pesanan {first.number} pada 24 November 2026.",
    ) in (said(again))
    through_whatsapp = as_file(picture.resize((591, 1280)), "JPEG", quality=50)
    near = send(by_transfer(kerupuk), through_whatsapp)
    assert near.likeness == "near"
    hat_shop.payment_options.create(kind="transfer", bank="BCA", account_number="1", account_name="H")
    elsewhere = send(
        by_transfer(a_variant(hat_shop, "Topi", 20_000, 5)), as_file(picture, "JPEG", quality=40)
    )
    assert elsewhere.likeness == "near"
    assert said(elsewhere)[-1] == (
        "warn",
        "Gambar yang hampir sama sudah dikirim ke toko lain pada 24 November 2026.",
    )


def test_another_receipt_of_the_same_bank_app_is_not_flagged(kerupuk: Variant) -> None:
    send(by_transfer(kerupuk), as_file(receipt("Rp29.873", "24 Nov 2026 10:15:22", "9912 4471 0035")))
    other = send(by_transfer(kerupuk), as_file(receipt("Rp14.611", "25 Nov 2026 19:47:08", "1180 2265 7719")))
    assert (other.likeness, other.same_as) == ("", None)


# ------------------------------------------------------------------------------------------ the pages


def address(order: Order, what: str = "bukti/") -> str:
    return f"/pesanan/{link_secret(order.group)}/{order.number}/{what}"


def test_the_buyer_sends_it_from_the_page_of_the_payment(client: Client, transfer: Order) -> None:
    form = {"picture": as_file(receipt()), "told_rp": "10.000", "told_on": "2026-11-24"}
    sent = client.post(address(transfer), form)
    assert (sent.status_code, sent["Location"]) == (302, address(transfer, "bayar/"))
    proof = PaymentProof.objects.get()
    assert (proof.told_rp, proof.told_on, proof.party) == (10_000, TODAY, "buyer")
    page = client.get(address(transfer, "bayar/")).content.decode()
    assert "Menunggu diperiksa" in page
    picture = client.get(address(transfer, f"bukti/{proof.public_id}.jpg"))
    assert picture["Content-Type"] == "image/jpeg" and "no-store" in picture["Cache-Control"]


@pytest.mark.parametrize(("form", "words"), [
    ({}, "Pilih dulu gambar buktinya"),
    ({"picture": b"bukan gambar"}, "bukan foto yang bisa dibaca"),
    ({"picture": b""}, "kosong"),
    ({"told_rp": "seribu", "picture": b"x"}, "Tulis harga dengan angka saja"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(
    client: Client, transfer: Order, form: dict[str, Any], words: str, everything: Everything
) -> None:
    before = everything()
    if isinstance(form.get("picture"), bytes):
        content = BytesIO(form["picture"])
        content.name = "x.png"
        form = form | {"picture": content}
    refused = client.post(address(transfer), form)
    assert refused.status_code == 422 and words in refused.content.decode()
    assert everything() == before and not PaymentProof.objects.exists()
    assert not list(private_path("x" * 24).parent.iterdir())


def test_sent_twice_is_kept_once(client: Client, transfer: Order, settings: Any) -> None:
    for _time in range(3):
        form = {"picture": as_file(receipt()), "once": "same"}
        assert client.post(address(transfer), form).status_code == 302
    assert PaymentProof.objects.count() == 1
    assert len(list(Path(settings.MEDIA_ROOT).glob("private-photos/*.jpg"))) == 1


def test_the_desk_shows_the_picture_beside_the_sum_and_takes_the_answer(
    client: Client, transfer: Order, rahma: Person
) -> None:
    proof = send(transfer, told_rp=transfer.total_rp)
    client.force_login(rahma)
    desk = f"/jualan/{transfer.shop.public_id}/bukti/"
    page = client.get(desk).content.decode()
    assert f"{desk}{proof.public_id}.jpg" in page and shown(transfer.total_rp) in page
    assert "Gambar bukan uang" in page
    refused = client.post(f"{desk}{proof.public_id}/masuk/", {"amount_rp": "x", "received_on": "2026-11-24"})
    assert refused.status_code == 422 and not Payment.objects.exists()
    refused = client.post(f"{desk}{proof.public_id}/belum-masuk/", {})
    assert refused.status_code == 422 and PaymentProof.objects.get().state == "open"
    form = {"amount_rp": str(transfer.total_rp), "received_on": "2026-11-24"}
    assert client.post(f"{desk}{proof.public_id}/masuk/", form).status_code == 302
    transfer.refresh_from_db()
    assert transfer.payment_state == Order.PAID
    assert "Tidak ada bukti yang menunggu" in client.get(desk).content.decode()


def test_the_seller_adds_what_came_by_whatsapp(client: Client, transfer: Order, rahma: Person) -> None:
    client.force_login(rahma)
    here = f"/jualan/{transfer.shop.public_id}/pesanan/{transfer.number}/bukti/"
    assert client.get(here).status_code == 200
    assert client.post(here, {"picture": as_file(receipt())}).status_code == 302
    proof = PaymentProof.objects.get()
    assert (proof.party, proof.sent_by) == ("seller", rahma)
    transfer.refresh_from_db()
    assert transfer.payment_state == Order.NOT_PAID
    assert "Menunggu diperiksa" in client.get(here).content.decode()


def test_proofs_are_on_no_public_address(client: Client, transfer: Order) -> None:
    proof = send(transfer)
    for path in (
        f"/media/proofs/{proof.key}.jpg",
        f"/media/photos/{proof.key}.jpg",
        f"/proofs/{proof.key}.jpg",
    ):
        assert client.get(path).status_code == 404
