"""Codes of vouchers: read aloud at the market, written on a shopping bag, typed with a thumb."""

import re
from random import SystemRandom

LONGEST = 20
_ALIKE = str.maketrans("OIL", "011")
"""What sounds or looks the same is the same: O and 0; I, L and 1."""
_WORDS = (
    "MELATI MAWAR KENANGA CEMPAKA DAHLIA TERATAI ANGGREK KAMBOJA FLAMBOYAN SEROJA BAMBU PADI KELAPA"
    " PANDAN SALAM SERAI KUNYIT JAHE KENCUR RAMBUTAN MANGGIS SAWO DUKU NANGKA SUKUN"
).split()


def read_code(typed: str) -> str:
    """As it is shown: " kerupuk  5 " → "KERUPUK 5". Letters, figures, single blanks and hyphens."""
    return " ".join(re.sub(r"[^A-Z0-9 -]", "", typed.upper()).split())[:LONGEST].strip()


def code_key(typed: str) -> str:
    """What two spellings of one code have in common: "hemat-1O" and "HEMAT 10" → "HEMAT10"."""
    return re.sub(r"[^A-Z0-9]", "", read_code(typed)).translate(_ALIKE)


def suggest_code() -> str:
    """A flower, spice or tree and two figures: easy to say, with nothing that is misheard."""
    random = SystemRandom()
    return f"{random.choice(_WORDS)} {random.choice('23456789')}{random.choice('23456789')}"
