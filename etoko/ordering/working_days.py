"""The buyer's right: two working days after receipt to complain and to give goods back.

PP 80/2019 and Permendag 31/2023 give the buyer at least two working days. Working days are Monday to Friday
without the holidays that the ministers announce each year (`Holiday`, kept by the officers). We give three
days at least, so that the right to goods that came on a Monday is not over on Wednesday night.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from etoko.ordering.models import Holiday

WORKING_DAYS_TO_COMPLAIN = 2
DAYS_TO_COMPLAIN = timedelta(days=3)
WORKING_DAYS_TO_SETTLE = 3
"""So long the two have to settle a complaint between them."""


def complain_until(received_at: datetime) -> datetime:
    """The end of the second working day after the day of receipt, and three days after it at least."""
    return max(received_at + DAYS_TO_COMPLAIN, end_of_working_day(received_at, WORKING_DAYS_TO_COMPLAIN))


def end_of_working_day(since: datetime, number: int) -> datetime:
    """Midnight after the so-manieth working day that follows the day of `since`, on our own clock."""
    day = timezone.localdate(since)
    holidays = set(
        Holiday.objects.filter(day_on__gt=day, day_on__lte=day + timedelta(days=60)).values_list(
            "day_on", flat=True
        )
    )
    for _working_day in range(number):
        day = _next_working_day(day, holidays)
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _next_working_day(day: date, holidays: Collection[date]) -> date:
    day += timedelta(days=1)
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day
