import re
import unicodedata

from django.utils.translation import gettext as _


def search_name(name: str) -> str:
    """ "Ranca Buaya", "Rancabuaya", "RANCA-BUAYA" → "rancabuaya"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", plain)


_OLD = (("dj", "j"), ("tj", "c"), ("oe", "u"), ("nj", "ny"), ("sj", "sy"))


def spoken_name(name: str) -> str:
    """As it is said, whatever spelling of whatever decade: "Ngadiredjo" and "Ngadirejo" are one.

    Two villages of one district may share it, so it names a place only where it is the only one.
    """
    key = search_name(name)
    for old, new in _OLD:
        key = key.replace(old, new)
    return re.sub(r"(.)\1", r"\1", key)


def full_name(kind: str, name: str) -> str:
    """ "Kabupaten Tangerang", "Kecamatan Jambe", "Desa Taban"; a province is called by its name alone."""
    word = {
        "kabupaten": _("Kabupaten"),
        "kota": _("Kota"),
        "kecamatan": _("Kecamatan"),
        "distrik": _("Distrik"),
        "desa": _("Desa"),
        "kelurahan": _("Kelurahan"),
        "desa_adat": _("Desa adat"),
    }.get(kind, "")
    return f"{word} {name}".strip()
