"""Whole rupiah. Money is divided and rounded only here, and no rupiah is lost."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from etoko.foundation.problems import UnableTo

MOST_RP = 9_999_999_999
"""The largest price or amount that a form takes: just under ten thousand million rupiah."""


class UnableToReadMoney(UnableTo):
    pass


def split_evenly(total_rp: int, parts: int) -> list[int]:
    """Divide so that the shares sum to the total; the first shares carry the odd rupiah."""
    share_rp, odd = divmod(total_rp, parts)
    return [share_rp + 1] * odd + [share_rp] * (parts - odd)


def split(total_rp: int, weights: Sequence[int]) -> list[int]:
    """Divide in proportion to the weights, so that the shares sum to the total.

    The odd rupiah go to the largest remainders, the first of equals. Where the total is not more than the
    sum of the weights, no share is more than its weight. Without any weight only nought can be divided.
    """
    whole = sum(weights)
    if total_rp < 0 or (whole == 0 and total_rp):
        raise ValueError("nothing to divide by, or less than nothing to divide")
    parts = [divmod(total_rp * weight, whole) if whole else (0, 0) for weight in weights]
    odd = total_rp - sum(share_rp for share_rp, _remainder in parts)
    first = sorted(range(len(parts)), key=lambda at: (-parts[at][1], at))[:odd]
    return [share_rp + (at in first) for at, (share_rp, _remainder) in enumerate(parts)]


def percent_of(amount_rp: int, percent: Decimal | int) -> int:
    """A percentage in whole rupiah, half a rupiah rounded up."""
    return int((Decimal(amount_rp) * Decimal(percent) / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def portion_of(amount_rp: int, part: int, whole: int) -> int:
    """The share of `part` in `whole` parts, half a rupiah rounded up; the whole is the amount itself."""
    return int((Decimal(amount_rp) * part / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def price_per(price_rp: int, amount: Decimal, per: Decimal) -> int:
    """What `per` of something costs when `amount` of it costs `price_rp`; half a rupiah rounded up."""
    return int((Decimal(price_rp) * per / amount).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def show_rupiah(amount_rp: int) -> str:
    """1500000 → "Rp1.500.000" (no space, dots between thousands)."""
    sign = "-" if amount_rp < 0 else ""
    return f"{sign}Rp{abs(amount_rp):,}".replace(",", ".")


def show_rupiah_short(amount_rp: int) -> str:
    """1500000 → "Rp1,5 jt"; M is miliar, jt juta, rb ribu."""
    for size, word in ((1_000_000_000, "M"), (1_000_000, "jt"), (1_000, "rb")):
        if abs(amount_rp) >= size:
            tenths = (Decimal(amount_rp) / size).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
            return f"Rp{tenths:f}".removesuffix(".0").replace(".", ",") + f" {word}"
    return show_rupiah(amount_rp)


_MONEY = re.compile(r"(?:rp\.?|idr)?\s*(\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,(\d{1,2})|,-)?", re.IGNORECASE)


def read_rupiah(text: str, *, field: str = "", least_rp: int = 1, most_rp: int = MOST_RP) -> int:
    """Read what a person typed as a price: "15000", "15.000", "Rp 15.000,-".

    Raises UnableToReadMoney for anything else, for sen, and outside least_rp…most_rp. A guess at a
    price would be paid by the seller, so nothing is guessed.
    """
    match = _MONEY.fullmatch(text.strip())
    if match is None:
        raise UnableToReadMoney(_("Tulis harga dengan angka saja, misalnya 15000 atau 15.000."), field=field)
    if match[2] and int(match[2]):
        raise UnableToReadMoney(
            _("Harga ditulis dalam rupiah bulat, tanpa sen. Misalnya 1.000, bukan 1.000,50."), field=field
        )
    amount_rp = int(re.sub(r"\D", "", match[1]))
    if not least_rp <= amount_rp <= most_rp:
        raise UnableToReadMoney(
            _("Harga harus antara %(least)s dan %(most)s.")
            % {"least": show_rupiah(least_rp), "most": show_rupiah(most_rp)},
            field=field,
        )
    return amount_rp
