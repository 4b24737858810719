"""The two databases, and how each goes away and comes back."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workbench.postgres import Postgres, running_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager


class Database(Protocol):
    env: dict[str, str]

    def away(self, seconds: float) -> AbstractContextManager[None]:
        """Gone inside the block and at least so long; back when it ends."""

    def wake(self) -> None:
        """Start it again if it gave up: a database whose disk was full may have."""


class SQLite:
    def __init__(self, data: Path) -> None:
        self.env: dict[str, str] = {}
        self.file = data / "etoko.sqlite3"

    @contextlib.contextmanager
    def away(self, seconds: float) -> Iterator[None]:
        """Another program holds the file, as a backup or an antivirus does: nobody can write."""
        with contextlib.closing(sqlite3.connect(self.file, timeout=30, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            yield
            time.sleep(max(0.0, seconds - (time.monotonic() - began)))
            other.execute("ROLLBACK")

    def wake(self) -> None:
        """There is nothing that could have stopped."""


class PostgreSQL:
    def __init__(self, server: Postgres) -> None:
        self.env = {"DATABASE_URL": server.url}
        self.server = server

    @contextlib.contextmanager
    def away(self, seconds: float) -> Iterator[None]:
        self.server.stop()
        try:
            yield
            time.sleep(seconds)
        finally:
            self.server.start()

    def wake(self) -> None:
        if not self.server.answers():
            with contextlib.suppress(OSError):
                self.server.stop()
            self.server.start()


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Iterator[Database]:
    data = folder / "data"
    data.mkdir()
    if kind == "sqlite":
        yield SQLite(data)
    else:
        with running_postgres(folder, keeps_commits=True) as server:
            yield PostgreSQL(server)
