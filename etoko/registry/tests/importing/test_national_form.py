"""The 49 columns of the national register: what goes in comes out, and coming in again changes nothing."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry import sealing
from etoko.registry.importing.sidt import SIDT_COLUMNS
from etoko.registry.models import (
    Business,
    BusinessPhone,
    DuplicateSuspicion,
    ImportBatch,
    ImportRow,
    Licence,
    Owner,
    OwnerDetails,
)
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db

NIK = "3603044101800001"
RAHMA = {
    "id_data_badan_usaha": "BU-0001", "nik_pengusaha": NIK, "nama_pengusaha": "Hj. RAHMA",
    "nib": "1234567890123",
    "jenis_kelamin": "P", "is_disabilitas": "Tidak", "tanggal_lahir": "1 Januari 1980",
    "pendidikan_formal": "SMA/SMK Sederajat", "kontak_hp": "0812-1000-0001 / 62 812 1000 0002 (anak)",
    "prov_pengusaha": "BANTEN", "kab_pengusaha": "KABUPATEN TANGERANG", "kec_pengusaha": "JAMBE",
    "kel_pengusaha": "TABAN", "alamat_pengusaha": "Kp.  Cikuya,\nrumah hijau", "rt_pengusaha": "3",
    "rw_pengusaha": "RW 02", "nama_usaha": "Kerupuk  Bu Rahma",
    "kegiatan_utama": "=Membuat dan menjual kerupuk",
    "produk_utama": "kerupuk ikan, keripik", "kategori_kbli": "C. Industri Pengolahan", "kode_kbli": "10794",
    "status_badan_usaha": "Belum Berbadan Hukum", "skala_usaha": "USAHA MIKRO",
    "modal_pendirian": "Rp 5 juta - 50 juta",
    "bulan_mulai_operasi": "Maret", "tahun_mulai_operasi": "sejak 2019", "omzet_tahunan": "36.000.000",
    "asset": "0", "prov_usaha": "Banten", "kab_usaha": "Kab. Tangerang", "kec_usaha": "Jambe",
    "kel_usaha": "taban", "alamat_usaha": "Kp. Cikuya No. 5, depan masjid Al Ikhlas", "rt_usaha": "003",
    "rw_usaha": "II", "foto_usaha": "rahma 01.jpg", "alamat_latitude": "106,501",
    "alamat_longitude": "-6,301",
    "tk_dibayar_laki": "0", "tk_dibayar_perempuan": "2 orang", "tk_dibayar_disabil_laki": "-",
    "tk_dibayar_disabil_perempuan": "1", "tk_not_dibayar_laki": "1.0", "tk_not_dibayar_perempuan": "0",
    "tk_not_dibayar_disabil_laki": "", "tk_not_dibayar_disabil_perempua": "0",
    "pulled_at": "2026-08-18 10:00:01", "updated_at": "2026-07-01T00:00:00Z", "source_page": "17",
}  # fmt: skip
HERMAN = {
    "id_data_badan_usaha": "BU-0002", "nik_pengusaha": "123", "nama_pengusaha": "Herman", "nib": "proses",
    "is_disabilitas": "1", "tanggal_lahir": "31-02-1970", "pendidikan_formal": "Pondok",
    "kontak_hp": "8.12E+10",
    "nama_usaha": "-Topi Bambu-", "produk_utama": "Topi bambu", "kode_kbli": "9999x", "skala_usaha": "?",
    "modal_pendirian": "lebih dari 10 miliar", "bulan_mulai_operasi": "13", "omzet_tahunan": "banyak",
    "asset": "12 juta", "kel_usaha": "Kutruk", "alamat_usaha": "RT.003 RW.004", "tk_dibayar_laki": "2-3",
    "tk_dibayar_perempuan": "1", "alamat_latitude": "-6.311", "alamat_longitude": "",
}  # fmt: skip
BARE = {"id_data_badan_usaha": "BU-0003", "nama_usaha": "Warung Berkah", "kel_usaha": "Ranca Buaya"}
ROWS = [RAHMA, HERMAN, BARE]


def form_of(rows: list[dict[str, str]], path: Path) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, SIDT_COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def take_in(path: Path) -> dict[str, Any]:
    said = io.StringIO()
    call_command(
        "import_register", str(path), area="36.03.04", commit=True, with_nik=True, with_owner=True, json=True,
        stdout=said,
    )  # fmt: skip
    return dict(json.loads(said.getvalue()))


def give_out(path: Path, **more: Any) -> list[dict[str, str]]:
    call_command("export_register", str(path), area="36.03.04", **more)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def whole_register() -> list[Any]:
    """Every field of every row of the register, but for clocks, keys and sealings, which differ by nature."""
    told: list[Any] = []
    for model in (Business, Owner, OwnerDetails, BusinessPhone, Licence):
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if field.attname not in ("id", "public_id", "created_at", "updated_at", "nik_sealed")
            and not field.is_relation
        ]
        fields += ["area_id"] if model is Business else []
        told.append(sorted(model._default_manager.values_list(*fields), key=repr))
    return told


def test_import_export_import_changes_nothing(tmp_path: Path, jambe: Area) -> None:
    assert take_in(form_of(ROWS, tmp_path / "asal.csv"))["new"] == 3
    first, traces = whole_register(), AuditEntry.objects.filter(deed="fill_from_import").count()
    out = give_out(tmp_path / "keluar.csv", with_nik=True)
    again = take_in(tmp_path / "keluar.csv")
    assert (again["new"], again["matched"], again["returned"]) == (0, 3, 0)
    assert whole_register() == first
    assert AuditEntry.objects.filter(deed="fill_from_import").count() == traces
    assert [row.differences for row in ImportRow.objects.all() if row.differences] == []
    assert not DuplicateSuspicion.objects.exists()
    assert give_out(tmp_path / "lagi.csv", with_nik=True) == out


def test_what_came_out_builds_the_same_register_elsewhere(tmp_path: Path, jambe: Area) -> None:
    take_in(form_of(ROWS, tmp_path / "asal.csv"))
    first, out = whole_register(), give_out(tmp_path / "keluar.csv", with_nik=True)
    for batch in ImportBatch.objects.order_by("-pk"):
        call_command("import_register", undo=batch.public_id)
    assert [model.objects.count() for model in (Business, Owner, OwnerDetails)] == [0, 0, 0]
    assert take_in(tmp_path / "keluar.csv")["new"] == 3
    assert whole_register() == first
    assert give_out(tmp_path / "lagi.csv", with_nik=True) == out


def test_every_column_is_held(tmp_path: Path, jambe: Area) -> None:
    take_in(form_of(ROWS, tmp_path / "asal.csv"))
    rahma, herman, bare = give_out(tmp_path / "keluar.csv", with_nik=True)
    assert list(rahma) == list(SIDT_COLUMNS)
    assert rahma == {
        **RAHMA,
        "nama_usaha": "Kerupuk Bu Rahma", "jenis_kelamin": "Perempuan", "tanggal_lahir": "1980-01-01",
        "pendidikan_formal": "SMA", "kontak_hp": "081210000001 / 081210000002 (anak)",
        "alamat_pengusaha": "Kp. Cikuya, rumah hijau", "rt_pengusaha": "003", "rw_pengusaha": "002",
        "kegiatan_utama": "'=Membuat dan menjual kerupuk", "status_badan_usaha": "Perorangan",
        "skala_usaha": "Mikro", "modal_pendirian": "Rp5.000.000 - Rp50.000.000", "bulan_mulai_operasi": "3",
        "tahun_mulai_operasi": "2019", "omzet_tahunan": "36000000", "kab_usaha": "Kabupaten Tangerang",
        "kec_usaha": "Kecamatan Jambe", "kel_usaha": "Taban",
        "alamat_usaha": "Kp. Cikuya No. 5, patokan: depan masjid Al Ikhlas", "rw_usaha": "002",
        "alamat_latitude": "-6.301000", "alamat_longitude": "106.501000", "tk_dibayar_perempuan": "2",
        "tk_dibayar_disabil_laki": "", "tk_not_dibayar_laki": "1",
    }  # fmt: skip
    assert Business.objects.get(source_ref="BU-0001").workers == 3
    # Unknown stays unknown; what cannot be read is not guessed.
    assert {name for name, text in herman.items() if text} == {
        "id_data_badan_usaha", "nama_pengusaha", "nib", "is_disabilitas", "nama_usaha", "produk_utama",
        "kode_kbli",
        "modal_pendirian", "asset", "prov_usaha", "kab_usaha", "kec_usaha", "kel_usaha", "rt_usaha",
        "rw_usaha", "tk_dibayar_perempuan",
    }  # fmt: skip
    assert (herman["kode_kbli"], herman["nib"]) == ("9999x", "Dalam proses")
    assert herman["modal_pendirian"] == "lebih dari Rp10.000.000.000"
    assert {name for name, text in bare.items() if text} == {
        "id_data_badan_usaha", "nama_usaha", "prov_usaha", "kab_usaha", "kec_usaha", "kel_usaha",
    }  # fmt: skip


def test_a_business_of_our_own_comes_back_as_itself(tmp_path: Path, villages: dict[str, Area]) -> None:
    emping = make_business(
        "Emping Fitri", villages["Daru"], owner="Fitri", landmark="sebelah pos, dekat kali"
    )
    give_out(tmp_path / "keluar.csv")
    first = whole_register()
    assert take_in(tmp_path / "keluar.csv")["matched"] == 1
    assert whole_register() == first
    emping.refresh_from_db()
    assert emping.source_ref == ""


def test_a_nik_leaves_only_when_the_keeper_of_the_server_says_so(tmp_path: Path, jambe: Area) -> None:
    take_in(form_of([RAHMA], tmp_path / "asal.csv"))
    assert give_out(tmp_path / "keluar.csv")[0]["nik_pengusaha"] == "************0001"
    first = whole_register()
    take_in(tmp_path / "keluar.csv")  # the masked one says nothing, and takes nothing away
    assert whole_register() == first
    assert sealing.unseal(bytes(Owner.objects.get().nik_sealed or b"")) == NIK


def test_details_nobody_asked_for_are_kept_nowhere(tmp_path: Path, jambe: Area) -> None:
    path = form_of([RAHMA], tmp_path / "asal.csv")
    call_command("import_register", str(path), area="36.03.04", commit=True, stdout=io.StringIO())
    assert not OwnerDetails.objects.exists()
    kept = json.dumps([ImportRow.objects.get().raw, ImportRow.objects.get().wrote])
    assert "1980" not in kept
    assert "rumah hijau" not in kept


def test_the_page_gives_details_only_to_those_who_may_see_them(
    tmp_path: Path, jambe: Area, dedi: Person, bu_camat: Person, client: Client
) -> None:
    take_in(form_of([RAHMA], tmp_path / "asal.csv"))
    for person, born, nik in ((dedi, "1980-01-01", "************0001"), (bu_camat, "", "")):
        client.force_login(person)
        content = client.post("/petugas/usaha/sidt.csv").getvalue().decode("utf-8-sig")
        row = next(csv.DictReader(io.StringIO(content)))
        assert (row["tanggal_lahir"], row["nik_pengusaha"], row["nama_pengusaha"]) == (born, nik, "Hj. RAHMA")
    assert AuditEntry.objects.filter(deed="export_register", changes__form__1="SIDT csv").count() == 2
    client.force_login(dedi)
    assert client.post("/petugas/usaha/sidt.xlsx").getvalue().startswith(b"PK")
