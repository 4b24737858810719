"""The one place where the two databases differ: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both hold the same tokens, made in Python, and keep themselves in step with their table of entries: SQLite by
triggers, PostgreSQL by generated columns. Neither ranks: the order is ours (`finding.py`). A room above that
searches a table of its own, with columns `names` and `words`, says so by a `TextIndex`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

ANY = Sequence[Sequence[str]]
"""A conjunction of alternatives: [["kerupuk"], ["m30", "m31"]] is kerupuk and (m30 or m31)."""


@dataclass(frozen=True)
class TextIndex:
    """The table whose rows are found, and what the index of each database is called."""

    entries: str
    text: str
    prefix: str


CATALOG = TextIndex("catalog_searchentry", "catalog_searchtext", "search")


class Sqlite:
    make: tuple[str, ...]
    unmake: tuple[str, ...]
    """Of the shop's search: its migrations name them."""
    contains = "instr(e.{column}, %s) > 0"

    def __init__(self, index: TextIndex = CATALOG) -> None:
        self.entries, self.text = index.entries, index.text

    @staticmethod
    def making(index: TextIndex) -> tuple[str, ...]:
        entries, text = index.entries, index.text
        out = (
            f"INSERT INTO {text} ({text}, rowid, names, words)"
            " VALUES ('delete', old.id, old.names, old.words);"
        )
        into = f"INSERT INTO {text} (rowid, names, words) VALUES (new.id, new.names, new.words);"
        return (
            f"CREATE VIRTUAL TABLE {text} USING fts5(names, words, content='{entries}',"
            " content_rowid='id', tokenize='ascii', detail=column, columnsize=0)",
            f"CREATE TRIGGER {entries}_in AFTER INSERT ON {entries} BEGIN {into} END",
            f"CREATE TRIGGER {entries}_out AFTER DELETE ON {entries} BEGIN {out} END",
            f"CREATE TRIGGER {entries}_new AFTER UPDATE OF names, words ON {entries} BEGIN {out} {into} END",
        )

    @staticmethod
    def unmaking(index: TextIndex) -> tuple[str, ...]:
        triggers = (f"DROP TRIGGER {index.entries}_{when}" for when in ("in", "out", "new"))
        return (*triggers, f"DROP TABLE {index.text}")

    def matching(self, *, names: ANY, words: ANY) -> tuple[str, list[Any]]:
        """FROM … WHERE … of the entries `e` that hold all of it."""
        parts = [f"names : ({self._all(names)})"] if names else []
        parts += [f"words : ({self._all(words)})"] if words else []
        # CROSS JOIN: the text first, then its entries; the planner would sometimes turn it round.
        return (
            f"FROM {self.text} f CROSS JOIN {self.entries} e ON e.id = f.rowid WHERE {self.text} MATCH %s",
            [" AND ".join(parts)],
        )

    @staticmethod
    def _all(tokens: ANY) -> str:
        return " AND ".join("(" + " OR ".join(f'"{token}"' for token in either) + ")" for either in tokens)

    def take_turns(self, cursor: Any) -> None:
        """From here to the end of the transaction nobody else writes the index."""
        # Nothing to do: whoever writes has the whole file.


class Postgres:
    make: tuple[str, ...]
    unmake: tuple[str, ...]
    contains = "strpos(e.{column}, %s) > 0"

    def __init__(self, index: TextIndex = CATALOG) -> None:
        self.entries = index.entries

    @staticmethod
    def making(index: TextIndex) -> tuple[str, ...]:
        columns = ("names", "words")
        return (
            *(
                f"ALTER TABLE {index.entries} ADD COLUMN {column}_vector tsvector GENERATED ALWAYS AS"
                f" (array_to_tsvector(string_to_array(btrim({column}), ' '))) STORED"
                for column in columns
            ),
            *(
                f"CREATE INDEX {index.prefix}_{column}_vector ON {index.entries} USING gin ({column}_vector)"
                " WITH (fastupdate = off)"
                for column in columns
            ),
        )

    @staticmethod
    def unmaking(index: TextIndex) -> tuple[str, ...]:
        return tuple(
            f"ALTER TABLE {index.entries} DROP COLUMN {column}_vector" for column in ("names", "words")
        )

    def matching(self, *, names: ANY, words: ANY) -> tuple[str, list[Any]]:
        tests, params = [], []
        for column, tokens in (("names", names), ("words", words)):
            if tokens:
                tests.append(f"e.{column}_vector @@ %s::tsquery")
                params.append(self._all(tokens))
        return f"FROM {self.entries} e WHERE {' AND '.join(tests)}", params

    @staticmethod
    def _all(tokens: ANY) -> str:
        return " & ".join("(" + " | ".join(f"'{token}'" for token in either) + ")" for either in tokens)

    def take_turns(self, cursor: Any) -> None:
        cursor.execute("SELECT pg_advisory_xact_lock(736011)")


def current(index: TextIndex = CATALOG) -> Sqlite | Postgres:
    return Postgres(index) if connection.vendor == "postgresql" else Sqlite(index)


for _dialect in (Sqlite, Postgres):
    _dialect.make, _dialect.unmake = _dialect.making(CATALOG), _dialect.unmaking(CATALOG)


def make_index(index: TextIndex, *, vendor: str) -> tuple[str, ...]:
    """The statements of the migration that makes it, after its table was made."""
    return (Postgres if vendor == "postgresql" else Sqlite).making(index)


def unmake_index(index: TextIndex, *, vendor: str) -> tuple[str, ...]:
    return (Postgres if vendor == "postgresql" else Sqlite).unmaking(index)


def ask(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
