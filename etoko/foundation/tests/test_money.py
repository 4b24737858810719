import pytest
from hypothesis import given
from hypothesis import strategies as st

from etoko.foundation import money


@given(st.integers(0, 10**12), st.integers(1, 500))
def test_no_rupiah_is_lost_when_money_is_divided(total_rp: int, parts: int) -> None:
    shares = money.split_evenly(total_rp, parts)
    assert sum(shares) == total_rp
    assert max(shares) - min(shares) <= 1


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
