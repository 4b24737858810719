"""Threads by what people type: stems and synonyms as in the search of the shop, alike on both databases.

A thread that has all the words in its title stands first, then whoever has them anywhere; the newest first
within each. Pages go on from the last hit of the one before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from etoko.catalog.search import dialects
from etoko.catalog.search.spelling import repaired
from etoko.catalog.search.words import Word, asked_words, token_of

INDEX = dialects.TextIndex("discussion_threadtext", "discussion_threadsearch", "discussion")


@dataclass(frozen=True)
class Found:
    thread_ids: list[int]
    next: str
    """Where the next page goes on; empty on the last."""
    meant: str = ""
    """What was looked for instead, where what was typed stands nowhere."""


def area_token(code: str) -> str:
    return "v" + code.replace(".", "")


def topic_token(slug: str) -> str:
    return f"t0{slug}"  # no word of a text looks so


def find(text: str, *, topic: str, area: str, after: str, most: int) -> Found:
    """At most two queries, and one for each word that has to be repaired."""
    words = asked_words(text)
    more = [[token] for token in (topic and topic_token(topic), area and area_token(area)) if token]
    found = _page(words, more, after, most)
    if found.thread_ids or after or not words:
        return found
    meant = [_repaired(word) for word in words]
    if meant == words:
        return found
    again = _page(meant, more, after, most)
    return (
        Found(again.thread_ids, again.next, " ".join(word.written for word in meant))
        if again.thread_ids
        else found
    )


def _page(words: Sequence[Word], more: list[list[str]], after: str, most: int) -> Found:
    tokens = [[word.token] for word in words] + more
    if not tokens:
        return Found([], "")
    dialect = dialects.current(INDEX)
    matching, params = dialect.matching(names=[], words=tokens)
    named = " AND ".join([dialect.contains.format(column="names")] * len(words)) or "1 = 1"
    beyond, beyond_params = _beyond(after)
    rows = dialects.ask(
        f"SELECT ref, tier, fresh FROM (SELECT e.thread_id AS ref, e.fresh AS fresh,"
        f" CASE WHEN {named} THEN 0 ELSE 1 END AS tier {matching}) AS hits{beyond}"
        " ORDER BY tier, fresh DESC, ref DESC LIMIT %s",
        [*(f" {word.token} " for word in words), *params, *beyond_params, most + 1],
    )
    page = rows[:most]
    last = page[-1] if len(rows) > most else None
    return Found([int(row[0]) for row in page], f"{last[1]}-{last[2]}-{last[0]}" if last else "")


def _beyond(after: str) -> tuple[str, list[Any]]:
    parts = after.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
        return "", []
    tier, fresh, ref = (int(part) for part in parts)
    return " WHERE tier > %s OR (tier = %s AND (fresh, ref) < (%s, %s))", [tier, tier, fresh, ref]


def _repaired(word: Word) -> Word:
    better = repaired(word.written)
    return Word(better[0], token_of(better[0])) if better else word
