from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etoko.catalog.units import MEASURES, show_amount, unit_price


@pytest.mark.parametrize(
    ("price_rp", "unit", "amount", "measure", "shown"),
    [
        (12_000, "bungkus", "250", "g", "Rp4.800 / 100 g"),
        (45_000, "pak", "2", "kg", "Rp22.500 / kg"),
        (45_000, "pak", "2000", "g", "Rp22.500 / kg"),
        (10_000, "botol", "330", "ml", "Rp3.030 / 100 ml"),
        (30_000, "botol", "1.5", "l", "Rp20.000 / liter"),
        (60_000, "kodi", None, "", "Rp3.000 / buah"),
        (24_000, "lusin", None, "", "Rp2.000 / buah"),
        (5_000, "ons", None, "", None),
        (30_000, "kg", None, "", None),
        (30_000, "kg", "1", "kg", None),
        (50_000, "potong", "250", "cm", "Rp20.000 / m"),
        (15_000, "bungkus", None, "", None),
        (1, "pak", "1000", "pcs", None),
    ],
)
def test_a_pack_is_compared(
    price_rp: int, unit: str, amount: str | None, measure: str, shown: str | None
) -> None:
    found = unit_price(
        price_rp, unit=unit, amount=Decimal(amount) if amount is not None else None, measure=measure
    )
    assert (str(found) if found else None) == shown


@given(
    price_rp=st.integers(1, 9_999_999_999),
    thousandths=st.integers(1, 999_999_000),
    measure=st.sampled_from(sorted(MEASURES)),
)
def test_the_unit_price_times_the_amount_is_the_price_to_half_a_rupiah(
    price_rp: int, thousandths: int, measure: str
) -> None:
    amount = Decimal(thousandths) / 1000
    found = unit_price(price_rp, unit="bungkus", amount=amount, measure=measure)
    if found is None:
        return
    factor = {"kg": 1000, "l": 1000, "m": 100}.get(measure, 1)
    per = {"100 g": 100, "100 ml": 100, "kg": 1000, "l": 1000, "m": 100, "pcs": 1}[found.per]
    exact = Decimal(price_rp) * per / (amount * factor)
    assert abs(found.price_rp - exact) <= Decimal("0.5")
    assert found.price_rp >= 1


@given(price_rp=st.integers(1, 10_000_000), grams=st.integers(1, 500_000))
def test_the_same_weight_compares_alike_in_grams_and_kilograms(price_rp: int, grams: int) -> None:
    in_grams = unit_price(price_rp, unit="pak", amount=Decimal(grams), measure="g")
    in_kilograms = unit_price(price_rp, unit="pak", amount=Decimal(grams) / 1000, measure="kg")
    assert in_grams == in_kilograms


def test_amounts_are_shown_as_people_write_them() -> None:
    assert show_amount(Decimal("0.500"), "kg") == "0,5 kg"
    assert show_amount(Decimal("250.000"), "g") == "250 g"
    assert show_amount(Decimal("100"), "pcs") == "100 buah"
    assert show_amount(None, "g") == ""
