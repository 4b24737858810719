"""Many hands at one cash box, with real threads; and that the harness would see it if nobody watched."""

from collections.abc import Callable
from datetime import date

import pytest

from etoko.groups.access import Standing
from etoko.groups.models import Group
from etoko.groups.models_books import Slip
from etoko.groups.operations.booking import UnableToBook, record_expense, record_income, reverse_slip
from etoko.groups.reconciling import books_out_of_step
from tests.cast import NOW
from tests.racing import guards_off, race, slow_changes

TODAY = date(2026, 11, 24)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]


def once_of(hands: int, deed: Callable[[], object]) -> None:
    """All try at once: one does it, the others are told why not."""
    refused: list[str] = []

    def trial() -> None:
        try:
            deed()
        except UnableToBook as problem:
            refused.append(problem.sentence)

    assert race([trial] * hands) == []
    assert len(refused) == hands - 1


def what_is_in_the_box_is_spent_once(treasurer: Standing) -> None:
    record_income(standing=treasurer, amount_rp=50_000, text="Bazar", on=TODAY, at=NOW)
    once_of(
        4,
        lambda: record_expense(standing=treasurer, amount_rp=50_000, text="Tepung", on=TODAY, at=NOW),
    )
    group = Group.objects.get(pk=treasurer.group.pk)
    assert (group.cash_rp, group.last_slip) == (0, 2)
    assert list(Slip.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert books_out_of_step() == []


def a_slip_is_taken_back_once(treasurer: Standing) -> None:
    record_income(standing=treasurer, amount_rp=50_000, text="Bazar", on=TODAY, at=NOW)
    wrong = record_income(standing=treasurer, amount_rp=20_000, text="Bazar", on=TODAY, at=NOW)
    once_of(4, lambda: reverse_slip(standing=treasurer, slip=wrong, reason="Dua kali", at=NOW))
    assert Group.objects.get(pk=treasurer.group.pk).cash_rp == 50_000
    assert Slip.objects.filter(reverses=wrong).count() == 1
    assert books_out_of_step() == []


def test_what_is_in_the_box_is_spent_once(treasurer: Standing) -> None:
    what_is_in_the_box_is_spent_once(treasurer)


def test_a_slip_is_taken_back_once(treasurer: Standing) -> None:
    a_slip_is_taken_back_once(treasurer)


@pytest.mark.parametrize("story", [what_is_in_the_box_is_spent_once, a_slip_is_taken_back_once])
def test_without_guards_both_go_wrong(story: Callable[[Standing], None], treasurer: Standing) -> None:
    # All have looked before the first slip is written.
    late = slow_changes('INSERT INTO "groups_slip"')
    with guards_off((Slip, "slip_number_once")), late, pytest.raises(AssertionError):
        story(treasurer)
