"""Tables that people take along: CSV for any program, XLSX for Excel. No cell ever becomes a formula.

Rows are taken one by one and given on at once, so that a table of any length needs little memory.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

Row = Sequence[Any]
CSV_MARK = b"\xef\xbb\xbf"
"""At the start of a CSV, so that Excel shows names as they are."""


def as_csv(rows: Iterable[Row]) -> bytes:
    return b"".join(csv_lines(rows))


def csv_lines(rows: Iterable[Row], *, delimiter: str = ";") -> Iterator[bytes]:
    """UTF-8 with a mark at the start, line by line."""
    yield CSV_MARK
    for row in rows:
        yield csv_line(row, delimiter=delimiter)


def csv_line(row: Row, *, delimiter: str = ";") -> bytes:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow([harmless(cell) for cell in row])
    return line.getvalue().encode()


def as_xlsx(sheets: Mapping[str, Iterable[Row]], *, stays: str = "A2") -> bytes:
    """Sheets by their titles; the first row of each is its head."""
    book = XlsxBook()
    for title, rows in sheets.items():
        book.begin(title, stays=stays)
        for row in rows:
            book.add(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class XlsxBook:
    """A workbook that grows row by row and waits on disk, not in memory."""

    def __init__(self) -> None:
        # Only who takes a sheet along loads it: a tenth of the start of a worker.
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        self._book, self._bold, self._cell = Workbook(write_only=True), Font(bold=True), WriteOnlyCell
        self._at_head = True

    def begin(self, title: str, *, stays: str = "A2") -> None:
        """A new sheet. What lies left of and above the cell `stays` does not scroll away."""
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = stays
        self._at_head = True

    def add(self, row: Row) -> None:
        if self._at_head:
            cells = [self._cell(self._sheet, value=value) for value in row]
            for cell in cells:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
                cell.font = self._bold
            self._at_head = False
        else:
            cells = [self._text(value) if isinstance(value, str) else value for value in row]
        self._sheet.append(cells)

    def save(self, file: IO[bytes]) -> None:
        self._book.save(file)

    def _text(self, value: str) -> Any:
        """Whatever begins with "=" stays a text: a name must not become a formula."""
        if not value:
            return None
        cell = self._cell(self._sheet, value=value)
        cell.data_type = "s"
        return cell


def harmless(cell: Any) -> Any:
    """In CSV a cell that begins like a formula would be run as one; an apostrophe makes it a text.
    A figure below nought is none."""
    dangerous = (
        isinstance(cell, str)
        and cell[:1] in ("=", "+", "-", "@", "\t", "\r")
        and not cell.removeprefix("-").replace(".", "", 1).isdecimal()
    )
    return f"'{cell}" if dangerous else cell
