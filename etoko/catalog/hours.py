"""When a shop is open: how sellers say it, how it is kept, whether it is now.

Kept as in `Shop.hours`: weekday "0" (Monday) … "6" → ["08.00", "17.00"]. A closing time that is not after
the opening time belongs to the next day (a stall that sells from 17.00 to 01.00).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.foundation.problems import UnableTo

Hours = Mapping[str, Sequence[str]]
DAYS = [str(day) for day in range(7)]
DAY_NAMES: list[Promise] = [
    gettext_lazy("Senin"),
    gettext_lazy("Selasa"),
    gettext_lazy("Rabu"),
    gettext_lazy("Kamis"),
    gettext_lazy("Jumat"),
    gettext_lazy("Sabtu"),
    gettext_lazy("Minggu"),
]


def _alike(days: str, opens: str, closes: str) -> dict[str, list[str]]:
    return {day: [opens, closes] for day in days}


QUICK: dict[str, tuple[Promise, dict[str, list[str]]]] = {
    "daily": (gettext_lazy("Setiap hari 08.00–17.00"), _alike("0123456", "08.00", "17.00")),
    "workdays": (gettext_lazy("Senin–Sabtu 08.00–17.00"), _alike("012345", "08.00", "17.00")),
    "long": (gettext_lazy("Setiap hari 06.00–21.00"), _alike("0123456", "06.00", "21.00")),
}
OWN = "own"
"""The choice to write the hours of each day oneself."""


class UnableToReadHours(UnableTo):
    pass


def read_time(text: str, *, field: str = "") -> str:
    """ "8", "8.30", "08:30", "0830" → "08.30"."""
    match = re.fullmatch(r"(\d{1,2})(?:[.:]?(\d{2}))?", text.strip())
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise UnableToReadHours(_("Tulis jam seperti 08.00 atau 17.30."), field=field)
    return f"{int(match[1]):02d}.{int(match[2] or 0):02d}"


def quick_choice_of(hours: Hours) -> str:
    """Which of the quick choices these hours are; OWN when none."""
    return next((key for key, (_label, quick) in QUICK.items() if quick == hours), OWN)


def is_open_at(hours: Hours, moment: datetime) -> bool:
    """Whether a shop with these hours is open at the moment, on the clock of Asia/Jakarta."""
    local = timezone.localtime(moment)
    now = f"{local:%H.%M}"
    today, yesterday = hours.get(str(local.weekday())), hours.get(str((local.weekday() - 1) % 7))
    if today and (today[0] <= now < today[1] or (today[1] <= today[0] <= now)):
        return True
    return bool(yesterday and yesterday[1] <= yesterday[0] and now < yesterday[1])


def show_hours(hours: Hours) -> str:
    """ "Senin–Jumat 08.00–17.00, Sabtu 08.00–12.00"; days in a row with the same hours stand together."""
    parts: list[str] = []
    day = 0
    while day < 7:
        first, times = day, hours.get(str(day))
        while day < 7 and hours.get(str(day)) == times:
            day += 1
        if times:
            parts.append(f"{_days(first, day - 1)} {times[0]}–{times[1]}")
    return ", ".join(parts)


def _days(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return _("Setiap hari")
    if first == last:
        return str(DAY_NAMES[first])
    return f"{DAY_NAMES[first]}–{DAY_NAMES[last]}"
