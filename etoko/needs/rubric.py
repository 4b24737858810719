"""What the kinds of needs are, what each severity means, and from which age on a need is marked."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: list[tuple[str, Promise]] = [
    ("capital", _("Modal")),
    ("marketing", _("Pemasaran")),
    ("coaching", _("Pendampingan")),
    ("quality", _("Mutu")),
    ("licensing", _("Perizinan")),
    ("materials", _("Bahan baku")),
    ("equipment", _("Alat")),
    ("other", _("Lain-lain")),
]
KIND_NAMES = dict(KINDS)
KIND_NOTES: dict[str, Promise] = {
    "capital": _("Uang untuk belanja, menambah usaha, atau menutup utang usaha"),
    "marketing": _("Pembeli, pasar, promosi, pesanan"),
    "coaching": _("Diajari atau didampingi: pembukuan, jualan online, resep"),
    "quality": _("Rasa, kemasan, ukuran yang sama, tahan lama"),
    "licensing": _("NIB, P-IRT, halal, BPOM"),
    "materials": _("Sulit didapat, mahal, atau mutunya naik turun"),
    "equipment": _("Mesin, oven, timbangan, HP, kendaraan"),
}


@dataclass(frozen=True)
class Severity:
    number: int
    name: Promise
    meaning: Promise
    """By what anybody can see or ask, so that two people come to the same number."""
    tone: str


SEVERITIES = {
    one.number: one
    for one in (
        Severity(
            1,
            _("Ringan"),
            _("Usaha berjalan seperti biasa. Kalau terpenuhi, usaha bisa lebih maju."),
            "",
        ),
        Severity(
            2,
            _("Sedang"),
            _("Usaha berjalan, tetapi sesekali ada pesanan atau penghasilan yang hilang karenanya."),
            "info",
        ),
        Severity(
            3,
            _("Berat"),
            _("Setiap bulan ada pesanan atau penghasilan yang hilang, atau produksi sudah dikurangi."),
            "wait",
        ),
        Severity(
            4,
            _("Gawat"),
            _("Usaha berhenti, atau akan berhenti dalam sebulan kalau tidak ditolong."),
            "bad",
        ),
    )
}

AGE_MARKS = ((180, "bad"), (90, "accent"), (30, "wait"))
"""(days, tone of the badge): what still waits after so long is seen to wait."""


def age_tone(days: int) -> str:
    return next((tone for least, tone in AGE_MARKS if days >= least), "")
