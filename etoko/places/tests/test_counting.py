"""A number over a list is exact, unless there is so much that nobody sees the difference."""

import pytest

from etoko.foundation import counting
from etoko.places.models import Area

pytestmark = pytest.mark.django_db


def a_village(number: int) -> Area:
    return Area.objects.create(
        code=f"36.03.04.{number}", name="Desa", level=4, kind="desa", search_name="desa"
    )


def test_a_few_are_counted_each_time() -> None:
    found = Area.objects.order_by("name")
    assert counting.count_of(found) == counting.count_of(found.none()) == 0
    a_village(2001)
    assert counting.count_of(found) == 1


def test_many_are_counted_once_in_a_while_and_each_question_for_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "LARGE", 1)
    for number in (2001, 2002):
        a_village(number)
    assert counting.count_of(Area.objects.all()) == 2
    a_village(2003)
    assert counting.count_of(Area.objects.all()) == 2
    assert counting.count_of(Area.objects.filter(name="Desa", level=4)) == 3
    assert counting.count_of(Area.objects.filter(name="Kota")) == 0
