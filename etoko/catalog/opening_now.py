"""What buyers read of the hours of a shop: open now, until when; closed, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.hours import DAY_NAMES, is_open_at
from etoko.foundation.days import show_day


@dataclass(frozen=True)
class Opening:
    is_open: bool
    label: str
    is_known: bool = True
    """Whether the shop said anything about its hours."""


def opening_at(
    hours: Mapping[str, Sequence[str]], moment: datetime, *, holiday: tuple[date | None, date | None]
) -> Opening:
    """ "Buka sekarang, sampai pukul 17.00", "Tutup, buka lagi besok pukul 08.00", "Libur sampai …"."""
    local = timezone.localtime(moment)
    first, last = holiday
    if first and last and first <= local.date() <= last:
        return Opening(False, _("Libur sampai %(day)s") % {"day": show_day(last)})
    if not hours:
        return Opening(False, _("Jam buka: tanyakan lewat WhatsApp"), is_known=False)
    if is_open_at(hours, moment):
        closes = _closes_at(hours, local)
        return Opening(True, _("Buka sekarang, sampai pukul %(time)s") % {"time": closes})
    return Opening(False, _opens_again(hours, local))


def _closes_at(hours: Mapping[str, Sequence[str]], local: datetime) -> str:
    now = f"{local:%H.%M}"
    yesterday = hours.get(str((local.weekday() - 1) % 7))
    if yesterday and yesterday[1] <= yesterday[0] and now < yesterday[1]:
        return yesterday[1]
    return hours[str(local.weekday())][1]


def _opens_again(hours: Mapping[str, Sequence[str]], local: datetime) -> str:
    for ahead in range(8):
        day = local + timedelta(days=ahead)
        times = hours.get(str(day.weekday()))
        if not times or (ahead == 0 and times[0] <= f"{local:%H.%M}"):
            continue
        when = {0: _("hari ini"), 1: _("besok")}.get(ahead, str(DAY_NAMES[day.weekday()]))
        return _("Tutup, buka lagi %(day)s pukul %(time)s") % {"day": when, "time": times[0]}
    return _("Tutup")
