"""Lines of bank statements become payments of orders. A person chose each; all of it can be undone."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.catalog.access import Selling
from etoko.ordering.models import Order
from etoko.payments.models import Payment, StatementLine
from etoko.payments.operations.recording import record_payment, reverse_payment


@transaction.atomic
def book_lines(*, selling: Selling, chosen: Mapping[int, int], at: datetime) -> int:
    """`chosen` maps lines to the orders they paid, both of this shop. Returns how many were booked: one that
    somebody else booked or set aside meanwhile is left as it is. Raises UnableToRecord; then nothing was."""
    lines = _locked_lines(selling, chosen)
    orders = {
        order.pk: order
        for order in Order.objects.filter(shop=selling.shop, pk__in=chosen.values()).select_related(
            "group__buyer", "shop"
        )
    }
    booked = 0
    # Orders in id order: two sellers of one shop who book crosswise would else wait for each other.
    for line in sorted(lines, key=lambda line: (chosen[line.pk], line.pk)):
        order = orders.get(chosen[line.pk])
        if order is None or not is_open(line):
            continue
        line.payment = record_payment(
            order=order,
            amount_rp=line.amount_rp,
            method=order.payment if order.payment == Payment.QRIS else Payment.TRANSFER,
            source=Payment.STATEMENT,
            source_ref=_next_ref(line),
            received_on=line.on,
            by=selling.person,
            for_name=selling.for_name,
            at=at,
        )
        line.save(update_fields=["payment"])
        booked += 1
    return booked


@transaction.atomic
def tie_lines(*, selling: Selling, chosen: Mapping[int, int]) -> int:
    """`chosen` maps lines to payments of this shop that were written down before: it is the same money, and
    nothing is added. Returns how many were tied."""
    payments = {
        payment.pk: payment
        for payment in Payment.objects.filter(
            shop=selling.shop, pk__in=chosen.values(), kind=Payment.RECEIVED, reverses=None
        )
    }
    tied = 0
    for line in _locked_lines(selling, chosen):
        payment = payments.get(chosen[line.pk])
        if payment is None or payment.amount_rp != line.amount_rp or not is_open(line):
            continue
        if StatementLine.objects.filter(payment=payment).exists():
            continue
        line.payment = payment
        line.save(update_fields=["payment"])
        tied += 1
    return tied


@transaction.atomic
def set_lines_aside(*, selling: Selling, lines: Iterable[int], at: datetime) -> int:
    """They are no payments of orders. Returns how many."""
    waiting = [line for line in _locked_lines(selling, lines) if is_open(line)]
    for line in waiting:
        line.set_aside_at = at
        line.save(update_fields=["set_aside_at"])
    return len(waiting)


@transaction.atomic
def release_line(*, selling: Selling, line: StatementLine, at: datetime) -> None:
    """Undo: what was booked from the line gets a counter-entry; what was only tied or set aside is open."""
    (locked,) = _locked_lines(selling, [line.pk])
    payment = locked.payment
    locked.payment, locked.set_aside_at = None, None
    locked.save(update_fields=["payment", "set_aside_at"])
    if payment is not None and payment.source == Payment.STATEMENT and not _is_taken_back(payment):
        payment.order = Order.objects.select_related("group__buyer", "shop").get(pk=payment.order_id)
        reverse_payment(
            payment=payment,
            reason=_("Salah cocok dengan mutasi"),
            by=selling.person,
            for_name=selling.for_name,
            at=at,
        )


def is_open(line: StatementLine) -> bool:
    """Whether it waits for somebody to say what it is."""
    return line.set_aside_at is None and (line.payment is None or _is_taken_back(line.payment))


def _is_taken_back(payment: Payment) -> bool:
    return Payment.objects.filter(reverses=payment).exists()


def _locked_lines(selling: Selling, lines: Iterable[int]) -> list[StatementLine]:
    """Their payments are not joined: having waited for a lock, PostgreSQL reads the locked row anew, but what
    is joined to it as it was before: a line that was booked meanwhile would seem to have no payment."""
    rows = StatementLine.objects.select_for_update().filter(shop=selling.shop, pk__in=list(lines))
    return list(rows.order_by("pk"))


def _next_ref(line: StatementLine) -> str:
    """The line, and the how-manieth time: after a counter-entry it may be booked again."""
    before = Payment.objects.filter(
        source=Payment.STATEMENT, source_ref__startswith=f"{line.pk}.", reverses=None
    ).count()
    return f"{line.pk}.{before + 1}"
