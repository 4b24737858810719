"""When somebody is reminded of a promise."""

from datetime import date, timedelta

BEFORE_AND_AFTER = (-7, -1, 1, 14)
"""Days from the day on which it is due."""
WAITS_FOR_JUDGE = 7
"""Days after the report on which those are reminded who may say whether it was kept."""


def next_reminder(due_on: date, *, after: date) -> date | None:
    days = (due_on + timedelta(days=off) for off in BEFORE_AND_AFTER)
    return next((day for day in days if day > after), None)
