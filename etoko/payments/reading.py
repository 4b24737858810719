"""What a screenshot of a payment says: a reader turns the picture into text, and the text into sums and days.

ETOKO_READER names the reader: "none"; "tesseract", the program of that name (apt install tesseract-ocr);
"rapidocr", the package of that name, which brings its models; "module.Class" for another. Without a word,
tesseract if the machine has it. A reader only helps to compare: what it reads is never taken for money.
"""

import re
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

_SECONDS = 30


class Reader(Protocol):
    def read(self, picture: Path) -> str:
        """All that is written in the picture; lines in any order. Raises OSError when it cannot."""


class Tesseract:
    def read(self, picture: Path) -> str:
        words = ["tesseract", str(picture), "stdout", "--psm", "6"]
        try:
            done = subprocess.run(words, capture_output=True, timeout=_SECONDS, check=True)
        except subprocess.SubprocessError as problem:
            raise OSError(f"tesseract: {problem}") from problem
        return done.stdout.decode(errors="replace")


class RapidOcr:
    """Some 400 MB of memory and a few seconds a picture: for the worker, not for a page."""

    def __init__(self) -> None:
        self._engine: Any = import_module("rapidocr").RapidOCR()

    def read(self, picture: Path) -> str:
        return "\n".join(self._engine(str(picture)).txts or ())


@cache
def reader_named(name: str) -> Reader | None:
    match name:
        case "none":
            return None
        case "" | "tesseract":
            return Tesseract() if shutil.which("tesseract") else None
        case "rapidocr":
            return RapidOcr()
    module, _dot, of = name.rpartition(".")
    made: Reader = getattr(import_module(module), of)()
    return made


def reader() -> Reader | None:
    return reader_named(settings.READER)


# ---------------------------------------------------------------------------------------- the text

_SUM = re.compile(
    r"(?P<rp>\b(?:rp|idr)[.:]?\s*)?(?<![\d.,/:-])(?P<sum>\d{1,3}(?:[.,]\d{3})+|\d{4,10})(?:[.,]\d{2})?(?![\d/:-])",
    re.IGNORECASE,
)
_MONTHS = "jan feb mar apr mei jun jul agu sep okt nov des".split()
_ENGLISH = {"may": "mei", "aug": "agu", "oct": "okt", "dec": "des", "ags": "agu"}
_DAY = re.compile(
    r"\b(\d{1,2})[\s/.-]*([A-Za-z]{3,9}|\d{1,2})[\s/.,-]*(20\d{2})\b|\b(20\d{2})-(\d{2})-(\d{2})(?!\d)"
)


def sum_in(text: str, *, due_rp: int) -> int | None:
    """The sum that was paid: the one that is due, if it stands there; else the first behind "Rp"."""
    found = list(_sums(text))
    if any(rp == due_rp for rp, _is_marked in found):
        return due_rp
    return next((rp for rp, is_marked in found if is_marked and rp), None)


def day_in(text: str) -> date | None:
    """The first day that is one: "24 Nov 2026", "24/11/2026", "2026-11-24"."""
    for match in _DAY.finditer(text):
        day, month, year, *iso = match.groups()
        try:
            if iso[0]:
                return date(int(iso[0]), int(iso[1]), int(iso[2]))
            return date(int(year), _month(month), int(day))
        except ValueError:
            continue
    return None


def _sums(text: str) -> Iterable[tuple[int, bool]]:
    for match in _SUM.finditer(text):
        yield int(re.sub(r"\D", "", match["sum"])), bool(match["rp"])


def _month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    short = word[:3].lower()
    return _MONTHS.index(_ENGLISH.get(short, short)) + 1
