"""Mistyped words are repaired from the words that really stand in the index."""

import re

from django.db import connection
from rapidfuzz.distance import OSA

from etoko.catalog.search.words import MOST_LETTERS, words_of

_CANDIDATES = 150


def bones_of(word: str) -> str:
    """The consonants, each once in a row: what slow and quick fingers mostly leave in place."""
    consonants = re.sub(r"[aeiou]", "", word) or word
    return re.sub(r"(.)\1+", r"\1", consonants)


def repaired(word: str) -> tuple[str, int, int] | None:
    """The word that was meant, one or, in longer words, two letters away; with in how many names and in
    how many entries it stands.

    Candidates share the first letter and nearly the length, or the consonants, or the ending, so that
    the vocabulary is never read as a whole. Nearer words come before more frequent ones.
    """
    words = words_of(word)
    if len(words) != 1 or len(words[0]) < 4 or words[0].isdigit():
        return None
    meant = words[0][:MOST_LETTERS]
    most = 1 if len(meant) < 6 else 2
    lengths = [len(meant) - most, len(meant) + most]
    portions: list[tuple[str, list[str | int]]] = [
        ("bones = %s AND length BETWEEN %s AND %s", [bones_of(meant), *lengths]),
        ("first = %s AND length BETWEEN %s AND %s", [meant[0], *lengths]),
        ("tail = %s AND length BETWEEN %s AND %s", [meant[-3:], *lengths]),
    ]
    sql = " UNION ".join(
        f"SELECT * FROM (SELECT word, names, docs FROM catalog_searchword WHERE {where} AND docs > 0"
        f" ORDER BY docs DESC, word LIMIT {_CANDIDATES}) AS portion{at}"
        for at, (where, _params) in enumerate(portions)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for _where, params in portions for param in params])
        near = [
            (distance, -docs, found, names)
            for found, names, docs in cursor.fetchall()
            if (distance := OSA.distance(meant, found, score_cutoff=most)) <= most
        ]
    if not near:
        return None
    _distance, less_docs, found, names = min(near)
    return found, names, -less_docs
