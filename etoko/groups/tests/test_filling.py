"""The PKK's forms: counted where the platform knows, typed and remembered where it does not."""

import io
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from etoko.groups.access import standing_in
from etoko.groups.models import MADYA, Group
from etoko.groups.models_forms import FormRow
from etoko.groups.operations.booking import record_expense, record_income
from etoko.groups.operations.cooperating import CooperativeFacts, found_cooperative
from etoko.groups.operations.filling import UnableToFill, fill_form, mark_of
from etoko.groups.operations.founding import GroupFacts, found_group, set_level
from etoko.groups.operations.joining import end_membership
from etoko.groups.operations.meeting import Minutes, record_meeting
from etoko.groups.pkk_forms import FORMS, POKJA_II
from etoko.groups.queries.forms import form_sheet
from etoko.groups.sheets import placed
from etoko.groups.tests.conftest import Everything, member_of
from etoko.groups.tests.test_printing_books import rows_on_page
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("clock")


def test_4_22_counts_groups_by_level_and_sums_the_villages(
    melati: Group, yanti: Person, ratna: Person, jambe: Area, villages: dict[str, Area]
) -> None:
    found_group(facts=GroupFacts("Mawar"), area=villages["Taban"], by=yanti, at=NOW)
    found_group(facts=GroupFacts("Anggrek"), area=villages["Daru"], by=yanti, at=NOW)
    set_level(standing=standing_in(ratna, melati), level=MADYA, from_on=TODAY, reason="Dinilai", at=NOW)
    for name, legal, women in (("Maju", "registered", 20), ("Baru", "not_yet", 9)):
        facts = CooperativeFacts(name, legal=legal, women=women, men=5)
        found_cooperative(facts=facts, area=villages["Taban"], by=yanti, at=NOW)
    fill_form(
        area=villages["Taban"],
        form=POKJA_II,
        year=2026,
        rows=[{3: "7", 14: "2", 15: "40", 36: "PAUD pindah"}],
        seen="0",
        by=yanti,
        at=NOW,
    )
    sheet = form_sheet(POKJA_II, jambe, 2026, today=TODAY)
    taban, daru = sheet.rows[3], sheet.rows[4]
    assert (taban[1], taban[2], taban[13], taban[14], taban[35]) == ("Taban", 7, 2, 40, "PAUD pindah")
    assert taban[25:35] == (1, 0, 1, 4, 0, 0, 0, 0, 1, 25)
    assert daru[25:35] == (1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    (total,) = sheet.totals
    assert (total[1], total[2], total[25:35]) == ("JUMLAH", 7, (2, 0, 1, 4, 0, 0, 0, 0, 1, 25))
    before = form_sheet(POKJA_II, jambe, 2025, today=TODAY)
    assert before.totals[0][25:33] == (0,) * 8


def test_4_22_forgets_who_has_left(melati: Group, yanti: Person, villages: dict[str, Area]) -> None:
    end_membership(
        standing=standing_in(yanti, melati),
        member=member_of(melati, "Herman"),
        left_on=date(2026, 11, 23),
        at=NOW,
    )
    sheet = form_sheet(POKJA_II, villages["Taban"], 2026, today=TODAY)
    assert sheet.rows[0][25:27] == (1, 3) and sheet.totals == ()


def test_4_22_is_ruled_as_the_lampiran() -> None:
    """36 columns; the merges as transcribed from it: (row, first column, columns, rows), counted from one."""
    heads = {
        (row + 1, column + 1): (h.text, h.columns, h.rows) for h, row, column in placed(FORMS[POKJA_II].heads)
    }
    assert FORMS[POKJA_II].columns == 36
    assert heads[1, 4] == ("", 8, 1) and heads[1, 12] == ("PENDIDIKAN KETERAMPILAN", 14, 1)
    assert heads[1, 26] == ("PENGEMBANGAN KEHIDUPAN BERKOPERASI", 10, 1)
    assert heads[1, 36] == ("KET.", 1, 4)
    assert heads[2, 12] == ("PAUD SEJENIS", 1, 3) and heads[2, 14] == ("BKB", 4, 1)
    assert heads[2, 18][:2] == ("TUTOR", 2) and heads[2, 20][:2] == ("KADER KHUSUS", 3)
    assert heads[2, 23][:2] == ("JUMLAH KADER YANG SUDAH DILATIH", 3)
    assert heads[2, 26] == ("PRA KOPERASI/USAHA BERSAMA/UP2K", 8, 1)
    assert heads[2, 34] == ("KOPERASI BERBADAN HUKUM", 2, 1)
    assert heads[3, 4] == ("JML. KLP BELAJAR", 1, 2) and heads[3, 22] == ("KETERAMPILAN", 1, 2)
    assert [heads[3, at][0] for at in (26, 28, 30, 32)] == ["PEMULA", "MADYA", "UTAMA", "MANDIRI"]
    assert heads[3, 34] == ("JML. KLP", 1, 2) and heads[3, 35] == ("JML. ANGGOTA", 1, 2)
    assert [heads[4, at][0] for at in (26, 27, 32, 33)] == ["JML. KLP", "PESERTA", "JML. KLP", "PESERTA"]
    assert [heads[5, at] for at in range(1, 37)] == [(str(at), 1, 1) for at in range(1, 37)]


@pytest.mark.parametrize("number", FORMS)
def test_every_form_has_as_many_words_as_typed_columns_and_fits_its_heads(number: str) -> None:
    spec = FORMS[number]
    assert len(spec.words) == len(spec.typed) and len(spec.widths) == spec.columns
    cells = {
        (row + down, column + right)
        for head, row, column in placed(spec.heads)
        for down in range(head.rows)
        for right in range(head.columns)
    }
    assert len(cells) == spec.columns * len(spec.heads)


def test_a_kader_types_what_nobody_knows_and_it_is_remembered(
    client: Client, yanti: Person, villages: dict[str, Area]
) -> None:
    client.force_login(yanti)
    address = "/kelompok/formulir/36.03.04.2004/2026/4.22/"
    assert 'name="0-3"' in client.get(f"{address}isi/").content.decode()
    form = {"rows": "1", "seen": "0", "0-3": "1.204", "0-36": "=SUM(1)", "once": "k"}
    assert client.post(f"{address}isi/", form)["Location"] == address
    assert FormRow.objects.get().cells == {"3": "1204", "36": "=SUM(1)"}
    page = rows_on_page(client.get(address).content.decode())
    assert page[0][:3] == ["1", "Taban", "1.204"]
    assert 'value="1204"' in client.get(f"{address}isi/").content.decode()
    book = load_workbook(io.BytesIO(client.get(f"{address[:-1]}.xlsx").content)).active
    assert book is not None and not any(c.data_type == "f" for row in book.iter_rows() for c in row)
    # Three titles, two facts and an empty line stand above the heads.
    merged = {str(one) for one in book.merged_cells.ranges}
    assert {"A7:A10", "D7:K7", "L7:Y7", "Z7:AI7", "Z8:AG8", "Z9:AA9", "AJ7:AJ10"} <= merged
    assert client.get(f"{address[:-1]}.pdf").content.startswith(b"%PDF")


def test_a_letter_where_a_number_belongs_keeps_what_was_typed(
    client: Client, yanti: Person, everything: Everything
) -> None:
    client.force_login(yanti)
    before = everything()
    answer = client.post(
        "/kelompok/formulir/36.03.04.2004/2026/4.22/isi/",
        {"rows": "1", "seen": "0", "0-3": "tujuh", "0-4": "2"},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Warga yang masih 3 buta" in page and 'value="tujuh"' in page and "harus angka" in page
    assert everything() == before


def test_two_who_type_at_once_do_not_wipe_each_other_out(
    yanti: Person, ratna: Person, villages: dict[str, Area], everything: Everything
) -> None:
    area = villages["Taban"]
    first = fill_form(area=area, form="4.13", year=2026, rows=[{2: "Yanti"}], seen="0", by=yanti, at=NOW)
    before = everything()
    with pytest.raises(UnableToFill):
        fill_form(area=area, form="4.13", year=2026, rows=[{2: "Ratna"}], seen="0", by=ratna, at=NOW)
    assert everything() == before
    rows = [{2: "Yanti"}, {}, {2: "Ratna"}]
    fill_form(area=area, form="4.13", year=2026, rows=rows, seen=mark_of(first), by=ratna, at=NOW)
    assert [row.cells for row in FormRow.objects.all()] == [{"2": "Yanti"}, {"2": "Ratna"}]


def test_the_lists_are_filled_from_groups_register_and_cooperatives(
    melati: Group, yanti: Person, rahma: Person, villages: dict[str, Area]
) -> None:
    treasurer, area = standing_in(rahma, melati), villages["Taban"]
    record_income(standing=treasurer, amount_rp=90_000, text="Bazar", on=date(2026, 10, 1), at=NOW)
    record_expense(standing=treasurer, amount_rp=15_000, text="Tepung", on=date(2026, 10, 9), at=NOW)
    record_meeting(
        standing=standing_in(yanti, melati),
        minutes=Minutes(TODAY, "Rapat", place="Balai"),
        present=[1],
        at=NOW,
    )
    make_business("Kerupuk Rahma", area, kind="makanan", kbli_edition=2020, kbli_code="10794")
    make_business("Warung Ani", area, owner="Ani", kind="warung", verification="verified")
    found_cooperative(
        facts=CooperativeFacts("Maju", trade="Sembako", legal="registered", women=20),
        area=area,
        by=yanti,
        at=NOW,
    )

    def rows(form: str, **more: bool) -> list[tuple[object, ...]]:
        return list(form_sheet(form, area, 2026, today=TODAY, **more).rows)

    money = form_sheet("4.11", area, 2026, today=TODAY)
    name = "Poksus Melati"
    assert money.rows == (
        (
            *(1, "Oktober 2026", name, "Pengeluaran kas kelompok", "", 15_000),
            *(1, "Oktober 2026", name, "Penerimaan kas kelompok", "", 90_000),
        ),
    )
    assert (money.totals[0][5], money.totals[0][11]) == (15_000, 90_000)
    assert rows("4.13") == [
        (1, "Yanti", "", "24-11-2026", "Balai", "Rapat, Poksus Melati: 1 dari 4 hadir", "")
    ]
    assert ("Makanan olahan", 1) in [(row[1], row[3]) for row in rows("4.14.2c")]
    assert [row[2:5] for row in rows("4.14.3")] == [("Yanti", "01-01-2026", "Kader PKK")]
    assert [row[1:3] for row in rows("4.14.4a", names_owners=True)] == [("Warung Ani", "Ani")]
    assert [row[1:3] for row in rows("4.14.4a")] == [("Warung Ani", "")]
    assert rows("4.14.4c") == [(1, "Maju", "Sembako", "✓", "", "", 20)]
