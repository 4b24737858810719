"""A table of any length as CSV, JSON, GeoJSON, XLSX, or as a ZIP of all of them with its metadata.

The things are read once, one by one: what is sent at once goes out as it comes, the rest waits on disk.
"""

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any

from django.utils import translation

from etoko.exchange.datasets import Dataset
from etoko.exchange.metadata import metadata
from etoko.foundation.tables.columns import as_cell, values
from etoko.foundation.tables.writing import CSV_MARK, XlsxBook, csv_line
from etoko.places.models import Area

FORMS = ("csv", "xlsx", "geojson", "json", "zip")
_AT_ONCE = 1 << 16
_PACKED = 1 << 13
"""So much of an archive is sent as soon as it is there: the first of it soon, whoever waits."""


def forms_of(dataset: Dataset) -> list[str]:
    return [form for form in FORMS if form != "geojson" or dataset.point[0]]


def chunks_of(
    dataset: Dataset, area: Area, form: str, *, at: datetime, taken_by: str = ""
) -> Iterator[bytes]:
    """`form` is one of FORMS."""
    # Names of columns, kinds and states are Indonesian in whatever language their reader reads pages.
    with translation.override("id"):
        if form == "zip":
            yield from _zipped(dataset, area, at, taken_by)
        elif form == "xlsx":
            with tempfile.TemporaryFile() as file:
                yield from _written_apart(dataset, _Xlsx(dataset, area, at, taken_by), area, file)
        else:
            writer = _LINES[form](dataset, area, at)
            yield from writer.head()
            for thing in dataset.rows(area):
                yield writer.line(values(dataset.columns, thing))
            yield writer.tail()


class _Csv:
    form = "csv"

    def __init__(self, dataset: Dataset, area: Area, at: datetime) -> None:
        self._names = [column.name for column in dataset.columns]

    def head(self) -> Iterator[bytes]:
        yield CSV_MARK
        yield csv_line(self._names)

    def line(self, row: list[Any]) -> bytes:
        return csv_line(["" if cell is None else as_cell(cell) for cell in row])

    def tail(self) -> bytes:
        return b""


class _Json:
    """{"metadata": {…}, "data": [{column: value}, …]}"""

    form, key = "json", "data"

    def __init__(self, dataset: Dataset, area: Area, at: datetime) -> None:
        self._names = [column.name for column in dataset.columns]
        self._told = metadata(dataset, area, at=at, rows=None, files=[])
        self._told.pop("berkas")
        self._told.pop("jumlah_baris")
        self._between = b"\n"

    def head(self) -> Iterator[bytes]:
        yield self._opening() + f'"metadata": {_as_json(self._told)},\n"{self.key}": ['.encode()

    def line(self, row: list[Any]) -> bytes:
        line = self._between + _as_json(self._thing(dict(zip(self._names, row, strict=True)))).encode()
        self._between = b",\n"
        return line

    def tail(self) -> bytes:
        return b"\n]}\n"

    def _opening(self) -> bytes:
        return b"{"

    def _thing(self, said: dict[str, Any]) -> dict[str, Any]:
        return said


class _GeoJson(_Json):
    """RFC 7946; what has no place known or shown has the geometry null."""

    form, key = "geojson", "features"

    def __init__(self, dataset: Dataset, area: Area, at: datetime) -> None:
        super().__init__(dataset, area, at)
        self._east, self._north = dataset.point

    def _opening(self) -> bytes:
        return b'{"type": "FeatureCollection", '

    def _thing(self, said: dict[str, Any]) -> dict[str, Any]:
        east, north = said.pop(self._east), said.pop(self._north)
        placed = east is not None and north is not None
        geometry = {"type": "Point", "coordinates": [east, north]} if placed else None
        return {"type": "Feature", "geometry": geometry, "properties": said}


_LINES: dict[str, Callable[[Dataset, Area, datetime], _Csv | _Json]] = {
    "csv": _Csv,
    "json": _Json,
    "geojson": _GeoJson,
}


class _Xlsx:
    """A sheet with the rows and one with what they mean."""

    def __init__(self, dataset: Dataset, area: Area, at: datetime, taken_by: str) -> None:
        self._dataset, self._area, self._at, self._taken_by = dataset, area, at, taken_by
        self._book, self.rows = XlsxBook(), 0
        self._book.begin("Data", stays="C2")
        self._book.add([column.title for column in dataset.columns])

    def add(self, row: list[Any]) -> None:
        self._book.add([as_cell(cell) for cell in row])
        self.rows += 1

    def save(self, file: IO[bytes]) -> None:
        told = metadata(
            self._dataset, self._area, at=self._at, rows=self.rows, files=[], taken_by=self._taken_by
        )
        self._book.begin("Metadata")
        self._book.add(["Keterangan", "Isi"])
        for name in ("judul", "deskripsi", "produsen_data", "sumber", "lisensi", "periode", "jumlah_baris"):
            self._book.add([name, told[name]])
        for name, value in told["wilayah"].items():
            self._book.add([name, value])
        for remark in told["catatan"]:
            self._book.add(["catatan", remark])
        self._book.begin("Kolom")
        self._book.add(["Kolom", "Definisi", "Tipe", "Satuan", "Klasifikasi", "Nama di CSV dan JSON"])
        for column in self._dataset.columns:
            self._book.add(
                [column.title, column.meaning, column.type, column.unit, column.classes, column.name]
            )
        self._book.save(file)


def _written_apart(dataset: Dataset, book: _Xlsx, area: Area, file: IO[bytes]) -> Iterator[bytes]:
    for thing in dataset.rows(area):
        book.add(values(dataset.columns, thing))
    book.save(file)
    yield from _read(file)


def _zipped(dataset: Dataset, area: Area, at: datetime, taken_by: str) -> Iterator[bytes]:
    """The CSV goes out while the things are read; the other files grow on disk meanwhile."""
    sink = _Sink()
    stem = f"{dataset.slug}-{area.code}"
    book, csv = _Xlsx(dataset, area, at, taken_by), _Csv(dataset, area, at)
    beside = [_LINES[form](dataset, area, at) for form in ("json", "geojson") if form in forms_of(dataset)]
    files = [f"{stem}.{form}" for form in forms_of(dataset) if form != "zip"]
    with tempfile.TemporaryDirectory(prefix="etoko-data-") as folder:
        waiting = [(writer, open(f"{folder}/{writer.form}", "w+b")) for writer in beside]  # noqa: PTH123, SIM115
        try:
            for writer, file in waiting:
                file.writelines(writer.head())
            with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
                yield from sink.put(archive, f"{stem}.csv", _read_once(dataset, area, csv, waiting, book))
                for writer, file in waiting:
                    file.write(writer.tail())
                    yield from sink.put(archive, f"{stem}.{writer.form}", _read(file))
                with open(f"{folder}/xlsx", "w+b") as file:  # noqa: PTH123
                    book.save(file)
                    yield from sink.put(archive, f"{stem}.xlsx", _read(file), packed=True)
                told = metadata(dataset, area, at=at, rows=book.rows, files=files, taken_by=taken_by)
                text = json.dumps(told, ensure_ascii=False, indent=1).encode()
                yield from sink.put(archive, "metadata.json", [text])
        finally:
            for _writer, file in waiting:
                file.close()
    yield sink.take()


def _read_once(
    dataset: Dataset, area: Area, csv: _Csv, waiting: Sequence[tuple[_Csv | _Json, IO[bytes]]], book: _Xlsx
) -> Iterator[bytes]:
    yield from csv.head()
    for thing in dataset.rows(area):
        row = values(dataset.columns, thing)
        for writer, file in waiting:
            file.write(writer.line(row))
        book.add(row)
        yield csv.line(row)


class _Sink:
    """What an archive writes, until it is sent on. It cannot be wound back, and `zipfile` needs no more."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        self._size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        """Nothing to close."""

    def take(self) -> bytes:
        held, self._held, self._size = b"".join(self._held), [], 0
        return held

    def put(
        self, archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes], *, packed: bool = False
    ) -> Iterator[bytes]:
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        with archive.open(entry, "w") as file:
            for chunk in chunks:
                file.write(chunk)
                if self._size >= _PACKED:
                    yield self.take()


def _read(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    yield from iter(lambda: file.read(_AT_ONCE), b"")


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
