"""What a column of published data means, said beside the column, so that no table leaves without it.

Names, titles and meanings are Indonesian in any language: they are a part of what is published
(Perpres 39/2019, Satu Data Indonesia: a datum goes with its definition, classification, measure and unit).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

TEXT, WHOLE, DECIMAL, YES_NO, TEXTS = "teks", "bilangan bulat", "bilangan desimal", "ya/tidak", "daftar teks"


@dataclass(frozen=True)
class Column:
    name: str
    """As machines call it, in CSV, JSON and GeoJSON."""
    title: str
    """As the head of a sheet for people has it."""
    meaning: str
    value: Callable[[Any], Any]
    """From the thing that a row is about. None is unknown."""
    type: str = TEXT
    unit: str = ""
    classes: str = ""
    """The classification that the values come from."""

    def described(self) -> dict[str, str]:
        told = {"nama": self.name, "judul": self.title, "definisi": self.meaning, "tipe": self.type}
        return (
            told
            | {"satuan": self.unit or "tidak ada"}
            | ({"klasifikasi": self.classes} if self.classes else {})
        )


def values(columns: Sequence[Column], thing: Any) -> list[Any]:
    return [column.value(thing) for column in columns]


def as_cell(value: Any) -> Any:
    """For a sheet, which knows neither lists nor truth: a figure, a text, or nothing."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        return "; ".join(value)
    return value
