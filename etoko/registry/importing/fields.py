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
        " kegiatanutama kegiatanusaha description deskripsiusaha ket tentang",
    ),
    Field(
        "opening_hours",
        _("Jam buka"),
        "jam jamoperasional jambuka jamkerja waktuoperasional openinghours jamopersional",
    ),
    Field("kbli", _("Kode KBLI"), "kbli kodekbli kbli2020 nokbli"),
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
        "tkdibayarlaki tkdibayarperempuan tknotdibayarlaki"
        " tknotdibayarperempuan tenagakerjalaki tenagakerjaperempuan tklakilaki tkperempuan",
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
    Field(
        "assets", _("Aset (disimpan di data asal saja)"), "aset asset totalaset totalasset jumlahaset assets"
    ),
    Field(
        "started_year",
        _("Tahun mulai usaha"),
        "tahunberdiri tahunmulai tahunmulaioperasi mulaiusaha tahunmulaiusaha berdirisejak tahunpendirian",
    ),
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
    Field(
        "nik",
        _("NIK pemilik"),
        "nik nikpengusaha noktp ktp nomorktp nikpemilik noidentitas nomorinduk nomoridentitas nikktp",
    ),
    Field(
        PERSONAL,
        _("Data pribadi lain (tidak disimpan)"),
        "tanggallahir tgllahir tempatlahir tempattanggallahir ttl"
        " isdisabilitas disabilitas pendidikan pendidikanformal pendidikanterakhir agama statusperkawinan"
        " namaibu namaibukandung norekening rekening nokk kk nomorkk email alamatpengusaha rtpengusaha"
        " rwpengusaha kelpengusaha kecpengusaha kabpengusaha provpengusaha alamatpemilik alamatrumah umur"
        " usia fotoktp alamatktp alamatemail surel",
    ),
    Field(
        IGNORE,
        _("Jangan dipakai"),
        "no nomor nourut id icon foto fotousaha gambar image imagefolder qris"
        " linkgmaps gmaps linkmaps maps googlemaps pulledat updatedat createdat sourcepage tahunsurvey tahun"
        " timestamp bulanmulaioperasi kategorikbli kodepos instagram facebook website link url satuan"
        " tkdibayardisabillaki tkdibayardisabilperempuan tknotdibayardisabillaki"
        " tknotdibayardisabilperempua tknotdibayardisabilperempuan",
    ),
)
FIELD_BY_SLUG = {field.slug: field for field in FIELDS}
BY_HEADER = {synonym: field.slug for field in FIELDS for synonym in field.synonyms.split()}
MANY = frozenset({"phone", "products", "kind", "profile", "address", "workers_part", IGNORE, PERSONAL})
"""Fields that may come from several columns; any other takes the first."""
AMBIGUOUS = frozenset({"kontak", "nama", "contact", "namakontak"})
"""Headers that mean one thing in one register and another in the next: the cells decide."""


def header_key(header: str) -> str:
    """ "Jumlah Tenaga_Kerja (orang)" → "jumlahtenagakerja"."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\([^)]*\)", "", header.lower()))
