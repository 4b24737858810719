import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from etoko.foundation.tables import reading
from etoko.foundation.tables.reading import Table, UnableToRead, read_file

TEXT = 'nama_usaha;desa;ket\r\n"Roti\nSari";Taban;"manis; gurih"\r\n\r\nTahu Café;Daru;\r\n'


def read(tmp_path: Path, content: bytes, name: str = "daftar.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(content)
    return read_file(path)


def workbook(rows: list[list[object]], **more: list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for title, others in more.items():
        other = book.create_sheet(title)
        for row in others:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_every_encoding_with_the_rows_a_sheet_would_show(
    tmp_path: Path, encoding: str
) -> None:
    table = read(tmp_path, TEXT.encode(encoding))
    assert table.headers == ["nama_usaha", "desa", "ket"]
    assert table.rows == [(2, ["Roti\nSari", "Taban", "manis; gurih"]), (4, ["Tahu Café", "Daru", ""])]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_delimiter_is_found(tmp_path: Path, sign: str) -> None:
    table = read(tmp_path, f"nama{sign}desa\nRoti Sari{sign}Taban\n".encode())
    assert table.rows == [(2, ["Roti Sari", "Taban"])]


def test_stray_bytes_are_read_as_windows_wrote_them(tmp_path: Path) -> None:
    table = read(tmp_path, b"nama;ket\nWarung\xb9 Sari;buka\n")
    assert table.rows[0][1][0] == "Warung¹ Sari"
    assert table.remarks == ["Dibaca sebagai Windows-1252."]


def test_titles_above_the_header_do_not_disturb_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["DAFTAR UMKM"],
        [],
        ["No", "Nama Usaha", "Desa"],
        [1, "Roti Sari", "Taban"],
        [],
        [2, "Tahu", "Daru"],
    ]
    table = read(tmp_path, workbook(rows), "daftar.xlsx")
    assert table.headers == ["No", "Nama Usaha", "Desa"]
    assert table.rows == [(4, ["1", "Roti Sari", "Taban"]), (6, ["2", "Tahu", "Daru"])]


def test_the_fullest_sheet_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    content = workbook([["judul"]], Data=[["nama_usaha", "hp"], ["Roti", 81234567890], ["Tahu", 0.5]])
    table = read(tmp_path, content, "salah-nama.csv")
    assert (table.format, table.rows[0]) == ("xlsx", (2, ["Roti", "81234567890"]))
    assert table.remarks == ["Dibaca lembar “Data”. Lembar lain tidak ikut: Sheet."]


def test_formulas_are_read_as_their_values_or_not_at_all(tmp_path: Path) -> None:
    table = read(tmp_path, workbook([["nama_usaha", "desa"], ["=1+1", "Taban"]]), "daftar.xlsx")
    assert table.rows[0][1][1] == "Taban"
    assert "=" not in table.rows[0][1][0]


def test_a_list_inside_an_object_and_geojson_are_read(tmp_path: Path) -> None:
    inside = {"status": "ok", "hasil": {"data": [{"nama": "Roti", "produk": ["roti", "bolu"]}]}}
    assert read(tmp_path, json.dumps(inside).encode()).rows == [(2, ["Roti", "roti, bolu"])]
    point = {"type": "Point", "coordinates": [106.5, -6.3]}
    feature = {"type": "Feature", "properties": {"nama": "Roti"}, "geometry": point}
    geo = {"type": "FeatureCollection", "features": [feature]}
    table = read(tmp_path, json.dumps(geo).encode())
    assert (table.headers, table.rows) == (
        ["nama", "longitude", "latitude"],
        [(2, ["Roti", "106.5", "-6.3"])],
    )


# ----------------------------------------------------------------------------------- hostile


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 << 20))
    with pytest.raises(UnableToRead, match="jauh lebih besar"):
        read_file(path)


def test_a_cell_in_the_last_corner_of_the_sheet_does_not_end_the_server(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "nama_usaha", "x"
    path = tmp_path / "ujung.xlsx"
    book.save(path)
    with pytest.raises(UnableToRead):
        read_file(path)


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(UnableToRead, match="1024 MB; paling besar 50 MB"):
        read_file(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "gambar"),
        (b"<!DOCTYPE html><html></html>", "halaman web"),
        (os.urandom(64) * 40 + b"\x00\x01\x02" * 200, "bukan tabel"),
        (b"PK\x03\x04 rusak", "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rusak", "tidak bisa dibaca"),
        (b'{"data": [', "terpotong"),
        (b'{"jumlah": 3}', "tidak ada daftar"),
        (b"[" * 100_000, "terpotong"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(UnableToRead, match=words):
        read(tmp_path, content, "daftar.xlsx")


def test_a_zip_that_is_no_workbook_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "arsip.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("daftar.csv", "nama\nRoti\n")
    with pytest.raises(UnableToRead, match="Keluarkan dulu"):
        read_file(path)


def test_two_thousand_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnableToRead, match="2000 kolom"):
        read(tmp_path, (",".join(f"k{i}" for i in range(2_000)) + "\n").encode())
    with pytest.raises(UnableToRead, match="paling banyak 300"):
        read(tmp_path, workbook([[f"k{i}" for i in range(2_000)], ["x"]]), "daftar.xlsx")


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 50)
    with pytest.raises(UnableToRead, match="lebih dari 50 baris"):
        read(tmp_path, b"nama,desa\n" + b"Roti,Taban\n" * 80)


def test_a_cell_of_a_megabyte_is_cut(tmp_path: Path) -> None:
    table = read(tmp_path, b"nama,ket\nRoti," + b"x" * (1 << 20) + b"\n")
    assert len(table.rows[0][1][1]) == reading.MOST_CELL
