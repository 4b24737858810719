import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry import sealing
from etoko.registry.models import (
    Business,
    BusinessPhone,
    DuplicateSuspicion,
    ImportBatch,
    ImportRow,
    Licence,
    Merge,
    Owner,
    PublicConsent,
)
from etoko.registry.operations.forgetting import forget_import_rows
from etoko.registry.operations.previewing import Preview, UnableToImport
from etoko.registry.operations.undoing_imports import undo_import
from etoko.registry.states import VERIFIED
from etoko.registry.tests.importing.conftest import HEADERS, ROWS, as_csv

PutIn = Callable[..., tuple[ImportBatch, Preview]]
Read = Callable[..., Preview]


def counted() -> tuple[int, ...]:
    models: tuple[Any, ...] = (Business, Owner, BusinessPhone, Licence, PublicConsent, ImportRow, ImportBatch)
    return tuple(model.objects.count() for model in models)


def without_clock() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [dict(row) for row in Business.objects.order_by("pk").values()]
    return [{name: value for name, value in row.items() if name != "updated_at"} for row in rows]


def test_every_row_is_new_matched_or_returned_and_nothing_is_written_before_it_is_said(
    read: Read, villages: dict[str, Area]
) -> None:
    seen = read(as_csv(ROWS))
    assert seen.counts == {"new": 3, "matched": 0, "returned": 2}
    assert counted() == (0,) * 7


def test_returned_rows_say_their_row_their_column_why_and_what_to_do(
    read: Read, villages: dict[str, Area]
) -> None:
    seen = read(as_csv(ROWS))
    back = [(one.record.number, one.record.returned[0]) for one in seen.judged if one.outcome == "returned"]
    (first, no_name), (second, no_village) = back
    assert (first, no_name.column, no_name.reason) == (4, "Nama Usaha", "Nama usaha kosong")
    assert "Usaha Fitri" in no_name.advice
    assert (second, no_village.column) == (5, "Desa")
    assert no_village.sentence == "“Kutrok” bukan desa di Kecamatan Jambe."
    assert "Kutruk" in no_village.advice


def test_what_is_only_optional_is_left_unknown_and_noted(read: Read, villages: dict[str, Area]) -> None:
    seen = read(as_csv(ROWS))
    notes = {one.record.number: [note.reason for note in one.record.notes] for one in seen.judged}
    assert notes[3] == ["Nomor HP rusak oleh Excel"]
    assert notes[6] == ["Lintang dan bujur tertukar"]
    assert seen.judged[1].record.phones == {}
    assert str(seen.judged[4].record.values["latitude"]) == "-6.320000"


def test_good_rows_stand_in_the_register_as_they_were_meant(put_in: PutIn) -> None:
    put_in(as_csv(ROWS))
    rahma = Business.objects.get(name="Kerupuk Rahma")
    assert (rahma.area_id, rahma.street, rahma.rt, rahma.rw) == ("36.03.04.2004", "Kp. Taban", "001", "002")
    assert (rahma.turnover_rp, rahma.kind, rahma.scale_computed) == (25_000_000, "makanan", "micro")
    assert (rahma.phones.get().phone, rahma.owners.get().search_name) == ("+6281210000001", "rahma")
    assert Business.objects.get(name="Warung Berkah").area.name == "Ranca Buaya"
    assert AuditEntry.objects.filter(deed="import_business", by_name="Dedi").count() == 3


def test_the_same_file_again_adds_nothing(put_in: PutIn) -> None:
    put_in(as_csv(ROWS))
    before = counted()[:5]
    _batch, seen = put_in(as_csv(ROWS))
    assert seen.counts == {"new": 0, "matched": 3, "returned": 2}
    assert counted()[:5] == before


def test_the_same_rows_from_another_kind_of_file_add_nothing(put_in: PutIn) -> None:
    put_in(as_csv(ROWS))
    objects = [dict(zip(HEADERS, row, strict=True)) for row in ROWS]
    _batch, seen = put_in(json.dumps({"data": {"umkm": objects}}).encode(), name="daftar.json")
    assert seen.counts == {"new": 0, "matched": 3, "returned": 2}


def test_a_matched_row_fills_what_is_empty_and_lists_what_differs(put_in: PutIn) -> None:
    put_in(as_csv(ROWS[:2]))
    changed = [row[:] for row in ROWS[:2]]
    changed[0][6] = "Rengginang"
    changed[1][5], changed[1][7] = "0813 1111 2222", "12 juta"
    batch, seen = put_in(as_csv(changed))
    assert seen.counts == {"new": 0, "matched": 2, "returned": 0}
    herman = Business.objects.get(name="Topi Bambu Herman")
    assert (herman.turnover_rp, herman.phones.get().phone) == (12_000_000, "+6281311112222")
    assert Business.objects.get(name="Kerupuk Rahma").products_text == "Kerupuk"
    assert batch.rows.get(number=2).differences == [
        {"field": "products_text", "register": "Kerupuk", "file": "Rengginang"}
    ]


def test_a_twin_row_is_recorded_once_and_told_so(read: Read, villages: dict[str, Area]) -> None:
    seen = read(as_csv([ROWS[0], ["9", *ROWS[0][1:]]]))
    assert seen.counts == {"new": 1, "matched": 1, "returned": 0}
    assert seen.judged[1].record.notes[0].sentence == "Sama persis dengan baris 2; dicatat satu kali."


def test_likely_duplicates_are_proposed_and_never_merged(put_in: PutIn) -> None:
    rows = [
        ["1", "Kerupuk Melati", "Ani", "Taban", "", "081311112222", "", "", "", ""],
        ["2", "Keripik Mawar", "Ani", "Taban", "", "081311112222", "", "", "", ""],
        ["3", "Krupuk Melati", "", "Taban", "", "", "", "", "", ""],
        ["4", "Bengkel Jaya", "Udin", "Daru", "", "", "", "", "", ""],
    ]
    _batch, seen = put_in(as_csv(rows))
    assert seen.counts["new"] == 4
    pairs = {(p.first.name, p.second.name, p.why) for p in DuplicateSuspicion.objects.select_related()}
    assert pairs == {
        ("Kerupuk Melati", "Keripik Mawar", "same_phone"),
        ("Kerupuk Melati", "Krupuk Melati", "near_name"),
    }


def test_a_row_that_fits_several_businesses_is_returned(put_in: PutIn) -> None:
    eti = ["1", "Terasi Eti", "Eti", "Taban", "Jl. Kakap", "", "", "", "", ""]
    put_in(as_csv([eti, ["2", *eti[1:4], "Jl. Belanak", *eti[5:]]]))
    _batch, seen = put_in(as_csv([["1", "Terasi Eti", "Eti", "Taban", "", "", "Terasi", "", "", ""]]))
    assert seen.counts == {"new": 0, "matched": 0, "returned": 1}
    assert seen.judged[0].record.returned[0].reason == "Cocok dengan beberapa usaha"


def test_rows_from_outside_of_the_area_are_returned_with_the_area_they_belong_to(
    read: Read, villages: dict[str, Area]
) -> None:
    Area.objects.create(code="33", name="Jawa Tengah", level=1, kind="provinsi", search_name="jawatengah")
    seen = read(as_csv([["Tahu Desa", "Jl. Raya, Jawa Tengah"]], headers=["nama_usaha", "alamat"]))
    assert seen.as_json() == {
        "rows": 1, "new": 0, "matched": 0, "returned": 1,
        "reasons": [{"reason": "Di luar Kecamatan Jambe: Jawa Tengah (33)", "count": 1}],
    }  # fmt: skip


def test_money_without_a_unit_is_not_guessed_but_taken_when_the_unit_is_said(
    read: Read, villages: dict[str, Area]
) -> None:
    content = as_csv(
        [["Roti Sari", "Taban", "84"], ["Tahu Putih", "Daru", "620"]], headers=["nama", "desa", "omzet"]
    )
    unsure = read(content)
    assert [note.reason for note in unsure.judged[0].record.notes] == ["Nilai uang tanpa satuan"]
    assert "turnover_rp" not in unsure.judged[0].record.values
    assert read(content, money_unit=1_000_000).judged[0].record.values["turnover_rp"] == 84_000_000


# --------------------------------------------------------------------------- personal data

WITH_NIK = ["nama_usaha", "desa", "pemilik", "nik", "tanggal_lahir", "keterangan"]
NIK = "3603044101800001"


def test_a_nik_that_nobody_asked_for_is_kept_nowhere(put_in: PutIn) -> None:
    put_in(as_csv([["Roti Sari", "Taban", "Sari", NIK, "1980-01-01", f"KTP {NIK}"]], headers=WITH_NIK))
    owner = Owner.objects.get()
    assert (owner.nik_sealed, owner.nik_hash) == (None, "")
    row = ImportRow.objects.get()
    kept = json.dumps([row.raw, row.wrote, row.batch.summary, Business.objects.get().profile])
    assert NIK not in kept
    assert "1980" not in kept


def test_a_nik_that_the_officer_asked_for_is_kept_encrypted_only(put_in: PutIn) -> None:
    put_in(as_csv([["Roti Sari", "Taban", "Sari", NIK, "1980-01-01", ""]], headers=WITH_NIK), keeps_nik=True)
    owner = Owner.objects.get()
    assert sealing.unseal(bytes(owner.nik_sealed or b"")) == NIK
    assert NIK.encode() not in bytes(owner.nik_sealed or b"")
    assert owner.nik_hash == sealing.keyed_hash(NIK)
    assert NIK not in json.dumps(ImportRow.objects.get().raw)


def test_the_nik_tells_the_same_owner_under_another_name(put_in: PutIn) -> None:
    def row(owner: str, phone: str) -> bytes:
        headers = [*WITH_NIK, "hp"]
        return as_csv([["Roti Sari", "Taban", owner, NIK, "", "", phone]], headers=headers)

    put_in(row("Sari", "081211112222"), keeps_nik=True)
    _batch, seen = put_in(row("Sari Dewi", "081333334444"), keeps_nik=True)
    assert seen.counts == {"new": 0, "matched": 1, "returned": 0}


# ------------------------------------------------------------------------------------ undo


def test_undo_takes_back_exactly_what_the_import_added(put_in: PutIn, dedi: Person) -> None:
    put_in(as_csv(ROWS[:1]))
    before = without_clock(), counted()[:5]
    changed = [ROWS[0][:], *ROWS[1:]]
    changed[0][4] = ""
    batch, _seen = put_in(as_csv(changed))
    assert Business.objects.count() == 3
    undone = undo_import(batch=batch, by=dedi, at=timezone.now())
    assert (without_clock(), counted()[:5]) == before
    assert undone.undo_report == {"removed": 2, "restored": 0, "kept": []}


def test_undo_empties_what_it_filled(put_in: PutIn, dedi: Person) -> None:
    bare = [ROWS[1][:7] + ["", "", ""]]
    put_in(as_csv(bare))
    fuller = [bare[0][:5] + ["081311112222", "Topi bambu", "12 juta", "-6.3", "106.5"]]
    batch, _seen = put_in(as_csv(fuller))
    herman = Business.objects.get()
    assert (herman.turnover_rp, herman.latitude is None, herman.phones.count()) == (12_000_000, False, 1)
    undo_import(batch=batch, by=dedi, at=timezone.now())
    herman.refresh_from_db()
    assert (herman.turnover_rp, herman.latitude, herman.phones.count()) == (None, None, 0)


def test_undo_leaves_and_lists_what_somebody_worked_on(put_in: PutIn, dedi: Person) -> None:
    batch, _seen = put_in(as_csv(ROWS))
    Business.objects.filter(name="Kerupuk Rahma").update(verification=VERIFIED)
    Business.objects.filter(name="Warung Berkah").update(landmark="dekat masjid")
    undone = undo_import(batch=batch, by=dedi, at=timezone.now())
    assert set(Business.objects.values_list("name", flat=True)) == {"Kerupuk Rahma", "Warung Berkah"}
    assert undone.undo_report["removed"] == 1
    assert [kept["number"] for kept in undone.undo_report["kept"]] == [2, 6]


def test_undo_leaves_what_the_business_itself_has_no_name_for(put_in: PutIn, dedi: Person) -> None:
    batch, _seen = put_in(as_csv(ROWS))
    used = Business.objects.get(name="Kerupuk Rahma")
    twin = Business.objects.create(name="Kembarannya", search_name="k", area=used.area, status="closed")
    Merge.objects.create(kept=used, other=twin, merged_at=timezone.now(), merged_by=dedi)
    undone = undo_import(batch=batch, by=dedi, at=timezone.now())
    assert set(Business.objects.all()) == {used, twin}
    assert [kept["name"] for kept in undone.undo_report["kept"]] == ["Kerupuk Rahma"]


def test_an_import_is_undone_once(put_in: PutIn, dedi: Person) -> None:
    batch, _seen = put_in(as_csv(ROWS))
    undo_import(batch=batch, by=dedi, at=timezone.now())
    with pytest.raises(UnableToImport):
        undo_import(batch=batch, by=dedi, at=timezone.now())


def test_a_year_later_what_the_file_said_is_forgotten_and_it_cannot_be_undone(
    put_in: PutIn, dedi: Person, client: Client
) -> None:
    batch, _seen = put_in(as_csv(ROWS))
    put_in_at = batch.committed_at
    assert put_in_at is not None
    looked_at = ImportBatch.objects.create(
        file_name="lain.csv", format="csv", source="x", uploaded_at=put_in_at
    )
    assert forget_import_rows(at=put_in_at + timedelta(days=365)) == 0
    assert forget_import_rows(at=put_in_at + timedelta(days=366)) == batch.rows_count
    assert forget_import_rows(at=put_in_at + timedelta(days=366)) == 0
    assert set(batch.rows.values_list("outcome", flat=True)) == {"new", "returned"}
    assert [row.raw + row.differences + [*row.wrote] for row in batch.rows.all()] == [[]] * batch.rows_count
    assert not ImportBatch.objects.filter(pk=looked_at.pk).exists()
    client.force_login(dedi)
    assert client.get(f"/petugas/impor/{batch.public_id}/").status_code == 200
    before = counted()
    with pytest.raises(UnableToImport, match="setahun"):
        undo_import(batch=batch, by=dedi, at=put_in_at + timedelta(days=366))
    assert counted() == before
    assert put_in(as_csv(ROWS))[1].counts["new"] == 0, "the file is still known"


def test_after_undo_the_file_goes_in_as_new(put_in: PutIn, dedi: Person) -> None:
    batch, _seen = put_in(as_csv(ROWS))
    undo_import(batch=batch, by=dedi, at=timezone.now())
    assert put_in(as_csv(ROWS))[1].counts["new"] == 3


# ------------------------------------------------------------------ nothing is half-written


def test_a_full_disk_leaves_the_register_as_it_was_and_is_said(put_in: PutIn) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a full disk is played by a limit that only SQLite has")
    row = ["Taban", "x" * 250, "", "", "", "", ""]
    many = [[str(i), f"Usaha {i} Jaya", f"Pemilik {i}", *row] for i in range(3_000)]
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 40}")
    try:
        with pytest.raises(UnableToImport, match="penuh"):
            put_in(as_csv(many))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert counted() == (0,) * 7


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_in_the_middle_leaves_nothing(tmp_path: Path, jambe: Area) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes(as_csv(ROWS))
    # The process ends itself the moment the rows of the import are about to be written, after the businesses.
    script = (
        "import os, signal, django; django.setup()\n"
        "from django.db import connections\n"
        "connections.databases['default']['NAME'] = os.environ['TRIED_DATABASE']\n"
        "from etoko.registry.models import ImportRow\n"
        "from django.db.models import QuerySet\n"
        "real = QuerySet.bulk_create\n"
        "def dying(self, objs, *a, **k):\n"
        "    if self.model is ImportRow: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(self, objs, *a, **k)\n"
        "QuerySet.bulk_create = dying\n"
        "from django.core.management import call_command\n"
        f"call_command('import_register', {str(path)!r}, area='36.03.04', commit=True)\n"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "etoko.config.settings",
        "TRIED_DATABASE": str(connection.settings_dict["NAME"]),
    }
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr.decode()[-2000:]
    assert counted() == (0,) * 7


# ------------------------------------------------------------------------------ the command


def test_the_command_prints_one_object_with_exactly_these_keys(
    tmp_path: Path, jambe: Area, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes(as_csv(ROWS))
    call_command("import_register", str(path), area="36.03.04", json=True)
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["rows", "new", "matched", "returned", "reasons"]
    assert told["rows"] == told["new"] + told["matched"] + told["returned"] == 5
    assert {"reason": "Desa tidak dikenal", "count": 1} in told["reasons"]
    assert counted() == (0,) * 7


def test_the_command_imports_reports_and_undoes(
    tmp_path: Path, jambe: Area, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = tmp_path / "daftar.csv", tmp_path / "laporan.xlsx"
    path.write_bytes(as_csv(ROWS))
    call_command("import_register", str(path), area="36.03.04", commit=True, report=str(report))
    assert "3 baru, 0 sudah ada, 2 dikembalikan" in capsys.readouterr().out
    assert report.read_bytes().startswith(b"PK")
    call_command("import_register", undo=ImportBatch.objects.get().public_id)
    assert "3 usaha dihapus" in capsys.readouterr().out
    assert not Business.objects.exists()
