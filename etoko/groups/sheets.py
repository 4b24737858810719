"""A book or form as it is ruled on paper: the page shows it, typst prints it, a spreadsheet takes it along.
All three are made of the same `Sheet`, so none of them can say something else."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from etoko.foundation.money import show_rupiah
from etoko.foundation.papers import render_paper

Cell = str | int
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Head:
    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Signature:
    """Two lines of office, then the room to sign, then the name; an empty name leaves dots."""

    above: str
    office: str
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    """Of the file, without its ending."""
    titles: tuple[str, ...]
    heads: tuple[tuple[Head, ...], ...]
    """Rows of heads; a head that spans rows leaves its place out of the rows below."""
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[Cell, ...], ...] = ()
    widths: tuple[float, ...] = ()
    """Shares of the page, one a column."""
    signatures: tuple[Signature, ...] = ()
    place_day: str = ""
    notes: tuple[str, ...] = ()
    paper: str = "a4"
    """Always lying; a3 for books that are wider than a desk."""
    points: float = 9
    foot: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())
    """Word and value, above the table."""

    @property
    def columns(self) -> int:
        return sum(head.columns for head in self.heads[0])

    def shown(self) -> Iterator[tuple[str, ...]]:
        """All rows and totals as they are read, on the page and on paper."""
        for row in (*self.rows, *self.totals):
            yield tuple(show_cell(cell) for cell in row)


def show_cell(cell: Cell) -> str:
    """1500000 → "1.500.000"."""
    return show_rupiah(cell).replace("Rp", "") if isinstance(cell, int) else cell


def sheet_pdf(sheet: Sheet) -> bytes:
    return render_paper("groups/papers/sheet.typ", paper_facts(sheet))


def paper_facts(sheet: Sheet) -> dict[str, Any]:
    figures = [
        at
        for at in range(sheet.columns)
        if any(isinstance(row[at], int) for row in (*sheet.rows, *sheet.totals))
    ]
    return {
        "title": sheet.titles[0],
        "titles": sheet.titles,
        "heads": [
            [{"text": head.text, "columns": head.columns, "rows": head.rows} for head in row]
            for row in sheet.heads
        ],
        "rows": [[show_cell(cell) for cell in row] for row in sheet.rows],
        "totals": [[show_cell(cell) for cell in row] for row in sheet.totals],
        "widths": sheet.widths or [1] * sheet.columns,
        "figures": figures,
        "pairs": sheet.facts,
        "signatures": [[one.above, one.office, one.name] for one in sheet.signatures],
        "place_day": sheet.place_day,
        "notes": sheet.notes,
        "paper": sheet.paper,
        "points": sheet.points,
        "foot": sheet.foot,
    }


def sheet_xlsx(sheet: Sheet) -> bytes:
    """With the merged heads of the paper; figures stay figures, and no name becomes a formula."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet.name[:31]
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    line = 1
    for text in (*sheet.titles, *(f"{word}: {value}" for word, value in sheet.facts)):
        _put(page, line, 1, text, bold=True)
        page.merge_cells(start_row=line, end_row=line, start_column=1, end_column=sheet.columns)
        line += 1
    line += 1
    for head, row, column in placed(sheet.heads):
        top = _put(page, line + row, column + 1, head.text, bold=True, framed=True)
        top.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if head.columns > 1 or head.rows > 1:
            page.merge_cells(
                start_row=line + row,
                end_row=line + row + head.rows - 1,
                start_column=column + 1,
                end_column=column + head.columns,
            )
    line += len(sheet.heads)
    page.freeze_panes = f"A{line}"
    for at, values in enumerate((*sheet.rows, *sheet.totals)):
        for column, value in enumerate(values, 1):
            _put(page, line, column, value, bold=at >= len(sheet.rows), framed=True)
        line += 1
    for text in (*sheet.notes, sheet.place_day):
        if text:
            _put(page, line + 1, 1, text)
            line += 1
    for at, one in enumerate(sheet.signatures):
        column = 1 + at * max(sheet.columns // max(len(sheet.signatures), 1), 1)
        for down, text in enumerate((one.above, one.office, "", "", one.name or "…………………")):
            _put(page, line + 2 + down, column, text)
    for column, share in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(column)].width = max(6, share * 9)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def placed(heads: Sequence[Sequence[Head]]) -> Iterator[tuple[Head, int, int]]:
    """Each head with the row and the column in which it begins, counted from nought."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(heads):
        column = 0
        for head in line:
            while (row, column) in taken:
                column += 1
            taken |= {
                (row + down, column + right) for down in range(head.rows) for right in range(head.columns)
            }
            yield head, row, column


def _put(page: Any, row: int, column: int, value: Cell, *, bold: bool = False, framed: bool = False) -> Any:
    cell = page.cell(row=row, column=column, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # whatever begins with "=" stays a text
    else:
        cell.number_format = "#,##0"
    cell.font = Font(bold=bold)
    if framed:
        side = Side(style="thin")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    return cell
