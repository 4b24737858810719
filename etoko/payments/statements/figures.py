"""Amounts and days as banks write them."""

import re
from dataclasses import dataclass
from datetime import date, datetime

_CREDIT = frozenset("cr k kr c kredit credit".split())
_DEBIT = frozenset("db d dr de debet debit".split())
_AMOUNT = re.compile(
    r"([A-Za-z.]*)\s*([+-]?)\s*(?:rp\.?|idr)?\s*([\d.,]*\d|[.,]\d+)\s*([A-Za-z]*)", re.IGNORECASE
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan januari january", "feb februari february", "mar maret march", "apr april", "mei may"),
            *("jun juni june", "jul juli july", "agu ags agt agustus aug august", "sep sept september"),
            *("okt oktober oct october", "nov november nop", "des desember dec december"),
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:\D.*)?")
_DAY = re.compile(r"(\d{1,2})[/\-. ](\d{1,2}|[A-Za-z]{3,9})(?:[/\-. ](\d{4}|\d{2}))?(?:[ T,].*)?")
_PERIOD = re.compile(
    r"(\d{1,2}/\d{1,2}/\d{4})\s*(?:-|–|s\.?/?d\.?|sampai)\s*(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Amount:
    rp: int
    """Whole rupiah, never below nought."""
    sen: int
    goes: str
    """ "in", "out", or empty where the cell does not say."""


def read_amount(text: str) -> Amount | None:
    """ "1.234.567,00 CR", "29,893.00", "+15.000", "Rp 15.000 K", ".00"; None where it is no amount.

    The last sign before one or two digits at the end parts the sen; before three digits it parts thousands.
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or match[1].strip(". ").lower() not in ("", "rp", "idr", *_CREDIT, *_DEBIT):
        return None
    whole, sen = match[3], "0"
    if parted := re.fullmatch(r"(.*)[.,](\d{1,2})", whole):
        whole, sen = parted[1], parted[2].ljust(2, "0")
    digits = re.sub(r"[.,]", "", whole) or "0"
    if len(digits) > 15:
        return None
    word = (match[4] or match[1].strip(". ")).lower()
    if match[4] and word not in _CREDIT | _DEBIT:
        return None
    goes = {"+": "in", "-": "out"}.get(match[2], "") or goes_of(word)
    return Amount(int(digits), int(sen), goes)


def goes_of(word: str) -> str:
    """What a column "DB/CR" says: "in", "out" or nothing."""
    word = word.strip(" .'").lower()
    return "in" if word in _CREDIT else "out" if word in _DEBIT else ""


def read_day(text: str, *, period: tuple[date, date] | None, today: date) -> date | None:
    """24/11, 24/11/26, 24-Nov-2026, 2026-11-24, each with or without a time. Without a year it is the one
    that lies in the period of the file, else the last one that is not in the future."""
    text = text.strip().lstrip("'")
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    month = int(match[2]) if match[2].isdecimal() else _MONTHS.get(match[2].lower(), 0)
    if match[3]:
        return _day(int(match[3]) + (2000 if len(match[3]) == 2 else 0), month, int(match[1]))
    years = range(period[0].year, period[1].year + 1) if period else (today.year, today.year - 1)
    days = [day for year in years if (day := _day(year, month, int(match[1])))]
    fitting = [day for day in days if (period[0] <= day <= period[1] if period else day <= today)]
    return next(iter(fitting or days), None)


def read_period(rows: list[list[str]]) -> tuple[date, date] | None:
    """ "Periode : 01/11/2026 - 24/11/2026" in the lines above the table."""
    for row in rows[:40]:
        if match := _PERIOD.search(" ".join(row)):
            first, last = (datetime.strptime(day, "%d/%m/%Y").date() for day in match.groups())  # noqa: DTZ007
            return (first, last) if first <= last else None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
