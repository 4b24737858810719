"""Reading a whole table without keeping it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_LITTLE = {"mmap_size": 0, "cache_size": -2_000}


@contextmanager
def long_read() -> Iterator[None]:
    """SQLite maps its file into the process and keeps pages beside: what is read stays there, and a table
    of 155,000 rows would make a worker larger by the whole file. On PostgreSQL there is nothing to do."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = {name: _pragma(name) for name in _LITTLE}
    for name, value in _LITTLE.items():
        _pragma(f"{name}={value}")
    try:
        yield
    finally:
        for name, value in usual.items():
            _pragma(f"{name}={value}")


def _pragma(words: str) -> int:
    with connection.cursor() as cursor:
        found = cursor.execute(f"PRAGMA {words}").fetchone()
    return int(found[0]) if found else 0
