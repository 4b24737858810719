"""The ladder of licences: which ones a business of a kind needs, what a missing one closes off, what comes
next.

What the law asks for changes: each line holds from a day on, with its source, and a new law is a new line.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PACKAGED = frozenset({"makanan", "minuman"})
FOOD = frozenset({"makanan", "minuman", "kuliner"})


@dataclass(frozen=True)
class Rung:
    kind: str
    """Of `Licence.KINDS`."""
    since: date
    source: str
    kinds: frozenset[str] | None
    """Of businesses that need it; None: all."""
    is_law: bool
    """Asked for by law, or only helpful."""
    closes: tuple[Promise, ...]
    """What is closed without it."""
    next_step: Promise


_RUNGS: tuple[Rung, ...] = (
    Rung(
        "nib",
        date(2021, 2, 2),
        "PP 5/2021, PP 28/2025 (OSS)",
        None,
        True,
        (
            _("Belum bisa mengurus P-IRT, halal gratis, atau merek dengan tarif UMK"),
            _("Belum bisa masuk katalog pemerintah dan pengadaan desa"),
            _("Pinjaman KUR dan bantuan pemerintah meminta NIB"),
        ),
        _("Daftar di oss.go.id dengan KTP dan nomor HP. Gratis; usaha berisiko rendah langsung terbit."),
    ),
    Rung(
        "pirt",
        date(2018, 9, 18),
        "Peraturan BPOM 22/2018",
        PACKAGED,
        True,
        (
            _("Toko, minimarket, dan pusat oleh-oleh tidak boleh memajang makanan kemasan tanpa P-IRT"),
            _("Hotel dan kantor meminta nomor P-IRT di kemasan"),
        ),
        _("Ikut penyuluhan keamanan pangan Dinas Kesehatan, lalu isi permohonan SPP-IRT lewat OSS."),
    ),
    Rung(
        "halal",
        date(2024, 10, 17),
        "UU 33/2014, PP 42/2024: makanan dan minuman usaha mikro dan kecil wajib mulai 17 Oktober 2026",
        FOOD,
        True,
        (
            _("Makanan dan minuman wajib bersertifikat halal; tanpa itu bisa ditegur dan ditarik"),
            _("Pembeli besar, hotel, dan acara pemerintah memilih yang bersertifikat"),
        ),
        _("Untuk bahan sederhana ada halal gratis di ptsp.halal.go.id; perlu NIB dan pendamping."),
    ),
    Rung(
        "brand",
        date(2016, 11, 25),
        "UU 20/2016",
        None,
        False,
        (_("Nama usaha bisa dipakai atau didaftarkan orang lain"),),
        _("Cek nama di pdki-indonesia.dgip.go.id, lalu daftar dengan tarif UMK memakai surat dinas."),
    ),
)


def ladder_for(kind: str, *, on: date) -> list[Rung]:
    """The rungs that a business of this kind has to climb by what holds on the day, the first one first."""
    return [rung for rung in _RUNGS if rung.since <= on and (rung.kinds is None or kind in rung.kinds)]
