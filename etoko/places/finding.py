"""From what a register or a person wrote to an area. Nothing is guessed: either the name is one area's
(by name, other name or old spelling), or there are suggestions for somebody to choose from."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import fuzz, process

from etoko.places.models import DISTRICT, PROVINCE, REGENCY, VILLAGE, Area, AreaAlias
from etoko.places.names import full_name, search_name, spoken_name

EXACT, ALIAS, SPELLING = "exact", "alias", "spelling"
LEAST_LIKENESS = 72
SUGGESTIONS = 4


@dataclass(frozen=True, slots=True)
class AreaRow:
    code: str
    name: str
    level: int
    kind: str

    @property
    def full_name(self) -> str:
        return full_name(self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Found:
    area: AreaRow | None = None
    how: str = ""
    suggestions: tuple[AreaRow, ...] = ()
    """Best first: those of the sub-district itself, then of its regency, then the others."""
    elsewhere: AreaRow | None = None
    """The one area of exactly this name, outside of where it was looked for."""


NOTHING = Found()


class Gazetteer:
    """The areas of a part of Indonesia in memory: found without asking the database again."""

    def __init__(self, rows: Iterable[AreaRow], other_names: Iterable[tuple[str, str]] = ()) -> None:
        self.by_code = {row.code: row for row in rows}
        self._by_name: dict[str, list[tuple[AreaRow, str]]] = defaultdict(list)
        self._by_sound: dict[str, list[AreaRow]] = defaultdict(list)
        for row in self.by_code.values():
            for part in {row.name, *row.name.split("/")}:
                self._by_name[search_name(part)].append((row, EXACT))
            self._by_sound[spoken_name(row.name)].append(row)
        for code, name in other_names:
            if code in self.by_code:
                self._by_name[search_name(name)].append((self.by_code[code], ALIAS))
        self._answers: dict[tuple[str, str, tuple[int, ...]], Found] = {}
        self._lists: dict[tuple[str, tuple[int, ...]], list[AreaRow]] = {}

    @classmethod
    def around(cls, *codes: str) -> "Gazetteer":
        """All provinces and regencies, and whatever is loaded of the regencies these areas lie in."""
        wanted = Q(level__lte=REGENCY)
        for code in codes:
            wanted |= Q(code__startswith=".".join(code.split(".")[:REGENCY]))
        rows = Area.objects.filter(wanted).values_list("code", "name", "level", "kind")
        aliases = AreaAlias.objects.values_list("area_id", "name")
        return cls([AreaRow(*row) for row in rows.iterator(chunk_size=5_000)], aliases)

    def area(self, code: str) -> AreaRow | None:
        return self.by_code.get(code)

    def path(self, code: str) -> list[AreaRow]:
        """The area and those around it, widest first."""
        parts = code.split(".")
        rows = (self.by_code.get(".".join(parts[: i + 1])) for i in range(len(parts)))
        return [row for row in rows if row]

    def find(self, text: str, *, within: str = "", levels: tuple[int, ...] = (VILLAGE,)) -> Found:
        """The one area of these levels that bears this name inside `within`, or suggestions."""
        question = (text, within, levels)
        if question not in self._answers:
            self._answers[question] = self._find(text, within, levels)
        return self._answers[question]

    def _find(self, text: str, within: str, levels: tuple[int, ...]) -> Found:
        bare, kinds = _without_title(text)
        key = search_name(bare)
        if not key:
            return NOTHING
        named = [(row, how) for row, how in self._by_name.get(key, ()) if row.level in levels]
        if kinds:  # "Kota Tangerang" is not Kabupaten Tangerang
            named = [(row, how) for row, how in named if row.kind in kinds] or named
        here = {row.code: (row, how) for row, how in named if _covers(within, row.code)}
        if len(here) == 1:
            return Found(*next(iter(here.values())))
        if here:
            return Found(suggestions=tuple(row for row, _how in here.values())[:SUGGESTIONS])
        sounds = [
            row
            for row in self._by_sound.get(spoken_name(bare), ())
            if row.level in levels and _covers(within, row.code)
        ]
        if len(sounds) == 1:
            return Found(sounds[0], SPELLING)
        outside = {row.code: row for row, _how in named}
        return Found(
            suggestions=tuple(sounds[:SUGGESTIONS]) or self._like(key, within, levels),
            elsewhere=next(iter(outside.values())) if len(outside) == 1 else None,
        )

    def _like(self, key: str, within: str, levels: tuple[int, ...]) -> tuple[AreaRow, ...]:
        suggestions: list[AreaRow] = []
        parts = within.split(".") if within else []
        # The sub-district's own first: "Tabon" in Jambe is Taban, however many Tabons Indonesia has.
        for depth in range(len(parts), -1, -1):
            scope = ".".join(parts[:depth])
            if depth == 1 and suggestions:
                break
            rows = self._inside(scope, levels)
            names = [search_name(row.name) for row in rows]
            likely = process.extract(
                key, names, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=SUGGESTIONS
            )
            for _name, _score, position in likely:
                if rows[position] not in suggestions:
                    suggestions.append(rows[position])
            if len(suggestions) >= SUGGESTIONS:
                break
        return tuple(suggestions[:SUGGESTIONS])

    def _inside(self, scope: str, levels: tuple[int, ...]) -> list[AreaRow]:
        question = (scope, levels)
        if question not in self._lists:
            self._lists[question] = [
                row for row in self.by_code.values() if row.level in levels and _covers(scope, row.code)
            ]
        return self._lists[question]


def find_area(text: str, *, within: str, levels: tuple[int, ...] = (VILLAGE,)) -> Found:
    """One question; whoever has many asks one `Gazetteer`."""
    return Gazetteer.around(within).find(text, within=within, levels=levels)


_TITLE = re.compile(
    r"^\s*(?:(desa|ds|dusun desa)|(kelurahan|kel)|(kecamatan|kec|distrik)|(kabupaten|kab|kb)|(kota|kodya|"
    r"kotamadya)|(provinsi|propinsi|prov))\b\s*[.:]*\s*(?=\S)",
    re.IGNORECASE,
)
_KINDS = (("desa",), ("kelurahan",), ("kecamatan", "distrik"), ("kabupaten",), ("kota",), ("provinsi",))
LEVEL_OF_TITLE = (VILLAGE, VILLAGE, DISTRICT, REGENCY, REGENCY, PROVINCE)


def _without_title(text: str) -> tuple[str, tuple[str, ...]]:
    text = text.strip().strip(".,;:")
    english = re.fullmatch(r"(.+?)\s+(regency|city|province)", text, re.IGNORECASE)
    if english:
        kind = {"regency": "kabupaten", "city": "kota", "province": "provinsi"}[english[2].lower()]
        return english[1], (kind,)
    match = _TITLE.match(text)
    if match is None or not match.lastindex:
        return text, ()
    return text[match.end() :], _KINDS[match.lastindex - 1]


def _covers(outer: str, inner: str) -> bool:
    return not outer or inner == outer or inner.startswith(outer + ".")
