"""What became of a code of KBLI in the other edition.

BPS has published no table for it that may be given on, so this compares the titles: the same title is the
same activity, whatever its code; a title much alike in the same division is a proposal that somebody
confirms.
"""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from etoko.registry.kbli import EDITIONS, KbliCode, all_codes, kbli_title

SAME, MOVED, LIKELY, GONE = "same", "moved", "likely", "gone"
"""The same code; another code with the same title; titles much alike; no counterpart that can be told."""
_LEAST_ALIKE = 82
_MOST = 3


@dataclass(frozen=True)
class Counterpart:
    how: str
    codes: tuple[KbliCode, ...]
    """In the other edition, the likeliest first; several where one has become many or it is only a
    proposal."""


@lru_cache(maxsize=4_000)
def counterpart(edition: int, code: str) -> Counterpart:
    """Raises nothing: a code that its edition does not know has no counterpart."""
    title = kbli_title(edition, code)
    other = next(year for year in EDITIONS if year != edition)
    if not title:
        return Counterpart(GONE, ())
    theirs = {entry.code: entry for entry in all_codes(other)}
    if code in theirs and _bare(theirs[code].title) == _bare(title):
        return Counterpart(SAME, (theirs[code],))
    by_title = [entry for entry in theirs.values() if _bare(entry.title) == _bare(title)]
    if by_title:
        return Counterpart(MOVED, tuple(by_title))
    near = {key: _bare(entry.title) for key, entry in theirs.items() if entry.code[:2] == code[:2]}
    found = process.extract(
        _bare(title), near, scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST_ALIKE, limit=_MOST
    )
    # A longer title that holds all words of the other one: the activity was given more, or less.
    found = found or process.extract(
        _bare(title), near, scorer=fuzz.token_set_ratio, score_cutoff=96, limit=_MOST
    )
    if found:
        return Counterpart(LIKELY, tuple(theirs[key] for _title, _score, key in found))
    return Counterpart(GONE, ())


_SAID = (
    ("pembuatan", "industri"),
    ("pengolahan", "industri"),
    ("aktivitas", ""),
    ("industri", ""),
    ("budi daya", "budidaya"),
)


@lru_cache(maxsize=8_000)
def _bare(title: str) -> str:
    """Without the words by which the newer edition only calls the same thing otherwise."""
    text = title.lower().replace("/", " ").replace(",", " ")
    for old, new in _SAID:
        text = text.replace(old, new)
    return " ".join(word for word in text.split() if word not in ("dan", "serta", "dari"))
