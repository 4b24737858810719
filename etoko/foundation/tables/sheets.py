"""Workbooks are read in a process of their own, with little memory and little time.

A hostile or broken workbook (a cell in the last corner of the sheet asks for all of it at once) can end
the reader; it must not end the server. Run as a script it needs neither Django nor the rest of the house.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

MOST_MEMORY = 1 << 30
MOST_SECONDS = 40


class Unreadable(Exception):
    pass


class TooWide(Exception):
    def __init__(self, columns: int) -> None:
        super().__init__(columns)
        self.columns = columns


def read_apart(path: Path, *, most_rows: int, most_columns: int) -> list[tuple[str, list[list[Any]]]]:
    """(name of the sheet, its rows) for every sheet with cells. Raises Unreadable or TooWide."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", __file__, str(path), str(most_rows), str(most_columns)],
            capture_output=True,
            timeout=MOST_SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise Unreadable from problem
    if done.returncode:
        raise Unreadable(done.stderr.decode(errors="replace")[-500:])
    answer = json.loads(done.stdout)
    if "columns" in answer:
        raise TooWide(answer["columns"])
    return [(name, rows) for name, rows in answer["sheets"]]


def _main(path: str, most_rows: int, most_columns: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    sheets: list[tuple[str, list[list[Any]]]] = []
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except Exception:  # charts and macro sheets have no cells
            continue
        if sheet.total_width > most_columns:
            print(json.dumps({"columns": sheet.total_width}))
            return
        # Whole rows from the very first: the number of a row must be the one the spreadsheet shows.
        rows = sheet.to_python(skip_empty_area=False, nrows=most_rows + 1)
        sheets.append((name, [[_plain(cell) for cell in row] for row in rows]))
    json.dump({"sheets": sheets}, sys.stdout)


def _plain(cell: Any) -> Any:
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
