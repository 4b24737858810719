"""Pak Dedi imports a messy register, Bu Yanti verifies, the directory and the coverage fill."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload

from etoko.registry.models import Business
from tests.journeys.test_buying import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from etoko.people.models import Person

pytestmark = pytest.mark.journey

MESSY = (
    "NAMA_UMKM;PEMILIK;Desa;Kontak;Jenis usaha\r\n"
    "Kerupuk Bu Aminah;Hj. Aminah;Taban;0812-3456-7890;Kerupuk\r\n"
    "Topi Bambu Jaya;Bpk. Jaya;TABAN;62813 4567 8901;anyaman\r\n"
    ";Tanpa Nama;Taban;0814-5678-9012;warung\r\n"
    "Warung Entah;Ibu Iis;Desa Antah Berantah;0815-6789-0123;warung\r\n"
).encode("cp1252")


def test_a_messy_register_goes_in_and_the_rest_comes_back(page: Page, dedi: Person, yanti: Person) -> None:
    sign_in(page, dedi)
    page.goto("/petugas/impor/")
    file = FilePayload(name="daftar umkm.csv", mimeType="text/csv", buffer=MESSY)
    page.set_input_files("input[type=file]", files=[file])
    page.get_by_role("button", name="Baca berkas").click()
    page.get_by_role("button", name="Lihat hasilnya").click()
    assert not Business.objects.exists()
    page.get_by_role("button", name="Masukkan 2 usaha baru").click()
    page.get_by_role("link", name="Unduh laporan").wait_for()
    assert sorted(Business.objects.values_list("name", flat=True)) == ["Kerupuk Bu Aminah", "Topi Bambu Jaya"]

    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh laporan").click()
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).worksheets[0]
    rows = ["|".join(str(cell) for cell in row if cell) for row in sheet.iter_rows(values_only=True)]
    assert any("Tanpa Nama" in row for row in rows)
    assert any("Antah Berantah" in row for row in rows)

    sign_in(page, yanti)
    for _business in range(2):
        page.goto("/petugas/verifikasi/")
        page.get_by_role("link", name="Mulai memeriksa").click()
        page.get_by_role("button", name="Verifikasi").first.click()
        page.get_by_text(re.compile(r"(Kerupuk Bu Aminah|Topi Bambu Jaya) terverifikasi\.")).wait_for()
    assert set(Business.objects.values_list("verification", flat=True)) == {"verified"}

    sign_in(page, dedi)
    page.goto("/petugas/cakupan/")
    page.get_by_role("row", name="Taban").first.wait_for()
