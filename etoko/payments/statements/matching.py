"""Which line paid which order. Nothing is booked here: a person looks and presses."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

MATCHED, DUPLICATE, UNDERPAID, OVERPAID, NO_MATCH = (
    "matched",
    "duplicate",
    "underpaid",
    "overpaid",
    "no_match",
)
GROUPS = (MATCHED, DUPLICATE, UNDERPAID, OVERPAID, NO_MATCH)
PAID_WITHIN = timedelta(days=30)
"""So long after it was placed an order is found by its amount alone."""
_NOTED_WITHIN = timedelta(days=3)
"""A payment written down by hand is the same money as a line of about that day."""
_MOST_ROUNDED_RP = 500
_NUMBER = re.compile(
    r"(?<![0-9A-Z])([2-9BCDFGHJKMNPQRSTVWXYZ]{3})[- ]?([2-9BCDFGHJKMNPQRSTVWXYZ]{3})(?![0-9A-Z])"
)


@dataclass(frozen=True, slots=True)
class Line:
    pk: int
    on: date
    amount_rp: int
    text: str


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order of the shop; with nothing left to pay it is only found by its number."""

    pk: int
    number: str
    buyer_name: str
    left_rp: int
    unique_off_rp: int
    placed_on: date


@dataclass(frozen=True, slots=True)
class Noted:
    """A payment that was written down already, from elsewhere than a statement."""

    payment_pk: int
    order_pk: int
    buyer_name: str
    amount_rp: int
    received_on: date


@dataclass(frozen=True, slots=True)
class Proposal:
    line: Line
    group: str
    order_pk: int | None = None
    payment_pk: int | None = None
    """Of a duplicate: what was written down already."""
    options: tuple[int, ...] = field(default=())
    """Orders it may be for, where it is not clear."""


def match_lines(
    lines: Sequence[Line], orders: Collection[OpenOrder], noted: Collection[Noted]
) -> list[Proposal]:
    """By the number of the order in the text, else by the amount and the time, else by the buyer's name among
    equal amounts. An order and a noted payment are proposed once."""
    desk = _Desk(orders, noted)
    # Lines that name their order go first, so that no other line takes it by its amount.
    first = sorted(lines, key=lambda line: (not desk.named(line), line.on, line.pk))
    found = {line.pk: desk.propose(line) for line in first}
    return [found[line.pk] for line in lines]


class _Desk:
    def __init__(self, orders: Collection[OpenOrder], noted: Collection[Noted]) -> None:
        self.by_number = {order.number.replace("-", ""): order for order in orders}
        self.open = {order.pk: order for order in orders if order.left_rp}
        self.by_amount: dict[int, list[OpenOrder]] = defaultdict(list)
        for order in self.open.values():
            self.by_amount[order.left_rp].append(order)
        self.noted = {each.payment_pk: each for each in noted}
        self.noted_by_amount: dict[int, list[Noted]] = defaultdict(list)
        for each in noted:
            self.noted_by_amount[each.amount_rp].append(each)

    def named(self, line: Line) -> OpenOrder | None:
        for match in _NUMBER.finditer(line.text.upper()):
            if order := self.by_number.get(match[1] + match[2]):
                return order
        return None

    def propose(self, line: Line) -> Proposal:
        if order := self.named(line):
            return self._for_named(line, order)
        orders, noted = self._of_amount(line), self._noted(line)
        if len(orders) + len(noted) > 1:
            options = tuple(order.pk for order in orders)
            orders = [order for order in orders if _names(line.text, order.buyer_name)]
            noted = [each for each in noted if _names(line.text, each.buyer_name)]
            if len(orders) + len(noted) != 1:
                return Proposal(line, NO_MATCH, options=options)
        if orders:
            return self._take(line, MATCHED, orders[0])
        if noted:
            return self._same(line, noted[0])
        return self._rounded_up(line) or Proposal(line, NO_MATCH)

    def _for_named(self, line: Line, order: OpenOrder) -> Proposal:
        if order.pk not in self.open:
            for each in self._noted(line):
                if each.order_pk == order.pk:
                    return self._same(line, each)
            return Proposal(line, OVERPAID, order.pk)
        if line.amount_rp == order.left_rp:
            return self._take(line, MATCHED, order)
        return self._take(line, UNDERPAID if line.amount_rp < order.left_rp else OVERPAID, order)

    def _of_amount(self, line: Line) -> list[OpenOrder]:
        return [
            order
            for order in self.by_amount.get(line.amount_rp, ())
            if order.pk in self.open and order.placed_on <= line.on <= order.placed_on + PAID_WITHIN
        ]

    def _noted(self, line: Line) -> list[Noted]:
        return [
            each
            for each in self.noted_by_amount.get(line.amount_rp, ())
            if each.payment_pk in self.noted and abs(each.received_on - line.on) <= _NOTED_WITHIN
        ]

    def _rounded_up(self, line: Line) -> Proposal | None:
        """She forgot the few rupiah less, or rounded up."""
        near = [
            order
            for left_rp in range(line.amount_rp - _MOST_ROUNDED_RP, line.amount_rp)
            for order in self.by_amount.get(left_rp, ())
            if order.pk in self.open
            and order.placed_on <= line.on <= order.placed_on + PAID_WITHIN
            and (left_rp + order.unique_off_rp == line.amount_rp or _names(line.text, order.buyer_name))
        ]
        return self._take(line, OVERPAID, near[0]) if len(near) == 1 else None

    def _take(self, line: Line, group: str, order: OpenOrder) -> Proposal:
        self.open.pop(order.pk)
        return Proposal(line, group, order.pk)

    def _same(self, line: Line, noted: Noted) -> Proposal:
        self.noted.pop(noted.payment_pk)
        return Proposal(line, DUPLICATE, noted.order_pk, noted.payment_pk)


def _names(text: str, name: str) -> bool:
    """Whether the text names her: each word of her name that is long enough, in capitals as banks write."""
    words = [
        word for word in re.findall(r"[A-Z]+", name.upper()) if len(word) > 2 and word not in ("IBU", "PAK")
    ]
    said = set(re.findall(r"[A-Z]+", text.upper()))
    return bool(words) and all(word in said for word in words)
