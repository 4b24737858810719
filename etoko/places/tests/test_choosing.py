"""One step further down at a time, in a sub-district as in a province."""

import pytest

from etoko.places.choosing import areas_to_choose, length_below
from etoko.places.models import DISTRICT, REGENCY, Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def banten(villages: dict[str, Area]) -> None:
    """Beside Jambe another sub-district, beside Tangerang another regency."""
    for code, name, level, parent in (
        ("36.03.05", "Tigaraksa", DISTRICT, "36.03"),
        ("36.04", "Serang", REGENCY, "36"),
    ):
        Area.objects.create(
            code=code, name=name, level=level, kind="x", parent_id=parent, search_name=name.lower()
        )


def names(codes: list[str], chosen: str = "") -> list[str]:
    return [area.name for area in areas_to_choose(codes, chosen)]


def test_in_a_sub_district_its_villages_whichever_is_chosen(villages: dict[str, Area]) -> None:
    assert names(["36.03.04"]) == names(["36.03.04"], villages["Taban"].code) == list(villages)
    assert names([""]) == list(villages), "everywhere is the home of this installation"
    assert length_below(["36.03.04"]) == length_below([""], villages["Taban"].code) == 13


@pytest.mark.usefixtures("banten")
def test_in_a_province_from_the_regency_down_to_the_village(villages: dict[str, Area]) -> None:
    assert names(["36"]) == ["Tangerang", "Serang"] and length_below(["36"]) == 5
    assert (
        names(["36"], "36.03") == ["Tangerang", "Jambe", "Tigaraksa"] and length_below(["36"], "36.03") == 8
    )
    below = ["Tangerang", "Jambe", *villages]
    assert names(["36"], "36.03.04") == names(["36"], villages["Daru"].code) == below
    assert length_below(["36"], "36.03.04") == 13


@pytest.mark.usefixtures("banten")
def test_who_sees_a_few_areas_chooses_among_them(villages: dict[str, Area]) -> None:
    taban, daru = villages["Taban"].code, villages["Daru"].code
    assert names([taban]) == ["Taban"] and names([taban, daru], taban) == ["Taban", "Daru"]
    assert names(["36.03.04", "36.03.05"]) == ["Jambe", "Tigaraksa"]
    assert names(["36.03.04", "36.03.05"], "36.03.04") == list(villages)


@pytest.mark.parametrize("chosen", ["36.04", "36", "99", "36.03.04.", "x"])
@pytest.mark.usefixtures("banten")
def test_what_is_not_hers_opens_nothing(villages: dict[str, Area], chosen: str) -> None:
    assert names(["36.03.04"], chosen) == list(villages)
