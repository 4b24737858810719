import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.catalog.categories import load_categories
from etoko.catalog.models import Product, Shop
from etoko.catalog.operations.opening import start_shop
from etoko.exchange.models import LapakGoods, LapakImport
from etoko.exchange.opensid.dump import rows_of
from etoko.exchange.opensid.reading import Lapak, read_lapak
from etoko.exchange.operations.lapak import commit_lapak, keep_lapak, look_at_lapak, undo_lapak, undone
from etoko.foundation.tables.reading import UnableToRead
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import Acting
from etoko.registry.models import Business, BusinessPhone
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

DUMP = r"""
-- phpMyAdmin SQL Dump
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE IF NOT EXISTS `pelapak` (
  `id` int(11) NOT NULL, `config_id` int(11), `id_pend` int(11), `telepon` varchar(20), `lat` varchar(20),
  `lng` varchar(20), `zoom` tinyint(4) DEFAULT 10, `status` tinyint(1),
  PRIMARY KEY (`id`), KEY `x` (`id`,`status`)
) ENGINE=InnoDB;
INSERT INTO `pelapak` VALUES (1,1,10,'0812-9999-0001','-6.31','106.51',10,1),
 (2,1,11,'081299990002',NULL,NULL,10,1),
 (3,1,12,'081299990003','','',10,0), (4,1,13,'081299990004','','',10,1);
INSERT INTO `tweb_penduduk` (`id`,`nama`,`nik`,`alamat`) VALUES (10,'RAHMA WATI','3603044101800001','a;b'),
 (11,'Pak O\'Neil','3603044101800002','INSERT INTO `pelapak` VALUES (9);');
INSERT INTO `produk_kategori` (`id`,`config_id`,`kategori`,`slug`,`status`) VALUES
 (1,1,'Makanan','makanan',1);
INSERT INTO `produk` (`id`,`config_id`,`id_pelapak`,`id_produk_kategori`,`nama`,`harga`,`satuan`,
 `tipe_potongan`,`potongan`,`deskripsi`,`foto`,`status`,`created_at`,`updated_at`) VALUES
(1,1,1,1,'Keripik Pisang',20000,'pcs',1,10,'<p>Renyah &amp; manis</p>','["a.jpg"]',1,'2024-01-01',NULL),
(2,1,1,1,'Emping',0,'kg',2,0,'','',1,NULL,NULL),
(3,1,2,NULL,'Jasa Jahit',50000,'stel',2,5000,'Rapi','',1,NULL,NULL),
(4,1,3,NULL,'Dari lapak mati',5000,'kg',2,0,'','',1,NULL,NULL),
(5,1,4,NULL,'Madu Hutan',90000,'jerigen',2,0,'','',1,NULL,NULL);
"""


def read(tmp_path: Path, text: str = DUMP) -> Lapak:
    path = tmp_path / "lapak.sql"
    path.write_text(text)
    return read_lapak([(path, "lapak.sql")])


class TestReading:
    def test_sellers_with_their_goods(self, tmp_path: Path) -> None:
        rahma, neil, off, nameless = read(tmp_path).sellers
        assert (rahma.name, rahma.phone, rahma.latitude) == ("Rahma Wati", "0812-9999-0001", "-6.31")
        assert (neil.name, nameless.name) == ("Pak O'Neil", "")
        assert off.problem == "Lapak ini tidak aktif di OpenSID."
        keripik, emping = rahma.goods
        assert (keripik.name, keripik.price_rp, keripik.unit) == ("Keripik Pisang", 18_000, "buah")
        assert keripik.description == "Renyah & manis\nHarga biasa Rp20.000."
        assert keripik.notes == ["Harga Rp18.000 sesudah potongan Rp2.000."]
        assert emping.problem == "Harganya kosong, nol, atau tidak terbaca."
        assert (neil.goods[0].price_rp, neil.goods[0].unit) == (45_000, "setel")
        assert "jerigen" in nameless.goods[0].notes[0]
        assert "nik" not in json.dumps(read(tmp_path).as_json()).lower()
        assert Lapak.from_json(read(tmp_path).as_json()) == read(tmp_path)

    def test_a_csv_for_each_table_says_the_same(self, tmp_path: Path) -> None:
        tables = {
            "pelapak": "id,config_id,id_pend,telepon,lat,lng,zoom,status\n"
            "1,1,10,0812-9999-0001,-6.31,106.51,10,1\n",
            "produk": "id,config_id,id_pelapak,id_produk_kategori,nama,harga,satuan,tipe_potongan,potongan,"
            "deskripsi,foto,status\n1,1,1,1,Keripik Pisang,20000,pcs,1,10,Renyah,,1\n",
            "penduduk": "id,nama,nik\n10,RAHMA WATI,3603044101800001\n",
        }
        files = []
        for name, text in tables.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text)
            files.append((path, path.name))
        (seller,) = read_lapak(files).sellers
        assert (seller.name, seller.goods[0].price_rp) == ("Rahma Wati", 18_000)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("INSERT INTO pelapak (id) VALUES (1", "terpotong"),
            ("INSERT INTO pelapak (id) VALUES (NOW());", "bukan teks atau angka"),
            ("INSERT INTO pelapak VALUES (1,2);", "tidak menyebut nama kolomnya"),
            ("INSERT INTO produk (id,nama) VALUES (1,'a');", "Tidak ada pelapak"),
            ("INSERT INTO pelapak (id) VALUES (1),(2" + "(" * 9_000, "bukan teks atau angka"),
            ("nama;umur\nSiti;3\n", "bukan tabel lapak"),
            ("", "kosong"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
        self, tmp_path: Path, text: str, said: str
    ) -> None:
        with pytest.raises(UnableToRead, match=said):
            read(tmp_path, text)

    @pytest.mark.parametrize(
        "text", ["/*" * 200_000, "\\'" * 200_000, "'" * 300_001, "`" * 300_001, "(" * 300_000]
    )
    def test_no_file_takes_longer_than_its_length(self, text: str) -> None:
        assert rows_of(text, {"pelapak": ("id",)}) == {}


@given(st.lists(st.tuples(st.text(max_size=12), st.none() | st.integers(-9, 9)), max_size=5))
def test_whatever_a_text_holds_comes_out_as_it_went_in(rows: list[tuple[str, int | None]]) -> None:
    def quoted(text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\r", "\\r")
        return "'" + escaped.replace("\x00", "").replace("\x1a", "\\Z").replace("\t", "\\t") + "'"

    values = ",".join(f"({quoted(text)}, {'NULL' if n is None else n})" for text, n in rows)
    found = rows_of(f"SET x='a;b'; INSERT INTO `db`.`t` (`a`,`b`) VALUES {values};", {"t": ("a", "b")})
    expected = [
        {"a": text.replace("\x00", "").replace("\x1a", ""), "b": None if n is None else str(n)}
        for text, n in rows
    ]
    assert found.get("t", []) == expected


@pytest.fixture
def taban(villages: dict[str, Area]) -> Area:
    load_categories()
    return villages["Taban"]


@pytest.fixture
def known(taban: Area) -> Business:
    """Rahma is in the register, under the name of her business."""
    return make_business("Dapur Rahma", taban, owner="Rahma Wati", phone="+6281299990001")


def counts(seen: Any) -> dict[str, int]:
    return {name: seen.count(name) for name in ("new", "matched", "returned")}


@pytest.mark.django_db
class TestBringingIn:
    def test_sellers_are_registered_and_goods_wait_or_become_drafts(
        self, tmp_path: Path, taban: Area, known: Business, yanti: Person
    ) -> None:
        shop = start_shop(acting=Acting(known, yanti, is_assisting=True), name="Dapur Rahma", at=NOW)
        kept = keep_lapak(lapak=read(tmp_path), area=taban, file_name="lapak.sql", by=yanti, at=NOW)
        seen = look_at_lapak(kept, by=yanti)
        assert counts(seen) == {"new": 1, "matched": 1, "returned": 2}
        assert [one.asks_name for one in seen.sellers] == [False, False, False, True]
        assert Business.objects.count() == 1

        commit_lapak(kept=kept, by=yanti, at=NOW)
        fresh = Business.objects.exclude(pk=known.pk).get()
        assert (fresh.name, fresh.verification, fresh.listing) == ("Lapak Pak O'Neil", "draft", "unlisted")
        assert BusinessPhone.objects.get(business=fresh).phone == "+6281299990002"
        product = shop.products.get()
        assert (product.name, product.status, product.price_from_rp) == ("Keripik Pisang", "draft", 18_000)
        assert product.category.slug == "keripik"
        outcomes = dict(LapakGoods.objects.values_list("name", "outcome"))
        assert outcomes == {
            "Keripik Pisang": "made",
            "Emping": "returned",
            "Jasa Jahit": "waiting",
            "Dari lapak mati": "returned",
            "Madu Hutan": "returned",
        }
        entry = AuditEntry.objects.get(deed="add_product")
        assert (entry.by_name, entry.for_name) == ("Yanti", "Dapur Rahma")

    def test_what_waits_becomes_drafts_when_the_shop_is_started_and_nothing_is_sold(
        self, tmp_path: Path, taban: Area, yanti: Person
    ) -> None:
        kept = keep_lapak(lapak=read(tmp_path), area=taban, file_name="lapak.sql", by=yanti, at=NOW)
        commit_lapak(kept=kept, by=yanti, at=NOW)
        assert not Product.objects.exists()
        business = Business.objects.get(name="Lapak Pak O'Neil")
        for _time in range(2):
            start_shop(acting=Acting(business, yanti, is_assisting=True), name="Jahit", at=NOW)
        product = Product.objects.get()
        assert (product.name, product.status, product.unit) == ("Jasa Jahit", "draft", "setel")
        assert Shop.objects.get().status == "draft"

    def test_the_same_file_again_adds_nothing(self, tmp_path: Path, taban: Area, yanti: Person) -> None:
        for time in range(2):
            kept = keep_lapak(
                lapak=read(tmp_path),
                area=taban,
                file_name="lapak.sql",
                by=yanti,
                at=NOW + timedelta(hours=time),
            )
            seen = look_at_lapak(kept, by=yanti)
            commit_lapak(kept=kept, by=yanti, at=NOW + timedelta(hours=time))
        assert counts(seen) == {"new": 0, "matched": 2, "returned": 2}
        assert seen.count_goods("made", "waiting") == 0
        assert Business.objects.count() == 2
        assert LapakGoods.objects.filter(outcome="waiting").count() == 2

    def test_undo_takes_back_what_it_added_and_nothing_else(
        self, tmp_path: Path, taban: Area, known: Business, yanti: Person
    ) -> None:
        shop = start_shop(acting=Acting(known, yanti, is_assisting=True), name="Dapur Rahma", at=NOW)
        before = sorted(Business.objects.values_list("name", flat=True))
        kept = keep_lapak(lapak=read(tmp_path), area=taban, file_name="lapak.sql", by=yanti, at=NOW)
        commit_lapak(kept=kept, by=yanti, at=NOW)
        kept = undo_lapak(kept=kept, by=yanti, at=NOW)
        assert undone(kept) == {"goods": 2, "kept": [], "businesses": 1}
        assert sorted(Business.objects.values_list("name", flat=True)) == before
        assert not shop.products.exists()
        # And may come in again.
        again = keep_lapak(lapak=read(tmp_path), area=taban, file_name="lapak.sql", by=yanti, at=NOW)
        assert look_at_lapak(again, by=yanti).count_goods("made", "waiting") == 2

    def test_undo_leaves_what_somebody_has_worked_on(
        self, tmp_path: Path, taban: Area, known: Business, yanti: Person
    ) -> None:
        shop = start_shop(acting=Acting(known, yanti, is_assisting=True), name="Dapur Rahma", at=NOW)
        kept = keep_lapak(lapak=read(tmp_path), area=taban, file_name="lapak.sql", by=yanti, at=NOW)
        commit_lapak(kept=kept, by=yanti, at=NOW)
        shop.products.update(version=2)
        Business.objects.exclude(pk=known.pk).update(verification="verified")
        kept = undo_lapak(kept=kept, by=yanti, at=NOW)
        assert sorted((one["name"], one["why"]) for one in undone(kept)["kept"]) == [
            ("Keripik Pisang", "Konsepnya sudah dikerjakan penjual."),
            ("Lapak Pak O'Neil", "sudah diubah atau diperiksa"),
        ]
        assert shop.products.count() == 1


@pytest.mark.django_db
class TestPages:
    def upload(self, client: Client, text: str = DUMP, once: str = "a", area: str = "36.03.04.2004") -> Any:
        file = SimpleUploadedFile("lapak.sql", text.encode())
        return client.post("/petugas/lapak/", {"files": file, "area": area, "once": once})

    def test_from_the_file_to_the_register_and_back(
        self, client: Client, clock: Clock, taban: Area, yanti: Person
    ) -> None:
        client.force_login(yanti)
        assert "Lapak dari OpenSID" in client.get("/petugas/lapak/").content.decode()
        page = self.upload(client)["Location"]
        seen = client.get(page).content.decode()
        assert "Lapak Rahma Wati" in seen
        assert "Nama penjual tidak ada di berkas" in seen
        assert "Rp18.000 / buah" in seen
        client.post(f"{page}nama/", {"nama-1:4": "  Madu   Hutan Ani ", "once": "b"})
        assert "Madu Hutan Ani" in client.get(page).content.decode()
        for _time in range(2):  # sent twice, it happens once
            assert client.post(f"{page}masukkan/", {"once": "c"}).status_code == 302
        assert Business.objects.count() == 3
        assert Business.objects.filter(name="Madu Hutan Ani").exists()
        assert "3 produk menunggu" in client.get(page).content.decode()
        assert client.post(f"{page}masukkan/", {"once": "d"}).status_code == 422
        client.post(f"{page}batalkan/", {"once": "e"})
        assert "3 produk dan 3 usaha diambil kembali" in client.get(page).content.decode()
        assert Business.objects.count() == 0

    def test_the_page_of_imports_takes_it_back_whole(
        self, client: Client, clock: Clock, taban: Area, known: Business, dedi: Person
    ) -> None:
        shop = start_shop(acting=Acting(known, dedi, is_assisting=True), name="Dapur Rahma", at=NOW)
        client.force_login(dedi)
        page = self.upload(client)["Location"]
        client.post(f"{page}masukkan/", {"once": "b"})
        assert (shop.products.count(), LapakGoods.objects.filter(outcome="waiting").count()) == (1, 1)
        batch = LapakImport.objects.get().batch
        assert batch is not None
        for _time in range(2):  # sent twice, it happens once
            client.post(f"/petugas/impor/{batch.public_id}/batalkan/", {"once": "c"})
        assert list(Business.objects.all()) == [known]
        assert not shop.products.exists()
        assert "2 produk dan 1 usaha diambil kembali" in client.get(page).content.decode()
        assert client.post(f"{page}batalkan/", {"once": "d"}).status_code == 422
        assert AuditEntry.objects.filter(deed="undo_lapak").count() == 1

    def test_a_bad_file_is_answered_with_a_sentence(self, client: Client, taban: Area, yanti: Person) -> None:
        client.force_login(yanti)
        answer = self.upload(client, "INSERT INTO pelapak (id) VALUES (1")
        assert answer.status_code == 422
        assert "Berkas SQL ini terpotong" in answer.content.decode()
        nothing = client.post("/petugas/lapak/", {"area": taban.code, "once": "b"})
        assert "Pilih dulu berkas" in nothing.content.decode()
        assert not LapakImport.objects.exists()

    def test_only_who_keeps_the_register_and_helps_sellers_there(
        self, client: Client, taban: Area, yanti: Person, everybody: dict[str, Person]
    ) -> None:
        client.force_login(yanti)
        page = self.upload(client)["Location"]
        assert self.upload(client, once="z", area="36.03.04.2005").status_code == 404
        for who, person in everybody.items():
            client.force_login(person)
            expected = 200 if who in ("yanti", "dedi") else 404
            assert client.get("/petugas/lapak/").status_code == expected, who
            assert client.get(page).status_code == expected, who
            if expected == 404:
                for deed in ("nama", "masukkan", "buang", "batalkan"):
                    assert client.post(f"{page}{deed}/", {"once": deed}).status_code == 404
        assert LapakImport.objects.get().state == "previewed"
        assert not Business.objects.exists()
