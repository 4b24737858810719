"""The lines of bank statements that wait, with what each may have paid; and those that are done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from etoko.catalog.models import Shop
from etoko.foundation.money import show_rupiah
from etoko.ordering.models import Order
from etoko.payments.models import Payment, Statement, StatementLine
from etoko.payments.statements.matching import GROUPS, Line, Noted, OpenOrder, Proposal, match_lines

_LOOKED_BACK = timedelta(days=90)
_SHOWN = 100
_DONE_SHOWN = 50


@dataclass(frozen=True, slots=True)
class OrderChoice:
    pk: int
    number: str
    buyer_name: str
    left_rp: int


@dataclass(frozen=True, slots=True)
class LineRow:
    id: int
    on: date
    amount_rp: int
    text: str
    order: OrderChoice | None
    difference_rp: int
    """How much more or less than is due."""
    payment_id: int | None
    options: list[tuple[int, str]]
    """Orders it may be for, with their words for a choice."""


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    rows: list[LineRow]
    hidden: int
    """Lines beyond those shown; they come when these are done."""
    total_rp: int


@dataclass(frozen=True, slots=True)
class DoneRow:
    id: int
    on: date
    amount_rp: int
    text: str
    number: str
    """Of the order; empty: set aside."""


@dataclass(frozen=True, slots=True)
class StatementPage:
    groups: list[Group]
    done: list[DoneRow]
    files: list[Statement]


def statement_page(shop: Shop, *, at: datetime) -> StatementPage:
    """Five queries, however many lines there are."""
    proposals, choices = proposals_of(shop, at=at)
    rows = sorted((_row(each, choices) for each in proposals), key=lambda pair: GROUPS.index(pair[0]))
    groups = []
    for name, found in groupby(rows, key=lambda pair: pair[0]):
        lines = [row for _name, row in found]
        total_rp = sum(row.amount_rp for row in lines)
        groups.append(Group(name, lines[:_SHOWN], max(0, len(lines) - _SHOWN), total_rp))
    files = list(Statement.objects.filter(shop=shop).defer("rows").order_by("-id")[:5])
    return StatementPage(groups, _done(shop), files)


def proposals_of(shop: Shop, *, at: datetime) -> tuple[list[Proposal], dict[int, OrderChoice]]:
    lines = [
        Line(pk, on, amount_rp, text)
        for pk, on, amount_rp, text in open_lines(shop).values_list("pk", "on", "amount_rp", "text")
    ]
    if not lines:
        return [], {}
    orders = [
        OpenOrder(
            order.pk,
            order.number or "",
            order.group.name,
            order.left_rp,
            order.unique_off_rp,
            timezone.localdate(order.placed_at),
        )
        for order in Order.objects.filter(shop=shop, placed_at__gte=at - _LOOKED_BACK).select_related("group")
    ]
    noted = [
        Noted(*row)
        for row in Payment.objects.filter(
            shop=shop,
            kind=Payment.RECEIVED,
            reverses=None,
            reversed_by=None,
            lines=None,
            received_on__gte=min(line.on for line in lines) - timedelta(days=5),
        )
        .exclude(method=Payment.CASH)
        .values_list("pk", "order_id", "order__group__name", "amount_rp", "received_on")
    ]
    choices = {
        order.pk: OrderChoice(order.pk, order.number, order.buyer_name, order.left_rp) for order in orders
    }
    return match_lines(lines, orders, noted), choices


def open_lines(shop: Shop) -> QuerySet[StatementLine]:
    return (
        StatementLine.objects.filter(shop=shop, set_aside_at=None)
        .filter(Q(payment=None) | _IS_TAKEN_BACK)
        .order_by("-on", "-id")
    )


_IS_TAKEN_BACK = Exists(Payment.objects.filter(reverses=OuterRef("payment")))


def _row(proposal: Proposal, choices: dict[int, OrderChoice]) -> tuple[str, LineRow]:
    order = choices.get(proposal.order_pk or 0)
    line = proposal.line
    return proposal.group, LineRow(
        line.pk,
        line.on,
        line.amount_rp,
        line.text,
        order,
        line.amount_rp - order.left_rp if order else 0,
        proposal.payment_pk,
        [_choice(choices[pk]) for pk in proposal.options],
    )


def _choice(order: OrderChoice) -> tuple[int, str]:
    return order.pk, f"{order.number} {order.buyer_name} {show_rupiah(order.left_rp)}"


def _done(shop: Shop) -> list[DoneRow]:
    rows = (
        StatementLine.objects.filter(shop=shop)
        .exclude(set_aside_at=None, payment=None)
        .exclude(_IS_TAKEN_BACK, set_aside_at=None)
        .order_by("-on", "-id")
        .values_list("pk", "on", "amount_rp", "text", "payment__order__number")[:_DONE_SHOWN]
    )
    return [DoneRow(pk, on, amount_rp, text, number or "") for pk, on, amount_rp, text, number in rows]
