"""From a file of whatever kind to a table of texts: `read_file` with its header, and rows with their number
in the sheet; `read_rows` as it lies there, for files with more lines above and below than a table has.

Nothing here knows what the columns mean. Every refusal is a sentence that says what to do.
"""

import csv
import io
import json
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from etoko.foundation.problems import UnableTo
from etoko.foundation.tables import sheets

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 300
MOST_CELL = 20_000
"""Longer texts are cut: a cell of a megabyte is an accident, not a name."""
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 150
HEAD_ROWS = 15
"""Titles and blank rows may stand above the header of a sheet; not more than these."""


class UnableToRead(UnableTo):
    pass


@dataclass
class Table:
    headers: list[str]
    rows: list[tuple[int, list[str]]]
    """(number of the row as a spreadsheet shows it, cells); rows without any content are left out."""
    format: str
    remarks: list[str] = field(default_factory=list)
    """What somebody should know about how it was read."""


@dataclass
class Rows:
    """A file as it lies there: every row, from the first."""

    rows: list[list[str]]
    format: str
    remarks: list[str] = field(default_factory=list)
    header_at: int | None = None
    """Where the header stands, in a format that says so itself."""


def read_file(path: Path, *, name: str = "") -> Table:
    """Read the file; what kind it is says its content, whatever the name ends in."""
    return _with_header(read_rows(path, name=name))


def read_rows(path: Path, *, name: str = "") -> Rows:
    """The same without looking for a header."""
    name = name or path.name
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise UnableToRead(
            _("Berkas %(name)s tidak ada atau tidak bisa dibuka.") % {"name": name}
        ) from problem
    if size > MOST_BYTES:
        raise too_large(size)
    if size == 0:
        raise UnableToRead(_("Berkas ini kosong. Periksa lagi berkas yang Anda pilih."))
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK"):
        return _from_sheets(path, _check_zip(path), name)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _from_sheets(path, "xls", name)
    _refuse_known_strangers(start)
    text, encoding = _decode(path.read_bytes())
    read = _from_json(text) if text.lstrip()[:1] in ("{", "[") else _from_csv(text)
    if encoding not in ("utf-8", "utf-8-sig"):
        read.remarks.append(_("Dibaca sebagai %(encoding)s.") % {"encoding": encoding})
    return read


def too_large(size: int, *, most: int = MOST_BYTES) -> UnableToRead:
    return UnableToRead(
        _("Berkas ini %(size)s MB; paling besar %(most)s MB. Bagi jadi beberapa berkas.")
        % {"size": size // 1_048_576, "most": most // 1_048_576}
    )


# ------------------------------------------------------------------------------- spreadsheets


def _check_zip(path: Path) -> str:
    """What kind of workbook the archive is, after measuring what it holds without unpacking it to memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            packed = max(path.stat().st_size, 1)
            if len(names) > 5_000:
                raise _bomb()
            unpacked = 0
            for entry in archive.infolist():
                # The size that an archive declares may be a lie: count what really comes out.
                with archive.open(entry) as content:
                    while chunk := content.read(1 << 20):
                        unpacked += len(chunk)
                        if unpacked > MOST_UNPACKED or (
                            unpacked > 20 << 20 and unpacked / packed > MOST_RATIO
                        ):
                            raise _bomb()
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                return "xlsb" if "xl/workbook.bin" in names else "xlsx"
            if "mimetype" in names and b"spreadsheet" in archive.read("mimetype")[:200]:
                return "ods"
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as problem:
        raise UnableToRead(
            _("Berkas ini rusak atau dikunci sandi. Buka di Excel, simpan ulang tanpa sandi, lalu coba lagi.")
        ) from problem
    raise UnableToRead(
        _("Ini arsip ZIP, bukan tabel. Keluarkan dulu berkas Excel, ODS, CSV, atau JSON di dalamnya.")
    )


def _bomb() -> UnableToRead:
    return UnableToRead(
        _("Isi berkas ini jauh lebih besar daripada tampaknya, jadi tidak dibuka. Simpan ulang sebagai CSV.")
    )


def _from_sheets(path: Path, kind: str, name: str) -> Rows:
    try:
        books = sheets.read_apart(path, most_rows=MOST_ROWS + HEAD_ROWS, most_columns=MOST_COLUMNS)
    except sheets.TooWide as problem:
        raise _too_wide(problem.columns) from problem
    except sheets.Unreadable as problem:
        raise UnableToRead(
            _(
                "Berkas %(name)s tidak bisa dibaca sebagai tabel: rusak, terkunci, atau terlalu besar. Buka"
                " di Excel, simpan ulang sebagai XLSX atau CSV, lalu coba lagi."
            )
            % {"name": name}
        ) from problem
    filled = [(title, rows) for title, rows in books if any(any(row) for row in rows)]
    if not filled:
        raise UnableToRead(_("Tidak ada isi di lembar mana pun dari berkas ini."))
    title, rows = max(filled, key=lambda book: len(book[1]))
    read = Rows([[_text(cell) for cell in row] for row in rows], kind)
    if len(filled) > 1:
        others = ", ".join(other for other, _rows in filled if other != title)
        read.remarks.append(
            _("Dibaca lembar “%(sheet)s”. Lembar lain tidak ikut: %(others)s.")
            % {"sheet": title, "others": others}
        )
    return read


def _text(value: Any) -> str:
    """A cell as its reader would say it: whole numbers without ".0", none of Python's words."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(part)}" for key, part in value.items())
    return _clean(str(value))


# --------------------------------------------------------------------------------------- text


def _refuse_known_strangers(start: bytes) -> None:
    for sign, what in (
        (b"%PDF", "PDF"),
        (b"\x89PNG", _("gambar")),
        (b"\xff\xd8\xff", _("gambar")),
        (b"GIF8", _("gambar")),
        (b"\x1f\x8b", _("arsip gzip")),
        (b"Rar!", _("arsip RAR")),
        (b"7z\xbc\xaf", _("arsip 7z")),
        (b"SQLite format", _("basis data")),
        (b"<!DOCTYPE", _("halaman web")),
        (b"<html", _("halaman web")),
    ):
        if start.lstrip().lower().startswith(sign.lower()):
            raise UnableToRead(
                _("Ini berkas %(what)s, bukan tabel. Pakai Excel (XLSX, XLS), ODS, CSV, JSON, atau GeoJSON.")
                % {"what": what}
            )


def _decode(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "UTF-16"
    head = content[:4096]
    if head.count(0) > len(head) // 4:
        side = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        text = content.decode(side, "replace")
        if sum(c.isprintable() or c in "\r\n\t" for c in text[:1000]) > 0.9 * len(text[:1000]):
            return text, "UTF-16"
    if head.count(0) or sum(c < 32 and c not in (9, 10, 11, 12, 13) for c in head) > len(head) // 50:
        raise UnableToRead(
            _("Isi berkas ini bukan tabel yang dikenal. Simpan dari Excel sebagai XLSX atau CSV.")
        )
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        # Excel on Indonesian Windows. The five bytes it leaves undefined stay visible as �.
        return content.decode("cp1252", "replace"), "Windows-1252"


def _from_csv(text: str) -> Rows:
    text = text.replace("\x00", "")
    if text[:4].lower() == "sep=":
        delimiter, text = text[4:5], text.split("\n", 1)[-1]
    else:
        delimiter = _delimiter(text)
    csv.field_size_limit(MOST_BYTES + 1)
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if len(rows) > MOST_ROWS + HEAD_ROWS:
            raise _too_long()
        if len(row) > MOST_COLUMNS:
            raise _too_wide(len(row))
        rows.append([_clean(cell) for cell in row])
    return Rows(rows, "csv")


def _delimiter(text: str) -> str:
    """The sign that parts most rows into the same number of cells, quotes and line breaks respected."""
    sample = text[:60_000]
    best, best_score = ",", -1.0
    for sign in (",", ";", "\t", "|"):
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign) if row]
        except csv.Error:
            continue
        widths = widths[:-1] if len(widths) > 2 and len(sample) < len(text) else widths
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        score = (usual > 1) * (widths.count(usual) / len(widths)) * 100 + usual / MOST_COLUMNS
        if score > best_score:
            best, best_score = sign, score
    return best


def _from_json(text: str) -> Rows:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            content = [json.loads(line) for line in lines]
        except (ValueError, RecursionError) as problem:
            raise UnableToRead(
                _("Berkas JSON ini terpotong atau salah tulis. Unduh ulang dari sumbernya, lalu coba lagi.")
            ) from problem
    is_geo = isinstance(content, dict) and content.get("type") == "FeatureCollection"
    things = list(map(_flat_feature, content.get("features", []))) if is_geo else _list_in(content)
    if not things:
        raise UnableToRead(
            _("Di dalam JSON ini tidak ada daftar. Yang dibaca: daftar objek, satu objek satu baris.")
        )
    if len(things) > MOST_ROWS:
        raise _too_long()
    headers: dict[str, None] = {}
    for thing in things:
        headers.update(dict.fromkeys(map(str, thing)))
    if len(headers) > MOST_COLUMNS:
        raise _too_wide(len(headers))
    rows = [list(headers), *([_text(thing.get(key)) for key in headers] for thing in things)]
    return Rows(rows, "geojson" if is_geo else "json", header_at=0)


def _list_in(content: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The longest list of objects, wherever it lies ("data", "result.items", …)."""
    if isinstance(content, list):
        return [thing for thing in content if isinstance(thing, dict)]
    if not isinstance(content, dict) or depth > 4:
        return []
    return max((_list_in(value, depth + 1) for value in content.values()), key=len, default=[])


def _flat_feature(feature: Any) -> dict[str, Any]:
    """A feature's properties, and its point (or the middle of its shape) as longitude and latitude."""
    if not isinstance(feature, dict):
        return {}
    flat = dict(feature.get("properties") or {})
    points = list(_points((feature.get("geometry") or {}).get("coordinates")))
    if points:
        flat.setdefault("longitude", sum(p[0] for p in points) / len(points))
        flat.setdefault("latitude", sum(p[1] for p in points) / len(points))
    return flat


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list) or not coordinates:
        return
    if isinstance(coordinates[0], int | float) and len(coordinates) >= 2:
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)


# ------------------------------------------------------------------------------------- header


def _with_header(read: Rows) -> Table:
    rows = read.rows
    at = _header_row(rows) if read.header_at is None else read.header_at
    if at is None:
        raise UnableToRead(_("Tidak ada baris judul kolom yang bisa dibaca di berkas ini."))
    width = max((len(row) for row in rows), default=0)
    if width > MOST_COLUMNS:
        raise _too_wide(width)
    names = [" ".join(cell.split()) for cell in rows[at]] + [""] * (width - len(rows[at]))
    headers: list[str] = []
    for i, name in enumerate(names):
        title = name or _("Kolom %(number)s") % {"number": i + 1}
        # Two columns of one name stay two.
        headers.append(title if title not in headers else f"{title} ({i + 1})")
    body = [
        (number, row + [""] * (width - len(row)))
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(cell.strip() for cell in row)
    ]
    if len(body) > MOST_ROWS:
        raise _too_long()
    while (
        headers and headers[-1].startswith(_("Kolom")) and not any(row[len(headers) - 1] for _n, row in body)
    ):
        headers.pop()
    return Table(headers, [(number, row[: len(headers)]) for number, row in body], read.format, read.remarks)


def _header_row(rows: list[list[str]]) -> int | None:
    """The first row that is as wide as the table and says words rather than figures."""
    widest = max((sum(1 for cell in row if cell.strip()) for row in rows[: HEAD_ROWS * 3]), default=0)
    for i, row in enumerate(rows[:HEAD_ROWS]):
        filled = [cell for cell in row if cell.strip()]
        words = [cell for cell in filled if re.search(r"[A-Za-z]", cell) and len(cell) <= 60]
        if filled and len(filled) >= max(1, widest * 0.5) and len(words) >= len(filled) * 0.6:
            return i
    return next((i for i, row in enumerate(rows) if any(cell.strip() for cell in row)), None)


def _clean(cell: str) -> str:
    """Without signs that no sheet can hold and without space around; line breaks inside stay."""
    cell = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f]", "", cell)
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()[:MOST_CELL]


def _too_long() -> UnableToRead:
    return UnableToRead(
        _("Berkas ini lebih dari %(most)s baris. Bagi menjadi beberapa berkas.")
        % {"most": f"{MOST_ROWS:,}".replace(",", ".")}
    )


def _too_wide(columns: int) -> UnableToRead:
    return UnableToRead(
        _("Berkas ini punya %(columns)s kolom; paling banyak %(most)s. Hapus kolom yang tidak perlu.")
        % {"columns": columns, "most": MOST_COLUMNS}
    )
