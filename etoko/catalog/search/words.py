"""From text to words, and from words to the tokens that the index holds.

A word is what people wrote ("anyaman"); a token is what all its forms share ("anyam").
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

MOST_LETTERS = 40
MOST_ASKED = 8
"""Words of a question that are looked for; the rest is left out."""

_STOP = frozenset(
    "dan di ke dari yang untuk dengan atau ini itu pada dalam oleh agar juga ada adalah akan bisa dapat"
    " kami anda saya kita serta para bagi sebagai secara kok ya the of and for cari jual beli".split()
)
_WORD = re.compile(r"[a-z0-9]+")
_SYNONYMS = Path(__file__).with_name("synonyms.txt")


@dataclass(frozen=True)
class Word:
    written: str
    token: str


def words_of(text: str) -> list[str]:
    """Lower case, without accents and signs: "Kerupuk Udang 250g (pedas)!" → kerupuk udang 250g pedas."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return [word[:MOST_LETTERS] for word in _WORD.findall(plain) if len(word) > 1 or word.isdigit()]


def told_words(words: Iterable[str]) -> list[str]:
    """Without those that say nothing; all of them when nothing else was said."""
    every = list(words)
    return [word for word in every if word not in _STOP] or every


@lru_cache(maxsize=30_000)
def token_of(word: str) -> str:
    alike = _single_synonyms()
    if word in alike:
        return alike[word]
    if len(word) <= 3 or not word.isalpha():
        return word
    stem = _stem(word)
    return alike.get(stem, stem)


def asked_words(text: str) -> list[Word]:
    """What is looked for: words that belong together ("ikan asin") count as one."""
    every = words_of(text[:200])
    found: list[Word] = []
    at = 0
    while at < len(every):
        phrase = _phrase_at(every, at)
        if phrase:
            found.append(Word(" ".join(phrase), _phrase_synonyms()[phrase]))
            at += len(phrase)
        else:
            found.append(Word(every[at], token_of(every[at])))
            at += 1
    told = [word for word in found if word.written not in _STOP] or found
    once = {word.token: word for word in reversed(told)}
    return list(reversed(once.values()))[:MOST_ASKED]


def tokens_of(words: Sequence[str]) -> list[str]:
    """The tokens of a text as the index holds it, each once: of its words, and of phrases in it."""
    phrases = [_phrase_synonyms()[phrase] for at in range(len(words)) if (phrase := _phrase_at(words, at))]
    return list(dict.fromkeys([token_of(word) for word in told_words(words)] + phrases))


def _phrase_at(words: Sequence[str], at: int) -> tuple[str, ...] | None:
    for length in (4, 3, 2):
        phrase = tuple(words[at : at + length])
        if len(phrase) == length and phrase in _phrase_synonyms():
            return phrase
    return None


@cache
def _groups() -> list[list[str]]:
    lines = _SYNONYMS.read_text(encoding="utf-8").splitlines()
    return [[name.strip() for name in line.split(",")] for line in lines if line and not line.startswith("#")]


@cache
def _single_synonyms() -> dict[str, str]:
    alike = {name: _kept(group) for group in _groups() for name in group if " " not in name}
    # Also what other forms of these words come down to: "menganyam" belongs to "anyaman".
    for name, kept in list(alike.items()):
        alike.setdefault(_stem(name), kept)
    return alike


@cache
def _phrase_synonyms() -> dict[tuple[str, ...], str]:
    return {tuple(name.split()): _kept(group) for group in _groups() for name in group if " " in name}


def _kept(group: Sequence[str]) -> str:
    return group[0].replace(" ", "")


_stemming = threading.Lock()


def _stem(word: str) -> str:
    # The stemmer keeps what it is at in itself and must not be used by two threads at once.
    with _stemming:
        stem: str = _stemmer().stem(word)
    return stem or word


@cache
def _stemmer() -> Any:
    # 30 ms and 7 MB, for those processes only that need it.
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer(isDev=False).delegatedStemmer
