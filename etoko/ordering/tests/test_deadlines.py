"""Answer, payment, pick-up: who is waited for, who is reminded, and what the clock does when it is over."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from conftest import Clock
from etoko.catalog.access import shop_for_seller
from etoko.catalog.models import PaymentOption, Shop, Variant
from etoko.foundation.flows import UnableToMove
from etoko.notices.models import Notice
from etoko.ordering.access import link_secret
from etoko.ordering.deadlines import show_deadline
from etoko.ordering.models import Order, WaitingTimes
from etoko.ordering.operations import (
    UnableToSetWaitingTimes,
    cancel_unpaid_orders,
    expire_orders,
    keep_paid,
    move_order,
    refuse_report,
    remind_of_deadlines,
    report_payment,
    set_waiting_times,
)
from etoko.ordering.quoting import Choice
from etoko.ordering.states import CANCELLED, PROCESSING, SELLER
from etoko.ordering.tests.conftest import SITI, Everything, a_cart, place
from etoko.ordering.working_days import complain_until
from etoko.people.models import Person
from tests.cast import NOW

HOUR = timedelta(hours=1)


def sell(order: Order, seller: Person, *moves: str, at: datetime = NOW) -> Order:
    for move in moves:
        order = move_order(order=order, move=move, party=SELLER, by=seller, at=at)
    return order


@pytest.fixture
def by_transfer(kerupuk: Variant, rahma: Person) -> Order:
    """Siti's two bags, paid by transfer, picked up; Rahma has accepted."""
    choices = {kerupuk.product.shop_id: Choice("pickup", PaymentOption.TRANSFER)}
    return sell(place(a_cart((kerupuk, 2)), choices=choices).orders[0], rahma, "accept")


def stock(variant: Variant) -> tuple[int, int]:
    variant.refresh_from_db()
    return variant.on_hand, variant.held


def reminders(order: Order) -> list[str]:
    """Kind and last part of the key's occasion, in the order of sending."""
    notices = Notice.objects.filter(key__startswith=f"order:{order.pk}:").order_by("pk")
    return [
        f"{notice.kind.removeprefix('order_')} {notice.key.split(':')[4]}"
        for notice in notices
        if notice.kind.startswith(("order_remind", "order_uncollected"))
    ]


def test_the_seller_is_reminded_at_half_time_and_two_hours_before_each_once(
    kerupuk: Variant, rahma: Person
) -> None:
    order = place(a_cart((kerupuk, 2))).orders[0]
    assert remind_of_deadlines(at=NOW + 11 * HOUR) == 0
    assert remind_of_deadlines(at=NOW + 12 * HOUR) == 1
    assert remind_of_deadlines(at=NOW + 12 * HOUR) == 0
    assert remind_of_deadlines(at=NOW + 21 * HOUR) == 0
    assert remind_of_deadlines(at=NOW + 22 * HOUR) == 1
    assert remind_of_deadlines(at=NOW + 23 * HOUR) == 0
    assert reminders(order) == ["remind_answer half", "remind_answer last"]
    notice = Notice.objects.get(kind="order_remind_answer", key__contains=":last:")
    assert notice.recipient == rahma and "25 November 2026 pukul 10.00 WIB" in notice.text


def test_whoever_has_answered_is_not_reminded(kerupuk: Variant, rahma: Person) -> None:
    order = sell(place(a_cart((kerupuk, 2))).orders[0], rahma, "accept")
    assert remind_of_deadlines(at=NOW + 23 * HOUR) == 0
    assert reminders(order) == []


def test_after_a_jump_of_the_clock_only_the_last_reminder_is_sent(by_transfer: Order) -> None:
    assert remind_of_deadlines(at=NOW + 23 * HOUR) == 1
    assert reminders(by_transfer) == ["remind_payment last"]


def test_an_accepted_order_by_transfer_waits_a_day_for_the_money(by_transfer: Order) -> None:
    assert by_transfer.pay_by_at == NOW + 24 * HOUR
    told = Notice.objects.get(kind="order_accept")
    assert "Bayar sebelum 25 November 2026 pukul 10.00 WIB" in told.text


def test_cash_is_paid_on_receipt_and_has_no_deadline(kerupuk: Variant, rahma: Person) -> None:
    order = sell(place(a_cart((kerupuk, 2))).orders[0], rahma, "accept")
    assert order.pay_by_at is None
    assert cancel_unpaid_orders(at=NOW + timedelta(days=30)) == 0


def test_what_is_not_paid_in_time_is_cancelled_frees_the_stock_and_both_are_told(
    by_transfer: Order, kerupuk: Variant, rahma: Person
) -> None:
    assert cancel_unpaid_orders(at=NOW + 24 * HOUR - timedelta(seconds=1)) == 0
    assert stock(kerupuk) == (10, 2)
    assert cancel_unpaid_orders(at=NOW + 24 * HOUR) == 1
    assert stock(kerupuk) == (10, 0)
    by_transfer.refresh_from_db()
    assert (by_transfer.state, by_transfer.pay_by_at) == (CANCELLED, None)
    told = Notice.objects.filter(kind="order_cancel_unpaid")
    assert {(n.phone, n.recipient) for n in told} == {(SITI.phone, None), (rahma.phone, rahma)}
    assert cancel_unpaid_orders(at=NOW + 48 * HOUR) == 0


def test_what_the_buyer_says_she_has_paid_is_not_cancelled_by_the_clock(
    by_transfer: Order, rahma: Person
) -> None:
    report_payment(order=by_transfer, by=None, by_name="Siti", at=NOW + 20 * HOUR)
    assert cancel_unpaid_orders(at=NOW + 30 * HOUR) == 0
    assert remind_of_deadlines(at=NOW + 30 * HOUR) == 0
    order = refuse_report(order=by_transfer, by=rahma, at=NOW + 30 * HOUR)
    assert order.pay_by_at == NOW + 54 * HOUR
    assert cancel_unpaid_orders(at=NOW + 54 * HOUR) == 1


def test_paid_orders_wait_for_nobody(by_transfer: Order, rahma: Person) -> None:
    order = keep_paid(order=by_transfer, paid_rp=by_transfer.total_rp, deed="pay", by=rahma, at=NOW + HOUR)
    assert (order.pay_by_at, order.remind_at) == (None, None)


def test_a_jump_of_ten_days_does_all_that_was_due(by_transfer: Order, kerupuk: Variant, clock: Clock) -> None:
    other = place(a_cart((kerupuk, 1))).orders[0]
    clock.forward(days=10)
    call_command("run_due_work")
    states = dict(Order.objects.values_list("pk", "state"))
    assert states == {by_transfer.pk: CANCELLED, other.pk: CANCELLED}
    assert list(by_transfer.events.values_list("deed", flat=True))[-1] == "cancel_unpaid"
    assert list(other.events.values_list("deed", flat=True))[-1] == "expire"
    assert stock(kerupuk) == (10, 0)
    assert reminders(by_transfer) == reminders(other) == []


def test_who_does_not_fetch_is_reminded_and_then_the_seller_may_call_it_off(
    kerupuk: Variant, rahma: Person, everything: Everything
) -> None:
    order = sell(place(a_cart((kerupuk, 2))).orders[0], rahma, "accept", "make_ready")
    assert order.collect_by_at == NOW + timedelta(days=3)
    assert remind_of_deadlines(at=NOW + timedelta(days=1.5)) == 1
    before = everything()
    with pytest.raises(UnableToMove, match="27 November 2026"):
        sell(order, rahma, "leave_uncollected", at=NOW + timedelta(days=2))
    assert everything() == before
    assert remind_of_deadlines(at=NOW + timedelta(days=3)) == 1
    # the buyer and the seller, and nothing more afterwards
    assert reminders(order) == ["remind_pickup half", "uncollected over", "uncollected over"]
    assert remind_of_deadlines(at=NOW + timedelta(days=9)) == 0
    order = sell(order, rahma, "leave_uncollected", at=NOW + timedelta(days=3))
    assert order.state == CANCELLED and stock(kerupuk) == (10, 0)


def test_a_shop_waits_as_long_as_it_says(
    kerupuk: Variant, kerupuk_shop: Shop, rahma: Person, by_transfer: Order
) -> None:
    selling = shop_for_seller(rahma, kerupuk_shop.public_id)
    set_waiting_times(selling=selling, pay_hours=6, collect_days=1, at=NOW)
    choices = {kerupuk_shop.pk: Choice("pickup", PaymentOption.QRIS)}
    order = sell(place(a_cart((kerupuk, 1)), choices=choices).orders[0], rahma, "accept")
    assert order.pay_by_at == NOW + 6 * HOUR
    by_transfer.refresh_from_db()
    assert by_transfer.pay_by_at == NOW + 24 * HOUR, "what a buyer was told before stays"
    order = sell(order, rahma, "make_ready")
    assert order.collect_by_at == NOW + timedelta(days=1)


@pytest.mark.parametrize(("hours", "days"), [(0, 3), (169, 3), (24, 0), (24, 15)])
def test_waiting_times_out_of_reason_change_nothing(
    hours: int, days: int, kerupuk_shop: Shop, rahma: Person
) -> None:
    selling = shop_for_seller(rahma, kerupuk_shop.public_id)
    with pytest.raises(UnableToSetWaitingTimes):
        set_waiting_times(selling=selling, pay_hours=hours, collect_days=days, at=NOW)
    assert not WaitingTimes.objects.exists()


def test_both_pages_say_until_when(
    client: Client, by_transfer: Order, rahma: Person, kerupuk_shop: Shop, clock: Clock
) -> None:
    buyers = client.get(f"/pesanan/{link_secret(by_transfer.group)}/").content.decode()
    assert "Bayar sebelum Rab, 25 Nov 2026 pukul 10.00" in buyers
    client.force_login(rahma)
    sellers = client.get(f"/jualan/{kerupuk_shop.public_id}/").content.decode()
    assert "Pembeli membayar sebelum Rab, 25 Nov 2026 pukul 10.00" in sellers
    assert "Tidak diambil" not in sellers


def test_the_page_of_waiting_times_saves_and_refuses(
    client: Client, rahma: Person, kerupuk_shop: Shop
) -> None:
    client.force_login(rahma)
    address = f"/jualan/{kerupuk_shop.public_id}/waktu/"
    refused = client.post(address, {"pay_hours": "lama", "collect_days": "2"})
    assert refused.status_code == 422 and "Waktu membayar dari 1 jam" in refused.content.decode()
    assert not WaitingTimes.objects.exists()
    assert client.post(address, {"pay_hours": "48", "collect_days": "2"}).status_code == 302
    assert WaitingTimes.objects.values_list("pay_hours", "collect_days").get() == (48, 2)


def test_what_was_accepted_before_deadlines_existed_waits_for_ever(by_transfer: Order) -> None:
    Order.objects.update(pay_by_at=None, remind_at=None)
    assert cancel_unpaid_orders(at=NOW + timedelta(days=99)) == 0
    assert expire_orders(at=NOW + timedelta(days=99)) == 0
    by_transfer.refresh_from_db()
    assert by_transfer.state == PROCESSING


@pytest.mark.parametrize(
    ("utc_hour", "minute", "said"),
    [
        (16, 59, "hari ini pukul 23.59"),
        (17, 0, "hari ini pukul 24.00"),
        (17, 1, "Rab, 25 Nov 2026 pukul 00.01"),
    ],
)
def test_midnight_belongs_to_the_day_that_it_ends(utc_hour: int, minute: int, said: str) -> None:
    at = NOW.replace(hour=utc_hour, minute=minute)
    assert show_deadline(at, today=NOW.date()) == said


@pytest.mark.django_db
def test_a_complaint_about_what_came_on_friday_may_be_written_until_tuesday_is_over() -> None:
    until = complain_until(NOW + timedelta(days=3))
    assert show_deadline(until, today=NOW.date()) == "Sel, 1 Des 2026 pukul 24.00"
