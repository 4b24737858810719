"""Many people at once, with real threads, and the switch that takes every guard away.

A race test is written as a function that states what must be so. It is called twice: once as it is, and once
`with guards_off(…), pytest.raises(AssertionError)`: a test that cannot see the mistake proves nothing.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Model, Q, QuerySet
from django.db.transaction import Atomic

from etoko.foundation import guarding

PAUSE_SECONDS = 0.5
"""On a busy machine the second thread may lag behind the first by some of it."""
_pausing: list[str] = []
_in_turn: dict[str, Iterator[float]] = {}


def race(deeds: Sequence[Callable[[], None]]) -> list[BaseException]:
    """All at once; returns what was raised, which politely refusing deeds keep to themselves."""
    start = threading.Barrier(len(deeds))
    raised: list[BaseException] = []

    def run(deed: Callable[[], None]) -> None:
        try:
            start.wait(30)
            with connection.execute_wrapper(_pause_before_changing):
                deed()
        except BaseException as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return raised


@contextlib.contextmanager
def guards_off(*constraints: tuple[type[Model], str]) -> Iterator[None]:
    """No transactions, no row locks, no conditional updates, these constraints gone: code that looks first
    and changes a moment later, as it is usually written. Afterwards all tables are empty.

    For tests with `django_db(transaction=True)`.
    """
    with contextlib.ExitStack() as stack:
        for model, name in constraints:
            stack.enter_context(_without(model, name))
        stack.callback(call_command, "flush", interactive=False, verbosity=0)
        stack.enter_context(slow_changes())
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(guarding, "change_if", _look_then_change)
        patch.setattr(guarding, "in_transaction", lambda: True)
        patch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())
        patch.setattr(Atomic, "__enter__", lambda _atomic: None)
        patch.setattr(Atomic, "__exit__", lambda _atomic, *_raised: None)
        yield


@contextlib.contextmanager
def slow_changes(beginning: str = "UPDATE") -> Iterator[None]:
    """Every such statement of a race waits a moment, so that what lies before it is really stale."""
    _pausing.append(beginning)
    try:
        yield
    finally:
        _pausing.remove(beginning)


@contextlib.contextmanager
def pauses_in_turn(beginning: str, *seconds: float) -> Iterator[None]:
    """The first such statement of a race waits the first of these times, the second the second, further ones
    not at all: so that who looked first writes last, whichever thread that is."""
    _in_turn[beginning] = iter(seconds)
    try:
        yield
    finally:
        del _in_turn[beginning]


def _pause_before_changing(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if sql.startswith(tuple(_pausing)):
        time.sleep(PAUSE_SECONDS)
    for beginning, seconds in _in_turn.items():
        if sql.startswith(beginning):
            time.sleep(next(seconds, 0))
    return execute(sql, *rest)


def _look_then_change(rows: QuerySet[Any], condition: Q, **changes: Any) -> bool:
    return rows.filter(condition).exists() and bool(rows.update(**changes))


@contextlib.contextmanager
def _without(model: type[Model], name: str) -> Iterator[None]:
    """The database without this promise; SQLite rebuilds the table from what the model says."""
    all_of_them = model._meta.constraints
    constraint = next(each for each in all_of_them if each.name == name)
    model._meta.constraints = [each for each in all_of_them if each is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model._meta.constraints = all_of_them
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)
