"""A register is read and judged against what is there; nothing is written."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.foundation.full_disk import disk_is_full
from etoko.foundation.problems import UnableTo
from etoko.foundation.tables.reading import Table, read_file
from etoko.places.finding import Gazetteer
from etoko.places.names import search_name
from etoko.registry import sealing
from etoko.registry.importing import cells
from etoko.registry.importing.columns import (
    Column,
    fingerprint,
    recognise,
    refuse_what_is_no_register,
)
from etoko.registry.importing.fields import FIELD_BY_SLUG, NOT_FOR_EVERYBODY, OWNER_DETAILS
from etoko.registry.importing.judging import Judged, Known, Suspicion, judge
from etoko.registry.importing.records import Record
from etoko.registry.importing.rows import RowReader
from etoko.registry.importing.sidt import SIDT_COLUMNS
from etoko.registry.models import (
    Business,
    BusinessPhone,
    ColumnMemory,
    ImportRow,
    Owner,
)
from etoko.registry.states import COMMITTED

AT_ONCE = 400
HIDDEN = "•"
"""Stands in the report for a personal cell that was not kept."""
P = ParamSpec("P")
R = TypeVar("R")


class UnableToImport(UnableTo):
    pass


@dataclass
class Upload:
    """A file as it was read: its table no longer holds what nobody asked for."""

    name: str
    table: Table
    columns: list[Column]
    source: str
    money_unit: int
    niks: dict[int, str] = field(default_factory=dict)
    owners: dict[int, dict[str, str]] = field(default_factory=dict)
    """{row: {field: cell}} of the owners' details."""


@dataclass
class Preview:
    upload: Upload
    within: str
    judged: list[Judged]
    suspicions: list[Suspicion]

    @property
    def counts(self) -> dict[str, int]:
        outcomes = Counter(one.outcome for one in self.judged)
        return {name: outcomes[name] for name in ("new", "matched", "returned")}

    @property
    def why_returned(self) -> list[dict[str, Any]]:
        counts = Counter(r for one in self.judged for r in {p.reason for p in one.record.returned})
        return [{"reason": reason, "count": count} for reason, count in counts.most_common()]

    @property
    def noted(self) -> list[dict[str, Any]]:
        """What was wrong in rows that were taken."""
        taken = [one.record for one in self.judged if one.outcome != "returned"]
        counts = Counter(r for record in taken for r in {p.reason for p in record.notes})
        return [{"reason": reason, "count": count} for reason, count in counts.most_common()]

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Why rows came back; then, marked as such, the notes on rows that were taken."""
        mark = _("Catatan (baris tetap masuk): %(note)s")
        return [
            *self.why_returned,
            *({"reason": mark % {"note": line["reason"]}, "count": line["count"]} for line in self.noted),
        ]

    def as_json(self) -> dict[str, Any]:
        return {"rows": len(self.judged), **self.counts, "reasons": self.reasons}


def told_when_disk_is_full(deed: Callable[P, R]) -> Callable[P, R]:
    @wraps(deed)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return deed(*args, **kwargs)
        except (OperationalError, OSError) as problem:
            if not disk_is_full(problem):
                raise
            raise UnableToImport(
                _("Tempat penyimpanan penuh. Daftar usaha tidak berubah. Kosongkan tempat, lalu ulangi.")
            ) from problem

    return guarded


# -------------------------------------------------------------------------------------- read


def read_upload(
    *,
    path: Path,
    name: str,
    within: str,
    keeps_nik: bool = False,
    keeps_owner: bool = False,
    columns: dict[str, str] | None = None,
    money_unit: int | None = None,
) -> Upload:
    """Read and recognise; personal columns nobody asked for are emptied before anybody sees the table."""
    table = read_file(path, name=name)
    source = fingerprint(table.headers)
    memory = ColumnMemory.objects.filter(source=source).first()
    remembered = {**(memory.columns if memory else {}), **(columns or {})}
    unknown = {slug for slug in (columns or {}).values() if slug and slug not in FIELD_BY_SLUG}
    missing = [header for header in (columns or {}) if header not in table.headers]
    if unknown or missing:
        raise UnableToImport(
            _("Kolom atau artinya tidak dikenal: %(names)s.") % {"names": ", ".join([*missing, *unknown])}
        )
    recognised = recognise(table, places=_places_for(within, table), remembered=remembered)
    niks, owners = _take_out_personal(table, recognised, keeps_nik=keeps_nik, keeps_owner=keeps_owner)
    unit = money_unit if money_unit is not None else memory.money_unit if memory else 0
    if source == fingerprint(list(SIDT_COLUMNS)):
        unit = unit or 1  # the national form asks for rupiah
    return Upload(name, table, _without_personal_samples(recognised), source, unit, niks, owners)


def _take_out_personal(
    table: Table, columns: Sequence[Column], *, keeps_nik: bool, keeps_owner: bool
) -> tuple[dict[int, str], dict[int, dict[str, str]]]:
    hidden = [c.position for c in columns if c.field in NOT_FOR_EVERYBODY]
    nik_at = next((c.position for c in columns if c.field == "nik"), None)
    details = [c for c in columns if c.field in OWNER_DETAILS] if keeps_owner else []
    niks: dict[int, str] = {}
    owners: dict[int, dict[str, str]] = {}
    for number, row in table.rows:
        if keeps_nik and nik_at is not None and row[nik_at]:
            niks[number] = row[nik_at]
        if said := {c.field: row[c.position] for c in details if row[c.position].strip()}:
            owners[number] = said
        for position in hidden:
            row[position] = HIDDEN if row[position] else ""
        for position, cell in enumerate(row):
            if len(cell) >= 16:
                row[position] = cells.mask_niks(cell)
    return niks, owners


def _without_personal_samples(columns: Sequence[Column]) -> list[Column]:
    return [
        Column(
            c.position,
            c.header,
            c.field,
            () if c.field in NOT_FOR_EVERYBODY else tuple(map(cells.mask_niks, c.samples)),
            c.by,
        )
        for c in columns
    ]


def _places_for(within: str, table: Table) -> Gazetteer:
    """What is loaded around the area; without one, what is loaded of everywhere."""
    return Gazetteer.around(within) if within else Gazetteer.around("")


# ----------------------------------------------------------------------------------- preview


def preview(*, upload: Upload, within: str) -> Preview:
    """Judge every row against the register as it stands. Writes nothing."""
    refuse_what_is_no_register(upload.table, upload.columns)
    reader = RowReader(
        upload.table,
        upload.columns,
        places=_places_for(within, upload.table),
        within=within,
        today=timezone.localdate(),
        money_unit=upload.money_unit,
        niks=upload.niks,
        owners=upload.owners,
    )
    records = [reader.read(number, row) for number, row in upload.table.rows]
    for record in records:
        record.nik_hash = sealing.keyed_hash(record.nik) if record.nik else ""
    known, imported = _register_around(records)
    judged, suspicions = judge(records, known=known, imported=imported)
    return Preview(upload, within, judged, suspicions)


def _register_around(records: Sequence[Record]) -> tuple[list[Known], dict[str, int]]:
    """The businesses that these records may be, with a handful of questions whatever the number of rows."""
    areas = {record.area for record in records if record.area}
    prefixes = {".".join(code.split(".")[:3]) for code in areas}
    if len(prefixes) > 20:
        prefixes = {".".join(code.split(".")[:2]) for code in areas}
    around = Q(pk__in=[])
    for prefix in prefixes:
        parts = prefix.split(".")
        wider = [".".join(parts[: i + 1]) for i in range(len(parts))]
        around |= Q(area__code__startswith=f"{prefix}.") | Q(area_id__in=wider)
    found: dict[int, Known] = {}

    def take(condition: Q) -> None:
        columns = ("area_id", "latitude", "longitude", "street", "source_ref", "public_id", "merged_into_id")
        for pk, key, area, latitude, longitude, street, ref, own, merged in Business.objects.filter(
            condition
        ).values_list("pk", "search_name", *columns):
            point = (
                (float(latitude), float(longitude))
                if latitude is not None and longitude is not None
                else None
            )
            found[pk] = Known(
                key, area, id=merged or pk, point=point, street=search_name(street), source_ref=ref or own,
                is_alias=merged is not None,
            )  # fmt: skip

    take(around)
    imported: dict[str, int] = {}
    for some in portions_of([record.fingerprint for record in records]):
        imported.update(
            ImportRow.objects.filter(fingerprint__in=some, business__isnull=False, batch__state=COMMITTED)
            .order_by("pk")
            .values_list("fingerprint", "business_id")
        )
    elsewhere = set(imported.values())
    for some in portions_of(list({phone for record in records for phone in record.phones})):
        elsewhere.update(BusinessPhone.objects.filter(phone__in=some).values_list("business_id", flat=True))
    for some in portions_of(list({record.source_ref for record in records if record.source_ref})):
        elsewhere.update(
            Business.objects.filter(Q(source_ref__in=some) | Q(public_id__in=some)).values_list(
                "pk", flat=True
            )
        )
    for some in portions_of(list(elsewhere - found.keys())):
        take(Q(pk__in=some))
    for some in portions_of(list(found)):
        for pk, *signs in Owner.objects.filter(business_id__in=some).values_list(
            "business_id", "search_name", "nik_hash"
        ):
            found[pk].owners.update(sign for sign in signs if sign)
        for pk, phone in BusinessPhone.objects.filter(business_id__in=some).values_list(
            "business_id", "phone"
        ):
            found[pk].phones.add(phone)
    return list(found.values()), imported


def portions_of(things: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]
