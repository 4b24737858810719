"""The five helices of the paper, and on which level an organisation works."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GOVERNMENT, ACADEMIA, BUSINESS, COMMUNITY, MEDIA = (
    "government",
    "academia",
    "business",
    "community",
    "media",
)
HELICES: list[tuple[str, Promise]] = [
    (GOVERNMENT, _("Pemerintah")),
    (ACADEMIA, _("Akademisi")),
    (BUSINESS, _("Pelaku usaha")),
    (COMMUNITY, _("Komunitas")),
    (MEDIA, _("Media")),
]
HELIX_NAMES: dict[str, Promise] = dict(HELICES)
HELIX_NOTES: dict[str, Promise] = {
    GOVERNMENT: _("Desa, kecamatan, dinas, kementerian: membina dan memfasilitasi."),
    ACADEMIA: _("Kampus, sekolah, peneliti: mendampingi dengan ilmu."),
    BUSINESS: _("Perusahaan, hotel, bank, asosiasi, koperasi, UMKM: membeli, menjual, membiayai."),
    COMMUNITY: _("PKK, kelompok UP2K, karang taruna, perajin, petani: bergerak bersama."),
    MEDIA: _("Radio, koran, kanal daring: mengabarkan dengan berimbang."),
}
HELIX_ICONS: dict[str, str] = {
    GOVERNMENT: "landmark",
    ACADEMIA: "graduation-cap",
    BUSINESS: "store",
    COMMUNITY: "users-round",
    MEDIA: "newspaper",
}

OF_VILLAGE, OF_DISTRICT, OF_REGENCY, OF_PROVINCE, NATIONAL = (
    "of_village",
    "of_district",
    "of_regency",
    "of_province",
    "national",
)
REACHES: list[tuple[str, Promise]] = [
    (OF_VILLAGE, _("Desa")),
    (OF_DISTRICT, _("Kecamatan")),
    (OF_REGENCY, _("Kabupaten/Kota")),
    (OF_PROVINCE, _("Provinsi")),
    (NATIONAL, _("Pusat")),
]
REACH_NAMES: dict[str, Promise] = dict(REACHES)
