"""From the rows of a bank's file to the money that came in."""

import hashlib
from collections import Counter
from collections.abc import Iterator
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
    old_fingerprint: str
    """As lines were known before: by the text of the columns that were chosen."""


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
    """Every row with a day and an amount; heads, feet and sums have none. The fingerprint of a line is made
    of all that its row says, whichever columns were chosen, and counts equal lines, so that two that are
    alike stay two and a file read twice adds nothing."""
    read, period = Read(), read_period(rows)
    seen: Counter[str] = Counter()
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
            said = "\n".join(sorted(set(_said(row, period, today))))
            prints = [
                _numbered(seen, f"{amount.rp}\n{said}"),
                _numbered(seen, f"{on}\n{amount.rp}\n{text.lower()}"),
            ]
            read.came.append(Came(on, amount.rp, text, *prints))
    return read


def _said(row: list[str], period: tuple[date, date] | None, today: date) -> Iterator[str]:
    """Days and words of a row. Not its figures: the balance and the running number of a line differ from one
    download to the next."""
    for cell in row:
        word = " ".join(cell.lower().replace("'", " ").split())
        is_short = len(word) <= len("2026-11-24 10:15:00")
        if is_short and (day := read_day(word, period=period, today=today)):
            yield day.isoformat()
        elif word and read_amount(word) is None:
            yield word


def _numbered(seen: Counter[str], what: str) -> str:
    seen[what] += 1
    return hashlib.sha256(f"{what}\n{seen[what]}".encode()).hexdigest()


def _text(row: list[str], layout: Layout) -> str:
    parts = [_cell(row, at) for at in (*layout.texts, layout.time)]
    return " ".join(" ".join(dict.fromkeys(part for part in parts if part)).split())[:LONGEST_TEXT]


def _cell(row: list[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""
