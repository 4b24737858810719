"""Money goes back: never more than is owed, with a picture, and the buyer says whether it came."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from etoko.audit.models import AuditEntry
from etoko.foundation.effects import announce
from etoko.foundation.private_pictures import private_path
from etoko.notices.models import Notice
from etoko.ordering.access import link_secret
from etoko.ordering.facts import OrderTotalChanged
from etoko.ordering.models import Order
from etoko.ordering.operations import move_order
from etoko.ordering.states import SELLER
from etoko.payments.models import Balance, Payment, Refund
from etoko.payments.operations import UnableToRecord, pay_back, reverse_payment
from etoko.payments.operations.settling import UnableToSettle
from etoko.payments.tests.conftest import TODAY, Everything, pay, standing
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def called_off(order: Order, rahma: Person) -> Order:
    """Paid with 30,000, then called off by Rahma."""
    pay(order, 30_000, rahma)
    move_order(order=order, move="call_off", party=SELLER, by=rahma, at=NOW, reason="Bahan habis")
    order.refresh_from_db()
    return order


def a_picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 90), "white").save(out, "PNG")
    return SimpleUploadedFile("bukti.png", out.getvalue(), "image/png")


def form(amount: str = "30.000") -> dict[str, object]:
    return {"amount_rp": amount, "method": "transfer", "returned_on": "2026-11-24", "picture": a_picture()}


def address(order: Order) -> str:
    return f"/jualan/{order.shop.public_id}/pesanan/{order.number}/bayar/"


def test_both_hear_that_money_is_owed(called_off: Order, rahma: Person) -> None:
    told = Notice.objects.filter(kind="order_money_owed")
    assert {notice.recipient for notice in told} == {None, rahma}
    assert all("Rp30.000" in notice.text for notice in told)


def test_given_back_in_parts_with_a_picture(called_off: Order, rahma: Person, client: Client) -> None:
    client.force_login(rahma)
    assert "Uang yang harus dikembalikan" in client.get(address(called_off)).content.decode()
    assert client.post(address(called_off) + "kembalikan/", form("10.000")).status_code == 302
    assert standing(called_off) == (Order.NOT_PAID, 0, 20_000)
    client.post(address(called_off) + "kembalikan/", form("20.000"))
    assert standing(called_off) == (Order.NOT_PAID, 0, 0)
    assert Balance.objects.get().returned_rp == 30_000
    refund = Refund.objects.first()
    assert refund and private_path(refund.picture).exists()
    seen = client.get(f"{address(called_off)}{refund.payment_id}/bukti.jpg")
    assert seen.status_code == 200 and seen["Content-Type"] == "image/jpeg"
    assert Notice.objects.filter(kind="order_money_returned").count() == 2
    assert called_off.events.last().deed == "pay_back"  # type: ignore[union-attr]


@pytest.mark.parametrize("amount", ["30.001", "0", "banyak"])
def test_more_than_is_owed_is_refused_and_leaves_no_picture(
    amount: str, called_off: Order, rahma: Person, client: Client, everything: Everything
) -> None:
    client.force_login(rahma)
    before, files = everything(), set(private_path("x" * 24).parent.glob("*"))
    answer = client.post(address(called_off) + "kembalikan/", form(amount))
    assert answer.status_code == 422
    assert everything() == before and set(private_path("x" * 24).parent.glob("*")) == files


def test_nothing_is_owed_nothing_goes_back(order: Order, rahma: Person, everything: Everything) -> None:
    pay(order, 30_000, rahma)
    before = everything()
    with pytest.raises(UnableToRecord, match="Tidak ada uang"):
        pay_back(order=order, amount_rp=1, method=Payment.CASH, returned_on=TODAY, by=rahma, at=NOW)
    assert everything() == before


def test_the_buyer_says_that_it_did_not_come(called_off: Order, rahma: Person, client: Client) -> None:
    payment = pay_back(
        order=called_off, amount_rp=30_000, method=Payment.CASH, returned_on=TODAY, by=rahma, at=NOW
    )
    page = f"/pesanan/{link_secret(called_off.group)}/{called_off.number}/uang/"
    assert "Belum saya terima" in client.get(page).content.decode()
    for _twice in range(2):
        assert client.post(f"{page}{payment.pk}/jawab/", {"answer": "belum"}).status_code == 302
    assert Refund.objects.get().answer == Refund.MISSING
    assert Notice.objects.get(kind="order_money_missing").recipient == rahma
    assert AuditEntry.objects.filter(deed="answer_refund").count() == 1
    client.post(f"{page}{payment.pk}/jawab/", {"answer": "sudah"})
    assert Refund.objects.get().answer == Refund.ARRIVED


def test_another_order_of_the_buyer_does_not_answer_for_this_one(
    called_off: Order, rahma: Person, client: Client, everything: Everything
) -> None:
    payment = pay_back(
        order=called_off, amount_rp=30_000, method=Payment.CASH, returned_on=TODAY, by=rahma, at=NOW
    )
    other = called_off.group.orders.exclude(pk=called_off.pk).get()
    before = everything()
    secret = link_secret(called_off.group)
    for wrong in (f"/pesanan/{secret}/{other.number}", f"/pesanan/{secret[:-1]}x/{called_off.number}"):
        assert client.post(f"{wrong}/uang/{payment.pk}/jawab/", {"answer": "belum"}).status_code == 404
        assert client.get(f"{wrong}/uang/{payment.pk}/bukti.jpg").status_code == 404
    assert everything() == before


def test_a_refund_noted_by_mistake_is_owed_again(called_off: Order, rahma: Person) -> None:
    payment = pay_back(
        order=called_off, amount_rp=30_000, method=Payment.CASH, returned_on=TODAY, by=rahma, at=NOW
    )
    reverse_payment(payment=payment, reason="Belum jadi", by=rahma, at=NOW)
    assert standing(called_off) == (Order.NOT_PAID, 0, 30_000)


def test_money_that_went_back_cannot_have_never_come(called_off: Order, rahma: Person) -> None:
    came = Payment.objects.get()
    pay_back(order=called_off, amount_rp=10_000, method=Payment.CASH, returned_on=TODAY, by=rahma, at=NOW)
    with pytest.raises(UnableToSettle, match="sudah dikembalikan"):
        reverse_payment(payment=came, reason="Keliru", by=rahma, at=NOW)
    assert standing(called_off) == (Order.NOT_PAID, 0, 20_000)


def test_an_order_that_costs_less_owes_the_rest(order: Order, rahma: Person) -> None:
    pay(order, 30_000, rahma)
    Order.objects.filter(pk=order.pk).update(goods_rp=20_000, total_rp=20_000)
    announce(OrderTotalChanged(order.pk, 30_000, 20_000, NOW))
    assert standing(order) == (Order.PAID, 20_000, 10_000)
