"""What a row says of the owner beyond her name: read only when the officer asked for it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from etoko.places.addresses import read_rt
from etoko.registry.importing import cells
from etoko.registry.importing.calendars import read_birthday
from etoko.registry.models import UNKNOWN

_EDUCATIONS = (
    (r"tidak|belum|\btk\b|\btdk\b", "none"),
    (r"\bs\W?3\b|doktor|strata (3|iii)", "s3"),
    (r"\bs\W?2\b|magister|pasca|strata (2|ii)\b", "s2"),
    (r"\bs\W?1\b|\bd\W?(4|iv)\b|sarjana|strata (1|i)\b", "s1"),
    (r"\bd\W?(1|2|3|i|ii|iii)\b|diploma|akademi", "diploma"),
    (r"sm[ak]\b|smu|stm|smea|slta|aliyah|\bma\b|paket c", "sma"),
    (r"smp|sltp|tsanawiyah|\bmts?\b|paket b", "smp"),
    (r"\bsd|ibtidaiyah|\bmi\b|paket a", "sd"),
)
_HOME = {
    "home_province": 100,
    "home_regency": 100,
    "home_district": 100,
    "home_village": 100,
    "home_street": 300,
}


def read_education(text: str) -> str:
    """ "SMA/SMK sederajat", "Sarjana (S1)", "SD"; unknown where it says nothing of the kind."""
    key = text.lower()
    return next((slug for pattern, slug in _EDUCATIONS if re.search(pattern, key)), UNKNOWN)


def read_details(said: Mapping[str, str], *, today: date) -> tuple[dict[str, Any], list[str]]:
    """Fields of `OwnerDetails` that are known, and the names of those that could not be read."""
    known: dict[str, Any] = {}
    unread: list[str] = []

    def take(name: str, value: Any, is_known: bool) -> None:
        if is_known:
            known[name] = value
        else:
            unread.append(name)

    for name, text in said.items():
        if cells.is_empty(text):
            continue
        if name == "born_on":
            born_on = read_birthday(text, today=today)
            take(name, born_on, born_on is not None)
        elif name == "disability":
            is_so = cells.read_yes(text)
            take(name, "yes" if is_so else "no", is_so is not None)
        elif name == "education":
            take(name, read_education(text), read_education(text) != UNKNOWN)
        elif name in ("home_rt", "home_rw"):
            take(name, read_rt(text), bool(read_rt(text)))
        else:
            known[name] = " ".join(cells.mask_niks(text).split())[: _HOME[name]].strip()
    return known, unread
