"""What happened to a record, in words: its own traces, and those of the records that became a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from etoko.audit.models import AuditEntry
from etoko.audit.words import deed_words, field_words, value_words
from etoko.foundation.days import show_day
from etoko.foundation.money import show_rupiah
from etoko.foundation.phones import show_phone
from etoko.places.models import Area
from etoko.registry.kinds import kind_name
from etoko.registry.models import LEGAL_FORMS, SCALES, UNKNOWN, Business, Licence, PublicConsent
from etoko.registry.queries.words import HOW_CONSENTED
from etoko.registry.sizes import CAPITAL_BANDS, TURNOVER_BANDS
from etoko.registry.states import VERIFICATION_FLOW

MOST = 200


@dataclass(frozen=True)
class Change:
    field: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class HistoryRow:
    at: datetime
    what: str
    by: str
    for_name: str
    reason: str
    of_record: str
    """The name of the record it happened to, where that is one which became a part of this one."""
    changes: list[Change]


@dataclass(frozen=True)
class History:
    rows: list[HistoryRow]
    fields: list[tuple[str, str | Promise]]
    """(slug, words) of the fields that ever changed, to look at one of them alone."""


def history_of(business: Business, *, field: str = "", limit: int = MOST) -> History:
    """The newest first. `field`: only what changed it."""
    names = dict(Business.objects.filter(merged_into=business).values_list("pk", "name"))
    keys = [str(pk) for pk in (business.pk, *names)]
    entries = AuditEntry.objects.filter(subject_type=Business._meta.label, subject_id__in=keys)
    kept = list(entries.order_by("-at", "-pk")[:limit])
    fields = sorted({name for entry in kept for name in entry.changes if name != "search_name"})
    if field:
        kept = [entry for entry in kept if field in entry.changes]
    areas = _areas_of(kept)
    rows = [
        HistoryRow(
            at=entry.at,
            what=deed_words(entry.deed),
            by=entry.by_name or _("Sistem"),
            for_name=entry.for_name,
            reason=str(HOW_CONSENTED.get(entry.reason, entry.reason)),
            of_record="" if entry.subject_id == str(business.pk) else names.get(int(entry.subject_id), ""),
            changes=[
                Change(field_words(name), _shown(name, pair[0], areas), _shown(name, pair[1], areas))
                for name, pair in entry.changes.items()
                if isinstance(pair, list) and len(pair) == 2 and name != "search_name" and field in ("", name)
            ],
        )
        for entry in kept
    ]
    return History(rows, [(name, field_words(name)) for name in fields])


def shown_value(field: str, value: Any) -> str:
    """A stored value in words, for the page that shows what changed meanwhile."""
    areas = (
        dict(Area.objects.filter(code=value).values_list("code", "name")) if field == "area" and value else {}
    )
    return _shown(field, value, areas)


def _areas_of(entries: Sequence[AuditEntry]) -> dict[str, str]:
    codes = {
        str(value)
        for entry in entries
        for name in ("area", "area_id", "area_before")
        for value in entry.changes.get(name, [])
        if isinstance(value, str)
    }
    return dict(Area.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def _shown(field: str, value: Any, areas: dict[str, str]) -> str:
    if value in (None, "", UNKNOWN, []):
        return _("tidak diketahui")
    if field in ("area", "area_id", "area_before"):
        return areas.get(str(value), str(value))
    if field == "consents":
        names = dict(PublicConsent.WHAT)
        return ", ".join(str(names.get(one, one)) for one in value)
    if isinstance(value, list):
        return ", ".join(
            " ".join(map(str, one)) if isinstance(one, list) else value_words(str(one)) for one in value
        )
    if field.endswith(("_rp", "_on")):
        return show_rupiah(int(value)) if field.endswith("_rp") else show_day(date.fromisoformat(value))
    words: dict[str, Any] = {
        "kind": lambda: kind_name(str(value)),
        "legal_form": lambda: dict(LEGAL_FORMS).get(value, value),
        "scale_reported": lambda: dict(SCALES).get(value, value),
        "scale_computed": lambda: dict(SCALES).get(value, value),
        "verification": lambda: VERIFICATION_FLOW.states.get(value, value),
        "status": lambda: _("Ya") if value == "active" else _("Sudah tutup"),
        "turnover_band": lambda: {one.slug: one.name for one in TURNOVER_BANDS}.get(value, value),
        "capital_band": lambda: {one.slug: one.name for one in CAPITAL_BANDS}.get(value, value),
        "phone": lambda: show_phone(str(value)),
        "check_state": lambda: dict(Licence._meta.get_field("check_state").flatchoices).get(value, value),
        "scan": lambda: _("ada berkas"),
    }
    return str(words[field]()) if field in words else value_words(str(value))
