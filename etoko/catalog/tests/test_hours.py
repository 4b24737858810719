from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from etoko.catalog.hours import QUICK, UnableToReadHours, is_open_at, read_time, show_hours

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In the week that begins on Monday 23 November 2026."""
    return datetime(2026, 11, 23 + day, hour, minute, tzinfo=JAKARTA)


def test_open_from_the_first_minute_to_before_the_last() -> None:
    hours = {"0": ["08.00", "17.00"]}
    seen = [is_open_at(hours, at(0, *time)) for time in ((7, 59), (8, 0), (16, 59), (17, 0))]
    assert seen == [False, True, True, False]
    assert not is_open_at(hours, at(1, 9))


def test_a_stall_of_the_night_is_open_after_midnight() -> None:
    hours = {"5": ["17.00", "01.00"]}
    assert is_open_at(hours, at(5, 23))
    assert is_open_at(hours, at(6, 0, 30))
    assert not is_open_at(hours, at(6, 1))
    assert not is_open_at(hours, at(5, 0, 30))


def test_hours_are_said_shortly() -> None:
    assert show_hours(QUICK["daily"][1]) == "Setiap hari 08.00–17.00"
    assert show_hours(QUICK["workdays"][1]) == "Senin–Sabtu 08.00–17.00"
    assert show_hours({"0": ["08.00", "12.00"], "4": ["13.00", "17.00"]}) == (
        "Senin 08.00–12.00, Jumat 13.00–17.00"
    )
    assert show_hours({}) == ""


@pytest.mark.parametrize(
    ("typed", "read"), [("8", "08.00"), ("8.30", "08.30"), ("17:05", "17.05"), ("0630", "06.30")]
)
def test_times_are_read_in_every_spelling(typed: str, read: str) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["", "24", "8.60", "pagi", "-1"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UnableToReadHours, match=r"08\.00"):
        read_time(typed)
