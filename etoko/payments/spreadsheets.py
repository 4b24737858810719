"""The money report as a sheet that a seller takes along, in CSV and XLSX."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from etoko.payments.models import Payment
from etoko.payments.queries.money import LedgerRow, Report

Row = list[Any]


def ledger_csv(ledger: Sequence[LedgerRow]) -> bytes:
    """UTF-8 with a mark at the start, so that Excel shows names as they are."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    for row in _ledger(ledger):
        writer.writerow([_harmless(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def report_xlsx(report: Report, ledger: Sequence[LedgerRow]) -> bytes:
    """A sheet of the months and a sheet of every entry."""
    book = Workbook(write_only=True)
    for title, rows in ((_("Per bulan"), _months(report)), (_("Catatan uang"), _ledger(ledger))):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for at, row in enumerate(rows):
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value=value)
                # Whatever begins with "=" stays a text: a name must not become a formula.
                cell.data_type = "s" if isinstance(value, str) else cell.data_type
                cell.font = Font(bold=at == 0)
                cells.append(cell)
            sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _months(report: Report) -> list[Row]:
    head = [_("Bulan"), _("Nilai pesanan"), _("Diterima"), _("Dikembalikan")]
    methods = [method for method, _word in Payment.METHODS]
    return [
        head + [str(word) for _method, word in Payment.METHODS],
        *(
            [f"{row.month:%Y-%m}", row.due_rp, row.received_rp, row.returned_rp]
            + [row.by_method.get(method, 0) for method in methods]
            for row in report.months
        ),
    ]


def _ledger(ledger: Sequence[LedgerRow]) -> list[Row]:
    head = [_("Tanggal"), _("Pesanan"), _("Pembeli"), _("Jumlah"), _("Jenis"), _("Lewat"), _("Asal")]
    return [
        [*head, _("Dicatat oleh"), _("Pembatalan"), _("Alasan")],
        *(
            [
                row.received_on.isoformat(),
                row.number,
                row.buyer_name,
                row.amount_rp,
                row.kind,
                row.method,
                row.source,
                row.by,
                _("ya") if row.is_counter else "",
                row.reason,
            ]
            for row in ledger
        ),
    ]


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
