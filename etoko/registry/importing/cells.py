"""Single cells: phones, money, positions, numbers, as registers write them. None of them guesses."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from etoko.foundation.phones import UnableToReadPhone, read_phone

_EMPTY = frozenset(
    "- -- --- . .. n/a na null none nil nihil kosong (kosong) #n/a #ref! #value! ? x tidak-ada".split()
)


def is_empty(text: str) -> bool:
    """Also "-", " -", "NULL", "n/a": what people write where there is nothing."""
    return not text.strip() or text.strip().lower() in _EMPTY


@dataclass(frozen=True)
class Phones:
    numbers: tuple[tuple[str, str], ...] = ()
    """(canonical number, note)."""
    destroyed: bool = False
    """Excel made a figure of it (8.52348e+010): the last digits are gone for good."""
    unreadable: tuple[str, ...] = ()


@lru_cache(maxsize=50_000)
def read_phones(text: str) -> Phones:
    """All numbers of a cell: two with "/", notes in brackets, wa.me links, landlines."""
    numbers: dict[str, str] = {}
    unreadable: list[str] = []
    destroyed = False
    if re.search(r"\d[.,]?\d*\s*e\s*\+?\s*\d+", text, re.I):
        return Phones(destroyed=True)
    parts = re.split(r"\s*(?:/(?!/)(?![a-z0-9.]*\?)|[;,|\n]|\bdan\b|\batau\b|&)\s*", _shield_links(text))
    for part in parts:
        whole = part.replace("\x01", "/").strip()
        if is_empty(whole) or not re.search(r"\d{4}", re.sub(r"\W", "", whole)):
            continue
        note = " ".join(
            re.findall(r"[A-Za-z][A-Za-z .']+", re.sub(r"https?://\S+|wa\.me\S*", "", whole))
        ).strip()
        bare = whole if "wa.me" in whole or "whatsapp.com" in whole else re.sub(r"[A-Za-z'.]+", " ", whole)
        bare = re.sub(r"\(\s*\)", "", bare).strip(" :")
        try:
            numbers.setdefault(read_phone(bare), note[:60])
        except UnableToReadPhone:
            unreadable.append(whole)
    return Phones(tuple(numbers.items()), destroyed, tuple(unreadable))


def _shield_links(text: str) -> str:
    """The slashes of a link do not part two numbers."""
    return re.sub(
        r"(?:https?://)?(?:wa\.me|api\.whatsapp\.com)\S*", lambda m: m[0].replace("/", "\x01"), text
    )


def looks_like_phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    if re.search(r"\d\.\d+e\+?\d+", text, re.I):
        return True
    return 9 <= len(digits) <= 14 and digits[:2] in (
        "08",
        "62",
        "81",
        "82",
        "83",
        "85",
        "87",
        "88",
        "89",
        "02",
        "03",
    )


def looks_like_nik(text: str) -> bool:
    return bool(re.fullmatch(r"\D?[1-9]\d{15}", text.strip())) and nik_is_possible(text)


def nik_is_possible(text: str) -> bool:
    """16 digits: area code, birth day (women +40), month, year, serial."""
    digits = re.sub(r"\D", "", text)
    if len(digits) != 16:
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    return 11 <= int(digits[:2]) <= 97 and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def mask_niks(text: str) -> str:
    """Personal numbers that stand in a cell where nobody asked for them."""
    return re.sub(
        r"(?<![\d.,])\d{16}(?!\d)", lambda m: "•" * 12 + m[0][-4:] if nik_is_possible(m[0]) else m[0], text
    )


# ----------------------------------------------------------------------------------- numbers


def plain_number(text: str) -> Decimal | None:
    cleaned = text.strip().lstrip("'`‘’").replace("−", "-").replace(" ", "")
    if re.fullmatch(r"-?\d+,\d+", cleaned):
        cleaned = cleaned.replace(",", ".")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", cleaned):
        return None
    try:
        return Decimal(cleaned)
    except InvalidOperation:
        return None


def read_count(text: str) -> int | None:
    """ "3", "3 orang", "3.0", "2-3" (→ nothing: which of them?)."""
    match = re.fullmatch(r"\s*(\d{1,6})(?:[.,]0+)?\s*(?:orang|org|pekerja|karyawan|pegawai)?\s*", text, re.I)
    return int(match[1]) if match else None


def read_year(text: str, *, latest: int) -> int | None:
    years = re.findall(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
    return int(years[0]) if len(years) == 1 and int(years[0]) <= latest else None


# ----------------------------------------------------------------------------------- positions

_DEGREES = re.compile(
    r"^\s*(?P<minus>-)?\s*(?P<d>\d{1,3})\s*[°º]\s*(?:(?P<m>\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?"
    r"(?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''))?\s*(?P<side>LS|LU|BT|BB|[NSEWTUBL])?\s*$",
    re.I,
)


def read_degrees(text: str) -> Decimal | None:
    """A figure, or degrees, minutes and seconds ("7°34'30.5\"S"); a stray apostrophe is no part of it."""
    number = plain_number(text)
    if number is not None:
        return number
    match = _DEGREES.match(text.strip().lstrip("'"))
    if match is None:
        return None
    value = Decimal(match["d"])
    value += Decimal((match["m"] or "0").replace(",", ".")) / 60
    value += Decimal((match["s"] or "0").replace(",", ".")) / 3600
    side = (match["side"] or "").upper()
    return -value if match["minus"] or side in ("S", "LS") else value


def read_pair(text: str) -> tuple[Decimal, Decimal] | None:
    """Two figures in one cell: "-6.31, 106.51"."""
    parts = re.split(r"\s*[;|]\s*|\s*,\s+|\s+(?=-?\d)", text.strip().strip("()"))
    if len(parts) != 2 and text.count(",") == 1:
        parts = text.split(",")
    if len(parts) != 2:
        return None
    first, second = read_degrees(parts[0]), read_degrees(parts[1])
    return (first, second) if first is not None and second is not None and (first % 1 or second % 1) else None


# -------------------------------------------------------------------------------------- money

_UNITS = {
    "ribu": 10**3, "rb": 10**3, "k": 10**3,
    "juta": 10**6, "jt": 10**6, "jutaan": 10**6,
    "miliar": 10**9, "milyar": 10**9, "m": 10**9, "milyard": 10**9,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?:rp\.?|idr|r\.?)?\s*(?P<number>\d{1,3}(?:[.\s]\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d+)?)"
    r"\s*(?:,-)?\s*(?P<unit>jutaan|juta|jt|ribu|rb|k|miliar|milyard|milyar|m)?\b\.?",
    re.I,
)
_NOISE = re.compile(
    r"[±~≈]|\b(?:kurang lebih|sekitar|kira-?kira|rata-?rata|per ?tahun|setahun|/ ?th(?:n|\.)?|/ ?tahun)\b",
    re.I,
)


@dataclass(frozen=True)
class Money:
    amount_rp: int | None = None
    most_rp: int | None = None
    """Only a range or a limit is known: the upper end."""
    least_rp: int | None = None
    """Only known to be more than this."""
    monthly: bool = False
    bare: bool = False
    """A figure without unit: whether rupiah or millions nobody can tell from the cell alone."""


def read_money(text: str, *, unit: int = 1) -> Money | None:
    """Whole rupiah, or the upper end of a range; None where unreadable. `unit` multiplies bare figures."""
    monthly = bool(re.search(r"/ ?(?:bln|bulan)|per ?bulan|sebulan", text, re.I))
    cleaned = re.sub(r"/ ?(?:bln|bulan)|per ?bulan|sebulan", " ", text, flags=re.I)
    cleaned = re.sub(r"[.,]-+$", "", _NOISE.sub(" ", cleaned).strip())
    if re.match(r"(?:rp\.?\s*)?-\s*\d", cleaned, re.I):
        return None
    limit = re.match(
        r"^(<=?|≤|>=?|≥|di ?bawah|kurang dari|maks(?:imal)?|s/d|sampai|di ?atas|lebih dari|min)\s*",
        cleaned,
        re.I,
    )
    over = bool(limit and re.match(r">|≥|di ?atas|lebih|min", limit[1], re.I))
    rest = cleaned[limit.end() :] if limit else cleaned
    parts = re.split(r"\s*(?:-(?!\s*$)(?<!,-)|–|s/d|s\.d\.?|sampai|hingga)\s*", rest)
    amounts = [_AMOUNT.fullmatch(part.strip()) for part in parts if part.strip()]
    if not amounts or len(amounts) > 2 or not all(amounts):
        return None
    last_unit = next((a["unit"] for a in reversed(amounts) if a and a["unit"]), None)
    values = [_rupiah(a["number"], a["unit"] or last_unit, unit) for a in amounts if a]
    if len(values) == 2:
        return Money(most_rp=max(values), monthly=monthly)
    if limit:
        if over:
            return Money(least_rp=values[0], monthly=monthly)
        return Money(most_rp=values[0], monthly=monthly)
    return Money(amount_rp=values[0], monthly=monthly, bare=not re.search(r"[a-z]", cleaned, re.I))


def _rupiah(number: str, unit: str | None, bare_unit: int) -> int:
    if re.fullmatch(r"\d{1,3}(?:[.\s]\d{3})+(?:,\d{1,2})?", number) and not (
        unit and re.fullmatch(r"\d\.\d{3}", number)
    ):
        value = Decimal(re.sub(r"[.\s]", "", number).replace(",", "."))
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?", number):
        value = Decimal(number.replace(",", ""))
    else:
        value = Decimal(number.replace(",", "."))
    return int(value * (_UNITS[unit.lower()] if unit else bare_unit))


# -------------------------------------------------------------------------------------- words


def read_gender(text: str) -> str:
    key = re.sub(r"[^a-z]", "", text.lower())
    if key in ("p", "pr", "perempuan", "wanita", "female", "f", "w"):
        return "female"
    return "male" if key in ("l", "lk", "lakilaki", "laki", "pria", "male", "m") else "unknown"


def read_legal_form(text: str) -> str:
    key = text.lower()
    for words, form in (
        (r"perseroan perorangan|pt perorangan", "individual_company"),
        (r"\bcv\b|komanditer", "cv"),
        (r"\bpt\b|perseroan terbatas", "pt"),
        (r"koperasi", "cooperative"),
        (r"kelompok|kub\b|up2k|poktan", "group"),
        (r"perorangan|perseorangan|individu|pribadi|\bud\b|belum|tidak", "individual"),
    ):
        if re.search(words, key):
            return form
    return "unknown"


def read_scale(text: str) -> str:
    key = text.lower()
    for word, scale in (
        ("mikro", "micro"),
        ("micro", "micro"),
        ("kecil", "small"),
        ("menengah", "medium"),
        ("besar", "large"),
    ):
        if word in key:
            return scale
    return "unknown"


def read_yes(text: str) -> bool | None:
    key = re.sub(r"[^a-z0-9✓√]", "", text.lower())
    if key in (
        "ya",
        "y",
        "iya",
        "bersedia",
        "setuju",
        "berkenan",
        "boleh",
        "1",
        "true",
        "v",
        "✓",
        "√",
        "yes",
        "ada",
        "sudah",
        "punya",
        "memiliki",
    ):
        return True
    no = (
        "tidak",
        "tdk",
        "t",
        "belum",
        "no",
        "0",
        "false",
        "x",
        "tidakada",
        "tidakpunya",
        "blm",
        "belumada",
        "belumpunya",
        "tidakbersedia",
    )
    return False if key in no else None


_TITLES = re.compile(
    r"^(?:(?:hj|h|ibu|bu|bpk|bapak|pak|mbak|mba|mas|mbah|ny|tn|nyonya|tuan|sdr|sdri|drs|dra|ir|ust|ustadz|ustadzah|kh|dr)\b[.\s]*)+",
    re.I,
)


def without_titles(name: str) -> str:
    """ "Hj. Siti", "IBU. RUDI" → "Siti", "RUDI": for comparing only, the name is kept as it is written."""
    return _TITLES.sub("", name.strip()) or name.strip()
