"""KBLI, the classification of economic activities by which licences are given; two editions are in use.

Only 428 of the 1,052 codes that both editions know mean the same in both: a code is nothing without
its edition. Licences (NIB) that people hold carry codes of 2020; since the end of 2025 there is 2025.
"""

import csv
import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

EDITIONS = (2020, 2025)
_TABLE = Path(__file__).parent / "data" / "kbli.csv"
_PHRASES = Path(__file__).parent / "data" / "kbli_said.csv"


@dataclass(frozen=True)
class KbliCode:
    edition: int
    code: str
    title: str


def kbli_title(edition: int | None, code: str) -> str:
    """The title of the code in that edition, or "" where there is none."""
    found = _book().by_code.get((edition or 0, code))
    return found.title if found else ""


def editions_of(code: str) -> list[int]:
    """In which editions the code exists, the older first."""
    return [edition for edition in EDITIONS if (edition, code) in _book().by_code]


def search_kbli(text: str, *, edition: int | None = None, limit: int = 8) -> list[KbliCode]:
    """Codes for what a person says ("bikin kerupuk", "warung sembako", "10794"), the best first.

    "bikin" leans to making, "jual" to selling, "servis" to repairing; what is not said leans to making.
    """
    digits = re.fullmatch(r"\s*(\d{2,5})\s*", text)
    if digits:
        return [
            entry
            for (year, code), entry in _book().by_code.items()
            if code.startswith(digits[1]) and edition in (None, year)
        ][:limit]
    said = [entry for entry in _said(_plain(text)) if edition in (None, entry.edition)]
    words, divisions = _understand(text)
    if not words:
        return said
    book = _book()
    scores: dict[int, float] = defaultdict(float)
    for word in words:
        for target in word:
            for index in book.pinned(target) if target.isdigit() else book.index.get(target, ()):
                scores[index] += 20.0 if target.isdigit() else book.weight[target]
    best = []
    for index, score in scores.items():
        entry = book.entries[index]
        if edition not in (None, entry.edition):
            continue
        leaning = 1.0 if entry.code.startswith(divisions) else 0.45
        best.append((score * leaning / (1 + 0.04 * len(book.words[index])), -index, entry))
    best.sort(key=lambda row: (-row[0], -row[1]))
    return [*said, *(entry for _score, _index, entry in best if entry not in said)][:limit]


def all_codes(edition: int) -> list[KbliCode]:
    return [entry for entry in _book().entries if entry.edition == edition]


@lru_cache(maxsize=2_000)
def _said(plain: str) -> tuple[KbliCode, ...]:
    """What neighbours call it where no title says so: the longest phrase of the dictionary that is in the
    text."""
    words = plain.split()
    fitting = [phrase for phrase in _phrases() if set(phrase.split()) <= set(words)]
    if not fitting:
        return ()
    codes = _phrases()[max(fitting, key=lambda phrase: len(phrase.split()))]
    found = (_book().by_code.get(place) for place in zip(EDITIONS, codes, strict=True))
    return tuple(entry for entry in found if entry)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[str, str]]:
    with _PHRASES.open(encoding="utf-8", newline="") as file:
        return {row["said"]: (row["code_2020"], row["code_2025"]) for row in csv.DictReader(file)}


_FILLERS = frozenset(
    "usaha dan di yang dari untuk ke sendiri rumah rumahan kecil aneka macam berbagai lainnya segala"
    " khas asli sejenisnya industri ibu bu pak pembuatan olahan bahan barang produk potong".split()
)
_MAKE = "01 02 03 10 11 13 14 15 16 17 18 20 22 23 25 31 32".split()
_SELL = "47 56".split()
_MEND = "95 45 33".split()
_SERVE = "96 95 45 77 82 49 56 14 18 74 85 55".split()
_VERBS: dict[str, list[str]] = {
    **dict.fromkeys("bikin buat membuat produksi memproduksi pengrajin perajin pabrik olah".split(), _MAKE),
    **dict.fromkeys(
        "jual jualan menjual berjualan dagang pedagang berdagang toko kios warung lapak penjual".split(),
        _SELL,
    ),
    **dict.fromkeys("servis service reparasi bengkel tambal perbaikan betulkan".split(), _MEND),
    **dict.fromkeys("jasa sewa rental tukang".split(), _SERVE),
}
"""Words that say what is done, and the divisions of KBLI that they lean to."""

_PLAIN: dict[str, str] = {
    "krupuk": "kerupuk",
    "kripik": "keripik",
    "emping": "kerupuk keripik peyek",
    "rengginang": "kerupuk",
    "opak": "kerupuk",
    "rempeyek": "peyek",
    "peyek": "peyek",
    "snack": "kerupuk keripik",
    "camilan": "kerupuk keripik",
    "cemilan": "kerupuk keripik",
    "topi": "anyaman bambu",
    "peci": "anyaman bambu",
    "kopiah": "anyaman bambu",
    "bakul": "anyaman bambu",
    "besek": "anyaman bambu",
    "tikar": "anyaman tanaman",
    "pandan": "anyaman tanaman",
    "roti": "roti bakeri",
    "bolu": "kue roti bakeri",
    "donat": "kue roti bakeri",
    "jajanan": "kue basah",
    "gorengan": "56104 56102",
    "bakso": "56104 56102 56103",
    "nasi": "warung makan penyediaan makanan",
    "kuliner": "warung makan penyediaan makanan",
    "warteg": "warung makan",
    "restoran": "restoran 56101",
    "katering": "boga",
    "catering": "boga",
    "kopi": "kopi",
    "kedai": "kedai",
    "kafe": "kafe",
    "galon": "minum isi ulang",
    "jus": "minuman 56304 56306",
    "jamu": "obat tradisional jamu 11090",
    "sembako": "47112",
    "kelontong": "47112 47192",
    "pulsa": "telekomunikasi telepon",
    "konter": "telekomunikasi telepon",
    "baju": "pakaian",
    "kaos": "pakaian",
    "gamis": "pakaian",
    "kerudung": "pakaian",
    "seragam": "pakaian",
    "konveksi": "konveksi konfeksi",
    "jahit": "penjahitan",
    "menjahit": "penjahitan",
    "penjahit": "penjahitan",
    "bordir": "bordir",
    "sablon": "pencetakan umum",
    "batik": "batik",
    "mebel": "furnitur kayu",
    "lemari": "furnitur kayu",
    "kursi": "furnitur kayu",
    "kusen": "kayu bangunan",
    "motor": "sepeda motor",
    "las": "logam siap pasang bangunan",
    "laundry": "penatu 96200",
    "cuci": "penatu pencucian",
    "salon": "kecantikan salon",
    "rias": "kecantikan",
    "cukur": "pangkas rambut",
    "pijat": "pijat",
    "fotokopi": "fotokopi",
    "percetakan": "pencetakan umum",
    "tenda": "pesta acara",
    "ojek": "ojek motor",
    "lele": "air tawar kolam bersirip",
    "nila": "air tawar kolam bersirip",
    "ayam": "ayam",
    "bebek": "itik bebek",
    "kambing": "kambing",
    "sapi": "sapi",
    "sayur": "sayuran",
    "buah": "buah",
    "jamur": "jamur",
    "telur": "telur",
    "asin": "pengasinan",
    "tahu": "tahu",
    "tempe": "tempe",
    "gas": "elpiji lpg",
    "bensin": "bahan bakar",
    "sepatu": "alas kaki sepatu",
    "sandal": "alas kaki sandal",
    "tas": "tas",
    "souvenir": "kerajinan cendera mata",
    "kerajinan": "kerajinan",
    "bata": "batu bata genteng",
    "dodol": "kue basah",
    "bumbu": "bumbu",
    "sambal": "bumbu",
    "mie": "mie mi makaroni",
    "minuman": "minuman",
    "bengkel": "reparasi perawatan",
    "servis": "reparasi",
    "service": "reparasi",
    "rambut": "pangkas rambut",
    "kering": "kue roti bakeri",
}
"""How people say it → words of the titles, or a code where the titles say it with other words."""

_ALONE = dict.fromkeys("warung toko kios dagang pedagang jualan".split(), "47112")
"""A verb that is all that was said."""


def spoken_codes(*, edition: int = 2020) -> dict[str, Any]:
    """What a phone needs to find codes without us: {"words": {"jual keripik": ["2020:47222", …]}, "titles":
    {"2020:47222": …}}. Everyday words, with and without a verb, and the words that few titles have."""
    found = {
        said: search_kbli(said, edition=edition, limit=3)
        for word in _PLAIN
        for said in (word, f"bikin {word}", f"jual {word}")
    }
    found |= {
        word: search_kbli(word, edition=edition, limit=3) for word in ("warung", "toko", "servis", "ojek")
    }
    book = _book()
    for word, places in book.index.items():
        entries = [book.entries[place] for place in places if book.entries[place].edition == edition]
        if len(word) > 3 and word not in found and word.isalpha() and 0 < len(entries) <= 4:
            found[word] = entries
    return {
        "words": {
            said: [f"{one.edition}:{one.code}" for one in codes] for said, codes in found.items() if codes
        },
        "titles": {f"{one.edition}:{one.code}": one.title for codes in found.values() for one in codes},
    }


def _understand(text: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """The words of the titles that each word means, and the divisions that the verbs lean to."""
    divisions: list[str] = []
    words: list[list[str]] = []
    said = [word for word in _plain(text).split() if word not in _FILLERS]
    for word in said:
        divisions += _VERBS.get(word, [])
        if word in _PLAIN:
            words.append(_PLAIN[word].split())
        elif word not in _VERBS:
            words.append(_nearest(word))
    if not any(words):
        words = [_ALONE.get(word, "").split() for word in said]
    return [word for word in words if word], tuple(divisions or _MAKE)


@lru_cache(maxsize=5_000)
def _nearest(word: str) -> list[str]:
    """The word itself if titles know it, else the one that is a slip of the pen away."""
    book = _book()
    if word in book.index:
        return [word]
    if len(word) < 5:
        return []
    known = process.extractOne(word, list(_PLAIN), scorer=DamerauLevenshtein.distance, score_cutoff=1)
    if known:
        return _PLAIN[known[0]].split()
    found = process.extractOne(
        word, book.long_words, scorer=DamerauLevenshtein.distance, score_cutoff=1 if len(word) < 8 else 2
    )
    return [found[0]] if found else []


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


class _Book:
    """The table in memory, about 2 MB, read when first asked."""

    def __init__(self) -> None:
        self.entries: list[KbliCode] = []
        self.words: list[frozenset[str]] = []
        self.by_code: dict[tuple[int, str], KbliCode] = {}
        self.index: dict[str, list[int]] = defaultdict(list)
        with _TABLE.open(encoding="utf-8", newline="") as file:
            for code, title_2020, title_2025 in list(csv.reader(file))[1:]:
                same = title_2025 == "="
                for edition, title in ((2020, title_2020), (2025, title_2020 if same else title_2025)):
                    if title:
                        self._add(KbliCode(edition, code, title.capitalize() if title.isupper() else title))
        self.index = dict(self.index)
        self.weight = {word: math.log(len(self.entries) / len(places)) for word, places in self.index.items()}
        self.long_words = [word for word in self.index if len(word) >= 5]

    def pinned(self, code: str) -> list[int]:
        return [index for index, entry in enumerate(self.entries) if entry.code == code]

    def _add(self, entry: KbliCode) -> None:
        words = frozenset(_plain(entry.title).split())
        for word in words:
            self.index[word].append(len(self.entries))
        self.entries.append(entry)
        self.words.append(words)
        self.by_code[entry.edition, entry.code] = entry


@lru_cache(maxsize=1)
def _book() -> _Book:
    return _Book()
