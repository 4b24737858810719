"""What the API answers with. Fields and their meaning are those of the tables in `datasets`."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from ninja import Schema
from pydantic import Field, create_model

from etoko.foundation.tables.columns import DECIMAL, TEXTS, WHOLE, YES_NO, Column, values

_TYPES: dict[str, Any] = {
    WHOLE: int | None,
    DECIMAL: float | None,
    YES_NO: bool,
    TEXTS: list[str],
}
Row = TypeVar("Row")


class Page(Schema, Generic[Row]):
    data: list[Row]
    berikutnya: str | None = Field(description="Alamat halaman berikutnya; null di halaman terakhir")


class Problem(Schema):
    salah: str = Field(description="Apa yang terjadi dan apa yang bisa dilakukan, untuk dibaca orang")
    isian: list[str] = Field(default=[], description="Parameter yang keliru")


class AreaOut(Schema):
    kode: str = Field(description="Kode wilayah Kemendagri")
    kode_bps: str = Field(description="Kode wilayah BPS; kosong bila belum dimuat")
    nama: str = Field(description="Nama wilayah, tanpa tingkatnya")
    tingkat: str = Field(description="Provinsi, Kabupaten/Kota, Kecamatan, atau Desa/Kelurahan")
    di: str = Field(description="Kode wilayah di atasnya; kosong untuk provinsi")


class CategoryOut(Schema):
    kode: str = Field(description="Untuk parameter kategori di /produk")
    nama: str = Field(description="Nama kategori")
    di: str = Field(description="Kode kategori di atasnya; kosong untuk yang teratas")


class ShopOut(Schema):
    kode: str = Field(description="Kode toko, bagian dari alamat halamannya")
    nama: str = Field(description="Nama toko")
    cerita: str = Field(description="Tentang toko, menurut penjualnya")
    kode_desa: str = Field(description="Kode wilayah Kemendagri")
    desa: str = Field(description="Nama desa atau kelurahan")
    usaha: str = Field(description="Kode usahanya; kosong bila pemiliknya tidak menampilkan usahanya")
    halaman: str = Field(description="Alamat halaman toko")


class MeOut(Schema):
    nama: str = Field(description="Nama pemegang kunci")
    kunci: str = Field(description="Nama kunci yang dipakai")
    boleh: list[str] = Field(description="Yang boleh dibaca dengan kunci ini")
    berlaku_sampai: str = Field(description="ISO 8601")
    wilayah_tugas: list[str] = Field(
        description="Kode wilayah tempat pemegangnya boleh membaca register; “” berarti di mana saja"
    )


class OwnBusinessOut(Schema):
    kode: str = Field(description="Kode usaha di e-Toko PKK")
    nama: str = Field(description="Nama usaha")
    kode_desa: str = Field(description="Kode wilayah Kemendagri")
    desa: str = Field(description="Nama desa atau kelurahan")
    verifikasi: str = Field(description="Apakah kader atau petugas sudah memastikan datanya")
    tampil: bool = Field(description="Tampil untuk umum")


class OwnProductOut(Schema):
    kode: str = Field(description="Kode produk di e-Toko PKK")
    nama: str = Field(description="Nama produk")
    keadaan: str = Field(description="Konsep, Dijual, Disembunyikan, atau Diarsipkan")
    harga_rp: int = Field(description="Harga termurah di antara variannya (rupiah)")
    harga_sampai_rp: int = Field(description="Harga termahal di antara variannya (rupiah)")
    satuan: str = Field(description="Untuk berapa harga itu")
    stok: int = Field(description="Di tangan dan tidak ditahan untuk pesanan; 0 bila dibuat sesuai pesanan")
    toko: str = Field(description="Nama toko")


def schema_of(name: str, columns: Sequence[Column]) -> type[Schema]:
    """A schema with a field for each column, in their order."""
    fields: dict[str, Any] = {
        column.name: (_TYPES.get(column.type, str), Field(description=_meaning(column))) for column in columns
    }
    made: type[Schema] = create_model(name, __base__=Schema, **fields)
    return made


def row_of(columns: Sequence[Column], thing: Any) -> dict[str, Any]:
    return dict(zip((column.name for column in columns), values(columns, thing), strict=True))


def _meaning(column: Column) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    return f"{column.meaning}{unit}"
