"""The register as a sheet that officers take along, in CSV and XLSX."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from etoko.foundation.phones import show_phone
from etoko.registry.kbli import kbli_title
from etoko.registry.kinds import kind_name
from etoko.registry.models import Business
from etoko.registry.states import VERIFICATION_FLOW

Row = list[Any]


def register_csv(found: QuerySet[Business]) -> tuple[bytes, int]:
    """UTF-8 with a mark at the start, so that Excel shows names as they are; how many rows."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    count = -1
    for row in _rows(found):
        writer.writerow([_harmless(cell) for cell in row])
        count += 1
    return file.getvalue().encode("utf-8-sig"), count


def register_xlsx(found: QuerySet[Business]) -> tuple[bytes, int]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    sheet.freeze_panes = "B2"
    count = -1
    for row in _rows(found):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            # Whatever begins with "=" stays a text: a name must not become a formula.
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
            cell.font = Font(bold=count < 0)
            cells.append(cell)
        sheet.append(cells)
        count += 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue(), count


def _rows(found: QuerySet[Business]) -> Iterator[Row]:
    yield [
        _("Kode"),
        _("Nama usaha"),
        _("Pemilik"),
        _("Nomor HP"),
        _("Kode desa"),
        _("Desa"),
        _("Jalan atau kampung"),
        "RT",
        "RW",
        _("Patokan"),
        _("Lintang"),
        _("Bujur"),
        _("Jenis usaha"),
        _("Produk"),
        _("Edisi KBLI"),
        _("Kode KBLI"),
        _("Judul KBLI"),
        _("Bentuk usaha"),
        _("Tenaga kerja"),
        _("Omzet setahun"),
        _("Modal usaha"),
        _("Skala menurut pemilik"),
        _("Skala menurut hitungan"),
        _("Izin"),
        _("Verifikasi"),
        _("Masih berjalan"),
    ]
    related = found.select_related("area").prefetch_related("owners", "phones", "licences")
    for one in related.iterator(chunk_size=500):
        yield [
            one.public_id,
            one.name,
            ", ".join(owner.name for owner in one.owners.all()),
            ", ".join(show_phone(phone.phone) for phone in one.phones.all()),
            one.area_id,
            one.area.name,
            one.street,
            one.rt,
            one.rw,
            one.landmark,
            _number(one.latitude),
            _number(one.longitude),
            str(kind_name(one.kind)),
            one.products_text,
            one.kbli_edition or "",
            one.kbli_code,
            kbli_title(one.kbli_edition, one.kbli_code),
            str(one.get_legal_form_display()),
            one.workers if one.workers is not None else _unknown(),
            one.turnover_rp if one.turnover_rp is not None else _unknown(),
            one.capital_rp if one.capital_rp is not None else _unknown(),
            str(one.get_scale_reported_display()),
            str(one.get_scale_computed_display()),
            ", ".join(f"{licence} ".strip() for licence in one.licences.all() if licence.status == "held"),
            str(VERIFICATION_FLOW.states[one.verification]),
            str(one.get_status_display()),
        ]


def _number(value: Any) -> Any:
    return "" if value is None else float(value)


def _unknown() -> str:
    return _("Tidak diketahui")


def _harmless(value: Any) -> Any:
    """In CSV a cell that begins like a formula would be run as one; an apostrophe makes it a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
