"""Reading a whole table without keeping it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)
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


def one_by_one(things: Iterable[M]) -> Iterator[M]:
    """Each is emptied when the next is asked for.

    What was read along with a thing hangs on it, and it on them. Such a circle stays until the collector
    comes by, and a worker's comes seldom (`config/wsgi.py`): of 155,000 things 150 MB would wait for it.
    """
    for thing in things:
        yield thing
        vars(thing).clear()


def _pragma(words: str) -> int:
    with connection.cursor() as cursor:
        found = cursor.execute(f"PRAGMA {words}").fetchone()
    return int(found[0]) if found else 0
