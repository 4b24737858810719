"""Where a process dies: at a statement or a commit that a mark names. The product knows nothing of it.

The mark lies in a file. Whoever reaches it first takes the file away and is gone: each mark kills once.
"""

import json
import os
import signal
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

BEFORE, AFTER, COMMITTING, COMMITTED = "before", "after", "committing", "committed"


@dataclass(frozen=True)
class Mark:
    """`when`: before or after the statement; right before (committing) or after (committed) the commit of the
    transaction that holds it."""

    when: str
    statement: str
    """How it begins: 'INSERT INTO "ordering_order"'."""
    having: str = ""
    """What else stands in it."""
    kills: str = "process"
    """"process" or "group": the server with all its workers."""

    def __str__(self) -> str:
        words = self.statement.replace("INSERT INTO ", "").replace('"', "")
        return f"{self.when} {words}{' ' + self.having.strip(chr(34)) if self.having else ''}"

    def names(self, sql: Any) -> bool:
        return isinstance(sql, str) and sql.startswith(self.statement) and self.having in sql


class MarkFile:
    def __init__(self, folder: Path) -> None:
        self.waiting, self.hit = folder / "mark", folder / "mark.hit"

    def set(self, mark: Mark) -> None:
        self.hit.unlink(missing_ok=True)
        fresh = self.waiting.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(mark)))
        fresh.rename(self.waiting)

    def was_reached(self) -> bool:
        return self.hit.exists()

    def clear(self) -> None:
        self.waiting.unlink(missing_ok=True)
        self.hit.unlink(missing_ok=True)

    def read(self) -> Mark | None:
        try:
            return Mark(**json.loads(self.waiting.read_text()))
        except FileNotFoundError:
            return None

    def die(self, mark: Mark) -> None:
        try:
            self.waiting.rename(self.hit)
        except FileNotFoundError:
            return  # somebody else died of it
        if mark.kills == "group":
            os.killpg(0, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)


def watch_marks(folder: Path) -> None:
    """From now on every connection of this process to the database looks for the mark."""
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.signals import connection_created

    file = MarkFile(folder)

    def statement(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        mark = file.read()
        named = mark is not None and mark.names(sql)
        if mark and named and mark.when == BEFORE:
            file.die(mark)
        result = execute(sql, params, many, context)
        if mark and named and mark.when == AFTER:
            file.die(mark)
        if isinstance(sql, str) and context["connection"].in_atomic_block:
            written(context["connection"]).append(sql)
        return result

    def written(connection: Any) -> list[str]:
        found: list[str] = connection.__dict__.setdefault("_drill_written", [])
        return found

    real_commit, real_rollback = BaseDatabaseWrapper._commit, BaseDatabaseWrapper._rollback  # type: ignore[attr-defined]

    def commit(connection: Any) -> None:
        mark = file.read()
        named = mark is not None and any(mark.names(sql) for sql in written(connection))
        written(connection).clear()
        if mark and named and mark.when == COMMITTING:
            file.die(mark)
        real_commit(connection)
        if mark and named and mark.when == COMMITTED:
            file.die(mark)

    def rollback(connection: Any) -> None:
        written(connection).clear()
        real_rollback(connection)

    def watch(connection: Any, **_: Any) -> None:
        if statement not in connection.execute_wrappers:
            connection.execute_wrappers.append(statement)

    BaseDatabaseWrapper._commit = commit  # type: ignore[attr-defined]
    BaseDatabaseWrapper._rollback = rollback  # type: ignore[attr-defined]
    connection_created.connect(watch, weak=False)
