"""Registers go in, wholly or not at all, and come out again as one.

`read_upload` and `preview` write nothing. `commit_file` (command line) and `commit_batch` (web) write in one
transaction: a process that dies, or a disk that fills, leaves the register as it was.
"""

import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from etoko.audit.models import AuditEntry
from etoko.audit.operations.recording import record_deed
from etoko.foundation.tables.reading import Table
from etoko.people.models import Person
from etoko.places.models import PROVINCE, Area
from etoko.registry import sealing
from etoko.registry.importing.columns import (
    Column,
)
from etoko.registry.importing.fields import NOT_FOR_EVERYBODY
from etoko.registry.importing.judging import Known, Suspicion
from etoko.registry.models import (
    Business,
    BusinessPhone,
    ColumnMemory,
    DuplicateSuspicion,
    ImportBatch,
    ImportRow,
    Licence,
    Owner,
    OwnerDetails,
)
from etoko.registry.operations.filling import fill_matched
from etoko.registry.operations.import_parts import (
    business_of,
    licences_of,
    note_consents,
    owner_of,
    plain_value,
    what_hangs_on,
)
from etoko.registry.operations.previewing import (
    AT_ONCE,
    HIDDEN,
    Preview,
    UnableToImport,
    Upload,
    preview,
    told_when_disk_is_full,
)
from etoko.registry.states import IMPORT_FLOW, IMPORTER, PREVIEWED

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
        niks_sealed=_seal(upload.niks),
        owners_sealed=_seal(upload.owners),
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
    niks, owners = _unseal(batch.niks_sealed), _unseal(batch.owners_sealed)
    return Upload(batch.file_name, table, columns, batch.source, batch.money_unit, niks, owners)


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
    hidden = [i for i, header in enumerate(locked.headers) if meant[header] in NOT_FOR_EVERYBODY]
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
    businesses = Business.objects.bulk_create([business_of(one.record) for one in fresh], batch_size=AT_ONCE)
    for one, business in zip(fresh, businesses, strict=True):
        if one.target:
            one.target.id = business.pk
        wrote[one.record.number] = {name: plain_value(value) for name, value in one.record.values.items()}
    owners, details, phones, licences, consents = [], [], [], [], []
    for one in fresh:
        record, pk, mine = one.record, one.target.id if one.target else 0, wrote[one.record.number]
        mine["search_name"] = record.key
        if record.owner:
            owners.append(owner_of(record, pk))
            details.append(record.details)
            mine["owner"] = record.owner
        phones += [
            BusinessPhone(business_id=pk, phone=phone, note=note, position=i)
            for i, (phone, note) in enumerate(record.phones.items())
        ]
        licences += licences_of(record.licences, pk)
        if record.consents:
            consents.append(pk)
        mine.update(what_hangs_on(list(record.phones), record.licences, record.consents))
    repeated = fill_matched(seen, at=at, by=by, wrote=wrote, differences=differences)
    Owner.objects.bulk_create(owners, batch_size=AT_ONCE)
    OwnerDetails.objects.bulk_create(
        [OwnerDetails(owner=owner, **known) for owner, known in zip(owners, details, strict=True) if known],
        batch_size=AT_ONCE,
    )
    BusinessPhone.objects.bulk_create(phones, batch_size=AT_ONCE)
    Licence.objects.bulk_create(licences, batch_size=AT_ONCE)
    note_consents(consents, by=by, at=at)
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
    batch.table, batch.niks_sealed, batch.owners_sealed = b"", None, None
    batch.committed_at, batch.committed_by = at, by
    batch.save()
    record_deed(
        deed="import_register", subject=batch, by=by, at=at, area_code=batch.area_id or "",
        changes={name: (0, count) for name, count in seen.counts.items()},
    )  # fmt: skip
    return IMPORT_FLOW.make_move(batch, "commit", parties=(IMPORTER,))


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


def _seal(said: dict[int, Any]) -> bytes | None:
    return sealing.seal(json.dumps(said)) if said else None


def _unseal(sealed: bytes | memoryview | None) -> dict[int, Any]:
    said = json.loads(sealing.unseal(bytes(sealed))) if sealed else {}
    return {int(number): value for number, value in said.items()}


def _pack(rows: list[tuple[int, list[str]]]) -> bytes:
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 6)


def _unpack(packed: bytes | memoryview) -> list[tuple[int, list[str]]]:
    return [(number, row) for number, row in json.loads(zlib.decompress(bytes(packed)))]
