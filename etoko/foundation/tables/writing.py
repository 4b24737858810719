"""Tables that people take along: CSV for any program, XLSX for Excel. No cell ever becomes a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Sequence[Any]


def as_csv(rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark at the start, so that Excel shows names as they are."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Mapping[str, Iterable[Row]], *, stays: str = "A2") -> bytes:
    """Sheets by their titles; the first row of each is its head. What lies left of and above the cell `stays`
    does not scroll away."""
    # Only who takes a sheet along loads it: a tenth of the start of a worker.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book, bold = Workbook(write_only=True), Font(bold=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = stays
        for at, row in enumerate(rows):
            cells = [WriteOnlyCell(sheet, value=value) for value in row]
            for cell in cells:
                # Whatever begins with "=" stays a text: a name must not become a formula.
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
                if at == 0:
                    cell.font = bold
            sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _harmless(cell: Any) -> Any:
    """In CSV a cell that begins like a formula would be run as one; an apostrophe makes it a text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
