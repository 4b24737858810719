import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from etoko.audit.models import AuditEntry
from etoko.needs.access import standing_of
from etoko.needs.capability import STATEMENTS
from etoko.needs.models import ReadinessStep
from etoko.needs.operations import assess_capability
from etoko.ordering.models import Order, OrderGroup
from etoko.people.models import Person
from etoko.privacy.holdings import HOLDINGS
from etoko.privacy.tests.conftest import NIK
from etoko.registry.models import Business, ImportBatch, ImportRow
from etoko.registry.operations.forgetting import forget_import_rows
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_json_holds_every_kind_with_its_reason(client: Client, siti: Person, received: Order) -> None:
    client.force_login(siti)
    taken = json.loads(client.post("/saya/data/unduh/", {"form": "json"}).content)
    assert set(taken) == {"dibuat", *HOLDINGS}
    assert taken["akun"]["data"][0]["phone"] == siti.phone
    assert taken["pesanan"]["data"][0]["number"] == received.number
    assert taken["pesanan"]["tujuan"]
    assert AuditEntry.objects.get(deed="take_away_data").by_id == siti.pk


def test_an_owner_reads_where_she_stands_in_words(
    client: Client, rahma: Person, siti: Person, shown: Business
) -> None:
    ReadinessStep.objects.create(business=shown, step=1, reached_at=NOW)
    answers = {one.code: 1 for one in STATEMENTS}
    assess_capability(standing=standing_of(rahma, shown), answers=answers, at=NOW)
    client.force_login(rahma)
    taken = json.loads(client.post("/saya/data/unduh/", {"form": "json"}).content)["kemajuan"]["data"]
    assert taken[0]["step"] == "Foto produk" and len(taken) == 19
    assert taken[1]["statement"] == str(STATEMENTS[0].text) and taken[1]["answer"] == "Sebagian"
    client.force_login(siti)
    assert not json.loads(client.post("/saya/data/unduh/", {"form": "json"}).content)["kemajuan"]["data"]


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_the_row_of_a_file_is_hers_until_it_is_forgotten(
    client: Client, rahma: Person, shown: Business, form: str
) -> None:
    batch = ImportBatch.objects.create(
        file_name="register.xlsx",
        format="xlsx",
        source="x",
        uploaded_at=NOW,
        committed_at=NOW,
        state="committed",
    )
    ImportRow.objects.create(
        batch=batch, number=2, outcome="new", business=shown, raw=["1", "Kerupuk asli"], fingerprint="x"
    )
    client.force_login(rahma)

    def taken() -> str:
        given = client.post("/saya/data/unduh/", {"form": form}).content
        if form == "json":
            return given.decode()
        sheets = load_workbook(BytesIO(given)).worksheets
        return str([row for sheet in sheets for row in sheet.values])

    assert "Kerupuk asli" in taken() and "register.xlsx" in taken()
    forget_import_rows(at=NOW + timedelta(days=366))
    assert "Kerupuk asli" not in taken()


def test_nobody_takes_what_is_not_hers(client: Client, ani: Person, received: Order, shown: Business) -> None:
    client.force_login(ani)
    taken = client.post("/saya/data/unduh/", {"form": "json"}).content.decode()
    assert str(received.number) not in taken
    assert "Rahma" not in taken


def test_a_nik_stays_sealed(client: Client, rahma: Person, shown: Business) -> None:
    client.force_login(rahma)
    taken = client.post("/saya/data/unduh/", {"form": "json"}).content.decode()
    assert "Rahma Wati" in taken
    assert NIK not in taken


def test_a_name_that_is_a_formula_stays_a_text(client: Client, siti: Person, received: Order) -> None:
    OrderGroup.objects.update(landmark='=HYPERLINK("http://x")')
    client.force_login(siti)
    answer = client.post("/saya/data/unduh/", {"form": "xlsx"})
    book = load_workbook(BytesIO(answer.content))
    assert set(book.sheetnames) == set(HOLDINGS)
    cells = [cell for row in book["pesanan"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert received.number in [cell.value for cell in cells]


def test_is_not_given_by_looking(client: Client, siti: Person) -> None:
    client.force_login(siti)
    assert client.get("/saya/data/unduh/").status_code == 405
    assert not AuditEntry.objects.filter(deed="take_away_data").exists()


def test_the_register_for_people_of_the_law_has_every_kind() -> None:
    rows = Path("docs/privacy.md").read_text(encoding="utf-8").count("\n| ") - 1  # without the head
    assert rows == len(HOLDINGS)
