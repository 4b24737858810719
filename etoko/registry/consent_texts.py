"""The words with which owners are asked what everybody may see; each wording has a version.

UU 27/2022 art. 22: a consent is asked for in Indonesian, apart from other matters, and in plain words; art.
24: whoever keeps it can prove it. A wording that somebody agreed to is never changed here
(`tests/test_consent_texts.py` holds that): a better one is a new version at the end, and says in which of
its purposes it asks for more than the one before. Older consents stay good for what their text said; where a
later text says more, the owner is asked anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ConsentText:
    version: str
    since_on: date
    said: Promise
    """Read out by a kader, or read by the owner herself."""
    purposes: Mapping[str, Promise]
    """What she says yes or no to, one by one, by the constants of `PublicConsent`."""
    says_more: frozenset[str] = frozenset()
    """For these it asks for more than the text before."""


_PURPOSES: Mapping[str, Promise] = {
    "listing": _("Nama usaha, desa, dan produk"),
    "owner_name": _("Nama pemilik"),
    "phone": _("Nomor WhatsApp"),
    "address": _("Alamat lengkap"),
    "location": _("Letak di peta"),
}

TEXTS: tuple[ConsentText, ...] = (
    ConsentText(
        "2026-11-awal",
        date(2026, 11, 24),
        _(
            "Apa yang boleh dilihat umum? Centang yang boleh. Yang tidak dicentang langsung disembunyikan. "
            "NIK, omzet, dan modal tidak pernah ditampilkan. Persetujuan bisa ditarik kapan saja."
        ),
        _PURPOSES,
    ),
    ConsentText(
        "2026-11",
        date(2026, 11, 24),
        _(
            "Data usaha ini dicatat oleh kecamatan dan PKK untuk pembinaan. Mana yang boleh dilihat semua "
            "orang di internet, Ibu/Bapak pilih sendiri, satu per satu. Tidak memilih apa-apa juga boleh. "
            "Kapan saja bisa dibatalkan lewat kader atau di akun sendiri."
        ),
        _PURPOSES,
    ),
)


def text_now() -> ConsentText:
    return TEXTS[-1]


def text_of(version: str) -> ConsentText | None:
    """None where she was asked elsewhere, in the words of a register that was imported."""
    return next((text for text in TEXTS if text.version == version), None)


def is_outgrown(what: str, version: str) -> bool:
    """Whether a later text says more for this purpose than the one that she agreed to."""
    agreed = text_of(version)
    later = TEXTS[TEXTS.index(agreed) + 1 :] if agreed else TEXTS
    return any(what in text.says_more for text in later)
