"""What stands in a screenshot: sums and days as banks write them, by a reader that is there or not."""

import os
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etoko.payments import reading
from etoko.payments.reading import day_in, reader, sum_in

DUE = 29_873


@pytest.fixture(autouse=True)
def _fresh() -> None:
    reading.reader_named.cache_clear()


@pytest.mark.parametrize(("text", "rp"), [
    ("Transfer Berhasil\nRp29.873\nBiaya Rp0", 29_873),
    ("Total Bayar Rp 29.873,00 Admin Rp2.500", 29_873),
    ("IDR 29,873.00", 29_873),
    ("Nominal 29873", 29_873),
    ("Rp50.000\nBiaya Rp2.500\nTotal Rp52.500", 50_000),
    ("Rp. 1.250.000", 1_250_000),
    ("No. Ref 202611240001 24/11/2026 10:15:22", None),
    ("Rekening 0012-0100-0123-456", None),
    ("", None),
])  # fmt: skip
def test_the_sum(text: str, rp: int | None) -> None:
    assert sum_in(text, due_rp=DUE) == rp


@pytest.mark.parametrize(("text", "day"), [
    ("24 Nov 2026 10:15:22", date(2026, 11, 24)),
    ("24 November 2026", date(2026, 11, 24)),
    ("Senin, 3 Agu 2026", date(2026, 8, 3)),
    ("03 May 2026", date(2026, 5, 3)),
    ("24/11/2026", date(2026, 11, 24)),
    ("24-11-2026", date(2026, 11, 24)),
    ("2026-11-24T10:15", date(2026, 11, 24)),
    ("99/99/2026 lalu 24/11/2026", date(2026, 11, 24)),
    ("12 Xyz 2026", None),
    ("", None),
])  # fmt: skip
def test_the_day(text: str, day: date | None) -> None:
    assert day_in(text) == day


def a_program(folder: Path, script: str) -> None:
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)


def test_tesseract_is_used_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.READER = ""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert reader() is None
    reading.reader_named.cache_clear()
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.defpath}")
    a_program(tmp_path, 'echo "Rp29.873 dari $1"')
    found = reader()
    assert found is not None
    assert found.read(Path("bukti.jpg")) == "Rp29.873 dari bukti.jpg\n"


def test_a_reader_that_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.READER = "tesseract"
    a_program(tmp_path, "exit 3")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.defpath}")
    found = reader()
    assert found is not None
    with pytest.raises(OSError, match="tesseract"):
        found.read(Path("bukti.jpg"))


class Own:
    def read(self, picture: Path) -> str:
        return picture.name


def test_none_and_one_of_our_own(settings: Any) -> None:
    settings.READER = "none"
    assert reader() is None
    settings.READER = "etoko.payments.tests.test_reading.Own"
    found = reader()
    assert found is not None and found.read(Path("a/b.jpg")) == "b.jpg"
