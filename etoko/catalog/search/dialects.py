"""The one place where the two databases differ: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both hold the same tokens, made in Python, and keep themselves in step with `SearchEntry`: SQLite by
triggers, PostgreSQL by generated columns. Neither ranks: the order is ours (`finding.py`).
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

ANY = Sequence[Sequence[str]]
"""A conjunction of alternatives: [["kerupuk"], ["m30", "m31"]] is kerupuk and (m30 or m31)."""


class Sqlite:
    contains = "instr(e.{column}, %s) > 0"
    make = (
        "CREATE VIRTUAL TABLE catalog_searchtext USING fts5(names, words, content='catalog_searchentry',"
        " content_rowid='id', tokenize='ascii', detail=column, columnsize=0)",
        "CREATE TRIGGER catalog_searchentry_in AFTER INSERT ON catalog_searchentry BEGIN"
        " INSERT INTO catalog_searchtext (rowid, names, words) VALUES (new.id, new.names, new.words); END",
        "CREATE TRIGGER catalog_searchentry_out AFTER DELETE ON catalog_searchentry BEGIN"
        " INSERT INTO catalog_searchtext (catalog_searchtext, rowid, names, words)"
        " VALUES ('delete', old.id, old.names, old.words); END",
        "CREATE TRIGGER catalog_searchentry_new AFTER UPDATE OF names, words ON catalog_searchentry BEGIN"
        " INSERT INTO catalog_searchtext (catalog_searchtext, rowid, names, words)"
        " VALUES ('delete', old.id, old.names, old.words);"
        " INSERT INTO catalog_searchtext (rowid, names, words) VALUES (new.id, new.names, new.words); END",
    )
    unmake = (
        "DROP TRIGGER catalog_searchentry_in",
        "DROP TRIGGER catalog_searchentry_out",
        "DROP TRIGGER catalog_searchentry_new",
        "DROP TABLE catalog_searchtext",
    )

    def matching(self, *, names: ANY, words: ANY) -> tuple[str, list[Any]]:
        """FROM … WHERE … of the entries `e` that hold all of it."""
        parts = [f"names : ({self._all(names)})"] if names else []
        parts += [f"words : ({self._all(words)})"] if words else []
        # CROSS JOIN: the text first, then its entries; the planner would sometimes turn it round.
        return (
            "FROM catalog_searchtext f CROSS JOIN catalog_searchentry e ON e.id = f.rowid"
            " WHERE catalog_searchtext MATCH %s",
            [" AND ".join(parts)],
        )

    @staticmethod
    def _all(tokens: ANY) -> str:
        return " AND ".join("(" + " OR ".join(f'"{token}"' for token in either) + ")" for either in tokens)

    def take_turns(self, cursor: Any) -> None:
        """From here to the end of the transaction nobody else writes the index."""
        # Nothing to do: whoever writes has the whole file.


class Postgres:
    contains = "strpos(e.{column}, %s) > 0"
    make = (
        *(
            f"ALTER TABLE catalog_searchentry ADD COLUMN {column}_vector tsvector GENERATED ALWAYS AS"
            f" (array_to_tsvector(string_to_array(btrim({column}), ' '))) STORED"
            for column in ("names", "words")
        ),
        *(
            f"CREATE INDEX search_{column}_vector ON catalog_searchentry USING gin ({column}_vector)"
            " WITH (fastupdate = off)"
            for column in ("names", "words")
        ),
    )
    unmake = tuple(
        f"ALTER TABLE catalog_searchentry DROP COLUMN {column}_vector" for column in ("names", "words")
    )

    def matching(self, *, names: ANY, words: ANY) -> tuple[str, list[Any]]:
        tests, params = [], []
        for column, tokens in (("names", names), ("words", words)):
            if tokens:
                tests.append(f"e.{column}_vector @@ %s::tsquery")
                params.append(self._all(tokens))
        return f"FROM catalog_searchentry e WHERE {' AND '.join(tests)}", params

    @staticmethod
    def _all(tokens: ANY) -> str:
        return " & ".join("(" + " | ".join(f"'{token}'" for token in either) + ")" for either in tokens)

    def take_turns(self, cursor: Any) -> None:
        cursor.execute("SELECT pg_advisory_xact_lock(736011)")


def current() -> Sqlite | Postgres:
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def ask(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
