"""Registers go in, wholly or not at all, and come out again as one.

`read_upload` and `preview` write nothing. `commit_file` (command line) and `commit_batch` (web) write in one
transaction: a process that dies, or a disk that fills, leaves the register as it was.
"""

import errno
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.models import AuditEntry
from etoko.audit.operations.recording import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.places.finding import Gazetteer
from etoko.places.models import PROVINCE, Area
from etoko.places.names import search_name
from etoko.registry import sealing
from etoko.registry.importing import cells
from etoko.registry.importing.columns import (
    Column,
    fingerprint,
    recognise,
    refuse_what_is_no_register,
)
from etoko.registry.importing.fields import FIELD_BY_SLUG, PERSONAL
from etoko.registry.importing.judging import Judged, Known, Suspicion, judge
from etoko.registry.importing.reading import Table, read_file
from etoko.registry.importing.rows import Record, RowReader
from etoko.registry.models import (
    Business,
    BusinessPhone,
    Licence,
    Owner,
    PublicConsent,
)
from etoko.registry.models_importing import ColumnMemory, DuplicateSuspicion, ImportBatch, ImportRow
from etoko.registry.operations.listing import refresh_directory
from etoko.registry.states import COMMITTED, IMPORT_FLOW, IMPORTER, PREVIEWED

AT_ONCE = 400
HIDDEN = "•"
"""Stands in the report for a personal cell that was not kept."""
_UNKNOWN_TEXTS = ("", "unknown", None)
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
            full = getattr(problem, "errno", 0) in (errno.ENOSPC, errno.EDQUOT) or any(
                words in str(problem) for words in ("disk is full", "No space left", "could not extend file")
            )
            if not full:
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
    niks = _take_out_personal(table, recognised, keeps_nik=keeps_nik)
    unit = money_unit if money_unit is not None else memory.money_unit if memory else 0
    return Upload(name, table, _without_personal_samples(recognised), source, unit, niks)


def _take_out_personal(table: Table, columns: Sequence[Column], *, keeps_nik: bool) -> dict[int, str]:
    hidden = [c.position for c in columns if c.field in ("nik", PERSONAL)]
    nik_at = next((c.position for c in columns if c.field == "nik"), None)
    niks: dict[int, str] = {}
    for number, row in table.rows:
        if keeps_nik and nik_at is not None and row[nik_at]:
            niks[number] = row[nik_at]
        for position in hidden:
            row[position] = HIDDEN if row[position] else ""
        for position, cell in enumerate(row):
            if len(cell) >= 16:
                row[position] = cells.mask_niks(cell)
    return niks


def _without_personal_samples(columns: Sequence[Column]) -> list[Column]:
    return [
        Column(
            c.position,
            c.header,
            c.field,
            () if c.field in ("nik", PERSONAL) else tuple(map(cells.mask_niks, c.samples)),
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
        for pk, key, area, latitude, longitude, street, ref in Business.objects.filter(condition).values_list(
            "pk", "search_name", "area_id", "latitude", "longitude", "street", "source_ref"
        ):
            point = (
                (float(latitude), float(longitude))
                if latitude is not None and longitude is not None
                else None
            )
            found[pk] = Known(key, area, id=pk, point=point, street=search_name(street), source_ref=ref)

    take(around)
    imported: dict[str, int] = {}
    for some in _chunks([record.fingerprint for record in records]):
        imported.update(
            ImportRow.objects.filter(fingerprint__in=some, business__isnull=False, batch__state=COMMITTED)
            .order_by("pk")
            .values_list("fingerprint", "business_id")
        )
    elsewhere = set(imported.values())
    for some in _chunks(list({phone for record in records for phone in record.phones})):
        elsewhere.update(BusinessPhone.objects.filter(phone__in=some).values_list("business_id", flat=True))
    for some in _chunks(list({record.source_ref for record in records if record.source_ref})):
        elsewhere.update(Business.objects.filter(source_ref__in=some).values_list("pk", flat=True))
    for some in _chunks(list(elsewhere - found.keys())):
        take(Q(pk__in=some))
    for some in _chunks(list(found)):
        for pk, *signs in Owner.objects.filter(business_id__in=some).values_list(
            "business_id", "search_name", "nik_hash"
        ):
            found[pk].owners.update(sign for sign in signs if sign)
        for pk, phone in BusinessPhone.objects.filter(business_id__in=some).values_list(
            "business_id", "phone"
        ):
            found[pk].phones.add(phone)
    return list(found.values()), imported


def _chunks(things: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]


# ------------------------------------------------------------------------------ web: batches


@told_when_disk_is_full
@transaction.atomic
def keep_upload(
    *, upload: Upload, area: Area, keeps_nik: bool, by: Person | None, at: datetime
) -> ImportBatch:
    """Keep what was read so that its columns can be corrected and its rows looked at before they go in."""
    batch = ImportBatch.objects.create(
        area=area,
        file_name=upload.name[:200],
        format=upload.table.format,
        source=upload.source,
        remarks=upload.table.remarks,
        headers=upload.table.headers,
        columns={c.header: c.field for c in upload.columns},
        money_unit=upload.money_unit,
        keeps_nik="yes" if keeps_nik else "no",
        table=_pack(upload.table.rows),
        niks_sealed=sealing.seal(json.dumps(upload.niks)) if upload.niks else None,
        uploaded_by=by,
        uploaded_at=at,
    )
    record_deed(deed="upload_register", subject=batch, by=by, at=at, area_code=area.code)
    return batch


def upload_of(batch: ImportBatch) -> Upload:
    """What was kept of the file of a batch that has not gone in yet."""
    table = Table(batch.headers, _unpack(batch.table), batch.format, batch.remarks)
    columns = []
    for position, header in enumerate(batch.headers):
        samples = dict.fromkeys(row[position][:80] for _n, row in table.rows[:300] if row[position])
        columns.append(Column(position, header, batch.columns.get(header, ""), tuple(samples)[:3], "officer"))
    sealed = batch.niks_sealed
    niks = {int(k): v for k, v in json.loads(sealing.unseal(bytes(sealed))).items()} if sealed else {}
    return Upload(batch.file_name, table, columns, batch.source, batch.money_unit, niks)


@told_when_disk_is_full
@transaction.atomic
def set_columns(
    *, batch: ImportBatch, columns: dict[str, str], money_unit: int, by: Person, at: datetime
) -> ImportBatch:
    """Say what the columns mean; the next file of the same source is read in the same way."""
    locked = _locked(batch)
    if locked.state != PREVIEWED:
        raise UnableToImport(_("Impor ini sudah masuk; kolomnya tidak bisa diubah lagi."))
    meant = {header: columns.get(header, "") for header in locked.headers}
    if "name" not in meant.values():
        raise UnableToImport(_("Tunjukkan kolom mana yang berisi nama usaha."), field="columns")
    before = locked.columns
    locked.columns, locked.money_unit = meant, money_unit
    rows = _unpack(locked.table)
    hidden = [i for i, header in enumerate(locked.headers) if meant[header] in ("nik", PERSONAL)]
    for _number, row in rows:
        for position in hidden:
            row[position] = HIDDEN if row[position] else ""
    locked.table = _pack(rows)
    locked.summary = {}
    locked.save(update_fields=["columns", "money_unit", "table", "summary"])
    ColumnMemory.objects.update_or_create(
        source=locked.source,
        defaults={"columns": meant, "money_unit": money_unit, "saved_by": by, "saved_at": at},
    )
    record_deed(
        deed="set_import_columns", subject=locked, by=by, at=at, area_code=locked.area_id or "",
        changes={header: (before.get(header, ""), meant[header]) for header in locked.headers},
    )  # fmt: skip
    return locked


@transaction.atomic
def keep_summary(*, batch: ImportBatch, seen: Preview) -> None:
    """What the page of the preview shows, worked out once."""
    batch.summary = {
        **_summary(seen),
        "returned_rows": [
            {
                "number": j.record.number,
                "name": j.record.name[:100],
                "problems": [p.as_json() for p in j.record.returned],
            }
            for j in seen.judged
            if j.outcome == "returned"
        ][:50],
        "pairs": [[_tell(s.first), _tell(s.second), s.why] for s in seen.suspicions[:10]],
    }
    batch.save(update_fields=["summary"])


def _summary(seen: Preview) -> dict[str, Any]:
    return {
        "rows": len(seen.judged),
        **seen.counts,
        "why_returned": seen.why_returned,
        "noted": seen.noted,
        "suspicions": len(seen.suspicions),
    }


def _tell(known: Known) -> str:
    if known.record:
        return _("%(name)s (baris %(number)s)") % {
            "name": known.record.name[:80],
            "number": known.record.number,
        }
    name = Business.objects.filter(pk=known.id).values_list("name", flat=True).first()
    return _("%(name)s (sudah tercatat)") % {"name": name or ""}


@transaction.atomic
def discard_preview(*, batch: ImportBatch, by: Person, at: datetime) -> None:
    """Forget a file that was only looked at."""
    locked = _locked(batch)
    if locked.state != PREVIEWED:
        raise UnableToImport(_("Impor ini sudah masuk; batalkan impornya kalau tidak jadi."))
    record_deed(deed="discard_import", subject=locked, by=by, at=at, area_code=locked.area_id or "")
    locked.delete()


# ------------------------------------------------------------------------------------ commit


@told_when_disk_is_full
@transaction.atomic
def commit_file(
    *, upload: Upload, within: str, keeps_nik: bool, by: Person | None, at: datetime
) -> tuple[ImportBatch, Preview]:
    """Read, judge and write in one go, as the command line does."""
    _one_at_a_time(within)
    seen = preview(upload=upload, within=within)
    batch = ImportBatch.objects.create(
        area_id=within or None,
        file_name=upload.name[:200],
        format=upload.table.format,
        source=upload.source,
        remarks=upload.table.remarks,
        headers=upload.table.headers,
        columns={c.header: c.field for c in upload.columns},
        money_unit=upload.money_unit,
        keeps_nik="yes" if keeps_nik else "no",
        uploaded_by=by,
        uploaded_at=at,
    )
    return _write(batch, seen, by=by, at=at), seen


@told_when_disk_is_full
@transaction.atomic
def commit_batch(*, batch: ImportBatch, by: Person, at: datetime) -> ImportBatch:
    """Put the rows of a preview into the register, judged against the register as it is at this moment."""
    _one_at_a_time(batch.area_id or "")
    locked = _locked(batch)
    if locked.state != PREVIEWED:
        raise UnableToImport(_("Impor ini sudah pernah dimasukkan."))
    seen = preview(upload=upload_of(locked), within=locked.area_id or "")
    return _write(locked, seen, by=by, at=at)


def _one_at_a_time(within: str) -> None:
    """Two imports at once would each add what the other adds: the province is the lock."""
    provinces = Area.objects.filter(level=PROVINCE).order_by("code")
    if within:
        provinces = provinces.filter(code=within.split(".", 1)[0])
    list(provinces.select_for_update(no_key=connection.vendor == "postgresql"))


def _locked(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)


def _write(batch: ImportBatch, seen: Preview, *, by: Person | None, at: datetime) -> ImportBatch:
    fresh = [one for one in seen.judged if one.outcome == "new"]
    wrote: dict[int, dict[str, Any]] = {}
    differences: dict[int, list[dict[str, str]]] = {}
    businesses = Business.objects.bulk_create([_business(one.record) for one in fresh], batch_size=AT_ONCE)
    for one, business in zip(fresh, businesses, strict=True):
        if one.target:
            one.target.id = business.pk
        wrote[one.record.number] = {name: _plain(value) for name, value in one.record.values.items()}
    owners, phones, licences, consents = [], [], [], []
    for one in fresh:
        record, pk, mine = one.record, one.target.id if one.target else 0, wrote[one.record.number]
        mine["search_name"] = record.key
        if record.owner:
            owners.append(_owner(record, pk))
            mine["owner"] = record.owner
        phones += [
            BusinessPhone(business_id=pk, phone=phone, note=note, position=i)
            for i, (phone, note) in enumerate(record.phones.items())
        ]
        licences += _licences(record.licences, pk)
        if record.consents:
            consents.append(pk)
        mine.update(_hanging(list(record.phones), record.licences, record.consents))
    repeated = _fill_matched(seen, at=at, by=by, wrote=wrote, differences=differences)
    Owner.objects.bulk_create(owners, batch_size=AT_ONCE)
    BusinessPhone.objects.bulk_create(phones, batch_size=AT_ONCE)
    Licence.objects.bulk_create(licences, batch_size=AT_ONCE)
    _consent(consents, by=by, at=at)
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                batch=batch,
                number=one.record.number,
                outcome=one.outcome,
                business_id=one.target.id if one.target else None,
                raw=one.record.cells,
                problems=[p.as_json() for p in one.record.returned],
                notes=[p.as_json() for p in one.record.notes],
                differences=differences.get(one.record.number, []),
                wrote=wrote.get(one.record.number, {}),
                fingerprint=one.record.fingerprint,
            )
            for one in seen.judged
        ],
        batch_size=AT_ONCE,
    )
    _keep_suspicions(batch, seen.suspicions)
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=at,
                by_id=by.pk if by else None,
                by_name=by.name[:200] if by else "",
                deed="import_business",
                subject_type=Business._meta.label,
                subject_id=str(one.target.id if one.target else ""),
                subject_name=one.record.name[:300],
                area_code=one.record.area,
                reason=_("%(file)s, baris %(number)s")
                % {"file": batch.file_name, "number": one.record.number},
            )
            for one in fresh
        ],
        batch_size=AT_ONCE,
    )
    batch.rows_count = len(seen.judged)
    batch.new_count, batch.matched_count, batch.returned_count = seen.counts.values()
    batch.summary = {**_summary(seen), "filled": repeated}
    batch.table, batch.niks_sealed = b"", None
    batch.committed_at, batch.committed_by = at, by
    batch.save()
    record_deed(
        deed="import_register", subject=batch, by=by, at=at, area_code=batch.area_id or "",
        changes={name: (0, count) for name, count in seen.counts.items()},
    )  # fmt: skip
    return IMPORT_FLOW.make_move(batch, "commit", parties=(IMPORTER,))


def _business(record: Record) -> Business:
    return Business(area_id=record.area, search_name=record.key, **record.values)


def _owner(record: Record, business_id: int) -> Owner:
    return Owner(
        business_id=business_id,
        name=record.owner,
        search_name=record.owner_key,
        gender=record.gender,
        nik_sealed=sealing.seal(record.nik) if record.nik else None,
        nik_hash=record.nik_hash,
    )


def _licences(licences: Iterable[tuple[str, str, str]], business_id: int) -> list[Licence]:
    return [
        Licence(business_id=business_id, kind=kind, status=status, number=number)
        for kind, status, number in licences
    ]


def _consent(business_ids: Sequence[int], *, by: Person | None, at: datetime) -> None:
    PublicConsent.objects.bulk_create(
        [
            PublicConsent(
                business_id=pk, what=PublicConsent.LISTING, given_at=at, how="register", recorded_by=by
            )
            for pk in business_ids
        ],
        batch_size=AT_ONCE,
    )
    refresh_directory(business_ids=business_ids)


def _hanging(
    phones: Sequence[str], licences: Sequence[tuple[str, str, str]], consents: bool
) -> dict[str, Any]:
    added: dict[str, Any] = {}
    if phones:
        added["phones"] = list(phones)
    if licences:
        added["licences"] = [list(licence) for licence in licences]
    if consents:
        added["consent"] = PublicConsent.LISTING
    return added


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


# ---------------------------------------------------------------------------- matched: fill


def _fill_matched(
    seen: Preview,
    *,
    by: Person | None,
    at: datetime,
    wrote: dict[int, dict[str, Any]],
    differences: dict[int, list[dict[str, str]]],
) -> int:
    """Fill what the register leaves empty; list what differs, and leave it. Gives how many were filled."""
    matched: dict[int, list[Record]] = defaultdict(list)
    fresh = {one.target.id for one in seen.judged if one.outcome == "new" and one.target}
    for one in seen.judged:
        if one.outcome == "matched" and one.target and one.target.id not in fresh:
            matched[one.target.id].append(one.record)
    filled = 0
    listed: list[int] = []
    for some in _chunks(list(matched)):
        owners = _by_business(Owner, some)
        phones = _by_business(BusinessPhone, some)
        licences = _by_business(Licence, some)
        consented = set(
            PublicConsent.objects.filter(business_id__in=some, what=PublicConsent.LISTING).values_list(
                "business_id", flat=True
            )
        )
        entries: list[AuditEntry] = []
        for business in Business.objects.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk"):
            for record in matched[business.pk]:
                put, other = _fill_one(
                    business, record, owners[business.pk], phones[business.pk], licences[business.pk]
                )
                if record.consents and business.pk not in consented:
                    listed.append(business.pk)
                    consented.add(business.pk)
                    put["consent"] = PublicConsent.LISTING
                differences[record.number] = other
                wrote[record.number] = put
                if put:
                    filled += 1
                    entries.append(
                        AuditEntry(
                            at=at,
                            by_id=by.pk if by else None,
                            by_name=by.name[:200] if by else "",
                            deed="fill_from_import",
                            subject_type=Business._meta.label,
                            subject_id=str(business.pk),
                            subject_name=business.name[:300],
                            area_code=business.area_id,
                            changes={name: ["", value] for name, value in put.items()},
                        )
                    )
        AuditEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
    _consent(listed, by=by, at=at)
    return filled


def _by_business(model: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in model.objects.filter(business_id__in=ids):
        rows[row.business_id].append(row)
    return rows


def _fill_one(  # noqa: PLR0912 - one question per part of a business
    business: Business,
    record: Record,
    owners: list[Owner],
    phones: list[BusinessPhone],
    licences: list[Licence],
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    put: dict[str, Any] = {}
    other: list[dict[str, str]] = []
    values = dict(record.values)
    for name, value in values.items():
        now = getattr(business, name)
        if now in _UNKNOWN_TEXTS:
            setattr(business, name, value)
            put[name] = _plain(value)
        elif not _same(now, value) and name not in (
            "kind",
            "scale_computed",
            "kbli_edition",
            "turnover_band",
            "capital_band",
        ):
            other.append({"field": name, "register": str(now)[:200], "file": str(value)[:200]})
    if record.is_village and business.area_id != record.area:
        if record.area.startswith(business.area_id + "."):
            put["area_id"] = record.area
            put["area_before"] = business.area_id
            business.area_id = record.area
        else:
            other.append({"field": "area", "register": business.area_id, "file": record.area})
    if put:
        business.save()
    if record.owner and not owners:
        owners.append(_owner(record, business.pk))
        owners[-1].save()
        put["owner"] = record.owner
    elif record.owner and record.owner_key not in {owner.search_name for owner in owners}:
        other.append({"field": "owner", "register": owners[0].name, "file": record.owner})
    new_phones = [phone for phone in record.phones if phone not in {p.phone for p in phones}]
    if new_phones and not phones:
        for i, phone in enumerate(new_phones):
            phones.append(
                BusinessPhone(business=business, phone=phone, note=record.phones[phone], position=i)
            )
            phones[-1].save()
        put["phones"] = new_phones
    elif new_phones:
        other.append({"field": "phone", "register": phones[0].phone, "file": ", ".join(new_phones)})
    held = {licence.kind: licence for licence in licences}
    added = [licence for licence in record.licences if licence[0] not in held]
    for licence in _licences(added, business.pk):
        licence.save()
        licences.append(licence)
    if added:
        put["licences"] = [list(licence) for licence in added]
    for kind, _status, number in record.licences:
        if kind in held and number and held[kind].number and held[kind].number != number:
            other.append({"field": kind, "register": held[kind].number, "file": number})
    return put, other


def _same(now: Any, value: Any) -> bool:
    if isinstance(now, Decimal) or isinstance(value, Decimal):
        return abs(Decimal(str(now)) - Decimal(str(value))) < Decimal("0.0001")
    if isinstance(now, str) and isinstance(value, str):
        return search_name(now) == search_name(value)
    return bool(now == value)


def _keep_suspicions(batch: ImportBatch, suspicions: Sequence[Suspicion]) -> None:
    rows: dict[tuple[int, int], DuplicateSuspicion] = {}
    for suspicion in suspicions:
        first, second = sorted((suspicion.first.id, suspicion.second.id))
        if first and first != second:
            rows.setdefault(
                (first, second),
                DuplicateSuspicion(
                    first_id=first,
                    second_id=second,
                    why=suspicion.why,
                    likeness=suspicion.likeness,
                    batch=batch,
                ),
            )
    # A pair that somebody has already judged stays judged.
    DuplicateSuspicion.objects.bulk_create(rows.values(), batch_size=AT_ONCE, ignore_conflicts=True)


def _pack(rows: list[tuple[int, list[str]]]) -> bytes:
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 6)


def _unpack(packed: bytes | memoryview) -> list[tuple[int, list[str]]]:
    return [(number, row) for number, row in json.loads(zlib.decompress(bytes(packed)))]
