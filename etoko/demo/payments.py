"""What was paid for the sample orders: most of it, some of it, none of it, and some that has to go back."""

from datetime import datetime, timedelta

from django.utils import timezone

from etoko.ordering.models import Order
from etoko.ordering.operations import report_payment
from etoko.ordering.states import CANCELLED, COMPLETED, DELIVERED, PROCESSING, READY_FOR_PICKUP, SHIPPED
from etoko.payments.models import Payment
from etoko.payments.operations import agree_terms, issue_receipt, mark_paid, pay_back, record_payment
from etoko.payments.operations.agreeing import down_payment


def pay_samples(*, now: datetime) -> int:
    """Through the doors of the sellers. Returns how many entries the ledgers got."""
    orders = Order.objects.select_related("group__buyer", "shop").order_by("pk")
    for order in orders.filter(state=COMPLETED):
        # One in twelve took the goods and has not paid: what the page of the money is for.
        if order.pk % 12:
            _pay_all(order, order.changed_at)
    under_way = orders.filter(
        state__in=(PROCESSING, READY_FOR_PICKUP, SHIPPED, DELIVERED),
        payment_state=Order.NOT_PAID,
        proofs=None,
    )
    for number, order in enumerate(under_way):
        _pay_under_way(order, number, now)
    for number, order in enumerate(orders.filter(state=CANCELLED, events__deed="call_off")[:4]):
        _pay(order, order.total_rp, order.changed_at)
        if number % 2:
            at = min(now, order.changed_at + timedelta(days=1))
            pay_back(
                order=order,
                amount_rp=order.total_rp,
                method=Payment.CASH,
                returned_on=timezone.localdate(at),
                by=None,
                at=at,
            )
    for payment in Payment.objects.filter(kind=Payment.RECEIVED, order__state=DELIVERED).order_by("pk")[:3]:
        issue_receipt(payment=payment, at=now)
    return Payment.objects.count()


def _pay_under_way(order: Order, number: int, now: datetime) -> None:
    half_rp = order.total_rp // 2
    if number == 1:
        today = timezone.localdate(now)
        agree_terms(
            order=order,
            parts=down_payment(order.total_rp, percent=50, due_on=today, rest_on=today + timedelta(days=14)),
            by=None,
            at=now,
        )
        _pay(order, half_rp, now)
    elif number % 4 == 0:
        _pay_all(order, order.changed_at)
    elif number % 4 == 1 and half_rp:
        _pay(order, half_rp, order.changed_at)
    elif number % 4 == 2:
        report_payment(order=order, by=None, by_name=order.group.name, at=now)


def _pay_all(order: Order, at: datetime) -> None:
    if not order.left_rp:
        return
    # Some who meant to pay in cash send it by bank after all, where the shop has an account.
    if order.pk % 4 == 1 and order.shop.payment_options.filter(kind=Payment.TRANSFER).exists():
        _pay(order, order.left_rp, at, method=Payment.TRANSFER)
    else:
        mark_paid(order=order, by=None, by_name=order.shop.name, at=at)


def _pay(order: Order, amount_rp: int, at: datetime, *, method: str = "") -> None:
    record_payment(
        order=order,
        amount_rp=amount_rp,
        method=method or order.payment,
        source=Payment.FORM,
        received_on=timezone.localdate(at),
        by=None,
        by_name=order.shop.name,
        at=at,
    )
