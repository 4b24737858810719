"""The six axes of a capability assessment, and what is asked about each.

The same statements for a business, a group and a cooperative, so that they can be compared (the paper asks
for the gap between micro businesses and the others, axis by axis). Each can be seen or asked about, so that
two people come to the same answer. A statement that comes to mean something else gets a new code: old answers
keep theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_YET, PARTLY, YES = range(3)
ANSWERS: dict[int, Promise] = {NOT_YET: _("Belum"), PARTLY: _("Sebagian"), YES: _("Ya")}

AXES: dict[str, Promise] = {
    "people": _("Orang"),
    "technology": _("Teknologi"),
    "market": _("Pasar"),
    "capital": _("Modal"),
    "information": _("Informasi"),
    "organisation": _("Organisasi"),
}


@dataclass(frozen=True)
class Statement:
    axis: str
    code: str
    text: Promise
    kind: str
    """What is needed (`rubric.KINDS`) where it is not so."""


STATEMENTS: Sequence[Statement] = (
    Statement(
        "people",
        "people_stand_in",
        _("Kalau yang biasa mengerjakan berhalangan, ada yang bisa menggantikan."),
        "coaching",
    ),
    Statement(
        "people",
        "people_tasks",
        _("Tugas terbagi jelas: siapa membuat, siapa menjual, siapa mencatat."),
        "coaching",
    ),
    Statement(
        "people",
        "people_learning",
        _("Dalam setahun terakhir ada yang ikut pelatihan, dan hasilnya dipakai."),
        "coaching",
    ),
    Statement(
        "technology",
        "technology_tools",
        _("Alat kerja yang perlu ada dan berfungsi, tanpa meminjam."),
        "equipment",
    ),
    Statement(
        "technology",
        "technology_phone",
        _("Ada HP dengan paket data, dan ada yang memakainya untuk menerima pesanan."),
        "equipment",
    ),
    Statement(
        "technology",
        "technology_recipe",
        _("Mutunya sama setiap kali: ada takaran, resep, atau pola yang diikuti."),
        "quality",
    ),
    Statement("market", "market_beyond", _("Ada pembeli dari luar desa."), "marketing"),
    Statement(
        "market",
        "market_again",
        _("Ada pembeli tetap yang memesan lagi dalam tiga bulan terakhir."),
        "marketing",
    ),
    Statement(
        "market",
        "market_price",
        _("Harga dihitung dari bahan dan tenaga, bukan hanya mengikuti tetangga."),
        "coaching",
    ),
    Statement(
        "capital",
        "capital_apart",
        _("Uang usaha atau kelompok terpisah dari uang rumah tangga."),
        "coaching",
    ),
    Statement(
        "capital",
        "capital_stock",
        _("Ada uang untuk belanja bahan pesanan berikutnya, tanpa berutang dulu."),
        "capital",
    ),
    Statement(
        "capital",
        "capital_reach",
        _("Syarat meminjam ke bank atau koperasi lengkap, atau pinjamannya diangsur tepat waktu."),
        "capital",
    ),
    Statement(
        "information",
        "information_in_time",
        _("Kabar pelatihan, bantuan, dan bazar sampai sebelum terlambat."),
        "coaching",
    ),
    Statement(
        "information",
        "information_whom",
        _("Tahu nama orang yang bisa ditanya soal izin, bantuan, dan harga."),
        "coaching",
    ),
    Statement(
        "information",
        "information_found",
        _("Alamat, nomor, dan foto barangnya bisa ditemukan orang di internet."),
        "marketing",
    ),
    Statement(
        "organisation",
        "organisation_books",
        _("Uang masuk dan keluar dicatat setiap minggu, dan catatannya bisa ditunjukkan."),
        "coaching",
    ),
    Statement(
        "organisation",
        "organisation_papers",
        _("Izin atau surat yang perlu sudah ada dan masih berlaku."),
        "licensing",
    ),
    Statement(
        "organisation",
        "organisation_together",
        _("Berkumpul dengan kelompok, koperasi, atau usaha lain dalam tiga bulan terakhir."),
        "coaching",
    ),
)
CODES = frozenset(one.code for one in STATEMENTS)


def statements_of(axis: str) -> list[Statement]:
    return [one for one in STATEMENTS if one.axis == axis]
