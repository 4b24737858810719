import pytest
from hypothesis import given
from hypothesis import strategies as st

from etoko.foundation import money


@given(st.integers(0, 10**12), st.integers(1, 500))
def test_no_rupiah_is_lost_when_money_is_divided(total_rp: int, parts: int) -> None:
    shares = money.split_evenly(total_rp, parts)
    assert sum(shares) == total_rp
    assert max(shares) - min(shares) <= 1


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any), st.data())
def test_a_sum_in_proportion_loses_no_rupiah_and_gives_nobody_more_than_she_has(
    weights: list[int], data: st.DataObject
) -> None:
    total_rp = data.draw(st.integers(0, sum(weights)))
    shares = money.split(total_rp, weights)
    assert sum(shares) == total_rp
    assert all(0 <= share <= weight for share, weight in zip(shares, weights, strict=True))
    exact = [total_rp * weight / sum(weights) for weight in weights]
    assert all(abs(share - fair) < 1.001 for share, fair in zip(shares, exact, strict=True))


def test_the_odd_rupiah_of_a_proportion_go_to_the_largest_remainders() -> None:
    assert money.split(10, [1, 1, 1]) == [4, 3, 3]
    assert money.split(5_000, [30_000, 45_000]) == [2_000, 3_000]
    assert money.split(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="nothing to divide by"):
        money.split(1, [0, 0])


@pytest.mark.parametrize(
    ("typed", "amount_rp"),
    [("15000", 15000), ("15.000", 15000), ("Rp 15.000,-", 15000), ("rp1.500.000,00", 1_500_000)],
)
def test_reads_prices_as_people_type_them(typed: str, amount_rp: int) -> None:
    assert money.read_rupiah(typed) == amount_rp


@pytest.mark.parametrize("typed", ["-1", "1e99", "Rp1.000,50", "1.00", "lima ribu", "", "0", "99999999999"])
def test_refuses_what_is_not_a_price(typed: str) -> None:
    with pytest.raises(money.UnableToReadMoney):
        money.read_rupiah(typed)


def test_shows_short_amounts_with_indonesian_words() -> None:
    assert [money.show_rupiah_short(n) for n in (950, 25_000, 1_500_000, 2_300_000_000)] == [
        "Rp950",
        "Rp25 rb",
        "Rp1,5 jt",
        "Rp2,3 M",
    ]
