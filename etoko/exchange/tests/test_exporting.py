import csv
import io
import json
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from conftest import Clock
from etoko.audit.models import AccessEntry, AuditEntry
from etoko.exchange.datasets.recap import LEAST, masked
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.operations.consenting import BY_SELF, set_consents
from etoko.registry.tests.businesses import EVERYTHING, make_business
from tests.cast import NOW
from tests.market import Market

pytestmark = pytest.mark.django_db

TABAN = "36.03.04.2004"
HERS = ("Rahma Wati", "+6281299990001", "Kp. Melati", "106.5")


@pytest.fixture
def open_one(villages: dict[str, Area], rahma: Person) -> Business:
    return make_business(
        "Kerupuk Rahma",
        villages["Taban"],
        owner="Rahma Wati",
        phone="+6281299990001",
        owned_by=rahma,
        shown=EVERYTHING,
        street="Kp. Melati",
        latitude="-6.3",
        longitude="106.5",
        kind="makanan",
        products_text="kerupuk kulit, rempeyek",
        turnover_rp=50_000_000,
    )


@pytest.fixture
def shy_one(villages: dict[str, Area]) -> Business:
    """Its owner agreed to be listed, and to nothing else."""
    return make_business(
        "=Tempe Wati",
        villages["Daru"],
        owner="Wati Diam",
        phone="+6281299990002",
        shown=["listing"],
        street="Kp. Sepi",
        latitude="-6.4",
        longitude="106.6",
    )


@pytest.fixture
def hidden_one(villages: dict[str, Area]) -> Business:
    return make_business("Jahit Rahasia", villages["Taban"], owner="Ibu Rahasia", phone="+6281299990003")


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


class TestOpenData:
    def test_one_archive_holds_every_form_with_the_same_rows_and_says_what_they_mean(
        self, client: Client, clock: Clock, open_one: Business, shy_one: Business, hidden_one: Business
    ) -> None:
        answer = client.get("/data/usaha/36.03.04.zip")
        assert answer["Content-Disposition"].endswith('"usaha-36.03.04-2026-11-24.zip"')
        files = unpacked(answer.getvalue())
        told = json.loads(files["metadata.json"])
        assert set(files) == {"metadata.json", *told["berkas"]}
        assert told["jumlah_baris"] == 2
        assert told["wilayah"]["kode_kemendagri"] == "36.03.04"
        assert told["wilayah"]["kode_bps"] == ""
        assert any("BPS belum dimuat" in remark for remark in told["catatan"])
        assert told["periode"] == "Keadaan pada 24 November 2026 pukul 10.00 WIB"

        text = files["usaha-36.03.04.csv"].decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        assert list(rows[0]) == [column["nama"] for column in told["kolom"]]
        assert all(column["definisi"] and column["satuan"] for column in told["kolom"])
        things = json.loads(files["usaha-36.03.04.json"])["data"]
        features = json.loads(files["usaha-36.03.04.geojson"])["features"]
        sheet = load_workbook(io.BytesIO(files["usaha-36.03.04.xlsx"]))["Data"]
        assert [row["kode"] for row in rows] == [one["kode"] for one in things]
        assert [one["properties"]["kode"] for one in features] == [one["kode"] for one in things]
        assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [one["kode"] for one in things]
        assert things[0]["produk"] == ["kerupuk kulit", "rempeyek"]
        assert rows[0]["produk"] == "kerupuk kulit; rempeyek"
        assert features[0]["geometry"] == {"type": "Point", "coordinates": [106.5, -6.3]}
        assert features[1]["geometry"] is None
        # A name is no formula, whatever it begins with.
        assert rows[1]["nama"] == "'=Tempe Wati"
        assert (sheet["B3"].value, sheet["B3"].data_type) == ("=Tempe Wati", "s")

    @pytest.mark.parametrize("form", ["csv", "json", "geojson"])
    def test_only_what_each_owner_agreed_to(
        self, client: Client, open_one: Business, shy_one: Business, hidden_one: Business, form: str
    ) -> None:
        content = client.get(f"/data/usaha/36.03.04.{form}").getvalue().decode()
        assert all(word in content for word in HERS)
        for word in ("Wati Diam", "81299990002", "Kp. Sepi", "106.6", "Rahasia", "81299990003", "50000000"):
            assert word not in content

    def test_a_withdrawal_is_obeyed_by_the_next_file(
        self, client: Client, open_one: Business, rahma: Person
    ) -> None:
        address = f"/data/usaha/{TABAN}.json"
        assert "Kerupuk Rahma" in client.get(address).getvalue().decode()
        set_consents(business=open_one, shown=(), how=BY_SELF, by=rahma, at=NOW)
        assert json.loads(client.get(address).getvalue())["data"] == []

    def test_goods_and_figures(self, client: Client, villages: dict[str, Area]) -> None:
        Market.with_goods(villages)
        for number in range(4):
            make_business(f"Warung {number}", villages["Taban"], kind="makanan" if number else "jasa")
        goods = json.loads(client.get(f"/data/produk/{TABAN}.json").getvalue())["data"]
        assert [one["nama"] for one in goods] == [
            "Kerupuk Udang",
            "Krupuk Kulit Pedas",
            "Keripik Pisang",
            "Ikan Asin Peda",
        ]
        assert (goods[0]["harga_rp"], goods[0]["kode_desa"], goods[0]["tersedia"]) == (12_000, TABAN, True)
        figures = json.loads(client.get(f"/data/rekap/{TABAN}.json").getvalue())["data"]
        counts = {(one["ukuran"], one["rincian"]): one["jumlah"] for one in figures}
        assert counts["terdata", "Semua usaha yang berjalan"] == 5
        assert counts["produk", "Produk yang dijual"] == 4
        assert None in counts.values()

    def test_what_is_not_there_is_not_found(self, client: Client, villages: dict[str, Area]) -> None:
        for path in (
            "usaha/99.99.csv",
            "usaha/36.03.04.pdf",
            "rekap/36.03.04.geojson",
            "register/36.03.04.csv",
        ):
            assert client.get(f"/data/{path}").status_code == 404
        assert client.get("/data/usaha/36.03.04/metadata.json").json()["lisensi"].startswith("CC BY 4.0")
        assert client.get("/data/?desa=99").status_code == 404

    def test_nobody_makes_files_without_end(
        self, client: Client, villages: dict[str, Area], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from etoko.people.operations import limiting

        monkeypatch.setitem(
            limiting.LIMITS, "open_data_address", limiting.Limit(1, limiting.LIMITS["mail_proof"].within)
        )
        client.get("/data/usaha/36.03.04.csv").getvalue()
        refused = client.get("/data/usaha/36.03.04.csv")
        assert refused.status_code == 429
        assert int(refused["Retry-After"]) > 3_000
        assert "Sudah terlalu banyak percobaan" in refused.content.decode()

    def test_costs_the_same_for_few_and_for_many(
        self,
        client: Client,
        villages: dict[str, Area],
        max_queries: Callable[[int], AbstractContextManager[Any]],
    ) -> None:
        for number in range(30):
            make_business(
                f"Warung {number}", villages["Taban"], shown=EVERYTHING, phone=f"+62812999{number:05}"
            )
        with max_queries(22):
            assert len(json.loads(client.get(f"/data/usaha/{TABAN}.json").getvalue())["data"]) == 30


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=1), st.integers(0, 9)))
def test_no_small_figure_is_told_nor_can_be_reckoned_from_the_total(counts: dict[str, int]) -> None:
    told = masked(counts)
    hidden = [name for name, count in told.items() if count is None]
    assert all(count >= LEAST or count == 0 for count in told.values() if count is not None)
    assert all(told[name] == counts[name] for name in told if name not in hidden)
    if hidden and any(count for count in told.values()):
        # The total tells only the sum of the hidden ones.
        assert sum(counts[name] for name in hidden) >= LEAST
        assert len(hidden) > 1 or counts[hidden[0]] >= LEAST


class TestOfficers:
    def test_a_kader_takes_her_village_and_its_owners_can_see_it(
        self, client: Client, yanti: Person, rahma: Person, open_one: Business, hidden_one: Business
    ) -> None:
        client.force_login(yanti)
        assert "Desa Taban" in client.get("/petugas/data/").content.decode()
        files = unpacked(client.post(f"/petugas/data/register/{TABAN}.zip").getvalue())
        told = json.loads(files["metadata.json"])
        assert (told["jumlah_baris"], told["diambil_oleh"]) == (2, "Yanti")
        assert "UU 27/2022" in told["lisensi"]
        things = json.loads(files[f"register-{TABAN}.json"])["data"]
        assert [one["pemilik"] for one in things] == [["Rahma Wati"], ["Ibu Rahasia"]]
        assert (things[0]["omzet_rp"], things[1]["omzet_rp"]) == (50_000_000, None)

        entry = AuditEntry.objects.get(deed="export_register")
        assert (entry.by_name, entry.area_code, entry.changes["rows"]) == ("Yanti", TABAN, [0, 2])
        assert AccessEntry.objects.get().subject_name == "Taban"
        client.force_login(rahma)
        assert "Daftar usaha Taban" in client.get("/saya/data/").content.decode()

    def test_nowhere_else_and_nobody_else(
        self, client: Client, yanti: Person, herman: Person, open_one: Business
    ) -> None:
        for person in (yanti, herman):
            client.force_login(person)
            assert client.post("/petugas/data/register/36.03.04.csv").status_code == 404
        client.force_login(yanti)
        assert client.post("/petugas/data/register/36.03.04.2005.csv").status_code == 404
        assert client.post(f"/petugas/data/usaha/{TABAN}.csv").status_code == 404
        assert client.get(f"/petugas/data/register/{TABAN}.csv").status_code == 405
        assert not AuditEntry.objects.exists()
        assert not AccessEntry.objects.exists()
