"""The form of the national register, SIDT-KUMKM: its 49 columns in their order, as its export names them."""

SIDT_COLUMNS = (
    "id_data_badan_usaha", "nik_pengusaha", "nama_pengusaha", "nib", "jenis_kelamin", "is_disabilitas",
    "tanggal_lahir", "pendidikan_formal", "kontak_hp", "prov_pengusaha", "kab_pengusaha", "kec_pengusaha",
    "kel_pengusaha", "alamat_pengusaha", "rt_pengusaha", "rw_pengusaha", "nama_usaha", "kegiatan_utama",
    "produk_utama", "kategori_kbli", "kode_kbli", "status_badan_usaha", "skala_usaha", "modal_pendirian",
    "bulan_mulai_operasi", "tahun_mulai_operasi", "omzet_tahunan", "asset", "prov_usaha", "kab_usaha",
    "kec_usaha", "kel_usaha", "alamat_usaha", "rt_usaha", "rw_usaha", "foto_usaha", "alamat_latitude",
    "alamat_longitude", "tk_dibayar_laki", "tk_dibayar_perempuan", "tk_dibayar_disabil_laki",
    "tk_dibayar_disabil_perempuan", "tk_not_dibayar_laki", "tk_not_dibayar_perempuan",
    "tk_not_dibayar_disabil_laki", "tk_not_dibayar_disabil_perempua", "pulled_at", "updated_at",
    "source_page",
)  # fmt: skip
