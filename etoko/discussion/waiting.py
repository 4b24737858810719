"""Which questions wait for an answer, told by the clock."""

from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from etoko.discussion.models import Thread

WAITING_DAYS = 7
"""So old a question comes on the list of whoever looks after the discussions."""


def waiting_questions(at: datetime) -> QuerySet[Thread]:
    """Those that nobody but the asker has replied to since at least seven days of the calendar."""
    first_day = timezone.localdate(at) - timedelta(days=WAITING_DAYS - 1)
    before = timezone.make_aware(datetime.combine(first_day, time()))
    return Thread.objects.filter(
        listing=Thread.LISTED, kind=Thread.QUESTION, answers=0, started_at__lt=before
    )
