"""From the rows of a bank's file to the money that came in."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from etoko.payments.statements.figures import goes_of, read_amount, read_day, read_period
from etoko.payments.statements.layouts import Layout

LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Came:
    """Money that came into the account."""

    on: date
    amount_rp: int
    text: str
    fingerprint: str


@dataclass
class Read:
    came: list[Came] = field(default_factory=list)
    went: int = 0
    """Lines of money that left; they are no payment of an order."""
    pending: int = 0
    """Lines that the bank has not booked yet; the next file brings them."""
    with_sen: int = 0
    """Interest and the like: no order costs sen."""


def read_lines(rows: list[list[str]], layout: Layout, *, today: date) -> Read:
    """Every row with a day and an amount; heads, feet and sums have none. The fingerprint of a line counts
    equal lines of a day, so that two that are alike stay two and a file read twice adds nothing."""
    read, period = Read(), read_period(rows)
    seen: Counter[tuple[date, int, str]] = Counter()
    for row in rows:
        day = _cell(row, layout.date)
        if day.lstrip("'").upper().startswith("PEND"):
            read.pending += 1
            continue
        on = read_day(day, period=period, today=today)
        amount = read_amount(_cell(row, layout.credit if layout.credit is not None else layout.amount))
        if on is None or amount is None or on > today:
            continue
        goes = "in" if layout.credit is not None else goes_of(_cell(row, layout.sign)) or amount.goes or "in"
        if goes == "out" or not (amount.rp or amount.sen):
            read.went += 1
        elif amount.sen:
            read.with_sen += 1
        else:
            text = _text(row, layout)
            seen[on, amount.rp, text] += 1
            print_ = _fingerprint(on, amount.rp, text, seen[on, amount.rp, text])
            read.came.append(Came(on, amount.rp, text, print_))
    return read


def _text(row: list[str], layout: Layout) -> str:
    parts = [_cell(row, at) for at in (*layout.texts, layout.time)]
    return " ".join(" ".join(dict.fromkeys(part for part in parts if part)).split())[:LONGEST_TEXT]


def _cell(row: list[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _fingerprint(on: date, amount_rp: int, text: str, number: int) -> str:
    return hashlib.sha256(f"{on}\n{amount_rp}\n{text.lower()}\n{number}".encode()).hexdigest()
