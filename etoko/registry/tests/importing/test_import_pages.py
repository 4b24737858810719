import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import CLOSED, Business, ColumnMemory, DuplicateSuspicion, ImportBatch
from etoko.registry.tests.importing.conftest import HEADERS, ROWS, as_csv

LIST = "/petugas/impor/"


@pytest.fixture
def desk(client: Client, dedi: Person) -> Client:
    client.force_login(dedi)
    return client


def upload(desk: Client, content: bytes, *, once: str = "k1", name: str = "daftar.csv") -> str:
    response = desk.post(LIST, {"file": SimpleUploadedFile(name, content), "area": "36.03.04", "once": once})
    assert response.status_code == 302, response.content.decode()[:3000]
    return str(response["Location"])


def columns_as_read() -> dict[str, str]:
    batch = ImportBatch.objects.latest("pk")
    return {f"kolom-{i}": batch.columns[header] for i, header in enumerate(batch.headers)} | {"satuan": "0"}


def test_pak_dedi_takes_a_file_from_upload_to_register_and_back(desk: Client) -> None:
    columns_page = upload(desk, as_csv(ROWS))
    assert columns_page.endswith("/kolom/")
    shown = desk.get(columns_page).content.decode()
    assert "Kerupuk Rahma" in shown
    assert "0812-1000-0001" in shown

    page = desk.post(columns_page, columns_as_read() | {"once": "k2"})["Location"]
    preview = desk.get(page).content.decode()
    assert "Masukkan 3 usaha baru" in preview
    assert "bukan desa di Kecamatan Jambe" in preview
    assert not Business.objects.exists()

    desk.post(f"{page}masukkan/", {"once": "k3"})
    assert Business.objects.count() == 3
    assert "Sudah masuk" in desk.get(page).content.decode()
    assert "daftar.csv" in desk.get(LIST).content.decode()

    desk.post(f"{page}batalkan/", {"once": "k4"})
    assert not Business.objects.exists()
    assert "3 usaha dihapus" in desk.get(page).content.decode()


def test_the_second_file_of_a_source_goes_straight_to_the_preview(desk: Client) -> None:
    desk.post(upload(desk, as_csv(ROWS)), columns_as_read() | {"once": "k2", "kolom-6": "kind"})
    assert ColumnMemory.objects.get().columns["Produk"] == "kind"
    page = upload(desk, as_csv(ROWS[:1]), once="k5")
    assert not page.endswith("/kolom/")
    assert ImportBatch.objects.latest("pk").columns["Produk"] == "kind"


def test_the_same_form_sent_twice_does_one_thing(desk: Client) -> None:
    content = as_csv(ROWS)
    assert upload(desk, content) == upload(desk, content)
    page = desk.post(upload(desk, content), columns_as_read() | {"once": "k2"})["Location"]
    for _time in range(3):
        assert desk.post(f"{page}masukkan/", {"once": "k3"}).status_code == 302
    assert desk.post(f"{page}masukkan/", {"once": "another"}).status_code == 422
    assert (ImportBatch.objects.count(), Business.objects.count()) == (1, 3)


def test_a_refused_file_says_why_and_keeps_nothing(desk: Client) -> None:
    for content, words in (
        (b"kode,jumlah_umkm,satuan,tahun\n32,9,UNIT,2019\n", "tabel jumlah"),
        (b"nama_usaha,desa\n", "hanya berisi judul kolom"),
        (b"%PDF-1.7", "bukan tabel"),
    ):
        response = desk.post(
            LIST, {"file": SimpleUploadedFile("x.csv", content), "area": "36.03.04", "once": words}
        )
        assert response.status_code == 422
        assert words in response.content.decode()
    response = desk.post(LIST, {"area": "36.03.04", "once": "k"})
    assert "Pilih dulu berkas" in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_an_upload_that_is_too_large_is_refused_unread(desk: Client) -> None:
    class Unread:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    sent = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(1 << 30)}
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    response = strict.generic("POST", LIST, b"", "multipart/form-data; boundary=x", **sent)  # type: ignore[arg-type]
    assert response.status_code == 413
    assert "paling besar 50 MB" in response.content.decode()


def test_a_file_without_a_known_name_column_can_be_helped_on_the_columns_page(desk: Client) -> None:
    page = upload(desk, b"sebutan,desa\nRoti Sari,Taban\n")
    refused = desk.post(page, {"kolom-0": "", "kolom-1": "village", "once": "k2"})
    assert refused.status_code == 422
    assert "Tunjukkan kolom mana" in refused.content.decode()
    desk.get(desk.post(page, {"kolom-0": "name", "kolom-1": "village", "once": "k3"})["Location"])
    assert ImportBatch.objects.get().summary["new"] == 1


def test_a_preview_that_is_not_wanted_leaves_nothing(desk: Client) -> None:
    page = desk.post(upload(desk, as_csv(ROWS)), columns_as_read() | {"once": "k2"})["Location"]
    desk.post(f"{page}hapus/", {"once": "k3"})
    assert not ImportBatch.objects.exists()


def test_the_report_is_the_sheet_with_the_returned_rows_marked(desk: Client) -> None:
    rows = [*ROWS, ["6", "=HYPERLINK(0)", "@x", "Taban", "", "", "+1+cmd", "", "", ""]]
    page = desk.post(upload(desk, as_csv(rows)), columns_as_read() | {"once": "k2"})["Location"]
    desk.post(f"{page}masukkan/", {"once": "k3"})
    book = load_workbook(io.BytesIO(desk.get(f"{page}laporan.xlsx").content))
    sheet = book.worksheets[0]
    lines = list(sheet.values)
    assert list(lines[0][: len(HEADERS)]) == HEADERS
    assert lines[1][1] == "Kerupuk Rahma"
    assert lines[3][len(HEADERS) : len(HEADERS) + 4] == (
        "4", "Dikembalikan", "Nama Usaha", "Baris ini tidak menyebut nama usaha.",
    )  # fmt: skip
    assert sheet.cell(4, 1).fill.fgColor.rgb != sheet.cell(2, 1).fill.fgColor.rgb
    assert [lines[6][i] for i in (1, 2, 6)] == ["'=HYPERLINK(0)", "'@x", "'+1+cmd"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "Nomor HP" not in str(lines[0])
    assert any("angka belakangnya hilang" in str(line[3]) for line in book.worksheets[1].values)


def test_nobody_else_finds_the_imports(desk: Client, yanti: Person, rahma: Person, ani: Person) -> None:
    page = desk.post(upload(desk, as_csv(ROWS)), columns_as_read() | {"once": "k2"})["Location"]
    paths = [LIST, page, f"{page}kolom/", f"{page}laporan.xlsx"]
    for person in (yanti, rahma, ani):
        other = Client()
        other.force_login(person)
        assert [other.get(path).status_code for path in paths] == [404] * 4
        assert other.post(f"{page}masukkan/").status_code == 404
    assert all("/masuk/" in Client().get(path)["Location"] for path in paths)
    assert not Business.objects.exists()


def test_an_officer_of_one_village_does_not_see_the_import_of_the_whole_subdistrict(
    desk: Client, villages: dict[str, Area], client: Client
) -> None:
    from etoko.people import roles
    from tests.cast import grant

    page = desk.post(upload(desk, as_csv(ROWS)), columns_as_read() | {"once": "k2"})["Location"]
    desa = grant(
        Person.objects.create_user("+6281210000077", "Wawan"), villages["Taban"], roles.VILLAGE_OFFICER
    )
    other = Client()
    other.force_login(desa)
    assert other.get(LIST).status_code == 200
    assert other.get(page).status_code == 404
    sent = {"file": SimpleUploadedFile("x.csv", as_csv(ROWS)), "area": "36.03.04", "once": "x"}
    assert other.post(LIST, sent).status_code == 404


@pytest.fixture
def pair(put_in: Callable[..., object]) -> DuplicateSuspicion:
    rows = [
        ["1", "Kerupuk Melati", "Ani", "Taban", "", "081311112222", "", "", "", ""],
        ["2", "Keripik Mawar", "", "Taban", "Jl. Raya 1", "081311112222", "Keripik", "", "", ""],
    ]
    put_in(as_csv(rows))
    return DuplicateSuspicion.objects.get()


def test_two_that_are_different_are_not_proposed_again(
    desk: Client, pair: DuplicateSuspicion, put_in: Callable[..., object]
) -> None:
    assert "Kerupuk Melati" in desk.get(f"{LIST}mirip/").content.decode()
    desk.post(f"{LIST}mirip/{pair.pk}/", {"jawaban": "berbeda", "once": "k1"})
    assert "Tidak ada yang perlu diputuskan" in desk.get(f"{LIST}mirip/").content.decode()
    assert Business.objects.exclude(status=CLOSED).count() == 2


def test_two_that_are_one_become_one(desk: Client, pair: DuplicateSuspicion) -> None:
    desk.post(f"{LIST}mirip/{pair.pk}/", {"jawaban": "pertama", "once": "k1"})
    kept = Business.objects.get(name="Kerupuk Melati")
    assert (kept.products_text, kept.street, kept.phones.count()) == ("Keripik", "Jl. Raya 1", 1)
    assert Business.objects.get(name="Keripik Mawar").status == CLOSED


def test_a_stranger_does_not_decide(pair: DuplicateSuspicion, ani: Person) -> None:
    client = Client()
    client.force_login(ani)
    assert client.get(f"{LIST}mirip/").status_code == 404
    assert client.post(f"{LIST}mirip/{pair.pk}/", {"jawaban": "pertama"}).status_code == 404
    pair.refresh_from_db()
    assert pair.state == "open"


def test_the_list_asks_the_database_little_however_many_imports_there_are(
    desk: Client, put_in: Callable[..., object], max_queries: Callable[[int], object]
) -> None:
    for i in range(6):
        put_in(as_csv(ROWS[:1]), name=f"daftar-{i}.csv")
    with max_queries(10):  # type: ignore[attr-defined]
        desk.get(LIST)
