"""What is talked about. In code: a topic is an address, and the same in every sub-district."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Topic:
    slug: str
    name: Promise
    icon: str
    meaning: Promise


TOPICS: dict[str, Topic] = {
    one.slug: one
    for one in (
        Topic(
            "bahan", _("Bahan dan alat"), "package", _("Di mana beli, berapa harganya, siapa mau patungan")
        ),
        Topic("mutu", _("Cara membuat dan mutu"), "sparkles", _("Resep, ketahanan, ukuran yang sama")),
        Topic("kemasan", _("Kemasan dan merek"), "gift", _("Plastik, label, nama, foto produk")),
        Topic("jual", _("Menjual dan harga"), "store", _("Menghitung harga, mencari pembeli, pesanan besar")),
        Topic("digital", _("HP dan toko online"), "smartphone", _("WhatsApp, foto, QRIS, toko di sini")),
        Topic("modal", _("Modal dan pembukuan"), "banknote", _("Pinjaman, simpanan, catatan uang")),
        Topic("izin", _("Izin dan halal"), "badge-check", _("NIB, P-IRT, halal, pajak")),
        Topic("kelompok", _("Kelompok dan PKK"), "users-round", _("UP2K, koperasi, pelatihan, acara")),
        Topic("lain", _("Lain-lain"), "messages-square", _("Yang tidak cocok di tempat lain")),
    )
}
TOPIC_CHOICES = [(one.slug, one.name) for one in TOPICS.values()]
