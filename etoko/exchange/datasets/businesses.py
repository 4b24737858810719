from django.utils.translation import gettext_lazy as _

from etoko.exchange.datasets.dataset import Dataset
from etoko.foundation.addresses import whole_address
from etoko.foundation.tables.columns import DECIMAL, TEXTS, YES_NO, Column
from etoko.registry.queries.published import all_published

_AGREED = "; kosong bila pemiliknya tidak mengizinkan atau tidak diketahui"

BUSINESSES = Dataset(
    slug="usaha",
    title=_("Usaha yang tampil untuk umum"),
    about=_("Usaha yang pemiliknya setuju ditampilkan; dari masing-masing hanya yang diizinkannya."),
    rows=lambda area: all_published(area.code),
    source="Register usaha e-Toko PKK, sebatas persetujuan pemilik yang berlaku saat diambil",
    point=("bujur", "lintang"),
    remarks=(
        "Persetujuan bisa ditarik kapan saja. Jangan simpan salinan lebih dari sehari; ambil lagi.",
        "Nama pemilik, nomor HP, alamat dan letak hanya ada bila pemiliknya mengizinkan masing-masing.",
    ),
    columns=(
        Column("kode", "Kode", "Kode usaha di e-Toko PKK", lambda one: one.public_id),
        Column("nama", "Nama usaha", "Nama yang dipakai sehari-hari", lambda one: one.name),
        Column(
            "jenis",
            "Jenis usaha",
            "Jenis usaha menurut sebutan sehari-hari",
            lambda one: str(one.kind),
            classes="Jenis usaha e-Toko PKK",
        ),
        Column("produk", "Produk", "Barang atau jasa menurut pemiliknya", lambda one: one.products, TEXTS),
        Column(
            "kode_desa",
            "Kode desa",
            "Desa atau kelurahan tempat usaha",
            lambda one: one.area_code,
            classes="Kode wilayah Kemendagri",
        ),
        Column("desa", "Desa", "Nama desa atau kelurahan", lambda one: one.place),
        Column("kecamatan", "Kecamatan", "Nama kecamatan", lambda one: one.district),
        Column(
            "terverifikasi",
            "Terverifikasi",
            "Kader atau petugas sudah memastikan datanya",
            lambda one: one.is_verified,
            YES_NO,
        ),
        Column(
            "izin",
            "Izin",
            "Jenis izin yang sudah dicocokkan petugas; nomornya tidak dimuat",
            lambda one: one.licences,
            TEXTS,
        ),
        Column("pemilik", "Pemilik", f"Nama pemilik{_AGREED}", lambda one: one.owner_names, TEXTS),
        Column("telepon", "Nomor WhatsApp", f"Nomor HP usaha, +62…{_AGREED}", lambda one: one.phone),
        Column("alamat", "Alamat", f"Jalan atau kampung, RT dan RW{_AGREED}", lambda one: one.address),
        Column(
            "lintang",
            "Lintang",
            f"Lintang geografis WGS 84{_AGREED}",
            lambda one: None if one.latitude is None else float(one.latitude),
            DECIMAL,
            "derajat",
        ),
        Column(
            "bujur",
            "Bujur",
            f"Bujur geografis WGS 84{_AGREED}",
            lambda one: None if one.longitude is None else float(one.longitude),
            DECIMAL,
            "derajat",
        ),
        Column(
            "halaman",
            "Halaman",
            "Alamat halaman usaha di e-Toko PKK",
            lambda one: whole_address(f"/usaha/{one.public_id}/"),
        ),
        Column(
            "toko",
            "Toko",
            "Alamat tokonya; kosong bila tidak punya toko yang buka",
            lambda one: whole_address(one.shop_path) if one.shop_path else "",
        ),
    ),
)
