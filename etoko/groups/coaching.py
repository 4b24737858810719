"""How often a group is visited, by its level: a group that begins more often than one that stands by itself.

No regulation gives these figures; `docs/decisions/groups.md` says why they are so."""

from datetime import date, timedelta

from etoko.groups.models import MADYA, MANDIRI, PEMULA, UTAMA

EVERY_DAYS: dict[str, int] = {PEMULA: 30, MADYA: 45, UTAMA: 60, MANDIRI: 90}


def next_visit_after(day: date, level: str) -> date:
    return day + timedelta(days=EVERY_DAYS[level])
