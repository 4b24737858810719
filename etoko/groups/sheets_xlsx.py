"""A `Sheet` as a spreadsheet. Loads openpyxl, a tenth of the start of a worker: import only where needed."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from etoko.groups.sheets import Cell, Sheet, placed


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
