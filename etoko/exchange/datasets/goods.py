from django.utils.translation import gettext_lazy as _

from etoko.catalog.queries_open import all_open_goods
from etoko.exchange.datasets.dataset import Dataset
from etoko.foundation.addresses import whole_address
from etoko.foundation.tables.columns import WHOLE, YES_NO, Column

GOODS = Dataset(
    slug="produk",
    title=_("Produk yang dijual"),
    about=_("Barang dan jasa yang dijual di toko yang sedang buka."),
    rows=lambda area: all_open_goods(area.code),
    source="Katalog e-Toko PKK: produk yang dijual penjualnya saat diambil",
    remarks=("Harga dan ketersediaan berubah setiap saat; untuk yang selalu baru pakai API di /data/api/.",),
    columns=(
        Column("kode", "Kode", "Kode produk di e-Toko PKK", lambda one: one.public_id),
        Column("nama", "Nama produk", "Nama menurut penjual", lambda one: one.name),
        Column(
            "kategori",
            "Kategori",
            "Kategori produk di e-Toko PKK",
            lambda one: one.category,
            classes="Kategori e-Toko PKK",
        ),
        Column(
            "harga_rp",
            "Harga",
            "Harga termurah di antara variannya",
            lambda one: one.price_rp,
            WHOLE,
            "rupiah",
        ),
        Column(
            "harga_sampai_rp",
            "Harga sampai",
            "Harga termahal di antara variannya",
            lambda one: one.price_to_rp,
            WHOLE,
            "rupiah",
        ),
        Column("satuan", "Satuan", "Untuk berapa harga itu, menurut penjual", lambda one: one.unit),
        Column("tersedia", "Tersedia", "Bisa dipesan saat diambil", lambda one: one.is_available, YES_NO),
        Column(
            "lama_buat_hari",
            "Lama membuat",
            "Untuk yang dibuat sesuai pesanan; kosong bila dari persediaan",
            lambda one: one.lead_days,
            WHOLE,
            "hari",
        ),
        Column("penjual", "Penjual", "Nama toko", lambda one: one.shop),
        Column(
            "kode_desa",
            "Kode desa",
            "Desa atau kelurahan tokonya",
            lambda one: one.area_code,
            classes="Kode wilayah Kemendagri",
        ),
        Column("desa", "Desa", "Nama desa atau kelurahan", lambda one: one.place),
        Column("halaman", "Halaman", "Alamat halaman produk", lambda one: whole_address(one.href)),
    ),
)
