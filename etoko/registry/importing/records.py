"""What one row of a register says: the record read from it, and what is to be told about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from etoko.registry.importing import cells
from etoko.registry.importing.columns import Column


@dataclass(frozen=True)
class Problem:
    reason: str
    """Short, the same for all rows of this trouble: what is counted."""
    column: str
    sentence: str
    """About this row."""
    advice: str = ""

    def as_json(self) -> dict[str, str]:
        return {
            "reason": self.reason,
            "column": self.column,
            "sentence": self.sentence,
            "advice": self.advice,
        }


@dataclass
class Record:
    number: int
    cells: list[str]
    fingerprint: str
    name: str = ""
    key: str = ""
    owner: str = ""
    owner_key: str = ""
    gender: str = "unknown"
    area: str = ""
    is_village: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    """Of the fields of a business, those that are known."""
    guesses_kind: bool = False
    """No column says the kind: it is good enough for a new business, not for one that somebody looked at."""
    phones: dict[str, str] = field(default_factory=dict)
    licences: list[tuple[str, str, str]] = field(default_factory=list)
    consents: bool = False
    nik: str = ""
    nik_hash: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    """Of the owner, as fields of `OwnerDetails`; only when the officer asked for them."""
    source_ref: str = ""
    returned: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def point(self) -> tuple[float, float] | None:
        latitude, longitude = self.values.get("latitude"), self.values.get("longitude")
        return (float(latitude), float(longitude)) if latitude is not None and longitude is not None else None


class Columns:
    """The columns of a table by what they hold, and a row read by them."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.at: dict[str, list[Column]] = {}
        for column in columns:
            self.at.setdefault(column.field, []).append(column)

    def get(self, row: list[str], name: str) -> str:
        """The first that says something."""
        for column in self.at.get(name, ()):
            value = _bare(row[column.position])
            if not cells.is_empty(value):
                return value
        return ""

    def all(self, row: list[str], name: str) -> list[str]:
        values = [_bare(row[column.position]) for column in self.at.get(name, ())]
        return list(dict.fromkeys(value for value in values if not cells.is_empty(value)))

    def header(self, name: str) -> str:
        return self.at[name][0].header if name in self.at else ""

    def note(self, record: Record, name: str, reason: str, sentence: str, advice: str = "") -> None:
        record.notes.append(Problem(reason, self.header(name), sentence, advice))


def _bare(cell: str) -> str:
    """Without the apostrophe by which our exports keep a text from being run as a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
