"""What every test stands on: the cast, a database that refuses questions from templates, a clock."""

from __future__ import annotations

import contextlib
import gc
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connections
from django.db.backends.signals import connection_created
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import FrameType

pytest_plugins = ["tests.cast"]

# The machine may be busy: time says nothing. The same examples every time: a red test stays red.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def making_tables() -> contextlib.ExitStack:
    from tests.schema import migrated_once  # not at the top: Django does not know its settings yet

    making = contextlib.ExitStack()
    making.enter_context(migrated_once())
    return making


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, making_tables: contextlib.ExitStack) -> None:
    """In a parallel run each process has its own SQLite file; on PostgreSQL it needs its own name."""
    if connections["default"].vendor == "postgresql":
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    gc.disable()  # a hundred migrations make models by the thousand: a third of their time went into looking


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, making_tables: contextlib.ExitStack
) -> Iterator[None]:
    """What stands now stays until the end: the collector need not look through it after every test."""
    with django_db_blocker.unblock():
        making_tables.close()
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    yield
    if connections["default"].vendor == "postgresql":
        # A server that was killed may still be connected, and nobody may be when the database goes.
        with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


ASKING = frozenset({"db", "transactional_db", "live_server"})


LONG = (
    "tests/journeys/test_eyes.py",
    "tests/house/test_run.py",
    "tests/house/test_migrating.py",
    "tests/drills/",
    "etoko/demo/",
    "tests/journeys/test_census.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that empty the tables come last: what migrations wrote is gone then. Among them, as among the
    others, what takes half a minute alone is begun first, so that no process waits for the other at the end.

    A test that asks no database proves nothing new on the second one: it runs on SQLite alone.
    """
    items.sort(key=lambda item: (_empties_tables(item), not item.nodeid.startswith(LONG)))
    if connections["default"].vendor != "postgresql":
        return
    asking = [item for item in items if _asks(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def _empties_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or (marker and marker.kwargs.get("transaction")))


def _asks(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    return bool(item.get_closest_marker("django_db") or ASKING & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True, scope="session")
def _flush_empties_kept_tables() -> Iterator[None]:
    """Between tests with threads all tables are emptied. SQLite deletes, which the triggers of kept rows
    refuse: they are laid aside meanwhile. PostgreSQL would truncate, which takes half a second for all the
    tables, most of them empty: it deletes what there is, without triggers."""
    # Not at the top: this module is read before Django knows its settings.
    from django.db.backends.postgresql.operations import DatabaseOperations as OnPostgres
    from django.db.backends.sqlite3.base import DatabaseWrapper

    operations = DatabaseWrapper.ops_class
    real = operations.execute_sql_flush

    def flush(self: Any, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_kept_%'"
            )
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            real(self, sql_list)
            for _name, sql in triggers:
                cursor.execute(sql)

    def deletes(self: Any, _style: Any, tables: list[str], **_options: Any) -> list[str]:
        names = [self.quote_name(table) for table in tables]
        with self.connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(f"SELECT '{n}' WHERE EXISTS (SELECT FROM {n})" for n in names))
            full = [name for (name,) in cursor.fetchall()]
        return ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {name}" for name in full)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush)
        patch.setattr(OnPostgres, "sql_flush", deletes)
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_media(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    """No test finds the pictures of another, nor the mark of its sweep, which stands at whatever time its
    clock said. A journey shares the folder with its server."""
    if request.node.get_closest_marker("journey") is None:
        settings.MEDIA_ROOT = tmp_path / "media"


# ------------------------------------------------------------- templates ask the database nothing


class QueryInTemplate(AssertionError):
    """A page asked the database while it was being drawn: its view must hand it plain rows."""


_asked_by_templates: list[str] = []


def _refuse_templates(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    # Jinja2 marks the globals of every compiled template. Looking for the mark on the stack finds also the
    # question that a lazy queryset or a property asks on behalf of a template, by whatever way it is drawn.
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if template := frame.f_globals.get("__jinja_template__"):
            _asked_by_templates.append(f"{template.name} asked: {sql[:300]}")
            raise QueryInTemplate(_asked_by_templates[-1])
        frame = frame.f_back
    return execute(sql, params, many, context)


def _watch(connection: Any, **_: Any) -> None:
    if _refuse_templates not in connection.execute_wrappers:
        connection.execute_wrappers.append(_refuse_templates)


connection_created.connect(_watch)


@pytest.fixture(autouse=True)
def asked_by_templates() -> Iterator[list[str]]:
    """Fails the test also where the refusal was swallowed on the way, as in the thread of a live server."""
    _asked_by_templates.clear()
    yield _asked_by_templates
    assert not _asked_by_templates, "\n".join(_asked_by_templates)


# -------------------------------------------------------------------------------- for the asking


@pytest.fixture
def max_queries() -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """`with max_queries(8): client.get(…)` fails with the list of the queries when there were more."""

    @contextlib.contextmanager
    def at_most(most: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connections["default"]) as seen:
            yield seen
        brackets = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
        asked = [query["sql"] for query in seen if not query["sql"].startswith(brackets)]
        assert len(asked) <= most, f"{len(asked)} queries, at most {most}:\n" + "\n".join(asked)

    return at_most


class Clock:
    """The clock of a test: it stands still at `now` until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def forward(self, **by: float) -> datetime:
        """`clock.forward(days=2, minutes=1)`; gives the new moment."""
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Pages and deeds that ask Django for the time get `clock.now`: Tuesday 24 November 2026, 10.00 WIB."""
    from tests.cast import NOW  # a plugin of pytest: must not be imported before pytest does

    standing = Clock(NOW)
    monkeypatch.setattr(timezone, "now", lambda: standing.now)
    return standing
