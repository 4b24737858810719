import csv
import gc
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, Owner
from etoko.registry.queries.published import all_published
from etoko.registry.sidt_form import sidt_rows
from etoko.registry.spreadsheets import whole_records
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some(villages: dict[str, Area]) -> None:
    make_business(
        '=HYPERLINK("http://jahat.example")',
        villages["Taban"],
        owner="+Rahma",
        phone="+6281299990001",
        turnover_rp=50_000_000,
    )
    make_business("Tempe Wati", villages["Daru"], kind="makanan")


def test_the_sheet_of_a_kader_holds_her_village_and_no_formula(yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    content = client.post("/petugas/usaha/unduh.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert len(rows) == 1
    assert rows[0]["Nama usaha"] == '\'=HYPERLINK("http://jahat.example")'
    assert rows[0]["Pemilik"] == "'+Rahma"
    assert rows[0]["Nomor HP"] == "0812-9999-0001"
    assert rows[0]["Omzet setahun"] == "50000000"
    assert rows[0]["Modal usaha"] == "Tidak diketahui"


def test_excel_gets_texts_as_texts(dedi: Person, client: Client) -> None:
    client.force_login(dedi)
    book = load_workbook(io.BytesIO(client.post("/petugas/usaha/unduh.xlsx").getvalue()))
    sheet = book["Register"]
    assert sheet.max_row == 3
    cell = sheet["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://jahat.example")', "s")


def test_the_filter_of_the_list_is_that_of_the_sheet(dedi: Person, client: Client) -> None:
    client.force_login(dedi)
    content = client.post("/petugas/usaha/unduh.csv?jenis=makanan").getvalue().decode("utf-8-sig")
    assert [row["Nama usaha"] for row in csv.DictReader(io.StringIO(content), delimiter=";")] == [
        "Tempe Wati"
    ]


def test_who_took_it_away_is_written_down(dedi: Person, client: Client) -> None:
    client.force_login(dedi)
    client.post("/petugas/usaha/unduh.xlsx").getvalue()
    entry = AuditEntry.objects.get(deed="export_register")
    assert (entry.by_name, entry.area_code) == ("Dedi", "36.03.04")
    assert entry.changes == {"rows": [0, 2], "form": ["", "xlsx"]}


def test_looking_is_not_taking(dedi: Person, client: Client) -> None:
    client.force_login(dedi)
    assert client.get("/petugas/usaha/unduh.csv").status_code == 405
    assert not AuditEntry.objects.exists()


def test_nothing_of_a_row_is_left_when_the_next_is_read(villages: dict[str, Area]) -> None:
    """A worker's collector comes seldom: what it would have to find must not be there."""
    for number in range(4):
        make_business(
            f"Usaha {number}", villages["Taban"], phone=f"+62812999900{number:02}", shown=["listing"]
        )
    found = Business.objects.all()
    gc.collect()
    gc.disable()
    try:
        for rows in (whole_records(found), sidt_rows(found, with_details=True), all_published()):
            assert len([row for row in rows if row]) >= 4
            assert not any(isinstance(thing, Owner) for thing in gc.get_objects())
    finally:
        gc.enable()
