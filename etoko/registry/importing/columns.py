"""Which column means what: by its name, and by what stands in it. The officer may correct all of it."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from etoko.foundation.problems import UnableTo
from etoko.foundation.tables.reading import Table
from etoko.places.finding import Gazetteer
from etoko.places.names import search_name
from etoko.registry.importing import cells
from etoko.registry.importing.fields import AMBIGUOUS, BY_HEADER, IGNORE, MANY, header_key

SAMPLE = 300


class NotARegister(UnableTo):
    """The file is readable, but does not list businesses."""


@dataclass(frozen=True)
class Column:
    position: int
    header: str
    field: str
    samples: tuple[str, ...]
    by: str
    """"name", "content", "memory", "officer" or "" (not recognised)."""


def fingerprint(headers: list[str]) -> str:
    """The same for every file of one source, whatever the order of its columns."""
    return hashlib.sha256("|".join(sorted(map(header_key, headers))).encode()).hexdigest()[:24]


def recognise(table: Table, *, places: Gazetteer, remembered: dict[str, str] | None = None) -> list[Column]:
    taken: set[str] = set()
    columns: list[Column] = []
    for position, header in enumerate(table.headers):
        values = [row[position] for _number, row in table.rows[:SAMPLE] if row[position].strip()]
        samples = tuple(dict.fromkeys(value[:80] for value in values))[:3]
        field, by = "", ""
        if remembered and header in remembered:
            field, by = remembered[header], "memory"
        else:
            field, by = _meaning(header, values, places)
        if field in taken and field not in MANY:
            field, by = "", ""
        taken.add(field)
        columns.append(Column(position, header, field, samples, by))
    return _settle_names(columns)


def refuse_what_is_no_register(table: Table, columns: list[Column]) -> None:
    """Raises NotARegister with a sentence that says what the file is instead."""
    keys = {header_key(header) for header in table.headers}
    fields = {column.field for column in columns}
    if not table.rows:
        raise NotARegister(
            _(
                "Berkas ini hanya berisi judul kolom (%(count)s kolom), belum ada satu pun usaha. Isi dulu"
                " barisnya, lalu impor lagi."
            )
            % {"count": len(table.headers)}
        )
    counts = [key for key in keys if re.match(r"(jumlah|jml|total|banyak)(umkm|usaha|ikm|unit|pelaku)", key)]
    if "name" not in fields and (counts or {"satuan", "tahun"} <= keys):
        raise NotARegister(
            _(
                "Ini tabel jumlah (statistik), bukan daftar usaha: satu baris berisi banyaknya usaha di suatu"
                " wilayah, bukan satu usaha dengan namanya. Minta daftar nama usahanya kepada pemilik data."
            )
        )
    if "name" not in fields:
        raise NotARegister(
            _(
                "Tidak ada kolom nama usaha. Kolom yang ada: %(headers)s. Tunjukkan kolom yang berisi nama"
                " usaha."
            )
            % {"headers": ", ".join(table.headers[:12])}
        )


def _meaning(header: str, values: list[str], places: Gazetteer) -> tuple[str, str]:
    key = header_key(header)
    if key not in AMBIGUOUS:
        if key in BY_HEADER:
            field = BY_HEADER[key]
            return (IGNORE, "content") if _says_nothing(field, values, places) else (field, "name")
        if len(key) >= 5:
            near = process.extractOne(key, list(BY_HEADER), scorer=fuzz.ratio, score_cutoff=88)
            if near and len(near[0]) >= 5:
                return BY_HEADER[near[0]], "name"
    found = _by_content(values, places)
    if found:
        return found, "content"
    if key in ("kontak", "contact", "namakontak"):
        return "owner", "content"
    return ("nama", "name") if key == "nama" else ("", "")


def _settle_names(columns: list[Column]) -> list[Column]:
    """A column called "Nama" is the owner where another names the business, and the business where not."""
    has_name = any(column.field == "name" for column in columns)
    has_owner = any(column.field == "owner" for column in columns)
    settled = []
    for column in columns:
        field = column.field
        if field == "nama":
            field = "name" if not has_name else "owner" if not has_owner else IGNORE
            has_name = has_name or field == "name"
        settled.append(Column(column.position, column.header, field, column.samples, column.by))
    return settled


def _says_nothing(field: str, values: list[str], places: Gazetteer) -> bool:
    """A kind that is the same place in every row ("Surakarta") is a leftover of the query it came from."""
    distinct = set(values[:SAMPLE])
    if field != "kind" or len(distinct) != 1 or len(values) < 5:
        return False
    only = distinct.pop()
    found = places.find(only, levels=(1, 2, 3, 4))
    return found.area is not None or any(
        search_name(area.name) == search_name(only) for area in found.suggestions
    )


def _by_content(  # noqa: PLR0911
    values: list[str], places: Gazetteer
) -> str:
    sample = values[:60]
    if len(sample) < 2:
        return ""

    def share(test: Callable[[str], object]) -> float:
        return sum(1 for value in sample if test(value)) / len(sample)

    if share(cells.looks_like_nik) > 0.6:
        return "nik"
    if (
        share(lambda value: re.fullmatch(r"\D{0,3}\d{13}", value)) > 0.6
        and not share(cells.looks_like_phone) > 0.6
    ):
        return "nib"
    if share(cells.looks_like_phone) > 0.6:
        return "phone"
    numbers = [number for number in map(cells.plain_number, sample) if number is not None]
    if len(numbers) > 0.8 * len(sample) and all(number % 1 != 0 for number in numbers):
        if all(94 <= number <= 142 for number in numbers):
            return "longitude"
        if all(-11 <= number <= 7 for number in numbers):
            return "latitude"
    if share(lambda value: cells.read_pair(value) is not None) > 0.6:
        return "coordinates"
    if share(lambda value: re.search(r"\br\.?t\b.*\d", value, re.I)) > 0.5:
        return "address"
    if share(lambda value: len(value) < 40 and places.find(value).area is not None) > 0.6:
        return "village"
    return ""
