"""A number that stands for everything the public can see: it changes with every committed write.

It lies in a file of eight bytes that all processes of this machine map into their memory, so that a
reader pays a tenth of a microsecond and nobody has to be told. What stands in memory under another
number than the present one is out of date (see `pagecache`, docs/decisions).
"""

import ctypes
import functools
import mmap
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction

Answer = TypeVar("Answer")

_READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "SET ", "EXPLAIN")
_WRITE = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE
)
_READING_WITH = re.compile(r"\s*WITH\b(?!.*\b(?:INSERT|UPDATE|DELETE)\b)", re.IGNORECASE | re.DOTALL)


class Generation:
    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.ftruncate(descriptor, 8)
            self._memory = mmap.mmap(descriptor, 8)
        finally:
            os.close(descriptor)
        self._number = ctypes.c_uint64.from_buffer(self._memory)

    def now(self) -> int:
        return self._number.value

    def change(self) -> None:
        # Drawn, not counted: two processes that count at once could write a number that stood before,
        # and what was kept under it would come back to life. One aligned store needs no lock.
        self._number.value = secrets.randbits(64)


class _Shared:
    """Opened at the first use, by each process for itself."""

    generation: Generation | None = None


def public_generation() -> Generation:
    if _Shared.generation is None:
        _Shared.generation = Generation(Path(settings.DATA_DIR) / "public.generation")
    return _Shared.generation


def kept_while_unchanged(question: Callable[[], Answer]) -> Callable[[], Answer]:
    """For a question that many pages ask and few deeds change: asked again after the next public write.

    Inside a transaction it is always asked: what is read there may never be committed.
    """
    kept: list[tuple[int, Answer]] = []

    @functools.wraps(question)
    def answer() -> Answer:
        if transaction.get_connection().in_atomic_block:
            return question()
        now = public_generation().now()  # before asking: what is written meanwhile makes the answer old
        if not kept or kept[0][0] != now:
            kept[:] = [(now, question())]
        return kept[0][1]

    return answer


def watch_writes(connection: Any, **_: Any) -> None:
    """For Django's `connection_created`: from now on no write of this connection goes unseen."""
    if _see_write not in connection.execute_wrappers:
        connection.execute_wrappers.append(_see_write)


def _see_write(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    result = execute(sql, params, many, context)
    # Statements are watched and not deeds: bulk and raw writes, other programs of ours and a deed that
    # somebody adds next year are seen without being told of it.
    if not (isinstance(sql, str) and sql.startswith(_READS)) and _is_public_write(sql):
        context["connection"].on_commit(lambda: public_generation().change(), robust=True)
    return result


def _is_public_write(sql: Any) -> bool:
    """When in doubt it is one: a needless change costs a page, a missed one a wrong price."""
    if not isinstance(sql, str):
        return True
    if write := _WRITE.match(sql):
        return not write[1].startswith(settings.PRIVATE_TABLES)
    return not sql.lstrip().upper().startswith(_READS) and not _READING_WITH.match(sql)
