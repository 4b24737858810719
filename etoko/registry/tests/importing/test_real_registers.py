"""The registers of real offices, where somebody has laid them beside the project."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from etoko.registry.models import Business, BusinessPhone, ImportBatch, Owner

FOLDER = Path(os.environ.get("ETOKO_SHARED") or settings.ROOT.parent / "shared") / "data" / "umkm"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the real registers are not laid beside the project"
)


@pytest.mark.parametrize(
    ("name", "area", "counts"),
    [
        ("01_solo_umkm.csv", "33.72", (11158, 11137, 19, 2)),
        ("03_probolinggo_ikm_olahan_ikan.csv", "35.74", (68, 65, 0, 3)),
        ("04_desa_ngadirejo_umkm.csv", "35.07.31", (79, 78, 0, 1)),
        ("04_desa_ngadirejo_umkm.json", "35.07.31", (79, 78, 0, 1)),
        ("08_survei_usaha_aset_penjualan.csv", "", (200, 200, 0, 0)),
    ],
)
def test_a_real_register_goes_in_once_and_comes_out_again(
    db: None, capsys: pytest.CaptureFixture[str], name: str, area: str, counts: tuple[int, ...]
) -> None:
    call_command("load_areas", regency=["36.03"])
    again = {"rows": counts[0], "new": 0, "matched": counts[0] - counts[3], "returned": counts[3]}
    told = []
    for _time in range(2):
        capsys.readouterr()
        call_command("import_register", str(FOLDER / name), area=area, commit=True, json=True)
        told.append(json.loads(capsys.readouterr().out))
        told[-1].pop("reasons")
    assert tuple(told[0].values()) == counts
    assert told[1] == again
    assert Business.objects.count() == counts[1]
    for batch in ImportBatch.objects.order_by("-pk"):
        call_command("import_register", undo=batch.public_id)
    assert [m.objects.count() for m in (Business, Owner, BusinessPhone)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("00_sidt_kumkm_kolom.csv", "hanya berisi judul"),
        ("02_opendata_jabar_umkm_binaan_jenis_usaha.csv", "tabel jumlah"),
    ],
)
def test_what_lists_no_businesses_is_refused(db: None, name: str, words: str) -> None:
    call_command("load_areas", regency=["36.03"])
    with pytest.raises(CommandError, match=words):
        call_command("import_register", str(FOLDER / name), area="36.03.04", commit=True)
    assert not ImportBatch.objects.exists()
