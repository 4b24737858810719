"""The traces as plain rows: of one thing, or found by person, thing, day and place."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from etoko.audit.models import AccessEntry, AuditEntry
from etoko.audit.words import deed_words, deeds_named, field_words, value_words
from etoko.foundation.days import show_day, show_moment
from etoko.foundation.money import show_rupiah

PAGE_SIZE = 40


@dataclass(frozen=True)
class Change:
    """Empty: nothing stood there, or nothing stands there any more."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Trace:
    at: datetime
    by: str
    """Empty: the clock, or an import by itself."""
    for_name: str
    """On whose behalf: the page says "dicatat oleh"."""
    deed: str
    subject: str
    changes: list[Change]
    reason: str
    is_covered: bool
    """More is kept of it, for those who look after the thing."""


@dataclass(frozen=True)
class TracePage:
    rows: list[Trace]
    number: int
    last: int
    total: int


def history_of(subject: models.Model, *, most: int = 50) -> list[Trace]:
    """What happened to the thing, the newest first. Draw it with `history` of `audit/_history.html`."""
    entries = AuditEntry.objects.filter(subject_type=subject._meta.label, subject_id=str(subject.pk))
    return [_trace(entry) for entry in entries.order_by("-at", "-id")[:most]]


@dataclass(frozen=True)
class Access:
    by: str
    subject: str
    first_at: datetime
    last_at: datetime
    times: int


def accesses_to(subjects: Iterable[models.Model], *, most: int = 50) -> list[Access]:
    """Who read these things, the latest first."""
    condition = Q(pk__in=[])
    for subject in subjects:
        condition |= Q(subject_type=subject._meta.label, subject_id=str(subject.pk))
    return [
        Access(entry.by_name, entry.subject_name, entry.first_at, entry.last_at, entry.times)
        for entry in AccessEntry.objects.filter(condition).order_by("-last_at", "-id")[:most]
    ]


def find_traces(
    *,
    area_codes: list[str],
    words: str = "",
    day: date | None = None,
    page: int = 1,
    may_read: Callable[[str, str], bool] = lambda _room, _area_code: True,
) -> TracePage:
    """Traces within the areas ("" is everywhere, also what happened in no place), the newest first.

    `words` are sought in who did it, for whom, what it was done to, and what was done. Where `may_read`
    says no to the room and the area of a thing, what changed in it is left out.
    """
    entries = AuditEntry.objects.filter(_in_areas(area_codes))
    if words.strip():
        sought = words.strip()
        entries = entries.filter(
            Q(by_name__icontains=sought)
            | Q(for_name__icontains=sought)
            | Q(subject_name__icontains=sought)
            | Q(deed__in=deeds_named(sought))
        )
    if day is not None:
        begins = timezone.make_aware(datetime.combine(day, time.min))
        entries = entries.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    total = entries.count()
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, page), last)
    start = (number - 1) * PAGE_SIZE
    rows = [
        _trace(entry, is_covered=not may_read(entry.subject_type.split(".")[0], entry.area_code))
        for entry in entries.order_by("-at", "-id")[start : start + PAGE_SIZE]
    ]
    return TracePage(rows, number, last, total)


def _in_areas(codes: list[str]) -> Q:
    if not all(codes):
        return Q()
    condition = Q(pk__in=[])
    for code in codes:
        condition |= Q(area_code=code) | Q(area_code__startswith=f"{code}.")
    return condition


def _trace(entry: AuditEntry, *, is_covered: bool = False) -> Trace:
    has_more = bool(entry.changes or entry.reason)
    return Trace(
        at=entry.at,
        by=entry.by_name,
        for_name=entry.for_name,
        deed=deed_words(entry.deed),
        subject=entry.subject_name,
        changes=[]
        if is_covered
        else [
            Change(field_words(field), _show(field, before), _show(field, after))
            for field, (before, after) in sorted(entry.changes.items())  # PostgreSQL forgets the order
        ],
        reason="" if is_covered else entry.reason,
        is_covered=is_covered and has_more,
    )


def _show(field: str, value: Any) -> str:
    shown: str
    match value:
        case None | "" | []:
            shown = ""
        case bool():
            shown = _("ya") if value else _("tidak")
        case int() if field.endswith("_rp"):
            shown = show_rupiah(value)
        case list():
            shown = ", ".join(_show(field, one) for one in value)
        case dict() if value:
            shown = ", ".join(f"{value_words(str(key))}: {_show(field, one)}" for key, one in value.items())
        case str():
            shown = _show_day(value) or value_words(value)
        case dict():
            shown = ""
        case _:
            shown = str(value)
    return shown


def _show_day(text: str) -> str:
    if re.match(r"\d{4}-\d\d-\d\dT", text) and (moment := parse_datetime(text)) and timezone.is_aware(moment):
        return show_moment(moment)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text) and (day := parse_date(text)):
        return show_day(day)
    return ""
