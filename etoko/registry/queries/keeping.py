"""What the page of keeping a record shows: whom it may be merged with, what may be parted from it, what
was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise

from etoko.people.access import within
from etoko.registry.merging import relations, rows_of, rule_of
from etoko.registry.models import Business, Merge, Owner
from etoko.registry.operations.merging import would_fill
from etoko.registry.operations.splitting import part_key
from etoko.registry.queries.history import shown_value
from etoko.registry.queries.office import RegisterFilter, RegisterRow, register_page
from etoko.registry.sections import FIELD_NAMES, as_text

_COMPARED = (
    "name", "area", "street", "rt", "rw", "landmark", "latitude", "longitude", "kind", "activity",
    "products_text", "profile", "opening_hours", "kbli_edition", "kbli_code", "legal_form", "scale_reported",
    "workers", "turnover_rp", "turnover_band", "capital_rp", "capital_band", "assets_rp", "started_year",
)  # fmt: skip


@dataclass(frozen=True)
class Compared:
    field: str | Promise
    kept: str
    """ "" is unknown."""
    other: str
    is_taken: bool
    """The kept record takes over what the other one says."""


@dataclass(frozen=True)
class Moving:
    name: str | Promise
    moves: int
    stays: int
    """Twins of what the kept record has already."""


@dataclass(frozen=True)
class Part:
    key: str
    name: str | Promise
    told: str


@dataclass(frozen=True)
class MergeShown:
    id: int
    name: str
    href: str
    at: datetime
    by: str
    reason: str
    undone_at: datetime | None


@dataclass(frozen=True)
class FormerOwner:
    name: str
    until_on: date


def compared(kept: Business, other: Business) -> list[Compared]:
    """Field by field, those that say something on either side."""
    taken = would_fill(kept, other)
    rows = []
    for field in _COMPARED:
        attribute = "area_id" if field == "area" else field
        values = [as_text(getattr(one, attribute)) for one in (kept, other)]
        shown = ["" if value in ("", "unknown") else shown_value(field, value) for value in values]
        if any(shown):
            rows.append(Compared(FIELD_NAMES.get(field, field), shown[0], shown[1], attribute in taken))
    return rows


def moving(kept: Business, other: Business) -> list[Moving]:
    """What hangs on the other record, and how much of it would move."""
    told = []
    for key in relations():
        rule, going = rule_of(key), rows_of(key, other.pk)
        count = going.count()
        moves = rule.choose(going, rows_of(key, kept.pk)).count() if count else 0
        if moves or (count and rule.told):
            told.append(Moving(rule.name, moves, count - moves))
    return told


def parts_of(business: Business) -> list[Part]:
    """What may become another business's when the record is split."""
    return [
        Part(part_key(key, row.pk), rule.name, rule.told(row))
        for key in relations()
        if (rule := rule_of(key)).told
        for row in rows_of(key, business.pk).order_by("pk")
    ]


def merges_of(business: Business) -> list[MergeShown]:
    """Records that became a part of this one, the latest first; undone ones too."""
    merges = Merge.objects.filter(kept=business).select_related("other", "merged_by").order_by("-pk")
    return [
        MergeShown(
            one.pk,
            one.other.name,
            reverse("registry:record", args=[one.other.public_id]),
            one.merged_at,
            one.merged_by.name if one.merged_by else "",
            one.reason,
            one.undone_at,
        )
        for one in merges
    ]


def of_the_same_people(business: Business, codes: Sequence[str]) -> list[tuple[str, str, str]]:
    """(name, address, owner) of other businesses of its owners: told by account or NIK, never by name
    alone."""
    mine = Owner.objects.filter(business=business)
    same = Q(person__in=mine.filter(person__isnull=False).values("person")) | Q(
        nik_hash__in=mine.exclude(nik_hash="").values("nik_hash")
    )
    owners = (
        Owner.objects.filter(
            same, within(list(codes), "business__area_id"), business__merged_into__isnull=True
        )
        .exclude(business=business)
        .select_related("business")
        .order_by("business__search_name")
    )
    return [
        (one.business.name, reverse("registry:record", args=[one.business.public_id]), one.name)
        for one in owners
    ]


def former_owners(business: Business) -> list[FormerOwner]:
    rows = Owner.everybody.filter(business=business, until_on__isnull=False).order_by("-until_on", "-pk")
    return [FormerOwner(one.name, one.until_on) for one in rows if one.until_on]


def found_by(codes: Sequence[str], typed: str, *, besides: Business) -> list[RegisterRow]:
    """Records that may be chosen to merge with, by what was typed."""
    rows = register_page(codes, RegisterFilter(typed=typed)).rows if typed else []
    return [row for row in rows if row.public_id != besides.public_id][:10]
