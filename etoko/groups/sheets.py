"""A book or form as it is ruled on paper: the page shows it, typst prints it, a spreadsheet takes it along.
All three are made of the same `Sheet`, so none of them can say something else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

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
