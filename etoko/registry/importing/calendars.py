"""Days and months as registers write them."""

import re
from datetime import date

_MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {
    "peb": 2, "mar": 3, "may": 5, "agt": 8, "ags": 8, "aug": 8, "oct": 10, "nop": 11, "dec": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DAY = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2}|[a-z]{3,9})\.?\s*[-/. ,]\s*(\d{4}|\d{2})(?:[T ].*)?", re.I)


def read_month(text: str) -> int | None:
    """ "3", "03", "Maret", "mar", "3.0"; None where it is no month."""
    bare = re.sub(r"\.0+$", "", text.strip().lower()).strip(" .'")
    number = int(bare) if re.fullmatch(r"\d{1,2}", bare) else _SHORT.get(bare[:3], 0) if bare.isalpha() else 0
    return number if 1 <= number <= 12 else None


def read_birthday(text: str, *, today: date) -> date | None:
    """ "1980-03-12", "12/3/1980", "12 Maret 80": day before month, nobody is born tomorrow."""
    bare = text.strip().lstrip("'")
    if match := _ISO.fullmatch(bare):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY.fullmatch(bare):
        day, month, year = int(match[1]), read_month(match[2]) or 0, int(match[3])
        if len(match[3]) == 2:
            year += 1900 if 2000 + year > today.year else 2000
    else:
        return None
    try:
        born_on = date(year, month, day)
    except ValueError:
        return None
    return born_on if date(1900, 1, 1) <= born_on <= today else None
