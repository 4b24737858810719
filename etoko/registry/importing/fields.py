"""What a column of a register may mean, and the words by which registers call it."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IGNORE, PERSONAL = "ignore", "personal"


@dataclass(frozen=True)
class Field:
    slug: str
    name: Promise
    synonyms: str
    """Header words without spaces and signs, as `header_key` makes them."""


FIELDS: tuple[Field, ...] = (
    Field(
        "name",
        _("Nama usaha"),
        "namausaha namaumkm namausahaumkm umkm usaha perusahaan namaperusahaan"
        " namatoko toko namaikm ikm merkusaha namabadanusaha namawarung businessname namalapak pelakuumkm"
        " namaunitusaha unitusaha namakelompok namausahaproduk",
    ),
    Field(
        "owner",
        _("Nama pemilik"),
        "namapemilik pemilik pengusaha namapengusaha pelakuusaha namapelakuusaha"
        " owner namaowner penanggungjawab namalengkap namapelaku namapemilikusaha pemilikusaha"
        " namapenanggungjawab ketua namaketua narahubung contactperson kontakperson",
    ),
    Field("gender", _("Jenis kelamin pemilik"), "jeniskelamin kelamin jk gender lp sex"),
    Field(
        "phone",
        _("Nomor HP atau WhatsApp"),
        "nohp nomorhp hp telp notelp nomortelepon telepon notelepon"
        " nomortelp tlp notlp nowa wa whatsapp nomorwa nowhatsapp nohpwa kontakhp phone handphone"
        " nohandphone teleponhp notelpon telpon nomorhandphone nohpwhatsapp contact",
    ),
    Field(
        "address",
        _("Alamat (satu kolom)"),
        "alamat alamatusaha alamatlengkap alamatumkm lokasi jalan"
        " namajalan address alamattempatusaha alamatproduksi alamattoko kampung dusun",
    ),
    Field("rt", _("RT"), "rt rtusaha"),
    Field("rw", _("RW"), "rw rwusaha"),
    Field("rt_rw", _("RT/RW"), "rtrw rtrwusaha"),
    Field(
        "village",
        _("Desa/Kelurahan"),
        "desa kelurahan desakelurahan keldesa desakel namadesa"
        " namakelurahan kelusaha desausaha kel kelurahandesa village kelurahanusaha",
    ),
    Field("district", _("Kecamatan"), "kecamatan namakecamatan kec kecusaha kecamatanusaha district"),
    Field(
        "regency",
        _("Kabupaten/Kota"),
        "kabupaten kabupatenkota kabkota kota namakabupaten kab kabusaha"
        " namakabupatenkota wilayah kabupatenusaha regency",
    ),
    Field("province", _("Provinsi"), "provinsi namaprovinsi propinsi provusaha prov province"),
    Field("area_code", _("Kode desa (Kemendagri)"), "kodedesa kodekelurahan kodewilayah kodekemendagri"),
    Field("landmark", _("Patokan"), "patokan landmark ancerancer"),
    Field("latitude", _("Lintang (latitude)"), "latitude lat lintang alamatlatitude y koordinaty"),
    Field("longitude", _("Bujur (longitude)"), "longitude lng long lon bujur alamatlongitude x koordinatx"),
    Field(
        "coordinates",
        _("Titik peta (lintang, bujur)"),
        "koordinat titikkoordinat latlng latlong koordinatlokasi titiklokasi gps coordinates titikpeta",
    ),
    Field(
        "kind",
        _("Jenis usaha"),
        "jenisusaha jenisumkm kategori bidangusaha kategoriusaha sektor"
        " sektorusaha jenis bidang klasifikasi jenisproduk kelompokusaha kategoriumkm",
    ),
    Field(
        "products",
        _("Produk"),
        "produk produkutama namaproduk jenisproduksi hasilproduksi barang"
        " productname products produkunggulan produkyangdihasilkan komoditas dagangan",
    ),
    Field(
        "profile",
        _("Tentang usaha"),
        "profil profilumkm profilusaha deskripsi keterangan kegiatan"
        " kegiatanusaha description deskripsiusaha ket tentang",
    ),
    Field("activity", _("Kegiatan utama"), "kegiatanutama kegiatanutamausaha"),
    Field(
        "opening_hours",
        _("Jam buka"),
        "jam jamoperasional jambuka jamkerja waktuoperasional openinghours jamopersional",
    ),
    Field("kbli", _("Kode KBLI"), "kbli kodekbli kbli2020 nokbli"),
    Field("kbli_category", _("Kategori KBLI"), "kategorikbli"),
    Field(
        "legal_form",
        _("Bentuk usaha"),
        "badanusaha bentukusaha statusbadanusaha badanhukum bentukbadanusaha legalitasusaha jenisbadanusaha",
    ),
    Field("scale", _("Skala usaha"), "skalausaha skala klasifikasiusaha ukuranusaha kelasusaha"),
    Field(
        "workers",
        _("Jumlah tenaga kerja"),
        "tenagakerja jumlahtenagakerja jumlashtenagakerja jmltenagakerja"
        " jumlahkaryawan karyawan pekerja jumlahpekerja tk jmlkaryawan jumlahpegawai pegawai workers"
        " jumlahtk jmltk naker",
    ),
    Field(
        "workers_part",
        _("Tenaga kerja (sebagian)"),
        "tenagakerjalaki tenagakerjaperempuan tklakilaki tkperempuan",
    ),
    Field("paid_men", _("Tenaga kerja dibayar, laki-laki"), "tkdibayarlaki"),
    Field("paid_women", _("Tenaga kerja dibayar, perempuan"), "tkdibayarperempuan"),
    Field(
        "paid_disabled_men",
        _("Tenaga kerja dibayar, penyandang disabilitas laki-laki"),
        "tkdibayardisabillaki",
    ),
    Field(
        "paid_disabled_women",
        _("Tenaga kerja dibayar, penyandang disabilitas perempuan"),
        "tkdibayardisabilperempuan",
    ),
    Field("unpaid_men", _("Tenaga kerja tidak dibayar, laki-laki"), "tknotdibayarlaki"),
    Field("unpaid_women", _("Tenaga kerja tidak dibayar, perempuan"), "tknotdibayarperempuan"),
    Field(
        "unpaid_disabled_men",
        _("Tenaga kerja tidak dibayar, penyandang disabilitas laki-laki"),
        "tknotdibayardisabillaki",
    ),
    Field(
        "unpaid_disabled_women",
        _("Tenaga kerja tidak dibayar, penyandang disabilitas perempuan"),
        "tknotdibayardisabilperempua tknotdibayardisabilperempuan",
    ),
    Field(
        "turnover",
        _("Omzet setahun"),
        "omzet omset omzettahunan omsettahunan omzetpertahun omsetpertahun"
        " penjualan penjualanpertahun penjualanratapertahun hasilpenjualan pendapatan turnover"
        " pendapatanpertahun penjualantahunan",
    ),
    Field(
        "turnover_month",
        _("Omzet sebulan"),
        "omzetbulanan omsetbulanan omzetperbulan omsetperbulan pendapatanperbulan penjualanperbulan",
    ),
    Field("capital", _("Modal usaha"), "modal modalusaha modalpendirian modalawal permodalan capital"),
    Field("assets", _("Aset"), "aset asset totalaset totalasset jumlahaset assets"),
    Field(
        "started_year",
        _("Tahun mulai usaha"),
        "tahunberdiri tahunmulai tahunmulaioperasi mulaiusaha tahunmulaiusaha berdirisejak tahunpendirian",
    ),
    Field("started_month", _("Bulan mulai usaha"), "bulanmulai bulanmulaioperasi bulanmulaiusaha"),
    Field("nib", _("NIB"), "nib nonib nomorindukberusaha nomornib"),
    Field("pirt", _("P-IRT"), "pirt nopirt spirt sppirt izinpirt nomorpirt"),
    Field("halal", _("Halal"), "halal sertifikathalal nohalal sertifikasihalal nomorhalal"),
    Field("bpom", _("BPOM"), "bpom nobpom md bpommd izinbpom"),
    Field("npwp", _("NPWP"), "npwp nonpwp nomornpwp"),
    Field("brand", _("Merek"), "merek merk haki hki merekdagang hakmerek"),
    Field(
        "consent",
        _("Bersedia ditampilkan"),
        "berkenan bersedia persetujuan bersediaditampilkan setuju izintampil consent",
    ),
    Field(
        "source_ref",
        _("Nomor usaha dari sumbernya"),
        "iddatabadanusaha idusaha idumkm kodeusaha kodeumkm"
        " noregistrasi nomorregistrasi nomorregister noregister",
    ),
    Field("source_photo", _("Foto menurut sumbernya"), "fotousaha"),
    Field("source_pulled_at", _("Ditarik dari sumbernya pada"), "pulledat"),
    Field("source_updated_at", _("Diubah di sumbernya pada"), "updatedat"),
    Field("source_page", _("Halaman sumbernya"), "sourcepage"),
    Field(
        "nik",
        _("NIK pemilik"),
        "nik nikpengusaha noktp ktp nomorktp nikpemilik noidentitas nomorinduk nomoridentitas nikktp",
    ),
    Field("born_on", _("Tanggal lahir pemilik"), "tanggallahir tgllahir tanggallahirpemilik"),
    Field(
        "disability", _("Pemilik penyandang disabilitas"), "isdisabilitas disabilitas penyandangdisabilitas"
    ),
    Field("education", _("Pendidikan pemilik"), "pendidikan pendidikanformal pendidikanterakhir"),
    Field("home_province", _("Provinsi rumah pemilik"), "provpengusaha provinsipengusaha"),
    Field("home_regency", _("Kabupaten rumah pemilik"), "kabpengusaha kabupatenpengusaha"),
    Field("home_district", _("Kecamatan rumah pemilik"), "kecpengusaha kecamatanpengusaha"),
    Field("home_village", _("Desa rumah pemilik"), "kelpengusaha desapengusaha"),
    Field("home_street", _("Alamat rumah pemilik"), "alamatpengusaha alamatpemilik alamatrumah"),
    Field("home_rt", _("RT rumah pemilik"), "rtpengusaha"),
    Field("home_rw", _("RW rumah pemilik"), "rwpengusaha"),
    Field(
        PERSONAL,
        _("Data pribadi lain (tidak disimpan)"),
        "tempatlahir tempattanggallahir ttl agama statusperkawinan"
        " namaibu namaibukandung norekening rekening nokk kk nomorkk email umur"
        " usia fotoktp alamatktp alamatemail surel",
    ),
    Field(
        IGNORE,
        _("Jangan dipakai"),
        "no nomor nourut id icon foto gambar image imagefolder qris"
        " linkgmaps gmaps linkmaps maps googlemaps createdat tahunsurvey tahun"
        " timestamp kodepos instagram facebook website link url satuan",
    ),
)
OWNER_DETAILS = (
    "born_on",
    "disability",
    "education",
    "home_province",
    "home_regency",
    "home_district",
    "home_village",
    "home_street",
    "home_rt",
    "home_rw",
)
"""Kept only when the officer asked for them, as the NIK."""
NOT_FOR_EVERYBODY = frozenset({"nik", PERSONAL, *OWNER_DETAILS})
"""What is taken out of a table before anybody sees it."""
WORKER_PARTS = ("paid_men", "paid_women", "unpaid_men", "unpaid_women")
DISABLED_PARTS = ("paid_disabled_men", "paid_disabled_women", "unpaid_disabled_men", "unpaid_disabled_women")
SOURCE_FACTS = ("source_photo", "source_pulled_at", "source_updated_at", "source_page")
FIELD_BY_SLUG = {field.slug: field for field in FIELDS}
BY_HEADER = {synonym: field.slug for field in FIELDS for synonym in field.synonyms.split()}
MANY = frozenset({"phone", "products", "kind", "profile", "address", "workers_part", IGNORE, PERSONAL})
"""Fields that may come from several columns; any other takes the first."""
AMBIGUOUS = frozenset({"kontak", "nama", "contact", "namakontak"})
"""Headers that mean one thing in one register and another in the next: the cells decide."""


def header_key(header: str) -> str:
    """ "Jumlah Tenaga_Kerja (orang)" → "jumlahtenagakerja"."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\([^)]*\)", "", header.lower()))
