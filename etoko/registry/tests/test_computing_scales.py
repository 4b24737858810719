from datetime import date

import pytest

from etoko.registry.sizes import CAPITAL_BANDS, TURNOVER_BANDS, band_of, compute_scale, scale_source

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("capital_rp", "scale"),
    [
        (0, "micro"),
        (1_000_000_000, "micro"),
        (1_000_000_001, "small"),
        (5_000_000_000, "small"),
        (5_000_000_001, "medium"),
        (10_000_000_000, "medium"),
        (10_000_000_001, "large"),
    ],
)
def test_classes_by_capital_end_where_the_law_says(capital_rp: int, scale: str) -> None:
    assert compute_scale(on=TODAY, capital_rp=capital_rp) == scale


@pytest.mark.parametrize(
    ("turnover_rp", "scale"),
    [
        (2_000_000_000, "micro"),
        (2_000_000_001, "small"),
        (15_000_000_000, "small"),
        (50_000_000_000, "medium"),
        (50_000_000_001, "large"),
    ],
)
def test_classes_by_turnover_end_where_the_law_says(turnover_rp: int, scale: str) -> None:
    assert compute_scale(on=TODAY, turnover_rp=turnover_rp) == scale


def test_is_unknown_when_neither_capital_nor_turnover_is_known() -> None:
    assert compute_scale(on=TODAY) == "unknown"


def test_a_business_older_than_the_law_is_classed_by_its_turnover() -> None:
    def scale(started_year: int | None) -> str:
        return compute_scale(
            on=TODAY, capital_rp=500_000_000, turnover_rp=3_000_000_000, started_year=started_year
        )

    assert scale(2015) == "small"
    assert scale(2023) == "micro"
    assert scale(None) == "micro"


def test_a_band_is_enough_and_an_exact_amount_goes_before_it() -> None:
    assert compute_scale(on=TODAY, capital_band="to_5m") == "small"
    assert compute_scale(on=TODAY, turnover_band="over_50m") == "large"
    assert compute_scale(on=TODAY, capital_rp=1, capital_band="to_5m") == "micro"


def test_a_past_day_is_judged_by_the_law_of_that_day() -> None:
    assert compute_scale(on=date(2019, 1, 1), capital_rp=400_000_000) == "small"
    assert scale_source(date(2019, 1, 1)) == "UU 20/2008 pasal 6"
    assert scale_source(TODAY) == "PP 7/2021 pasal 35"


def test_every_amount_lies_in_one_band() -> None:
    assert band_of(TURNOVER_BANDS, None) == "unknown"
    assert band_of(TURNOVER_BANDS, 0) == "to_60jt"
    assert band_of(TURNOVER_BANDS, 60_000_001) == "to_300jt"
    assert band_of(TURNOVER_BANDS, 10**12) == "over_50m"
    assert band_of(CAPITAL_BANDS, 50_000_000) == "to_50jt"
