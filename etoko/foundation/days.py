"""Days and moments as Indonesians write them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

# Written as one string each: twelve names are easier to read in a line than in a column.
_MONTHS = {
    "id": "Januari,Februari,Maret,April,Mei,Juni,Juli,Agustus,September,Oktober,November,Desember".split(","),
    "en": "January,February,March,April,May,June,July,August,September,October,November,December".split(","),
}
INDONESIAN_MONTHS = tuple(_MONTHS["id"])
"""For papers that are Indonesian in any language."""
_SHORT_DAYS = {
    "id": ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}


def show_day(day: date) -> str:
    """24 November 2026."""
    return f"{day.day} {_names(_MONTHS)[day.month - 1]} {day.year}"


def show_day_short(day: date) -> str:
    """Sel, 24 Nov 2026."""
    return f"{_names(_SHORT_DAYS)[day.weekday()]}, {day.day} {_names(_MONTHS)[day.month - 1][:3]} {day.year}"


def show_month(day: date) -> str:
    """Nov 2026."""
    return f"{_names(_MONTHS)[day.month - 1][:3]} {day.year}"


def show_moment(at: datetime) -> str:
    """24 November 2026 pukul 13.00 WIB (the product's own clock, Asia/Jakarta)."""
    local = timezone.localtime(at)
    at_word = "pukul" if _language() == "id" else "at"
    return f"{show_day(local.date())} {at_word} {local:%H.%M} WIB"


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def _names(table: dict[str, list[str]]) -> list[str]:
    return table[_language()]
