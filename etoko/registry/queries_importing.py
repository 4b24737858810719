"""Questions about imports: lists for the pages, and the report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from etoko.people.access import within
from etoko.registry.models import BusinessPhone, DuplicateSuspicion, ImportBatch, ImportRow, Owner
from etoko.registry.operations.importing import upload_of
from etoko.registry.operations.previewing import preview
from etoko.registry.states import OPEN, PREVIEWED


@dataclass(frozen=True)
class BatchLine:
    public_id: str
    file_name: str
    state: str
    state_name: str
    area_name: str
    rows: int
    new: int
    matched: int
    returned: int
    by_name: str
    at: datetime


def batches_in(codes: list[str], *, most: int = 50) -> list[BatchLine]:
    """The imports of these areas, newest first."""
    batches = ImportBatch.objects.filter(within(codes)).select_related("area", "uploaded_by")
    lines = []
    for batch in batches.defer("table", "niks_sealed", "headers", "columns").order_by("-uploaded_at")[:most]:
        counted = batch.summary if batch.state == PREVIEWED else {}
        lines.append(
            BatchLine(
                batch.public_id,
                batch.file_name,
                batch.state,
                str(batch.get_state_display()),
                batch.area.name if batch.area else "",
                counted.get("rows", batch.rows_count),
                counted.get("new", batch.new_count),
                counted.get("matched", batch.matched_count),
                counted.get("returned", batch.returned_count),
                batch.uploaded_by.name if batch.uploaded_by else "",
                batch.uploaded_at,
            )
        )
    return lines


def returned_rows(batch: ImportBatch, *, most: int = 50) -> list[dict[str, Any]]:
    """The first rows that came back: number, first cells, problems."""
    if batch.state == PREVIEWED:
        return list(batch.summary.get("returned_rows", []))
    name_at = next((i for i, h in enumerate(batch.headers) if batch.columns.get(h) == "name"), 0)
    rows = batch.rows.filter(outcome=ImportRow.RETURNED).order_by("number")[:most]
    return [
        {
            "number": row.number,
            "name": row.raw[name_at][:100] if row.raw else "",  # forgotten after a year
            "problems": row.problems,
        }
        for row in rows
    ]


def differing_rows(batch: ImportBatch, *, most: int = 50) -> list[dict[str, Any]]:
    rows = batch.rows.filter(outcome=ImportRow.MATCHED).exclude(differences=[]).select_related("business")
    return [
        {
            "number": row.number,
            "name": row.business.name if row.business else "",
            "public_id": row.business.public_id if row.business else "",
            "differences": row.differences,
        }
        for row in rows.order_by("number")[:most]
    ]


def report_of(batch: ImportBatch) -> bytes:
    """The report of an import, or of its preview, as XLSX."""
    # Only who takes it along loads what writes XLSX: a tenth of the start of a worker.
    from etoko.registry.importing.reporting import ReportRow, write_report

    if batch.state == PREVIEWED:
        seen = preview(upload=upload_of(batch), within=batch.area_id or "")
        rows = [
            ReportRow(
                one.record.number,
                one.record.cells,
                one.outcome,
                [p.as_json() for p in one.record.returned],
                [p.as_json() for p in one.record.notes],
                [],
            )
            for one in seen.judged
        ]
        return write_report(headers=batch.headers, rows=rows)
    kept = batch.rows.order_by("number").values_list(
        "number", "raw", "outcome", "problems", "notes", "differences"
    )
    return write_report(
        headers=batch.headers, rows=(ReportRow(*row) for row in kept.iterator(chunk_size=2_000))
    )


@dataclass(frozen=True)
class Side:
    name: str
    public_id: str
    owner: str
    phone: str
    address: str
    products: str


@dataclass(frozen=True)
class Pair:
    id: int
    why: str
    likeness: int
    speaks_for: list[str]
    speaks_against: list[str]
    first: Side
    second: Side


def open_pairs(codes: list[str], *, start: int = 0, most: int = 20) -> tuple[list[Pair], int]:
    """Pairs that somebody should decide on, the likeliest first, and how many there are."""
    pairs = DuplicateSuspicion.objects.filter(within(codes, "second__area_id"), state=OPEN).filter(
        first__merged_into__isnull=True, second__merged_into__isnull=True
    )
    count = pairs.count()
    rows = list(
        pairs.select_related("first__area", "second__area").order_by("-likeness", "pk")[start : start + most]
    )
    ids = [pk for row in rows for pk in (row.first_id, row.second_id)]
    owners = dict(
        Owner.objects.filter(business_id__in=ids).order_by("-pk").values_list("business_id", "name")
    )
    phones = dict(
        BusinessPhone.objects.filter(business_id__in=ids)
        .order_by("-position")
        .values_list("business_id", "phone")
    )

    def side(business: Any) -> Side:
        rt_rw = f"RT {business.rt}/RW {business.rw}" if business.rt and business.rw else ""
        address = ", ".join(part for part in (business.street, rt_rw, business.area.name) if part)
        return Side(
            business.name,
            business.public_id,
            owners.get(business.pk, ""),
            phones.get(business.pk, ""),
            address,
            business.products_text or business.profile[:150],
        )

    return [
        Pair(
            row.pk,
            str(row.get_why_display()),
            row.likeness,
            [_(said) for said, weight in row.evidence if weight > 0],
            [_(said) for said, weight in row.evidence if weight < 0],
            side(row.first),
            side(row.second),
        )
        for row in rows
    ], count
