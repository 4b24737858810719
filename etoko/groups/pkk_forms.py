"""The forms of the PKK's administration (Rakernas X, Lampiran 4.x) that this room fills: their heads as they
are ruled, and which columns are typed by hand. Indonesian in any language: they go to the PKK above.

Heads and merges of 4.22: as transcribed from the Lampiran; the others by their column titles.
"""

from dataclasses import dataclass

from etoko.groups.sheets import Head

POKJA_II, ASSETS = "4.22", "4.14.4a"
LEVEL_COLUMNS = {"pemula": 26, "madya": 28, "utama": 30, "mandiri": 32}
"""Where the groups of a level stand; their members stand beside."""


@dataclass(frozen=True, slots=True)
class FormSpec:
    number: str
    title: str
    subtitle: str
    heads: tuple[tuple[Head, ...], ...]
    typed: tuple[int, ...]
    """Columns of a row that somebody types, counted from one; of 4.22 the others are counted."""
    words: tuple[str, ...]
    """What each typed column is called on the screen."""
    figures: tuple[int, ...] = ()
    """Typed columns that hold a number."""
    widths: tuple[float, ...] = ()
    paper: str = "a4"
    points: float = 9
    source: str = ""
    """Where its rows come from, for the screen."""

    @property
    def name(self) -> str:
        """The title as it stands in a sentence: "Data kegiatan PKK"."""
        return self.title.capitalize().replace("pkk", "PKK")

    @property
    def columns(self) -> int:
        return sum(head.columns for head in self.heads[0])


def _h(*texts: str) -> tuple[Head, ...]:
    return tuple(Head(text) for text in texts)


_LEARN = ("JML. KLP BELAJAR", "WARGA BELAJAR")
_HEADS_4_22 = (
    (
        Head("NO", rows=4),
        Head("NAMA WILAYAH (Dusun/Lingk/Desa/Kel/Kec/Kab/Kota/Prov)", rows=4),
        Head("JML. WARGA YANG MASIH 3 (TIGA) BUTA", rows=4),
        Head("", 8),
        Head("PENDIDIKAN KETERAMPILAN", 14),
        Head("PENGEMBANGAN KEHIDUPAN BERKOPERASI", 10),
        Head("KET.", rows=4),
    ),
    (
        *(Head(name, 2) for name in ("PAKET A", "PAKET B", "PAKET C", "KF")),
        Head("PAUD SEJENIS", rows=3),
        Head("JUMLAH TAMAN BACAAN/PERPUSTAKAAN", rows=3),
        Head("BKB", 4),
        Head("TUTOR", 2),
        Head("KADER KHUSUS", 3),
        Head("JUMLAH KADER YANG SUDAH DILATIH", 3),
        Head("PRA KOPERASI/USAHA BERSAMA/UP2K", 8),
        Head("KOPERASI BERBADAN HUKUM", 2),
    ),
    (
        *(Head(text, rows=2) for _packet in range(4) for text in _LEARN),
        *(
            Head(text, rows=2)
            for text in ("JML. KLP", "JML. IBU PESERTA", "JML. APE (SET)", "JML. KLP SIMULASI")
        ),
        *(Head(text, rows=2) for text in ("KF", "PAUD SEJENIS", "BKB", "KOPERASI", "KETERAMPILAN")),
        *(Head(text, rows=2) for text in ("LP3 PKK", "TPK 3 PKK", "DAMAS PKK")),
        *(Head(text, 2) for text in ("PEMULA", "MADYA", "UTAMA", "MANDIRI")),
        *(Head(text, rows=2) for text in ("JML. KLP", "JML. ANGGOTA")),
    ),
    tuple(Head(text) for _level in range(4) for text in ("JML. KLP", "PESERTA")),
    tuple(Head(str(number)) for number in range(1, 37)),
)
_WORDS_4_22 = (
    "Warga yang masih 3 buta",
    *(
        f"{packet}: {what}"
        for packet in ("Paket A", "Paket B", "Paket C", "KF")
        for what in ("kelompok belajar", "warga belajar")
    ),
    "PAUD sejenis",
    "Taman bacaan/perpustakaan",
    *("BKB: kelompok", "BKB: ibu peserta", "BKB: APE (set)", "BKB: kelompok simulasi"),
    *("Tutor KF", "Tutor PAUD sejenis"),
    *("Kader BKB", "Kader koperasi", "Kader keterampilan"),
    *("Kader dilatih LP3 PKK", "Kader dilatih TPK 3 PKK", "Kader dilatih DAMAS PKK"),
    "Keterangan",
)

_MONEY = ("NO", "TANGGAL, BULAN, TAHUN", "SUMBER DANA", "URAIAN", "NOMOR BUKTI KAS")

FORMS: dict[str, FormSpec] = {
    spec.number: spec
    for spec in (
        FormSpec(
            POKJA_II,
            "DATA KEGIATAN PKK",
            "POKJA II",
            _HEADS_4_22,
            typed=(*range(3, 26), 36),
            words=_WORDS_4_22,
            figures=tuple(range(3, 26)),
            widths=(0.8, 3.2, *(1.2,) * 10, 1.9, *(1.2,) * 7, 1.4, 2, *(1.2,) * 12, 1.5, 2),
            paper="a3",
            points=5.5,
            source="Kolom 26–35 dihitung dari kelompok dan koperasi; kolom lain diketik.",
        ),
        FormSpec(
            "4.11",
            "BUKU TABUNGAN",
            "",
            (
                (
                    *_h(*_MONEY, "JUMLAH PENGELUARAN (RP.)"),
                    *_h(*_MONEY, "JUMLAH PENERIMAAN (RP.)"),
                ),
            ),
            typed=(2, 3, 4, 5, 6, 8, 9, 10, 11, 12),
            words=(
                *("Keluar: tanggal", "Sumber dana", "Uraian", "Nomor bukti", "Jumlah pengeluaran"),
                *("Masuk: tanggal", "Sumber dana", "Uraian", "Nomor bukti", "Jumlah penerimaan"),
            ),
            figures=(6, 12),
            widths=(0.6, 1.7, 2, 3, 1.4, 1.9, 0.6, 1.7, 2, 3, 1.4, 1.9),
            points=8,
            source="Jumlah kas setiap kelompok per bulan; uang TP-PKK sendiri diketik.",
        ),
        FormSpec(
            "4.13",
            "BUKU KEGIATAN",
            "",
            (
                (
                    *(Head("NO", rows=2), Head("NAMA", rows=2), Head("JABATAN", rows=2)),
                    Head("KEGIATAN", 3),
                    Head("TANDA TANGAN", rows=2),
                ),
                _h("TANGGAL", "TEMPAT", "URAIAN"),
            ),
            typed=(2, 3, 4, 5, 6),
            words=("Nama", "Jabatan", "Tanggal", "Tempat", "Uraian"),
            widths=(0.6, 2.4, 1.8, 1.5, 2, 5, 1.8),
            source="Pembinaan dan rapat kelompok; kegiatan lain diketik.",
        ),
        FormSpec(
            "4.14.2c",
            "BUKU INDUSTRI RUMAH TANGGA",
            "",
            (
                _h(
                    "NO",
                    "KATEGORI JENIS INDUSTRI RUMAH TANGGA",
                    "KOMODITI YANG DIUSAHAKAN",
                    "JUMLAH KOMODITI YANG DIKELOLA",
                ),
            ),
            typed=(2, 3, 4),
            words=("Kategori", "Komoditi", "Jumlah"),
            figures=(4,),
            widths=(0.6, 3.5, 5, 2),
            source="Usaha aktif di register, menurut jenis dan KBLI-nya; yang belum terdata diketik.",
        ),
        FormSpec(
            "4.14.3",
            "DATA PELATIHAN KADER",
            "",
            (
                _h(
                    *("NO", "NO REGISTRASI", "NAMA LENGKAP KADER", "TGL/TH MASUK TP PKK", "JABATAN/FUNGSI"),
                    *("NO URUT PELATIHAN", "JUDUL PELATIHAN", "JENIS KRITERIA KADERISASI", "TAHUN"),
                    *("INSTITUSI PENYELENGGARA", "BERSERTIFIKAT/TIDAK"),
                ),
            ),
            typed=tuple(range(2, 12)),
            words=(
                *("No registrasi", "Nama lengkap kader", "Tgl/th masuk TP PKK", "Jabatan/fungsi"),
                *("No urut pelatihan", "Judul pelatihan", "Jenis kriteria kaderisasi", "Tahun"),
                *("Institusi penyelenggara", "Bersertifikat/tidak"),
            ),
            widths=(0.6, 1.4, 2.6, 1.5, 1.5, 1, 2.8, 2, 0.9, 2.4, 1.4),
            points=8,
            source="Kader desa yang terdaftar; pelatihannya diketik.",
        ),
        FormSpec(
            ASSETS,
            "DATA ASET (SARANA) DESA/KELURAHAN",
            "",
            (_h("NO", "NAMA ASET/SARANA", "NAMA PENGELOLA", "KOMODITI", "KATEGORI", "VOLUME"),),
            typed=(2, 3, 4, 5, 6),
            words=("Nama aset/sarana", "Nama pengelola", "Komoditi", "Kategori", "Volume"),
            widths=(0.6, 3.4, 2.6, 3, 2, 1.2),
            source="Warung dan toko di register, yang sudah diverifikasi; sarana lain diketik.",
        ),
        FormSpec(
            "4.14.4c",
            "DATA ISIAN KOPERASI",
            "",
            (
                (
                    *(Head("NO", rows=2), Head("NAMA KOPERASI", rows=2), Head("JENIS USAHA", rows=2)),
                    *(Head("STATUS HUKUM", 2), Head("JUMLAH ANGGOTA", 2)),
                ),
                _h("BERBADAN HUKUM", "BLM. BERBADAN HUKUM", "L", "P"),
            ),
            typed=(2, 3, 4, 5, 6, 7),
            words=("Nama koperasi", "Jenis usaha", "Berbadan hukum", "Belum", "Anggota L", "Anggota P"),
            figures=(6, 7),
            widths=(0.6, 4, 3, 1.6, 1.8, 1, 1),
            source="Koperasi yang terdaftar di sini; yang lain diketik.",
        ),
    )
}
