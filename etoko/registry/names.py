"""Names of businesses and owners, as duplicates are sought."""

import re
import unicodedata

_TITLES = frozenset(
    "h hj haji hajah ibu bu bpk bapak pak ust ustadz ustad ustadzah drs dra ir dr kh nyai mak".split()
)


def business_search_name(name: str) -> str:
    """ "Kerupuk  BU Rahma!" → "kerupukburahma"."""
    return re.sub(r"[^a-z0-9]", "", _plain(name))[:200]


def owner_search_name(name: str) -> str:
    """ "Hj. Siti Aminah, S.Pd" → "sitiaminahspd": without titles before the name."""
    words = re.findall(r"[a-z]+", _plain(name))
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    return "".join(words)[:200]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
