"""The register as a sheet that officers take along, in CSV and XLSX, and what its columns mean."""

from collections.abc import Iterator
from typing import IO, Any

from django.db.models import Prefetch, QuerySet
from django.utils import translation

from etoko.foundation.long_reads import one_by_one
from etoko.foundation.phones import show_phone
from etoko.foundation.tables.columns import DECIMAL, TEXTS, WHOLE, Column, as_cell, values
from etoko.foundation.tables.writing import Row, XlsxBook, csv_lines
from etoko.registry.kbli import kbli_title
from etoko.registry.kinds import kind_name
from etoko.registry.models import Business, Owner
from etoko.registry.states import VERIFICATION_FLOW

_AT_ONCE = 500
_SIZES = "PP 7/2021 pasal 35"
_SHOWN_UNKNOWN = ("tenaga_kerja", "omzet_rp", "modal_rp")


def _degrees(value: Any) -> float | None:
    return None if value is None else float(value)


REGISTER_COLUMNS = (
    Column(
        "kode", "Kode", "Kode usaha di e-Toko PKK, tetap selama usaha terdaftar", lambda one: one.public_id
    ),
    Column("nama", "Nama usaha", "Nama yang dipakai usaha sehari-hari", lambda one: one.name),
    Column(
        "pemilik",
        "Pemilik",
        "Nama semua pemilik sekarang",
        lambda one: [owner.name for owner in one.owners.all()],
        TEXTS,
    ),
    Column(
        "telepon",
        "Nomor HP",
        "Nomor HP usaha, yang utama di depan",
        lambda one: [show_phone(phone.phone) for phone in one.phones.all()],
        TEXTS,
    ),
    Column(
        "kode_desa",
        "Kode desa",
        "Desa atau kelurahan; kecamatannya bila desanya belum jelas",
        lambda one: one.area_id,
        classes="Kode wilayah Kemendagri",
    ),
    Column("desa", "Desa", "Nama desa atau kelurahan", lambda one: one.area.name),
    Column("jalan", "Jalan atau kampung", "Alamat tanpa RT, RW dan desa", lambda one: one.street),
    Column("rt", "RT", "Nomor rukun tetangga", lambda one: one.rt),
    Column("rw", "RW", "Nomor rukun warga", lambda one: one.rw),
    Column("patokan", "Patokan", "Yang dicari kurir di dekatnya", lambda one: one.landmark),
    Column(
        "lintang",
        "Lintang",
        "Letak usaha, lintang geografis WGS 84; selatan khatulistiwa negatif",
        lambda one: _degrees(one.latitude),
        DECIMAL,
        "derajat",
    ),
    Column(
        "bujur",
        "Bujur",
        "Letak usaha, bujur geografis WGS 84",
        lambda one: _degrees(one.longitude),
        DECIMAL,
        "derajat",
    ),
    Column(
        "jenis",
        "Jenis usaha",
        "Jenis usaha menurut sebutan sehari-hari",
        lambda one: str(kind_name(one.kind)),
        classes="Jenis usaha e-Toko PKK",
    ),
    Column(
        "produk",
        "Produk",
        "Barang atau jasa yang dihasilkan, menurut pemiliknya",
        lambda one: one.products_text,
    ),
    Column(
        "edisi_kbli",
        "Edisi KBLI",
        "Tahun edisi KBLI dari kode di sebelahnya",
        lambda one: one.kbli_edition,
        WHOLE,
        "tahun",
    ),
    Column(
        "kode_kbli",
        "Kode KBLI",
        "Lapangan usaha, lima angka",
        lambda one: one.kbli_code,
        classes="KBLI, edisi menurut kolom edisi_kbli",
    ),
    Column(
        "judul_kbli",
        "Judul KBLI",
        "Judul lapangan usaha dari kode itu",
        lambda one: kbli_title(one.kbli_edition, one.kbli_code),
        classes="KBLI",
    ),
    Column("bentuk", "Bentuk usaha", "Bentuk badan usaha", lambda one: str(one.get_legal_form_display())),
    Column(
        "tenaga_kerja",
        "Tenaga kerja",
        "Semua yang bekerja di usaha, dibayar maupun tidak",
        lambda one: one.workers,
        WHOLE,
        "orang",
    ),
    Column(
        "omzet_rp",
        "Omzet setahun",
        "Hasil penjualan setahun menurut pemilik",
        lambda one: one.turnover_rp,
        WHOLE,
        "rupiah per tahun",
    ),
    Column(
        "modal_rp",
        "Modal usaha",
        "Modal usaha tanpa tanah dan bangunan tempat usaha, menurut pemilik",
        lambda one: one.capital_rp,
        WHOLE,
        "rupiah",
    ),
    Column(
        "skala_pemilik",
        "Skala menurut pemilik",
        "Skala usaha seperti disebut pemilik atau register asal",
        lambda one: str(one.get_scale_reported_display()),
        classes=_SIZES,
    ),
    Column(
        "skala_hitungan",
        "Skala menurut hitungan",
        "Skala usaha yang dihitung dari modal atau omzet",
        lambda one: str(one.get_scale_computed_display()),
        classes=_SIZES,
    ),
    Column(
        "izin",
        "Izin",
        "Izin yang dimiliki dengan nomornya, menurut pemilik",
        lambda one: [f"{held} ".strip() for held in one.licences.all() if held.status == "held"],
        TEXTS,
    ),
    Column(
        "verifikasi",
        "Verifikasi",
        "Apakah kader atau petugas sudah memastikan datanya",
        lambda one: str(VERIFICATION_FLOW.states[one.verification]),
    ),
    Column(
        "status",
        "Masih berjalan",
        "Usaha masih berjalan atau sudah tutup",
        lambda one: str(one.get_status_display()),
    ),
)


def register_csv(found: QuerySet[Business]) -> Iterator[bytes]:
    return csv_lines(_rows(found))


def register_xlsx(found: QuerySet[Business], file: IO[bytes]) -> None:
    book = XlsxBook()
    book.begin("Register", stays="B2")
    for row in _rows(found):
        book.add(row)
    book.save(file)


def whole_records(found: QuerySet[Business]) -> Iterator[Business]:
    """With all that REGISTER_COLUMNS read, in the order of their registration, a portion at a time; each is
    emptied when the next is asked for."""
    return one_by_one(_whole(found).iterator(chunk_size=_AT_ONCE))


def records_after(found: QuerySet[Business], *, after: int, most: int) -> list[Business]:
    """The same, a page of them. Four queries."""
    return list(_whole(found).filter(pk__gt=after)[:most])


def whole_record(business: Business) -> Business:
    return _whole(Business.objects.all()).get(pk=business.pk)


def _whole(found: QuerySet[Business]) -> QuerySet[Business]:
    owners = Prefetch("owners", Owner.objects.defer("nik_sealed").order_by("pk"))
    return found.select_related("area").prefetch_related(owners, "phones", "licences").order_by("pk")


def _rows(found: QuerySet[Business]) -> Iterator[Row]:
    with translation.override("id"):
        yield [column.title for column in REGISTER_COLUMNS]
        for one in whole_records(found):
            told = zip(REGISTER_COLUMNS, values(REGISTER_COLUMNS, one), strict=True)
            yield [_cell(column, value) for column, value in told]


def _cell(column: Column, value: Any) -> Any:
    if value is None:
        return "Tidak diketahui" if column.name in _SHOWN_UNKNOWN else ""
    return ", ".join(value) if isinstance(value, list) else as_cell(value)
