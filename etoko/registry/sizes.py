"""Size classes of businesses: what the law computes from capital or turnover, beside what was reported.

The limits stand in `data/business_scales.csv`, each with the day from which it holds.
"""

import csv
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNKNOWN_SCALE = "unknown"
_TABLE = Path(__file__).parent / "data" / "business_scales.csv"


@dataclass(frozen=True)
class Band:
    """An amount as people are willing to tell it: between two round numbers."""

    slug: str
    name: Promise
    most_rp: int | None
    """None: no upper end."""


# The upper ends of the lower bands are where PP 7/2021 parts the classes or where other rules begin:
# Rp500 million a year is free of income tax and the ceiling of halal by own declaration.
TURNOVER_BANDS = (
    Band("to_60jt", _("sampai Rp60 juta"), 60_000_000),
    Band("to_300jt", _("Rp60–300 juta"), 300_000_000),
    Band("to_500jt", _("Rp300–500 juta"), 500_000_000),
    Band("to_2m", _("Rp500 juta–2 miliar"), 2_000_000_000),
    Band("to_15m", _("Rp2–15 miliar"), 15_000_000_000),
    Band("to_50m", _("Rp15–50 miliar"), 50_000_000_000),
    Band("over_50m", _("lebih dari Rp50 miliar"), None),
)
CAPITAL_BANDS = (
    Band("to_5jt", _("sampai Rp5 juta"), 5_000_000),
    Band("to_50jt", _("Rp5–50 juta"), 50_000_000),
    Band("to_500jt", _("Rp50–500 juta"), 500_000_000),
    Band("to_1m", _("Rp500 juta–1 miliar"), 1_000_000_000),
    Band("to_5m", _("Rp1–5 miliar"), 5_000_000_000),
    Band("to_10m", _("Rp5–10 miliar"), 10_000_000_000),
    Band("over_10m", _("lebih dari Rp10 miliar"), None),
)


@dataclass(frozen=True)
class ScaleRule:
    since: date
    source: str
    scales: tuple[str, ...]
    capital_most_rp: tuple[int, ...]
    turnover_most_rp: tuple[int, ...]


def compute_scale(
    *,
    on: date,
    capital_rp: int | None = None,
    turnover_rp: int | None = None,
    capital_band: str = UNKNOWN_SCALE,
    turnover_band: str = UNKNOWN_SCALE,
    started_year: int | None = None,
) -> str:
    """The class by the law in force on the day: micro, small, medium, large, or unknown.

    PP 7/2021 art. 35: by capital (without land and buildings); by yearly sales for businesses that
    were there before that law. Where the fact that the law asks for is unknown, the other one is used.
    """
    rule = _rule_on(on)
    capital = capital_rp if capital_rp is not None else _most_of(CAPITAL_BANDS, capital_band)
    turnover = turnover_rp if turnover_rp is not None else _most_of(TURNOVER_BANDS, turnover_band)
    by_turnover = started_year is not None and started_year < rule.since.year
    measures = [(capital, rule.capital_most_rp), (turnover, rule.turnover_most_rp)]
    for amount_rp, most_rp in reversed(measures) if by_turnover else measures:
        if amount_rp is not None:
            place = bisect_left(most_rp, amount_rp)
            return (*rule.scales, "large")[place]
    return UNKNOWN_SCALE


def scale_source(on: date) -> str:
    """The law by which the class of that day is computed, for the page that shows it."""
    return _rule_on(on).source


def band_of(bands: tuple[Band, ...], amount_rp: int | None) -> str:
    """The slug of the band in which the amount lies; "unknown" for None."""
    if amount_rp is None:
        return UNKNOWN_SCALE
    return next(band.slug for band in bands if band.most_rp is None or amount_rp <= band.most_rp)


def _most_of(bands: tuple[Band, ...], slug: str) -> int | None:
    for band in bands:
        if band.slug == slug:
            # One above the last end stands for "more than that".
            return band.most_rp if band.most_rp is not None else (bands[-2].most_rp or 0) + 1
    return None


def _rule_on(day: date) -> ScaleRule:
    rules = scale_rules()
    return [rule for rule in rules if rule.since <= day][-1] if rules[0].since <= day else rules[0]


@lru_cache(maxsize=1)
def scale_rules() -> tuple[ScaleRule, ...]:
    """All rules, the oldest first."""
    rows: dict[tuple[str, str], list[dict[str, str]]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault((row["since"], row["source"]), []).append(row)
    return tuple(
        ScaleRule(
            since=date.fromisoformat(since),
            source=source,
            scales=tuple(line["scale"] for line in lines),
            capital_most_rp=tuple(int(line["capital_most_rp"]) for line in lines),
            turnover_most_rp=tuple(int(line["turnover_most_rp"]) for line in lines),
        )
        for (since, source), lines in sorted(rows.items())
    )
