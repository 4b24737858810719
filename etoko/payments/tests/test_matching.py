"""Which line paid which order: by number, amount, time and name, and never a guess between two."""

from datetime import date, timedelta

import pytest

from etoko.payments.statements.matching import (
    DUPLICATE,
    MATCHED,
    NO_MATCH,
    OVERPAID,
    UNDERPAID,
    Line,
    Noted,
    OpenOrder,
    match_lines,
)

DAY = date(2026, 11, 20)
SITI = OpenOrder(1, "K7M-2QX", "Siti Aminah", 29_893, 107, DAY)
ANI = OpenOrder(2, "B4C-9TT", "Ani Lestari", 45_000, 0, DAY)
WATI = OpenOrder(3, "D5F-6HH", "Wati Suryani", 45_000, 0, DAY)
PAID = OpenOrder(4, "Z8Z-3WW", "Dewi", 0, 0, DAY)


def line(amount_rp: int, text: str = "TRSF", *, on: date = DAY, pk: int = 9) -> Line:
    return Line(pk, on, amount_rp, text)


def one(given: Line, *orders: OpenOrder, noted: tuple[Noted, ...] = ()) -> tuple[str, int | None]:
    (proposal,) = match_lines([given], orders, noted)
    return proposal.group, proposal.order_pk


@pytest.mark.parametrize("text", ["TRSF K7M-2QX", "pesanan k7m2qx", "BERITA:K7M 2QX/SITI"])
def test_the_number_in_the_text_decides(text: str) -> None:
    assert one(line(29_893, text), SITI, ANI) == (MATCHED, 1)
    assert one(line(20_000, text), SITI, ANI) == (UNDERPAID, 1)
    assert one(line(45_000, text), SITI, ANI) == (OVERPAID, 1)


def test_a_number_inside_another_is_none() -> None:
    assert one(line(1_000, "REFK7M2QX99"), SITI) == (NO_MATCH, None)


def test_a_unique_amount_decides() -> None:
    assert one(line(29_893), SITI, ANI, WATI) == (MATCHED, 1)


def test_equal_amounts_are_told_apart_by_name_or_not_at_all() -> None:
    assert one(line(45_000, "TRSF WATI SURYANI"), ANI, WATI) == (MATCHED, 3)
    (proposal,) = match_lines([line(45_000)], [ANI, WATI], [])
    assert (proposal.group, proposal.order_pk, proposal.options) == (NO_MATCH, None, (2, 3))


def test_an_order_is_paid_once() -> None:
    found = match_lines([line(29_893, pk=1), line(29_893, pk=2)], [SITI], [])
    assert [proposal.group for proposal in found] == [MATCHED, NO_MATCH]


def test_a_line_that_names_its_order_takes_it_before_one_of_the_same_amount() -> None:
    found = match_lines([line(29_893, pk=1), line(29_893, "K7M-2QX", pk=2)], [SITI], [])
    assert [proposal.group for proposal in found] == [NO_MATCH, MATCHED]


def test_money_from_before_the_order_or_long_after_is_for_something_else() -> None:
    assert one(line(29_893, on=DAY - timedelta(days=1)), SITI) == (NO_MATCH, None)
    assert one(line(29_893, on=DAY + timedelta(days=30)), SITI) == (MATCHED, 1)
    assert one(line(29_893, on=DAY + timedelta(days=31)), SITI) == (NO_MATCH, None)


def test_who_forgot_the_unique_amount_paid_a_little_more() -> None:
    assert one(line(30_000), SITI, ANI) == (OVERPAID, 1)
    assert one(line(29_900), SITI, ANI) == (NO_MATCH, None)
    assert one(line(29_900, "SITI AMINAH"), SITI, ANI) == (OVERPAID, 1)


def test_what_was_noted_by_hand_is_the_same_money() -> None:
    noted = Noted(7, 4, "Dewi", 29_000, DAY + timedelta(days=2))
    (proposal,) = match_lines([line(29_000)], [PAID], [noted])
    assert (proposal.group, proposal.order_pk, proposal.payment_pk) == (DUPLICATE, 4, 7)
    assert one(line(29_000, on=DAY - timedelta(days=2)), PAID, noted=(noted,)) == (NO_MATCH, None)


def test_noted_or_still_open_is_not_guessed() -> None:
    noted = Noted(7, 4, "Dewi", 29_893, DAY)
    assert one(line(29_893), SITI, PAID, noted=(noted,)) == (NO_MATCH, None)
    assert one(line(29_893, "DEWI"), SITI, PAID, noted=(noted,)) == (DUPLICATE, 4)


def test_more_money_for_a_paid_order_is_not_lost() -> None:
    assert one(line(5_000, "Z8Z-3WW"), PAID) == (OVERPAID, 4)
