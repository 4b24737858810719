"""What a kader reads out before she ticks what may be shown; each wording has a version that sheets name.

UU 27/2022 art. 22: a consent is asked for in Indonesian, apart from other matters, and in plain words.
"""

from django.utils.translation import gettext_lazy as _

CONSENT_VERSION = "2026-11"
CONSENT_TEXT = _(
    "Bacakan: “Data usaha ini dicatat oleh kecamatan dan PKK untuk pembinaan. Mana yang boleh dilihat semua "
    "orang di internet, Ibu/Bapak pilih sendiri, satu per satu. Tidak memilih apa-apa juga boleh. Kapan saja "
    "bisa dibatalkan lewat kader atau di akun sendiri.”"
)
