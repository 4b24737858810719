"""The page on which a buyer pays: the amount, the code with it, the account; and the same at the stall."""

import io
import re

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from etoko.catalog.models import PaymentOption, QrisCode, Shop, Variant
from etoko.foundation.qris import read_qris
from etoko.foundation.tests.test_qris import code
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.ordering.operations import move_order
from etoko.ordering.quoting import Choice
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import a_cart, place
from etoko.payments.operations import mark_paid
from etoko.payments.operations.agreeing import Part, agree_terms
from etoko.payments.queries.paying import now_due_rp
from etoko.payments.tests.conftest import TODAY
from etoko.payments.tests.conftest import pay as pay_in
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


def ordered(kerupuk: Variant, payment: str, *, accepted: bool = True) -> Order:
    order = place(a_cart((kerupuk, 2)), choices={kerupuk.product.shop_id: Choice(payment=payment)}).orders[0]
    return move_order(order=order, move="accept", party=SELLER, by=None, at=NOW) if accepted else order


@pytest.fixture
def with_code(kerupuk_shop: Shop) -> QrisCode:
    made = QrisCode.objects.create(
        shop=kerupuk_shop,
        payload=code(t59="KERUPUK RAHMA"),
        merchant_name="KERUPUK RAHMA",
        merchant_city="TANGERANG",
        nmid="ID1020000000001",
        from_at=NOW,
    )
    PaymentOption.objects.filter(shop=kerupuk_shop, kind="qris").update(qris=made, qris_image="")
    return made


def address(order: Order) -> str:
    return f"/pesanan/{link_secret(order.group)}/{order.number}/bayar/"


def test_the_code_carries_what_is_due(client: Client, kerupuk: Variant, with_code: QrisCode) -> None:
    order = ordered(kerupuk, "qris")
    page = client.get(address(order))
    text = page.content.decode()
    due = f"Rp{order.total_rp:,}".replace(",", ".")
    assert f"{due[:-3]}<b>{due[-3:]}</b>" in text
    assert "<svg" in text and "KERUPUK RAHMA" in text and "ID1020000000001" in text
    copied = re.search(r'data-copy="(000201[^"]+)"', text)
    assert copied
    qris = read_qris(copied[1])
    assert (qris.kind, qris.name) == ("dynamic", "KERUPUK RAHMA") and qris.amount == order.total_rp
    assert page["Referrer-Policy"] == "same-origin" and "noindex" in page["X-Robots-Tag"]


def test_the_picture_to_keep_is_the_same_code(client: Client, kerupuk: Variant, with_code: QrisCode) -> None:
    order = ordered(kerupuk, "qris")
    kept = client.get(f"{address(order)}qris.png")
    assert kept["Content-Type"] == "image/png"
    assert f"QRIS-{order.number}-{order.total_rp}.png" in kept["Content-Disposition"]
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(kept.content)))
    assert read_qris(found.text).amount == order.total_rp


def test_after_a_part_the_rest_is_in_the_code(client: Client, kerupuk: Variant, with_code: QrisCode) -> None:
    order = ordered(kerupuk, "qris")
    pay_in(order, 10_000, method="qris")
    kept = client.get(f"{address(order)}qris.png")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(kept.content)))
    assert read_qris(found.text).amount == order.total_rp - 10_000


def test_a_transfer_shows_account_and_amount_to_copy(client: Client, kerupuk: Variant) -> None:
    order = ordered(kerupuk, "transfer")
    page = client.get(address(order)).content.decode()
    assert 'data-copy="001201000123456"' in page and f'data-copy="{order.total_rp}"' in page
    assert "Bayar sebelum" in page and '<svg class="segno' not in page


def test_a_picture_that_nobody_read_is_shown_as_it_is(client: Client, kerupuk: Variant) -> None:
    page = client.get(address(ordered(kerupuk, "qris"))).content.decode()
    assert "/media/photos/contoh-qris.png" in page and "ketik jumlahnya" in page


def test_nobody_pays_before_the_seller_accepts_or_twice(
    client: Client, kerupuk: Variant, with_code: QrisCode
) -> None:
    waiting = ordered(kerupuk, "qris", accepted=False)
    assert "Tunggu dulu" in client.get(address(waiting)).content.decode()
    assert client.get(f"{address(waiting)}qris.png").status_code == 404
    order = ordered(kerupuk, "qris")
    mark_paid(order=order, by=None, by_name="Rahma", at=NOW)
    paid = client.get(address(order)).content.decode()
    assert "sudah lunas" in paid and "data-copy" not in paid
    assert client.get(f"{address(order)}qris.png").status_code == 404
    over = ordered(kerupuk, "qris", accepted=False)
    move_order(order=over, move="cancel", party="buyer", by=None, by_name="Siti", at=NOW)
    assert "dibatalkan" in client.get(address(over)).content.decode()


def test_cash_and_a_way_that_is_gone(client: Client, kerupuk: Variant) -> None:
    assert "dibayar tunai" in client.get(address(ordered(kerupuk, "cash"))).content.decode()
    order = ordered(kerupuk, "transfer")
    PaymentOption.objects.filter(kind="transfer").delete()
    assert "mengganti cara bayarnya" in client.get(address(order)).content.decode()


def test_at_the_stall_the_seller_shows_it(
    client: Client, rahma: Person, kerupuk: Variant, with_code: QrisCode
) -> None:
    order = ordered(kerupuk, "qris")
    client.force_login(rahma)
    page = client.get(f"/jualan/{order.shop.public_id}/pesanan/{order.number}/tunjukkan/").content.decode()
    assert "<svg" in page and "KERUPUK RAHMA" in page
    assert "Layar HP pembeli bukan bukti" in page


def test_the_order_leads_to_it(client: Client, rahma: Person, kerupuk: Variant) -> None:
    order = ordered(kerupuk, "transfer")
    assert address(order) in client.get(f"/pesanan/{link_secret(order.group)}/").content.decode()
    client.force_login(rahma)
    seller = client.get(f"/jualan/{order.shop.public_id}/pesanan/{order.number}/").content.decode()
    assert "/tunjukkan/" in seller


def test_where_it_is_paid_in_parts_the_code_carries_the_next(
    client: Client, kerupuk: Variant, with_code: QrisCode
) -> None:
    order = ordered(kerupuk, "qris")
    rest_rp = order.total_rp - 10_000
    agree_terms(order=order, parts=[Part(10_000, TODAY), Part(rest_rp, TODAY)], by=None, at=NOW)
    first = client.get(address(order)).content.decode()
    assert "Rp10.<b>000</b>" in first and "Ini satu bagian" in first
    assert now_due_rp([order]) == {order.pk: 10_000}
    pay_in(order, 10_000, method="qris")
    order.refresh_from_db()
    assert now_due_rp([order]) == {order.pk: rest_rp}
    second = client.get(address(order)).content.decode()
    assert "Ini satu bagian" not in second
    kept = client.get(f"{address(order)}qris.png")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(kept.content)))
    assert read_qris(found.text).amount == rest_rp
