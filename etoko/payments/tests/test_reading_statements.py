"""Statements of four banks say the same in five ways."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from etoko.foundation.tables.reading import read_rows
from etoko.payments.statements.figures import Amount, read_amount, read_day, read_period
from etoko.payments.statements.layouts import Layout, recognise, shape_of
from etoko.payments.statements.reading import Read, read_lines
from etoko.payments.tests.bank_files import BANKS, In, bca, bni, cooperative

TODAY = date(2026, 11, 24)
CAME: list[In] = [
    (date(2026, 11, 20), 29_893, "TRSF SITI AMINAH"),
    (date(2026, 11, 21), 1_250_000, "TRSF ANI"),
    (date(2026, 11, 21), 1_250_000, "TRSF ANI"),
]


def rows_of(text: str, tmp_path: Path) -> list[list[str]]:
    path = tmp_path / "mutasi.csv"
    path.write_text(text)
    return read_rows(path).rows


def read(text: str, tmp_path: Path) -> Read:
    rows = rows_of(text, tmp_path)
    found = recognise(rows)
    assert found
    return read_lines(rows, found.layout, today=TODAY)


@pytest.mark.parametrize("bank", BANKS)
def test_each_bank_is_recognised_and_says_the_same(bank: str, tmp_path: Path) -> None:
    text = BANKS[bank](CAME)
    found = recognise(rows_of(text, tmp_path))
    assert found and found.bank == bank.removeprefix("my")
    lines = read(text, tmp_path)
    assert [(line.on, line.amount_rp) for line in lines.came] == [(on, rp) for on, rp, _text in CAME]
    assert all(text in line.text for line, (_on, _rp, text) in zip(lines.came, CAME, strict=True))
    assert lines.went == 1


def test_equal_lines_of_a_day_stay_two_and_a_second_reading_is_the_same(tmp_path: Path) -> None:
    first, second = read(bca(CAME), tmp_path), read(bca(CAME), tmp_path)
    prints = [line.fingerprint for line in first.came]
    assert len(set(prints)) == 3 and prints == [line.fingerprint for line in second.came]


BNI = Layout(date=0, texts=(4,), amount=5, sign=6)


@pytest.mark.parametrize(
    "other",
    [
        Layout(date=1, texts=(4,), amount=5, sign=6),
        Layout(date=0, texts=(4, 3), amount=5, sign=6),
        Layout(date=0, texts=(2,), credit=5),
    ],
)
def test_a_line_is_the_same_whichever_columns_were_chosen(other: Layout, tmp_path: Path) -> None:
    rows = [row for row in rows_of(bni(CAME), tmp_path) if "D" not in row]

    def prints(layout: Layout, rows: list[list[str]] = rows) -> list[str]:
        return [line.fingerprint for line in read_lines(rows, layout, today=TODAY).came]

    assert prints(BNI) == prints(other) and len(set(prints(BNI))) == 3
    longer = [[*row[:7], "1.00"] if len(row) > 7 else row for row in rows]
    assert prints(BNI, longer) == prints(BNI), "another balance is no other line"
    assert prints(BNI) != prints(BNI, rows_of(bni([(on, rp, "LAIN") for on, rp, _text in CAME]), tmp_path))


def test_what_the_bank_has_not_booked_waits(tmp_path: Path) -> None:
    assert read(bca(CAME), tmp_path).pending == 1


def test_interest_with_sen_is_no_order(tmp_path: Path) -> None:
    text = bca(CAME).replace('"29,893.00"', '"29,893.17"')
    assert (read(text, tmp_path).with_sen, len(read(text, tmp_path).came)) == (1, 2)


def test_a_workbook_is_read_like_a_text(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Laporan Rekening Mandiri"])
    sheet.append(["No", "Tanggal / Date", "Keterangan / Remarks", "Nominal / Amount (IDR)", "Saldo"])
    sheet.append([1, date(2026, 11, 20), "Transfer dari SITI", "+29.893,00", "1.000.000,00"])
    sheet.append([2, date(2026, 11, 21), "Biaya", "-6.500,00", "993.500,00"])
    out = BytesIO()
    book.save(out)
    path = tmp_path / "mutasi.xlsx"
    path.write_bytes(out.getvalue())
    rows = read_rows(path).rows
    found = recognise(rows)
    assert found and found.bank == "Mandiri"
    lines = read_lines(rows, found.layout, today=TODAY)
    assert [(line.on, line.amount_rp, line.text) for line in lines.came] == [
        (date(2026, 11, 20), 29_893, "Transfer dari SITI")
    ]
    assert lines.went == 1


def test_what_no_bank_writes_is_read_as_a_person_says(tmp_path: Path) -> None:
    rows = rows_of(cooperative(CAME), tmp_path)
    assert recognise(rows) is None
    lines = read_lines(rows, Layout(date=0, texts=(1,), amount=2), today=TODAY)
    assert [line.amount_rp for line in lines.came] == [29_893, 1_250_000, 1_250_000]
    assert shape_of(rows) == shape_of(rows_of(cooperative(CAME[:1]), tmp_path))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234.567,00 CR", Amount(1_234_567, 0, "in")),
        ("29,893.00", Amount(29_893, 0, "")),
        ("29.893", Amount(29_893, 0, "")),
        ("29893", Amount(29_893, 0, "")),
        (".00", Amount(0, 0, "")),
        ("15.000,00 DB", Amount(15_000, 0, "out")),
        ("-6.500,00", Amount(6_500, 0, "out")),
        ("+29.893,17", Amount(29_893, 17, "in")),
        ("Rp 15.000 K", Amount(15_000, 0, "in")),
        ("IDR 15,000.50", Amount(15_000, 50, "")),
        ("CR 15.000", Amount(15_000, 0, "in")),
    ],
)
def test_amounts(text: str, amount: Amount) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["", "Saldo", "15.000 ton", "12/11", "1" * 30, ","])
def test_what_is_no_amount(text: str) -> None:
    assert read_amount(text) is None


@given(st.integers(0, 10**12), st.sampled_from(["{:,}.00", "{:,}", "{}.00", "{}"]))
def test_an_amount_is_the_same_in_both_countries(rp: int, form: str) -> None:
    english = form.format(rp)
    indonesian = english.translate(str.maketrans(",.", ".,"))
    for text in (english, indonesian):
        amount = read_amount(text)
        assert amount and (amount.rp, amount.sen) == (rp, 0)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("'24/11", date(2026, 11, 24)),
        ("24/11/26", date(2026, 11, 24)),
        ("24-Nov-2026", date(2026, 11, 24)),
        ("24 Agustus 2026", date(2026, 8, 24)),
        ("2026-11-24 10:15:00", date(2026, 11, 24)),
        ("24/11/2026 13.45", date(2026, 11, 24)),
        ("31/12", date(2025, 12, 31)),
        ("31/02/2026", None),
        ("Saldo Awal", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert read_day(text, period=None, today=TODAY) == day


def test_a_day_without_a_year_lies_in_the_period_of_the_file() -> None:
    period = read_period([["Periode", ":", "25/12/2025 - 05/01/2026"]])
    assert period == (date(2025, 12, 25), date(2026, 1, 5))
    assert read_day("28/12", period=period, today=TODAY) == date(2025, 12, 28)
    assert read_day("02/01", period=period, today=TODAY) == date(2026, 1, 2)
