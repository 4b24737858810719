import pytest

from etoko.foundation.tables.reading import Table
from etoko.places.finding import Gazetteer
from etoko.places.models import Area
from etoko.registry.importing import cells
from etoko.registry.importing.columns import NotARegister, fingerprint, recognise, refuse_what_is_no_register

SIDT = (
    "id_data_badan_usaha,nik_pengusaha,nama_pengusaha,nib,tanggal_lahir,kontak_hp,alamat_pengusaha,nama_usaha,"
    "kegiatan_utama,produk_utama,kode_kbli,skala_usaha,modal_pendirian,omzet_tahunan,kec_usaha,kel_usaha,"
    "alamat_usaha,rt_usaha,alamat_latitude,alamat_longitude,tk_dibayar_laki"
).split(",")


def table(headers: list[str], *rows: list[str]) -> Table:
    return Table(headers, list(enumerate(rows, 2)), "csv")


def meaning(headers: list[str], *rows: list[str]) -> list[str]:
    return [c.field for c in recognise(table(headers, *rows), places=Gazetteer([]))]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("085374811359", ["+6285374811359"]),
        ("85374811359", ["+6285374811359"]),
        ("6285374811359", ["+6285374811359"]),
        ("+62 853-7481-1359", ["+6285374811359"]),
        ("0335 - 555134 / 085226323135", ["+62335555134", "+6285226323135"]),
        ("(0335) 425943, 081210028144", ["+62335425943", "+6281210028144"]),
        ("https://wa.me/6281210028144", ["+6281210028144"]),
        ("0812 1002 8144 (Kantor)", ["+6281210028144"]),
        ("-", []),
    ],
)
def test_phones_are_read_in_every_spelling(written: str, numbers: list[str]) -> None:
    assert [number for number, _note in cells.read_phones(written).numbers] == numbers


def test_a_phone_that_excel_destroyed_is_known_as_such() -> None:
    assert cells.read_phones("8.52348e+010") == cells.Phones(destroyed=True)
    assert cells.read_phones("8,52E+10").destroyed
    assert cells.read_phones("0812100281449999").unreadable == ("0812100281449999",)


@pytest.mark.parametrize(
    ("written", "amount", "most"),
    [
        ("Rp12.000", 12_000, None),
        ("R 11.500", 11_500, None),
        ("25 juta", 25_000_000, None),
        ("1,5 M", 1_500_000_000, None),
        ("Rp 25.000,-", 25_000, None),
        ("Rp 5.000.000 - 10.000.000", None, 10_000_000),
        ("3jt s/d 5jt", None, 5_000_000),
        ("3-5 juta", None, 5_000_000),
        ("< 300 juta", None, 300_000_000),
        ("± 3 juta/tahun", 3_000_000, None),
        ("200000 - 1000000", None, 1_000_000),
    ],
)
def test_money_is_read_and_a_range_is_only_a_limit(
    written: str, amount: int | None, most: int | None
) -> None:
    money = cells.read_money(written)
    assert money is not None
    assert (money.amount_rp, money.most_rp) == (amount, most)


@pytest.mark.parametrize("written", ["banyak", "1e99", "-1", "Rp", "12.34.56", "3 juta 5"])
def test_money_that_is_none_is_not_guessed(written: str) -> None:
    assert cells.read_money(written) is None


def test_positions_are_read_as_figures_texts_and_degrees() -> None:
    assert str(cells.read_degrees("'-7.5853608")) == "-7.5853608"
    assert str(cells.read_degrees("-7,55")) == "-7.55"
    south = cells.read_degrees("6°18'36.0\"S")
    assert south is not None
    assert round(south, 4) == round(cells.read_degrees("-6.31") or 0, 4)
    assert cells.read_pair("-6.31, 106.51") is not None
    assert cells.read_degrees("maps.app.goo.gl/x") is None


def test_a_fraction_of_sixteen_figures_is_no_nik() -> None:
    assert cells.mask_niks("-7.5751416666666667") == "-7.5751416666666667"
    assert cells.mask_niks("KTP 3603044101800001") == "KTP ••••••••••••0001"


def test_columns_are_known_by_their_names_in_any_spelling() -> None:
    headers = ["PERUSAHAAN", "jumlash_tenaga_kerja", "Nama Pemilik", "KELURAHAN", "penjualan_rata_pertahun"]
    assert meaning(headers, ["A", "1", "B", "C", "5"]) == ["name", "workers", "owner", "village", "turnover"]


def test_the_columns_of_the_national_register_are_known() -> None:
    fields = dict(zip(SIDT, meaning(SIDT, [""] * len(SIDT)), strict=True))
    assert (fields["nama_usaha"], fields["nama_pengusaha"], fields["kel_usaha"]) == (
        "name",
        "owner",
        "village",
    )
    assert (fields["nik_pengusaha"], fields["tanggal_lahir"]) == ("nik", "born_on")
    assert (fields["alamat_usaha"], fields["alamat_pengusaha"]) == ("address", "home_street")
    assert "" not in fields.values()


def test_what_a_column_holds_decides_where_its_name_does_not() -> None:
    assert meaning(["usaha", "kontak"], ["A", "081210028144"], ["B", "085226323135"]) == ["name", "phone"]
    assert meaning(["usaha", "KONTAK"], ["A", "HALIMAH"], ["B", "JAENUDIN"]) == ["name", "owner"]
    found = meaning(["usaha", "c1", "c2", "c3"], *[["A", "-6.31", "106.51", "3603044101800001"]] * 3)
    assert found == ["name", "latitude", "longitude", "nik"]


def test_nama_is_the_business_or_the_owner_by_what_stands_beside_it() -> None:
    assert meaning(["Nama", "Kegiatan"], ["A", "b"]) == ["name", "profile"]
    assert meaning(["Nama", "Nama Usaha"], ["Siti", "b"]) == ["owner", "name"]


def test_a_kind_that_is_one_place_in_all_rows_is_put_aside(villages: dict[str, Area]) -> None:
    rows = [[f"Usaha {i}", "Jambe"] for i in range(6)]
    columns = recognise(table(["Nama", "Kategori"], *rows), places=Gazetteer.around("36.03.04"))
    assert [c.field for c in columns] == ["name", "ignore"]


def test_a_source_is_known_again_whatever_the_order_of_its_columns() -> None:
    assert fingerprint(["Nama", "No HP"]) == fingerprint(["no_hp", "NAMA"])
    assert fingerprint(["Nama"]) != fingerprint(["Nama", "Desa"])


@pytest.mark.parametrize(
    ("headers", "rows", "words"),
    [
        (["kode", "jenis_usaha", "jumlah_umkm", "tahun"], [["32", "BATIK", "9", "2019"]], "tabel jumlah"),
        (SIDT, [], "hanya berisi judul kolom"),
        (["produk", "harga"], [["Roti", "5000"]], "Tidak ada kolom nama usaha"),
    ],
)  # fmt: skip
def test_what_lists_no_businesses_is_refused_with_a_sentence(
    headers: list[str], rows: list[list[str]], words: str
) -> None:
    given = table(headers, *rows)
    with pytest.raises(NotARegister, match=words):
        refuse_what_is_no_register(given, recognise(given, places=Gazetteer([])))
