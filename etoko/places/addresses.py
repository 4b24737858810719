"""An address as people write it, taken apart. What is not sure is said to be a guess."""

import re
from dataclasses import dataclass, field

from etoko.places.finding import AreaRow, Found, Gazetteer
from etoko.places.models import DISTRICT, PROVINCE, REGENCY, VILLAGE

SURE, GUESS = "sure", "guess"


@dataclass
class Address:
    street: str = ""
    rt: str = ""
    rw: str = ""
    landmark: str = ""
    postal_code: str = ""
    village: AreaRow | None = None
    confidence: str = ""
    """Of the village: SURE, or GUESS (somebody must say so)."""
    claimed_village: str = ""
    """What the address itself calls a village ("Desa …") and nobody knows."""
    suggestions: tuple[AreaRow, ...] = ()
    around: list[AreaRow] = field(default_factory=list)
    """Sub-district, regency and province that the address names."""
    strange: list[str] = field(default_factory=list)
    """Names it gives for those three that are not known."""


_NUMBER = r"(?:no\.?\s*)?0*(\d{1,3}|[ivx]{1,5})\b"
_RT, _RW = r"\br\s?\.?\s?t\b", r"\br\s?\.?\s?w\b"
_BOTH = re.compile(rf"{_RT}\.?\s*[/\\,&-]\s*r\.?[wt]\.?\s*[.:]*\s*{_NUMBER}\s*[/\\.,-]\s*{_NUMBER}", re.I)
_PAIR = re.compile(
    rf"\br\.?\s?t\s*[.:]*\s*{_NUMBER}\.?\s*[/\\,;.&-]*\s*(?:dan\s+)?r\.?\s?w\s*[.:]*\s*{_NUMBER}", re.I
)
_SLASH = re.compile(rf"\br\.?\s?t\s*[.:]*\s*{_NUMBER}\s*[/\\]\s*{_NUMBER}", re.I)
_ONE_RT = re.compile(rf"\br\.?\s?t\s*[.:]*\s*{_NUMBER}", re.I)
_ONE_RW = re.compile(rf"\br\.?\s?w\s*[.:]*\s*{_NUMBER}", re.I)
_BARE = re.compile(rf"^\s*{_NUMBER}\s*[/\\-]\s*{_NUMBER}\s*$", re.I)
_ROMAN = {"i": 1, "v": 5, "x": 10}

_MARK = re.compile(
    r"\b(?:(?P<village>desa|ds|kelurahan|kel)|(?P<district>kecamatan|kec)"
    r"|(?P<regency>ka[a-z]{0,2}upaten|kb?upaten|kab|kota|kodya)|(?P<province>provinsi|propinsi|prov))\b"
    r"\s*[.:]*\s*,?\s*",
    re.I,
)
# Inside "Jl. Desa Raya" or "Kp. Kelurahan" the word is part of a name; "No.Desa" names nothing.
_NOT_A_MARK = re.compile(r"(?:\bjl\.?|\bjln\.?|\bjalan|\bbalai|\bkantor|\bkepala|\bno\.?)\s*$", re.I)
_LANDMARK = re.compile(
    r"\b(?:patokan|dekat|depan|belakang|sebelah|samping|seberang|sebrang|utara|selatan|timur|barat)\b"
    r"(?=\s+(?:\w+\s+)*(?:masjid|mesjid|mushola|musholla|kantor|pasar|sd|smp|sma|sekolah|balai|toko|warung"
    r"|rumah|lapangan|jembatan|puskesmas|alfamart|indomaret|pom|spbu|gapura|makam|bank|polsek|stasiun"
    r"|terminal|pesantren|pos|gang|pertigaan|perempatan|tugu))",
    re.I,
)
_STREET_LIKE = re.compile(
    r"^\s*(?:jl|jln|jalan|gg|gang|kp|kamp|kampung|dusun|dsn|dukuh|dk|blok|perum|perumahan|komplek|kompleks"
    r"|no|lingkungan|link|ling|rt|rw|pasar|ruko|cluster|kavling|raya)\b",
    re.I,
)
_KAMPUNG = re.compile(r"^\s*(?:kp|kamp|kampung|dusun|dsn|dukuh|dk|lingkungan|link|ling)\b\s*\.?\s*", re.I)


def read_rt_rw(text: str) -> tuple[str, str, str]:
    """RT, RW ("003", "012") and the text without them. All ten spellings, Roman numbers too."""
    for pattern in (_BOTH, _PAIR, _SLASH, _BARE):
        match = pattern.search(text)
        if match:
            rest = text[: match.start()] + " , " + text[match.end() :]
            return _three(match[1]), _three(match[2]), rest
    rt = rw = ""
    if match := _ONE_RT.search(text):
        rt, text = _three(match[1]), text[: match.start()] + " , " + text[match.end() :]
    if match := _ONE_RW.search(text):
        rw, text = _three(match[1]), text[: match.start()] + " , " + text[match.end() :]
    return rt, rw, text


def read_rt(text: str) -> str:
    """A cell of a column that holds nothing but an RT or an RW: "3", "003", "RT 3", "III", "3.0"."""
    match = re.fullmatch(rf"\s*(?:r\.?\s?[tw]\s*[.:]*\s*)?{_NUMBER}(?:\.0)?\s*", text, re.I)
    return _three(match[1]) if match else ""


def parse_address(  # noqa: PLR0912 - the parts of an address in one place, in their order
    text: str, *, places: Gazetteer, within: str = ""
) -> Address:
    """Take the text apart; villages are looked for in `within`, and in the sub-district it names."""
    address = Address()
    address.rt, address.rw, rest = read_rt_rw(" ".join(text.replace("\n", ", ").split()))
    if match := re.search(r"\b(\d{5})\b(?!.*\b\d{5}\b)", rest):
        address.postal_code, rest = match[1], rest[: match.start()] + rest[match.end() :]
    pieces, marked = _split_marks(rest)

    for level, name in sorted(marked, key=lambda pair: pair[0]):
        if level == VILLAGE:
            continue
        scope = address.around[-1].code if address.around else ""
        found = _longest(name, places, scope, level)
        if found.area is None and scope:
            found = _longest(name, places, within[: 2 + 3 * (level - 2)] if within else "", level)
        if found.area:
            address.around.append(found.area)
        else:
            address.strange.append(name)
    loose: list[str] = []
    for piece in pieces:
        wide = Found() if _STREET_LIKE.match(piece) else _wide(piece, places)
        if wide.area and not any(a.level == wide.area.level for a in address.around):
            address.around.append(wide.area)
        elif wide.area is None:
            loose.append(piece)

    scope = _scope(address.around, within)
    for name in [name for level, name in marked if level == VILLAGE]:
        found = _longest(name, places, scope, VILLAGE)
        if found.area:
            address.village, address.confidence = found.area, SURE
        elif name:
            address.claimed_village, address.suggestions = name, found.suggestions
    if address.village is None and not address.claimed_village:
        loose = _look_for_village(loose, address, places, scope)
    _keep_the_rest(loose, address)
    return address


def _split_marks(text: str) -> tuple[list[str], list[tuple[int, str]]]:
    """Pieces between commas, and what follows "Desa", "Kec." and the like, with its level."""
    marks = [m for m in _MARK.finditer(text) if not _NOT_A_MARK.search(text[: m.start()])]
    marked: list[tuple[int, str]] = []
    kept, position = "", 0
    for i, mark in enumerate(marks):
        kept += text[position : mark.start()] + ","
        end = marks[i + 1].start() if i + 1 < len(marks) else len(text)
        comma = text.find(",", mark.end(), end)
        end = comma if comma >= 0 else end
        name = text[mark.end() : end].strip(" .,-")
        level = {"village": VILLAGE, "district": DISTRICT, "regency": REGENCY, "province": PROVINCE}[
            str(mark.lastgroup)
        ]
        if level == REGENCY:  # keeps "Kota Serang" and "Kab. Serang" apart
            name = f"{'Kota' if mark.group().lower().startswith('ko') else 'Kabupaten'} {name}"
        marked.append((level, name))
        position = end
    kept += text[position:]
    pieces = [piece.strip(" .;-") for piece in kept.split(",")]
    return [piece for piece in pieces if piece], [(level, name) for level, name in marked if name]


def _longest(name: str, places: Gazetteer, scope: str, level: int) -> Found:
    """ "Kanigaran gang 3" → Kanigaran: the most words that name an area; else what the whole suggests."""
    words = name.split()
    whole = places.find(name, within=scope, levels=(level,))
    if whole.area:
        return whole
    for count in range(min(len(words), 4) - 1, 0, -1):
        found = places.find(" ".join(words[:count]), within=scope, levels=(level,))
        if found.area:
            return found
    return whole


def _wide(piece: str, places: Gazetteer) -> Found:
    found = places.find(piece, levels=(PROVINCE,))
    if found.area is None and re.search(r"\b(regency|city)\b", piece, re.I):
        found = places.find(piece, levels=(REGENCY,))
    return found


def _scope(around: list[AreaRow], within: str) -> str:
    """The narrowest area that the address and the asker agree on."""
    narrowest = max((area.code for area in around), key=len, default="")
    if narrowest.startswith(within) or not within:
        return narrowest or within
    return within if within.startswith(narrowest) else narrowest


def _look_for_village(  # noqa: PLR0912
    loose: list[str], address: Address, places: Gazetteer, scope: str
) -> list[str]:
    """A piece that is a village's name and nothing else; a kampung of that name is only a guess."""
    if not scope:
        return loose
    named: dict[str, tuple[AreaRow, str]] = {}
    district = next((a for a in address.around if a.level == DISTRICT), None)
    if district is None and len(loose) > 1:
        # "…, Ngadirejo, Kromengan": the last is the sub-district if one before it is a village of it.
        last = places.find(loose[-1], within=scope, levels=(DISTRICT,)).area
        if last and any(places.find(piece, within=last.code).area for piece in loose[:-1]):
            address.around.append(last)
            district, scope, loose = last, last.code, loose[:-1]
    for piece in loose:
        if _STREET_LIKE.match(piece):
            continue
        words = piece.split()
        found = places.find(piece, within=scope)
        if found.area is None and len(words) > 1:  # "Ngadiredjo Kromengan": village and sub-district
            tail = places.find(words[-1], within=scope[:5], levels=(DISTRICT,))
            if tail.area:
                found = places.find(" ".join(words[:-1]), within=tail.area.code)
                district = tail.area if found.area else district
        if found.area:
            named[found.area.code] = (found.area, piece)
        elif found.suggestions and not address.suggestions:
            address.suggestions = found.suggestions
    if district and not any(a.level == DISTRICT for a in address.around):
        address.around.append(district)
    if len(named) == 1:
        address.village, piece = next(iter(named.values()))
        address.confidence = SURE
        return [other for other in loose if other != piece]
    if named:
        address.suggestions = tuple(area for area, _piece in named.values())
        return loose
    for piece in loose:
        if mark := _KAMPUNG.match(piece):
            found = places.find(piece[mark.end() :], within=scope)
            if found.area:
                address.village, address.confidence = found.area, GUESS
                address.suggestions = (found.area,)
                break
    return loose


def _keep_the_rest(loose: list[str], address: Address) -> None:
    street: list[str] = []
    for piece in loose:
        bare = piece.strip("() .")
        if re.match(r"patokan\b", bare, re.I):
            address.landmark = re.sub(r"^patokan\b\s*:?\s*", "", bare, flags=re.I)
        elif (mark := _LANDMARK.search(piece)) and not address.landmark:
            address.landmark = piece[mark.start() :].strip("() .")
            if before := piece[: mark.start()].strip("() .,-"):
                street.append(before)
        elif bare:
            street.append(bare if piece.startswith("(") else piece)
    seen: dict[str, None] = dict.fromkeys(" ".join(piece.split()) for piece in street)
    address.street = ", ".join(seen)


def _three(number: str) -> str:
    if number.isdigit():
        return f"{int(number):03d}"
    value = 0
    letters = [_ROMAN[letter] for letter in number.lower()]
    for here, after in zip(letters, [*letters[1:], 0], strict=True):
        value += -here if here < after else here
    return f"{value:03d}"
