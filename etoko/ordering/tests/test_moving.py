"""An order goes on along the table; stock, timeline and notices go with it."""

from datetime import timedelta

import pytest

from etoko.audit.models import AuditEntry
from etoko.catalog.models import Variant
from etoko.foundation.flows import UnableToMove
from etoko.notices.models import Notice
from etoko.ordering.models import Cart, Order
from etoko.ordering.operations import (
    Placed,
    UnableToPay,
    UnableToTakeBack,
    as_buyer,
    as_seller,
    ask_return,
    complain,
    complete_orders,
    expire_orders,
    forget_guest_carts,
    keep_paid,
    move_order,
    move_to_take_back,
    refuse_report,
    report_payment,
    take_back_move,
    take_goods_back,
)
from etoko.ordering.states import (
    BUYER,
    CANCELLED,
    CLOCK,
    COMPLETED,
    DECLINED,
    DELIVERED,
    ORDER_FLOW,
    SELLER,
)
from etoko.ordering.tests.conftest import SITI, Everything, a_cart
from etoko.people.models import Person
from tests.cast import NOW


def stock(variant: Variant) -> tuple[int, int]:
    variant.refresh_from_db()
    return variant.on_hand, variant.held


def sell(order: Order, seller: Person, *moves: str) -> Order:
    for move in moves:
        order = move_order(order=order, move=move, party=SELLER, by=seller, at=NOW)
    return order


def test_handing_over_takes_the_goods_from_the_stock(placed: Placed, kerupuk: Variant, rahma: Person) -> None:
    order = sell(placed.orders[0], rahma, "accept", "make_ready")
    assert stock(kerupuk) == (10, 2)
    order = sell(order, rahma, "hand_over")
    assert stock(kerupuk) == (8, 0)
    order = move_order(order=order, move="confirm_received", party=BUYER, by=None, by_name="Siti", at=NOW)
    assert order.state == COMPLETED and stock(kerupuk) == (8, 0)
    assert list(order.events.values_list("deed", flat=True)) == [
        "place",
        "accept",
        "make_ready",
        "hand_over",
        "confirm_received",
    ]


def test_sent_goods_leave_when_they_are_sent(placed: Placed, kerupuk: Variant, rahma: Person) -> None:
    sell(placed.orders[0], rahma, "accept", "ship")
    assert stock(kerupuk) == (8, 0)


def test_received_before_the_seller_said_so_takes_them_too(
    placed: Placed, kerupuk: Variant, rahma: Person
) -> None:
    order = sell(placed.orders[0], rahma, "accept", "make_ready")
    move_order(order=order, move="confirm_received", party=BUYER, by=None, by_name="Siti", at=NOW)
    assert stock(kerupuk) == (8, 0)


@pytest.mark.parametrize("how", ["decline", "cancel", "call_off", "expire"])
def test_an_order_that_comes_to_nothing_frees_the_stock(
    how: str, placed: Placed, kerupuk: Variant, rahma: Person
) -> None:
    order = placed.orders[0]
    if how == "call_off":
        order = sell(order, rahma, "accept", "make_ready")
    party = {"decline": SELLER, "call_off": SELLER, "cancel": BUYER, "expire": CLOCK}[how]
    by = rahma if party == SELLER else None
    at = order.answer_by_at if how == "expire" else NOW
    moved = move_order(order=order, move=how, party=party, by=by, at=at, reason="Stok habis")
    assert moved.state == (DECLINED if how == "decline" else CANCELLED)
    assert stock(kerupuk) == (10, 0)
    assert order.lines.get().held_quantity == 0


def test_the_buyer_is_told_of_each_step_with_the_reason(placed: Placed, rahma: Person) -> None:
    order = placed.orders[0]
    move_order(order=order, move="decline", party=SELLER, by=rahma, at=NOW, reason="Stok habis")
    notice = Notice.objects.get(kind="order_decline")
    assert notice.phone == SITI.phone and "Alasannya: Stok habis" in notice.text
    assert AuditEntry.objects.get(deed="decline_order").reason == "Stok habis"


def test_the_seller_is_told_when_the_buyer_cancels(placed: Placed, rahma: Person) -> None:
    order = placed.orders[0]
    move_order(order=order, move="cancel", party=BUYER, by=None, by_name="Siti", at=NOW)
    assert Notice.objects.get(kind="order_cancel").recipient == rahma


@pytest.mark.parametrize("move", list(ORDER_FLOW.moves))
@pytest.mark.parametrize("party", [BUYER, SELLER, CLOCK])
def test_a_move_that_the_table_does_not_have_changes_nothing(
    move: str, party: str, placed: Placed, rahma: Person, everything: Everything
) -> None:
    order = placed.orders[0]
    if ORDER_FLOW.allows(order.state, move, (party,)) and ORDER_FLOW.is_due(order, move, at=NOW):
        moved = move_order(order=order, move=move, party=party, by=rahma, at=NOW, reason="Ya")
        assert moved.state == ORDER_FLOW.moves[move].target
        return
    before = everything()
    with pytest.raises(UnableToMove):
        move_order(order=order, move=move, party=party, by=rahma, at=NOW, reason="Ya")
    assert everything() == before


def test_declining_without_a_reason_changes_nothing(
    placed: Placed, rahma: Person, everything: Everything
) -> None:
    before = everything()
    with pytest.raises(UnableToMove, match="Tulis alasannya"):
        move_order(order=placed.orders[0], move="decline", party=SELLER, by=rahma, at=NOW, reason="  ")
    assert everything() == before


def test_what_nobody_answered_in_time_expires_and_both_are_told(
    placed: Placed, kerupuk: Variant, rahma: Person
) -> None:
    assert expire_orders(at=NOW + timedelta(hours=23, minutes=59)) == 0
    assert stock(kerupuk) == (10, 2)
    assert expire_orders(at=NOW + timedelta(hours=24)) == 2
    assert stock(kerupuk) == (10, 0)
    assert set(Order.objects.values_list("state", flat=True)) == {CANCELLED}
    told = Notice.objects.filter(kind="order_expire")
    assert told.filter(phone=SITI.phone).count() == 2 and told.filter(recipient=rahma).count() == 1
    assert expire_orders(at=NOW + timedelta(hours=25)) == 0


def test_delivered_goods_are_completed_after_three_days(placed: Placed, rahma: Person) -> None:
    order = sell(placed.orders[0], rahma, "accept", "make_ready", "hand_over")
    assert order.state == DELIVERED
    assert complete_orders(at=NOW + timedelta(days=2, hours=23)) == 0
    assert complete_orders(at=NOW + timedelta(days=3)) == 1
    assert Order.objects.get(pk=order.pk).state == COMPLETED


def test_carts_of_guests_are_forgotten_after_ninety_days(kerupuk: Variant) -> None:
    a_cart((kerupuk, 1))
    assert forget_guest_carts(at=NOW + timedelta(days=89)) == 0
    assert forget_guest_carts(at=NOW + timedelta(days=91)) == 1
    assert not Cart.objects.exists()


def test_what_the_buyer_reports_is_not_paid(placed: Placed, rahma: Person, everything: Everything) -> None:
    order = report_payment(order=placed.orders[0], by=None, by_name="Siti", at=NOW)
    assert (order.payment_state, order.paid_rp) == (Order.REPORTED, 0)
    assert "Periksa dulu uangnya" in Notice.objects.get(kind="order_report_payment").text
    before = everything()
    with pytest.raises(UnableToPay, match="sudah dilaporkan"):
        report_payment(order=order, by=None, by_name="Siti", at=NOW)
    assert everything() == before
    order = refuse_report(order=order, by=rahma, at=NOW)
    assert order.payment_state == Order.NOT_PAID
    assert list(order.events.values_list("deed", flat=True))[-2:] == ["report_payment", "refuse_report"]
    with pytest.raises(UnableToPay, match="Tidak ada laporan"):
        refuse_report(order=order, by=rahma, at=NOW)


def test_the_state_follows_what_is_paid(placed: Placed, rahma: Person) -> None:
    order = keep_paid(order=placed.orders[0], paid_rp=10_000, deed="pay_part", by=rahma, at=NOW)
    assert (order.payment_state, order.left_rp) == (Order.PARTLY_PAID, 20_000)
    report_payment(order=order, by=None, by_name="Siti", at=NOW)
    assert refuse_report(order=order, by=rahma, at=NOW).payment_state == Order.PARTLY_PAID
    order = keep_paid(order=order, paid_rp=30_000, deed="pay", by=rahma, at=NOW)
    assert (order.payment_state, order.left_rp) == (Order.PAID, 0)


def test_a_cancelled_order_is_not_reported_as_paid(placed: Placed, everything: Everything) -> None:
    move_order(order=placed.orders[0], move="cancel", party=BUYER, by=None, by_name="Siti", at=NOW)
    before = everything()
    with pytest.raises(UnableToPay, match="sudah dibatalkan"):
        report_payment(order=placed.orders[0], by=None, by_name="Siti", at=NOW)
    assert everything() == before


def test_what_a_kader_does_bears_both_names(placed: Placed, yanti: Person) -> None:
    order = move_order(
        order=placed.orders[0],
        move="accept",
        party=SELLER,
        by=yanti,
        at=NOW,
        for_name="Kerupuk Bu Rahma",
    )
    event = order.events.last()
    assert event is not None and (event.by_name, event.for_name) == ("Yanti", "Kerupuk Bu Rahma")
    assert AuditEntry.objects.get(deed="accept_order").for_name == "Kerupuk Bu Rahma"


@pytest.mark.parametrize("what", ["complaint", "return", "goods back"])
def test_a_step_is_not_taken_back_once_somebody_spoke_about_the_goods(
    what: str, placed: Placed, kerupuk: Variant, rahma: Person, everything: Everything
) -> None:
    order = sell(placed.orders[0], rahma, "accept", "make_ready", "hand_over")
    back = {order.lines.get().pk: 1}
    if what == "complaint":
        complain(order=order, kind="broken", text="Remuk", actor=as_buyer(order, None), at=NOW)
    elif what == "return":
        ask_return(order=order, quantities=back, reason="Basi", actor=as_buyer(order, None), at=NOW)
    else:
        take_goods_back(
            order=order,
            quantities=back,
            reason="",
            can_be_sold_again=True,
            actor=as_seller(rahma),
            at=NOW,
        )
    before, there = everything(), stock(kerupuk)
    assert move_to_take_back(order, at=NOW) == ""
    with pytest.raises(UnableToTakeBack, match="sudah ada langkah sesudahnya"):
        take_back_move(order=order, move="hand_over", by=rahma, at=NOW)
    assert everything() == before and stock(kerupuk) == there
