import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import ImportBatch
from etoko.registry.operations.importing import commit_file
from etoko.registry.operations.previewing import Preview, preview, read_upload

HEADERS = ["No", "Nama Usaha", "Pemilik", "Desa", "Alamat", "No HP", "Produk", "Omzet setahun", "lat", "lng"]
ROWS = [
    ["1", "Kerupuk Rahma", "Ibu Rahma", "Taban", "Kp. Taban RT 1/2", "0812-1000-0001", "Kerupuk",
     "Rp 25.000.000", "-6.301", "106.501"],
    ["2", "Topi Bambu Herman", "Herman", "Kutruk", "RT.003 RW.004", "8.12345e+010", "Topi bambu",
     "", "-6.311", "106.511"],
    ["3", "", "Fitri", "Daru", "", "", "Emping", "", "", ""],
    ["4", "Emping Melati", "Hj. Siti", "Kutrok", "", "", "Emping", "", "", ""],
    ["5", "Warung Berkah", "Yayah", "Rancabuaya", "", "", "Sembako", "5 jt", "106.52", "-6.32"],
]  # fmt: skip

Import = Callable[..., Preview]


def as_csv(rows: list[list[str]], *, headers: list[str] | None = None, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([headers or HEADERS, *rows])
    return out.getvalue().encode()


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Preview]:
    """Preview a file of these bytes, as the sub-district of Jambe."""

    def preview_of(
        content: bytes, *, name: str = "daftar.csv", within: str = "36.03.04", **more: Any
    ) -> Preview:
        path = tmp_path / name
        path.write_bytes(content)
        return preview(upload=read_upload(path=path, name=name, within=within, **more), within=within)

    return preview_of


@pytest.fixture
def put_in(tmp_path: Path, jambe: Area, dedi: Person) -> Callable[..., tuple[ImportBatch, Preview]]:
    """Import a file of these bytes for good, by Pak Dedi."""

    def import_of(
        content: bytes,
        *,
        name: str = "daftar.csv",
        within: str = "36.03.04",
        keeps_nik: bool = False,
        **more: Any,
    ) -> tuple[ImportBatch, Preview]:
        path = tmp_path / name
        path.write_bytes(content)
        upload = read_upload(path=path, name=name, within=within, keeps_nik=keeps_nik, **more)
        return commit_file(upload=upload, within=within, keeps_nik=keeps_nik, by=dedi, at=timezone.now())

    return import_of
