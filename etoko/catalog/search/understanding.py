"""What a question means: its words, repaired where they stand nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from etoko.catalog.search import dialects
from etoko.catalog.search.spelling import repaired
from etoko.catalog.search.words import Word, asked_words, token_of


@dataclass(frozen=True)
class Understood:
    """What a question means: its words that stand in the index, after repair."""

    text: str
    words: tuple[Word, ...] = ()
    frequencies: tuple[tuple[int, int], ...] = ()
    """For each word, in how many names and in how many entries it stands."""
    entries: int = 1
    """How many entries there are, rather too many than too few."""
    repaired_text: str = ""
    unknown: tuple[str, ...] = ()
    """Words that stand nowhere and were left out."""

    @property
    def is_hopeless(self) -> bool:
        return bool(self.unknown) and not self.words


def understand(text: str) -> Understood:
    """One query, and one more for the first word that stands nowhere."""
    words = asked_words(text)
    if not words:
        return Understood(text)
    known, entries = _frequencies([word.token for word in words])
    kept, frequencies, unknown, anew = [], [], [], []
    tries = 0
    for word in words:
        meant = word
        if word.token not in known and tries < 1:
            tries += 1
            better = repaired(word.written)
            if better:
                meant = Word(better[0], token_of(better[0]))
                # Of this form of the word alone: the others would be one more query.
                known.setdefault(meant.token, better[1:])
        if meant.token in known:
            kept.append(meant)
            frequencies.append(known[meant.token])
            anew.append(meant.written)
        else:
            unknown.append(word.written)
    repaired_text = " ".join(anew) if any(word not in words for word in kept) else ""
    return Understood(text, tuple(kept), tuple(frequencies), entries, repaired_text, tuple(unknown))


def _frequencies(tokens: Sequence[str]) -> tuple[dict[str, tuple[int, int]], int]:
    """Of each token that stands somewhere, in how many names and entries; and the highest id of an entry."""
    marks = ", ".join(["%s"] * len(tokens))
    rows = dialects.ask(
        "SELECT token, SUM(names), SUM(docs) FROM catalog_searchword"
        f" WHERE token IN ({marks}) GROUP BY token HAVING SUM(docs) > 0"
        " UNION ALL SELECT '', MAX(id), 0 FROM catalog_searchentry",
        list(tokens),
    )
    known = {token: (int(names or 0), int(docs)) for token, names, docs in rows}
    return known, known.pop("")[0] or 1
