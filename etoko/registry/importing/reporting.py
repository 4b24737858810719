"""The report: the sheet as it came, returned rows marked and explained; a second sheet for the taken ones."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

_RED = PatternFill("solid", fgColor="FBE3DC")
_HEAD = PatternFill("solid", fgColor="E5F1EA")
_BOLD = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")
_DANGEROUS = re.compile(r"^\s*[=+@-](?!\d+(?:[.,]\d+)?$)")
_MOST_CELL = 32_000


@dataclass(frozen=True)
class ReportRow:
    number: int
    cells: Sequence[str]
    outcome: str
    problems: Sequence[dict[str, str]]
    notes: Sequence[dict[str, str]]
    differences: Sequence[dict[str, str]]


def write_report(*, headers: Sequence[str], rows: Iterable[ReportRow]) -> bytes:
    """An XLSX: the rows in their order, then what became of each."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Baris dikembalikan ditandai"))
    notes = book.create_sheet(_("Catatan baris yang masuk"))
    added = [_("Baris asal"), _("Hasil"), _("Kolom"), _("Alasan"), _("Yang perlu dilakukan")]
    sheet.freeze_panes = "A2"
    for i in range(len(headers) + len(added)):
        sheet.column_dimensions[get_column_letter(i + 1)].width = 18 if i < len(headers) + 2 else 38
    sheet.append([_cell(sheet, text, fill=_HEAD, font=_BOLD) for text in [*headers, *added]])
    notes.freeze_panes = "A2"
    for letter, width in (("A", 10), ("B", 34), ("C", 18), ("D", 60), ("E", 48)):
        notes.column_dimensions[letter].width = width
    note_heads = [
        _("Baris asal"),
        _("Usaha"),
        _("Kolom"),
        _("Catatan atau perbedaan"),
        _("Yang perlu dilakukan"),
    ]
    notes.append([_cell(notes, text, fill=_HEAD, font=_BOLD) for text in note_heads])
    words = {"new": _("Masuk, baru"), "matched": _("Sudah ada"), "returned": _("Dikembalikan")}
    for row in rows:
        back = row.outcome == "returned"
        told = [
            str(row.number),
            words[row.outcome],
            *(
                "\n".join(problem[part] for problem in row.problems if problem[part])
                for part in ("column", "sentence", "advice")
            ),
        ]
        if back:
            line = [_cell(sheet, text, fill=_RED) for text in row.cells]
            line += [_cell(sheet, text, fill=_RED, wrap=True) for text in told]
        else:
            line = [_cell(sheet, text) for text in [*row.cells, *told[:2]]]
        sheet.append(line)
        if not back:
            name = next((cell for cell in row.cells if re.search(r"[A-Za-z]", cell)), "")
            for note in row.notes:
                _tell(notes, row.number, name, note["column"], note["sentence"], note["advice"])
            for difference in row.differences:
                sentence = (
                    _("Di daftar: “%(register)s”; di berkas: “%(file)s”. Daftar tidak diubah.") % difference
                )
                _tell(notes, row.number, name, difference["field"], sentence, _("Putuskan mana yang benar."))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tell(sheet: Any, number: int, *texts: str) -> None:
    sheet.append([_cell(sheet, text) for text in (str(number), *texts)])


def _cell(sheet: Any, text: str, *, fill: Any = None, font: Any = None, wrap: bool = False) -> Any:
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)[:_MOST_CELL]
    if fill is None and font is None and not _DANGEROUS.match(text):
        # openpyxl takes every text that begins with "=" for a formula; all others it leaves as texts.
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if _DANGEROUS.match(text):
        # What Excel shows for a typed apostrophe: text for good, also after "save as CSV" and back.
        cell.value = "'" + text
        cell.data_type = "s"
    if fill:
        cell.fill = fill
    if font:
        cell.font = font
    if wrap:
        cell.alignment = _WRAP
    return cell
