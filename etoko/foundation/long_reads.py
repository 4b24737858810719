"""Reading a whole table without keeping it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def long_read() -> Iterator[None]:
    """SQLite maps its file into the process, and each page that is read once stays there: a table of 155,000
    rows would make a worker larger by the whole file. On PostgreSQL there is nothing to do."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (mapped,) = cursor.execute("PRAGMA mmap_size").fetchone()
        cursor.execute("PRAGMA mmap_size=0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA mmap_size={mapped}")
