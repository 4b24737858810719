"""Quiet hours: what is born in them leaves when they end."""

from datetime import datetime, time, timedelta

from django.utils import timezone

QUIET_FROM, QUIET_UNTIL = time(21, 0), time(5, 0)
"""WIB. Of everybody who has not chosen otherwise."""

URGENT_KINDS = ("account_", "order_new_link")
"""Beginnings of kinds that are told at any hour: that somebody else was let into one's account, and what the
recipient herself has just asked for."""


def first_moment(kind: str, *, at: datetime, quiet_from: time | None, quiet_until: time | None) -> datetime:
    """`at`, or the end of the quiet hours that `at` falls into. Without hours, or with two that are alike,
    there is no quiet."""
    if quiet_from is None or quiet_until is None or kind.startswith(URGENT_KINDS):
        return at
    local = timezone.localtime(at)
    now = local.time().replace(tzinfo=None)
    if quiet_from <= quiet_until:
        is_quiet = quiet_from <= now < quiet_until
    else:
        is_quiet = now >= quiet_from or now < quiet_until
    if not is_quiet:
        return at
    day = local.date() if now < quiet_until else local.date() + timedelta(days=1)
    return datetime.combine(day, quiet_until, tzinfo=local.tzinfo)
