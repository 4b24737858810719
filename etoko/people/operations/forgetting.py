"""What has served its time goes: the worker sees to it (`config/due.py`)."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from etoko.people.models import LoginCode, TryCount

KEPT_FOR = timedelta(days=1)
"""Longer than every limit counts and every code lives."""


def forget_old_sign_ins(*, at: datetime) -> int:
    """Counters, codes and sessions that can no longer be used. Returns how many."""
    tries = TryCount.objects.filter(since_at__lt=at - KEPT_FOR).delete()[0]
    codes = LoginCode.objects.filter(expires_at__lt=at - KEPT_FOR).delete()[0]
    sessions = Session.objects.filter(expire_date__lt=at).delete()[0]
    return tries + codes + sessions
