"""How likely two records are one business, from what both say: phone, name, owner, place, kind.

Each agreement or difference is worth so many bits of evidence, for or against (Fellegi and Sunter 1969):
the weights below are the logarithm of how much more often it is seen among pairs that are one business than
among pairs that are two. They were set on the labelled set of `bench/linkage.py`;
`docs/decisions/linkage.md` has the figures. What one of the two does not know says nothing. The score never
decides: it fills the worklist of a person, in its order, and each bit is told to her in words.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import gettext_noop as _
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from etoko.registry.kinds import KINDS

LIKELY = -1.0
"""From this score on somebody is asked."""
PRIOR = -7.0
"""Among pairs that share enough to be compared at all, about one in a hundred is one business."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A business, as far as likeness needs it. Empty is unknown."""

    name: str
    owners: frozenset[str] = frozenset()
    """Names as they are written."""
    niks: frozenset[str] = frozenset()
    """Keyed hashes."""
    phones: frozenset[str] = frozenset()
    """Canonical."""
    area: str = ""
    rt: str = ""
    rw: str = ""
    street: str = ""
    kind: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    about: str
    """phone, name, owner, nik, place, address, point or kind."""
    said: str
    """In the source language: it is kept, and read in many."""
    weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    score: float
    """Bits of evidence, the prior included; above nought it is more likely one than two."""
    evidence: tuple[Evidence, ...]
    """The weightiest first."""

    @property
    def percent(self) -> int:
        """The score as people read it; never quite nought or a hundred."""
        return min(99, max(1, round(100 / (1 + 2 ** -max(-20.0, min(20.0, self.score))))))


class Commonness:
    """How many of the businesses at hand bear a name, or a word in it: what is rare tells more."""

    def __init__(self, names: Iterable[str]) -> None:
        self.total = 0
        self.words: Counter[str] = Counter()
        self.whole: Counter[str] = Counter()
        for name in names:
            words = words_of(name)
            self.total += 1
            self.words.update(set(words))
            self.whole["".join(sorted(words))] += 1

    def bits(self, word: str) -> float:
        """Evidence of a word that two names share."""
        # A few businesses do not know what is rare elsewhere: as if there were five hundred.
        total, count = max(self.total, 500), self.words[word]
        if word in _common_words():
            count = max(count, total // 12)
        return min(9.0, math.log2((total + 1) / (count + 0.5)))

    def is_own(self, word: str) -> bool:
        """Whether a word tells one business from another, as "Rahma" does and "kerupuk" does not."""
        return word not in _common_words() and word not in _ADDED and self.bits(word) >= 5.5

    def most_bits(self, name: str) -> float:
        """No name says more than how rare it is as a whole: fifty are called "Warung Kelontong"."""
        return math.log2((max(self.total, 500) + 1) / max(1, self.whole["".join(sorted(words_of(name)))]))


def compare(one: Sketch, other: Sketch, common: Commonness) -> Likeness:
    name = _name(one, other, common)
    person = _at_most(6.5, _nik(one, other), _phone(one, other), _owner(one, other))
    place = _at_most(4.0, _place(one, other), _address(one, other), _point(one, other))
    if not person:
        person = [Evidence("person", _("Pemilik dan nomor HP-nya tidak bisa dibandingkan"), -1.5)]
    kind = _kind(one, other)
    found = [name, *person, *place, *([kind] if kind else [])]
    found.sort(key=lambda evidence: -abs(evidence.weight))
    return Likeness(PRIOR + sum(evidence.weight for evidence in found), tuple(found))


def _at_most(most: float, *found: Evidence | None) -> list[Evidence]:
    """Phone, owner and NIK say one thing three times: that it is the same person, who may have two
    businesses."""
    kept = [evidence for evidence in found if evidence]
    total = sum(evidence.weight for evidence in kept)
    if total <= most:
        return kept
    return [replace(evidence, weight=evidence.weight * most / total) for evidence in kept]


_EVERYBODYS = frozenset(
    "toko warung kios usaha ud cv pt umkm depot kedai rumah makan produksi dapur jaya berkah barokah makmur"
    " sari pasar jual jualan penjual pedagang dagang bakul agen pusat aneka dan baru bekas khas asli enak"
    " murah sumber rejeki".split()
)
"""Words that half of all businesses bear, whatever they do."""
_ADDED = frozenset(
    "toko warung kios usaha ud cv pt umkm kedai depot rumah dapur produksi jaya dan aneka".split()
)
_TITLES = frozenset(
    "h hj haji hajah ibu bu bpk bapak pak mbak mba mas mak nyai ust ustadz ny tn kang teh bunda".split()
)
_SPELLINGS = (
    ("dj", "j"), ("tj", "c"), ("oe", "u"), ("sj", "sy"), ("krupuk", "kerupuk"), ("kripik", "keripik"),
    ("klontong", "kelontong"), ("ck", "k"), ("ks", "x"), ("y", "i"), ("v", "f"), ("z", "s"),
)  # fmt: skip


@lru_cache(maxsize=100_000)
def words_of(name: str) -> tuple[str, ...]:
    """ "Krupuk Ibu RAHMAWATI!" → ("kerupuk", "rahmawati"): without titles, one spelling for what sounds
    alike."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = []
    for word in re.findall(r"[a-z0-9]+", plain):
        if re.sub(r"(.)\1", r"\1", word) in _TITLES:
            continue
        spelled = word
        for old, new in _SPELLINGS:
            spelled = spelled.replace(old, new)
        words.append(re.sub(r"(.)\1", r"\1", spelled))
    return tuple(words) or tuple(re.findall(r"[a-z0-9]+", plain))


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Words that say what is made or sold, and everybody's: they tell little of whose business it is."""
    trades = " ".join(f"{kind.words} {kind.weak} {kind.phrases.replace(',', ' ')}" for kind in KINDS)
    return frozenset(word for text in (trades, *_EVERYBODYS) for word in words_of(text))


@lru_cache(maxsize=200_000)
def name_likeness(one: str, other: str) -> float:
    """0 … 1: how far the words of two names cover each other, whatever their order; common words count
    little."""
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs:
        return 0.0
    joined = fuzz.ratio("".join(mine), "".join(theirs)) / 100
    return max(_covered(mine, theirs), joined if joined >= 0.92 else 0.0)


def _covered(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    total = matched = 0.0
    for some, others in ((mine, theirs), (theirs, mine)):
        for word in some:
            weight = 0.35 if word in _common_words() else 1.0
            best = max((_alike(word, other) for other in others), default=0.0)
            total += weight
            matched += weight * best
    return matched / total if total else 0.0


@lru_cache(maxsize=200_000)
def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 4:
        return 0.0
    distance = DamerauLevenshtein.distance(one, other)
    if distance == 1:
        return 0.95
    return JaroWinkler.similarity(one, other) if distance == 2 and max(len(one), len(other)) >= 6 else 0.0


def _name(one: Sketch, other: Sketch, common: Commonness) -> Evidence:
    mine, theirs = words_of(one.name), words_of(other.name)
    theirs_left = list(theirs)
    persons = _person_words(one) & _person_words(other)
    shared = lost = 0.0
    own_shared = own_lost = False
    for word in mine:
        best = max(theirs_left, key=lambda other_word: _alike(word, other_word), default="")
        alike = _alike(word, best) if best else 0.0
        if alike >= 0.85:
            theirs_left.remove(best)
            # Her name in both says that they are hers, which the owner has said already.
            bits = 1.0 if word in persons else min(common.bits(word), common.bits(best))
            shared += bits * (1.0 if alike == 1 else 0.85 if alike >= 0.95 else 0.4)
            own_shared |= common.is_own(word) or common.is_own(best)
        else:
            theirs_left.append(word)
    for word in theirs_left:
        lost += _loss(word, common)
        own_lost |= common.is_own(word)
    if shared and "".join(mine) == "".join(theirs):
        lost = 0.0
    elif len(mine) != len(theirs) and fuzz.ratio("".join(mine), "".join(theirs)) >= 90:
        shared, lost = max(shared, 6.0), min(lost, 0.5)  # a space went astray
        own_shared = True
    shared = min(shared, common.most_bits(one.name), common.most_bits(other.name))
    if not own_shared:
        # What they share says what the business does, not whose it is.
        shared = min(shared, 4.0 if not own_lost else 0.0)
    if _sexes(one.name) | _sexes(other.name) == {"f", "m"}:
        lost += 3.0  # "Bu Budi" and "Pak Budi" are two people
    weight = max(-6.0, min(9.0, 0.85 * shared - lost))
    likeness = name_likeness(one.name, other.name)
    for least, said in (
        (0.97, _("Namanya sama")),
        (0.85, _("Namanya hampir sama")),
        (0.6, _("Namanya mirip")),
        (0.35, _("Sebagian namanya sama")),
    ):
        if likeness >= least:
            return Evidence("name", said, weight)
    return Evidence("name", _("Namanya lain"), min(weight, -3.0))


_SEX = {
    **dict.fromkeys("bu ibu mbak mba mak hj ny nyai teh bunda".split(), "f"),
    **dict.fromkeys("pak bpk bapak pk mas mang kang tn".split(), "m"),
}


@lru_cache(maxsize=100_000)
def _sexes(name: str) -> frozenset[str]:
    """Of the people in a name, as their titles say."""
    return frozenset(_SEX[word] for word in re.findall(r"[a-z]+", name.lower()) if word in _SEX)


def _loss(word: str, common: Commonness) -> float:
    """A word of one name that the other one lacks: one that is added easily says less."""
    if word in _ADDED:
        return 0.4
    return min(4.0, 0.5 * common.bits(word))


def _person_words(sketch: Sketch) -> set[str]:
    return {word for name in sketch.owners for word in words_of(name)}


def _nik(one: Sketch, other: Sketch) -> Evidence | None:
    if not one.niks or not other.niks:
        return None
    if one.niks & other.niks:
        return Evidence("nik", _("NIK pemiliknya sama"), 4.5)
    return Evidence("nik", _("NIK pemiliknya lain"), -6.0)


def _phone(one: Sketch, other: Sketch) -> Evidence | None:
    if not one.phones or not other.phones:
        return None
    if one.phones & other.phones:
        return Evidence("phone", _("Nomor HP-nya sama"), 4.5)
    if any(_one_slip(mine, theirs) for mine in one.phones for theirs in other.phones):
        return Evidence("phone", _("Nomor HP-nya berbeda satu angka"), 3.0)
    return Evidence("phone", _("Nomor HP-nya lain"), -1.5)


def _one_slip(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) <= 1 and DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1


def _owner(one: Sketch, other: Sketch) -> Evidence | None:
    if not one.owners or not other.owners:
        return None
    likeness = max(name_likeness(mine, theirs) for mine in one.owners for theirs in other.owners)
    several = any(len(words_of(name)) > 1 for name in one.owners) and any(
        len(words_of(name)) > 1 for name in other.owners
    )
    if likeness >= 0.97:
        return Evidence("owner", _("Nama pemiliknya sama"), 4.5 if several else 2.5)
    if likeness >= 0.85:
        return Evidence("owner", _("Nama pemiliknya hampir sama"), 3.0 if several else 1.8)
    if _part_of(one.owners, other.owners):
        return Evidence("owner", _("Nama pemiliknya sebagian sama"), 1.2)
    return Evidence("owner", _("Nama pemiliknya lain"), -4.0)


def _part_of(some: Iterable[str], others: Iterable[str]) -> bool:
    """ "Rahma" and "Rahma Wijaya": the first word is how people are called."""
    for mine in some:
        for theirs in others:
            short, long = sorted((words_of(mine), words_of(theirs)), key=len)
            if len(short) == 1 and len(long) > 1 and any(_alike(short[0], word) >= 0.95 for word in long):
                return True
    return False


def _place(one: Sketch, other: Sketch) -> Evidence | None:
    if not one.area or not other.area:
        return None
    if one.area == other.area:
        return Evidence("place", _("Desanya sama"), 1.0) if one.area.count(".") == 3 else None
    if one.area.startswith(f"{other.area}.") or other.area.startswith(f"{one.area}."):
        return None  # one of them knows only the wider area
    if one.area.rpartition(".")[0] == other.area.rpartition(".")[0]:
        return Evidence("place", _("Desanya lain"), -3.0)
    return Evidence("place", _("Kecamatannya lain"), -5.0)


def _address(one: Sketch, other: Sketch) -> Evidence | None:
    if one.rt and other.rt and one.rw and other.rw:
        if (one.rt, one.rw) == (other.rt, other.rw):
            return Evidence("address", _("RT dan RW-nya sama"), 1.8)
        return Evidence("address", _("RT atau RW-nya lain"), -1.2)
    if one.street and other.street and name_likeness(one.street, other.street) >= 0.9:
        return Evidence("address", _("Jalan atau kampungnya sama"), 1.0)
    return None


def _point(one: Sketch, other: Sketch) -> Evidence | None:
    if one.point is None or other.point is None:
        return None
    metres = distance_m(one.point, other.point)
    if metres <= 30:
        return Evidence("point", _("Letaknya di titik yang sama"), 3.5)
    if metres <= 150:
        return Evidence("point", _("Letaknya berdekatan"), 1.8)
    return Evidence("point", _("Letaknya berjauhan"), -3.0) if metres > 700 else None


def _kind(one: Sketch, other: Sketch) -> Evidence | None:
    unknown = ("", "unknown", "lain")
    if one.kind in unknown or other.kind in unknown:
        return None
    if one.kind == other.kind:
        return Evidence("kind", _("Jenis usahanya sama"), 0.8)
    return Evidence("kind", _("Jenis usahanya lain"), -1.8)


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    north = (one[0] - other[0]) * 111_320
    east = (one[1] - other[1]) * 111_320 * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


MOST_IN_BLOCK = 60
"""What so many share says nothing, and comparing all of them would take minutes."""
_CELL = 0.0015  # degrees: about 150 m


def pairs_to_compare(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Pairs (smaller place first) that share a phone, an owner, a word that tells apart, or a corner of the
    map."""
    blocks: dict[tuple[str, object], list[int]] = defaultdict(list)
    for i, sketch in enumerate(sketches):
        for key in keys_of(sketch):
            blocks[key].append(i)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) > MOST_IN_BLOCK:
            continue
        for at, i in enumerate(members):
            for j in members[at + 1 :]:
                if i != j and (i, j) not in seen:
                    seen.add((i, j))
                    yield i, j


def keys_of(sketch: Sketch) -> set[tuple[str, object]]:
    """Under which keys a business is looked for: whoever shares none of them is not compared."""
    keys: set[tuple[str, object]] = {("phone", phone) for phone in sketch.phones}
    keys |= {("phone", phone[:-1]) for phone in sketch.phones} | {("nik", nik) for nik in sketch.niks}
    district = ".".join(sketch.area.split(".")[:3])
    for name in sketch.owners:
        keys |= {("owner", (district, word[:5])) for word in words_of(name)[:2]}
    own = [word for word in words_of(sketch.name) if word not in _common_words() and len(word) > 2]
    for word in own[:3]:
        keys |= {("word", (district, word[:4])), ("word", (district, "$" + word[-4:]))}
    joined = "".join(sorted(words_of(sketch.name)))
    keys |= {("name", (district, joined[:6])), ("name", (district, "$" + joined[-6:]))}
    if sketch.point:
        row, column = (math.floor(place / _CELL) for place in sketch.point)
        keys |= {("cell", (row + i, column + j)) for i in (0, 1) for j in (0, 1)}
    return keys
