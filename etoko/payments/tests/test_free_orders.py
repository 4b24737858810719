"""A voucher pays for all of it: nothing is due, nobody is asked for money, and nobody is reminded."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from etoko.catalog.models import Shop, Variant
from etoko.notices.models import Notice
from etoko.ordering.access import link_secret
from etoko.ordering.cart import contents_of
from etoko.ordering.discounting import with_voucher
from etoko.ordering.models import Order
from etoko.ordering.operations import (
    as_buyer,
    cancel_unpaid_orders,
    change_order,
    merge_orders,
    move_order,
    place_orders,
    remind_of_deadlines,
    take_back_move,
)
from etoko.ordering.operations.changing import Destination
from etoko.ordering.queries.seller import seller_day
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import MERGED, SELLER
from etoko.ordering.tests.conftest import SITI, a_cart, place
from etoko.payments.operations import UnableToAgree, UnableToRecord, agree_terms, mark_paid
from etoko.payments.operations.agreeing import Part
from etoko.payments.queries.money import money_page
from etoko.payments.reconciling import ledger_out_of_step
from etoko.payments.tests.conftest import TODAY, Everything, pay, standing
from etoko.people.models import Person
from etoko.vouchers.access import issuing_for_shop
from etoko.vouchers.models import Voucher
from etoko.vouchers.operations import Draft, issue_voucher
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")
NOTHING_DUE = "Tidak perlu dibayar"


@pytest.fixture
def free(kerupuk: Variant, kerupuk_shop: Shop, rahma: Person) -> Order:
    """Two bags of kerupuk by transfer, 30,000, less 30,000."""
    today = timezone.localdate(NOW)
    draft = Draft(
        code="GRATIS",
        kind=Voucher.FIXED,
        amount_rp=30_000,
        minimum_rp=30_000,
        limit=9,
        starts_on=today,
        ends_on=today + timedelta(days=9),
    )
    issuing = issuing_for_shop(rahma, kerupuk_shop.public_id)
    issue_voucher(issuing=issuing, draft=draft, activate=True, at=NOW)
    cart = a_cart((kerupuk, 2))
    choices = {kerupuk_shop.pk: Choice("pickup", "transfer")}
    quote = with_voucher(
        quote_of(contents_of(cart, at=NOW), choices, area_code=""),
        code="GRATIS",
        phone=SITI.phone,
        area_code="",
        at=NOW,
    )
    return place_orders(
        cart=cart, receiver=SITI, choices=choices, shown=quote.shown, by=None, at=NOW, voucher="GRATIS"
    ).orders[0]


def accepted(order: Order) -> Order:
    return move_order(order=order, move="accept", party=SELLER, by=None, at=NOW)


def test_nobody_waits_for_money_from_the_first_moment_on(free: Order) -> None:
    assert (free.total_rp, free.payment_state, free.payment_label) == (0, Order.PAID, NOTHING_DUE)
    accepted(free)
    assert standing(free) == (Order.PAID, 0, 0)
    assert free.pay_by_at is None and free.remind_at is None
    assert "Bayar sebelum" not in Notice.objects.get(kind="order_accept").text
    later = NOW + timedelta(days=20)
    assert (remind_of_deadlines(at=later), cancel_unpaid_orders(at=later)) == (0, 0)
    assert ledger_out_of_step() == []


def test_the_buyer_is_not_asked_for_money(free: Order, client: Client) -> None:
    link = f"/pesanan/{link_secret(free.group)}/"
    for _before_and_after in range(2):
        page = client.get(link).content.decode()
        assert NOTHING_DUE in page
        for words in ("Tunggu dulu", "Bayar sekarang", "Saya sudah bayar", "Belum dibayar", "Lunas"):
            assert words not in page
        paying = client.get(f"{link}{free.number}/bayar/").content.decode()
        assert "Tidak ada yang perlu dibayar: potongan menutup" in paying
        assert "dibatalkan" not in paying and "data-copy" not in paying and 'enctype="multipart' not in paying
        assert client.get(f"{link}{free.number}/bayar/qris.png").status_code == 404
        money = client.get(f"{link}{free.number}/uang/").content.decode()
        assert "batal" not in money and NOTHING_DUE in money
        if free.state == Order._meta.get_field("state").default:
            free = accepted(free)


def test_the_seller_sees_that_nothing_is_due(free: Order, rahma: Person, client: Client) -> None:
    accepted(free)
    assert money_page(free.shop, at=NOW).unpaid == []
    assert seller_day(free.shop, at=NOW).unpaid_rp == 0
    client.force_login(rahma)
    page = client.get(f"/jualan/{free.shop.public_id}/pesanan/{free.number}/").content.decode()
    assert NOTHING_DUE in page and "Tandai lunas" not in page and "Tunjukkan kode bayar" not in page
    ledger = client.get(f"/jualan/{free.shop.public_id}/pesanan/{free.number}/bayar/").content.decode()
    assert NOTHING_DUE in ledger and "Tandai lunas" not in ledger and "Sepakati DP" not in ledger


def test_what_costs_nothing_is_not_marked_or_divided(free: Order, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToRecord, match="tidak perlu dibayar"):
        mark_paid(order=free, by=None, at=NOW)
    with pytest.raises(UnableToAgree, match="tidak perlu dibayar"):
        agree_terms(order=free, parts=[Part(1, TODAY)], by=None, at=NOW)
    assert everything() == before


def test_money_that_comes_all_the_same_is_owed_back(free: Order) -> None:
    pay(free, 5_000)
    assert standing(free) == (Order.PAID, 0, 5_000)


def test_nothing_was_paid_so_a_step_may_be_taken_back_and_orders_merged(
    free: Order, kerupuk: Variant
) -> None:
    take_back_move(order=accepted(free), move="accept", by=None, at=NOW)
    second = place(a_cart((kerupuk, 1)), choices={free.shop_id: Choice("pickup", "transfer")}).orders[0]
    merge_orders(first=free, second=second, actor=as_buyer(free, None), at=NOW)
    free.refresh_from_db()
    second.refresh_from_db()
    assert free.payment_state == Order.NOT_PAID and 14_501 <= free.left_rp <= 15_000
    assert (second.state, second.payment_label) == (MERGED, NOTHING_DUE)


def test_who_orders_more_pays_the_rest(free: Order) -> None:
    change_order(
        order=free,
        quantities={free.lines.get().pk: 4},
        delivery="pickup",
        destination=Destination(),
        note="",
        actor=as_buyer(free, None),
        at=NOW,
    )
    free.refresh_from_db()
    assert free.payment_state == Order.NOT_PAID and 29_501 <= free.left_rp <= 30_000
    assert accepted(free).pay_by_at is not None
    assert ledger_out_of_step() == []
