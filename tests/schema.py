"""The tables of a test run: migrated once, by the process that comes first; the others copy them."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

COPY = "etoko_schema"
"""Of PostgreSQL: a database from which others are made."""


@contextmanager
def migrated_once() -> Iterator[None]:
    """Inside of it Django makes the test database; `migrate` then finds nothing to do but the first time."""
    together: Path | None = getattr(settings, "RUN_DIR", None)
    if not together:
        yield
        return
    with (together / "schema.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        kept = together / "schema"
        if kept.exists():
            fcntl.flock(door, fcntl.LOCK_UN)
            _begin_with(kept)
            yield
        else:
            yield
            _keep(kept)


def _begin_with(kept: Path) -> None:
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = COPY
        return
    creation: Any = connection.creation
    make = creation._create_test_db

    def copied(*arguments: Any, **options: Any) -> Any:
        name = make(*arguments, **options)
        shutil.copy(kept, name)
        return name

    creation._create_test_db = copied


def _keep(kept: Path) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM INTO %s", [str(kept)])
            return
    postgres: Any = connection
    postgres.close()
    postgres.close_pool()  # nobody may be connected with what is copied
    with postgres._nodb_cursor() as cursor:
        source = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"CREATE DATABASE {COPY} TEMPLATE {source}")
    kept.touch()
