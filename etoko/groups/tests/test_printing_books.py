"""The three books: page, paper and spreadsheet say the same, line by line, and it adds up."""

import io
import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
import typst
from django.test import Client
from openpyxl import load_workbook

from etoko.foundation.papers.rendering import ROOT
from etoko.groups.access import Standing
from etoko.groups.models import Group
from etoko.groups.models_books import Entry
from etoko.groups.operations.booking import (
    Deposit,
    give_back_savings,
    lend,
    record_expense,
    record_income,
    reverse_slip,
    take_deposit,
)
from etoko.groups.queries.books import CASH, LOANS, SAVINGS, Period, book_sheet
from etoko.groups.sheets import paper_facts, sheet_pdf
from etoko.groups.tests.conftest import member_of
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock", "year")


@pytest.fixture
def year(treasurer: Standing, melati: Group) -> None:
    """Of the sample group: January to March, with a loan, a mistake, and something of every kind."""

    def on(month: int, day: int) -> dict[str, Any]:
        return {"standing": treasurer, "on": date(2026, month, day), "at": NOW}

    herman, sari, rahma = (member_of(melati, name) for name in ("Herman", "Sari", "Rahma"))
    record_income(amount_rp=200_000, text="Saldo awal", is_opening=True, **on(1, 5))
    for member in (sari, rahma, herman):
        take_deposit(
            member=member,
            deposit=Deposit(principal_rp=25_000, mandatory_rp=10_000, dues_rp=2_000),
            **on(1, 10),
        )
    loan = lend(
        member=herman, amount_rp=150_000, purpose="Beli bambu", months=3, charge_rp=2_250, **on(1, 12)
    )
    for month in (2, 3):
        take_deposit(
            member=herman,
            deposit=Deposit(instalment_rp=50_000, charge_rp=2_250, mandatory_rp=10_000, dues_rp=2_000),
            loan=loan,
            **on(month, 10),
        )
    record_expense(amount_rp=35_000, text="Konsumsi rapat <b>", **on(2, 11))
    wrong = record_income(amount_rp=99_000, text="=HYPERLINK(1)", **on(3, 1))
    reverse_slip(standing=treasurer, slip=wrong, reason="Salah kelompok", at=NOW)
    take_deposit(member=sari, deposit=Deposit(voluntary_rp=40_000), **on(3, 15))
    give_back_savings(member=sari, kind="voluntary", amount_rp=15_000, **on(3, 20))


def rows_on_page(html: str) -> list[list[str]]:
    body = html[html.index("<tbody>") : html.index("</table>")]
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    ]


def rows_on_paper(group: Group, which: str, period: Period) -> list[list[str]]:
    """The cells that typst set, asked from the document itself."""
    sheet = book_sheet(group, which, period)
    found = json.loads(
        typst.query(
            ROOT / "groups/papers/sheet.typ",
            "table",
            root=ROOT,
            one=True,
            sys_inputs={"facts": json.dumps({"language": "id", **paper_facts(sheet)})},
        )
    )
    header, *cells = found["children"]
    assert header["func"] == "header"
    texts = [said(cell["body"]) for cell in cells]
    wide = sheet.columns
    return [texts[at : at + wide] for at in range(0, len(texts), wide)]


def said(content: Any) -> str:
    """The words of a piece of typst's content."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(said(one) for one in content)
    if content.get("func") == "space":
        return " "
    return said(
        content.get("text") or content.get("body") or content.get("child") or content.get("children") or ""
    )


def rows_in_spreadsheet(content: bytes, columns: int, lines: int) -> list[list[str]]:
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    first = int(str(page.freeze_panes)[1:])
    rows = page.iter_rows(min_row=first, max_row=first + lines - 1, max_col=columns)
    assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)
    return [
        [f"{c.value:,}".replace(",", ".") if isinstance(c.value, int) else str(c.value or "") for c in row]
        for row in rows
    ]


@pytest.mark.parametrize(("which", "columns"), [(CASH, 7), (SAVINGS, 5), (LOANS, 42)])
def test_page_paper_and_spreadsheet_say_the_same(
    client: Client, melati: Group, rahma: Person, which: str, columns: int
) -> None:
    client.force_login(rahma)
    address = f"/kelompok/{melati.public_id}/buku/{which}"
    page = rows_on_page(client.get(f"{address}/?tahun=2026").content.decode())
    assert page and {len(row) for row in page} == {columns}
    assert rows_on_paper(melati, which, Period(2026)) == page
    sheet = client.get(f"{address}.xlsx?tahun=2026").content
    assert rows_in_spreadsheet(sheet, columns, len(page)) == page
    paper = client.get(f"{address}.pdf?tahun=2026")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content == sheet_pdf(book_sheet(melati, which, Period(2026), today=NOW.date()))
    assert b"/StructTreeRoot" in paper.content


def test_the_cash_book_of_march_goes_on_from_february(melati: Group) -> None:
    rows = list(book_sheet(melati, CASH, Period(2026, 3)).shown())
    setoran = "Setoran Herman: angsuran 50.000, jasa 2.250, iuran 2.000, simpanan wajib 10.000"
    assert rows == [
        (
            *("01-03-2026", "Saldo yang lalu", "190.250"),
            *("20-03-2026", "12", "Pengembalian simpanan sukarela Sari", "15.000"),
        ),
        ("01-03-2026", "=HYPERLINK(1)", "99.000", "", "", "", ""),
        ("10-03-2026", setoran, "64.250", "", "", "", ""),
        ("15-03-2026", "Setoran Sari: simpanan sukarela 40.000", "40.000", "", "", "", ""),
        ("", "Jumlah", "393.500", "", "", "Jumlah", "15.000"),
        ("", "", "", "", "", "Saldo", "378.500"),
    ]


def test_the_book_of_loans_has_a_column_for_each_month(melati: Group) -> None:
    sheet = book_sheet(melati, LOANS, Period(2026))
    herman = next(row for row in sheet.shown() if row[2] == "Herman")
    assert herman[:6] == ("4", "12-01-2026", "Herman", "Beli bambu", "150.000", "")
    assert herman[6:9] == ("", "2.000", "35.000")
    assert herman[9:12] == herman[12:15] == ("52.250", "2.000", "10.000")
    assert set(herman[15:]) == {""}
    assert [head.text for head in sheet.heads[0][:6]] == [
        *("No", "Tanggal", "Nama", "Untuk Keperluan Usaha", "Jumlah Pinjaman", "Tanda Tangan")
    ]
    assert [(head.text, head.columns) for head in sheet.heads[0][6:8]] == [("Januari", 3), ("Februari", 3)]
    assert [one.office for one in sheet.signatures] == ["Ketua Poksus UP2K PKK", "Bendahara"]
    assert [one.name for one in sheet.signatures] == ["Sari", "Rahma"]


def test_the_books_agree_with_each_other_to_the_rupiah(melati: Group) -> None:
    melati.refresh_from_db()
    cash, savings, loans = (book_sheet(melati, which, Period(2026)) for which in (CASH, SAVINGS, LOANS))
    assert cash.totals[1][6] == melati.cash_rp
    assert savings.totals[0][4] == sum(member.saved_rp for member in melati.members.all())
    months = loans.totals[0][6:]
    saved = sum(cell for cell in months[2::3] if isinstance(cell, int))
    assert saved == savings.totals[0][4]
    for column, kinds in ((0, ("instalment", "charge")), (1, ("dues",))):
        written = sum(Entry.objects.filter(group=melati, kind__in=kinds).values_list("amount_rp", flat=True))
        assert sum(cell for cell in months[column::3] if isinstance(cell, int)) == written


def test_what_is_written_in_the_books_is_indonesian_in_any_language(
    client: Client, melati: Group, rahma: Person
) -> None:
    rahma.language = "en"
    rahma.save(update_fields=["language"])
    client.force_login(rahma)
    client.cookies["django_language"] = "en"
    page = client.get(f"/kelompok/{melati.public_id}/buku/kas/?tahun=2026").content.decode()
    assert "PENERIMAAN" in page and "PENGELUARAN" in page
