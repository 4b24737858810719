"""`dev.py check` and `dev.py test`: what must hold, on both databases, with the time each part took."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from .browser import find_chromium, loud_warning
from .environment import PYTHON, environment
from .telling import ROOT, Step, calling

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LINES = 60
"""Of a failing check; the first ones tell."""
DATABASES = ("sqlite", "postgres")
WHOLE = ["-n", "2", "--dist", "worksteal"]


def checks(*, whole: bool) -> bool:
    """All checks side by side; the slowest (types) first. Says what is wrong, and only that."""
    named: list[tuple[str, list[str]]] = [
        (
            "Types",
            ["-m", "mypy", "etoko", "tests", "workbench", "drills", "dev.py", "manage.py", "conftest.py"],
        ),
        ("Style", ["-m", "ruff", "check", "."]),
        ("Format", ["-m", "ruff", "format", "--check", "."]),
        ("Floors", ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"]),
    ]
    if whole:
        named.append(("Migrations in step", ["manage.py", "makemigrations", "--check", "--dry-run"]))
        named.append(("Translations complete", ["-m", "etoko.foundation.translations", "--check"]))
    good = True
    with tempfile.TemporaryDirectory(prefix="etoko-check-") as data, ThreadPoolExecutor(2) as pool:
        env = {**os.environ, "ETOKO_DATA_DIR": data}
        env.pop("DATABASE_URL", None)
        waiting = [(name, pool.submit(_quietly, command, env)) for name, command in named]
        for name, answer in waiting:
            doing = Step(name)
            returned, output, seconds = answer.result()
            if returned:
                good = False
                lines = output.splitlines()
                for line in lines[:MOST_LINES]:
                    doing.say(line)
                if len(lines) > MOST_LINES:
                    doing.say(f"… and {len(lines) - MOST_LINES} lines more")
            doing.end(seconds)
    return good


def _quietly(command: list[str], env: dict[str, str]) -> tuple[int, str, float]:
    began = time.monotonic()
    done = subprocess.run(
        [PYTHON, *command],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, time.monotonic() - began


def check() -> int:
    environment("dev")
    return 0 if checks(whole=False) else 1


def test(arguments: list[str]) -> int:
    only = [database for database in DATABASES if f"--{database}-only" in arguments]
    chosen = [word for word in arguments if word not in ("--sqlite-only", "--postgres-only")]
    environment("dev")
    took: list[tuple[str, float, bool]] = []
    if not chosen:
        print("Checks", flush=True)
        began = time.monotonic()
        good = checks(whole=True)
        took.append(("checks", time.monotonic() - began, good))
    if chosen or only:
        for database in only or DATABASES:
            print(f"\nTests on {database}", flush=True)
            began = time.monotonic()
            with _leg(database, chosen or WHOLE) as pytest:
                returned = pytest.wait()
            took.append((database, time.monotonic() - began, returned in _good(database)))
    else:
        took += _side_by_side()
    print()
    for name, seconds, good in took:
        print(f"{name:<10}{seconds:7.1f} s  {'good' if good else 'FAILED'}", flush=True)
    if not find_chromium():
        print(loud_warning(), flush=True)
    return 0 if all(good for _, _, good in took) else 1


def _side_by_side() -> list[tuple[str, float, bool]]:
    """Everything on both databases at once: where the one waits for a page or a lock, the other works.

    The second one is heard when it is done.
    """
    first, second = DATABASES
    began = time.monotonic()
    with tempfile.TemporaryFile() as said, _leg(second, WHOLE, said) as other:
        print(f"\nTests on {first}; meanwhile those on {second}", flush=True)
        with _leg(first, WHOLE) as pytest:
            good = pytest.wait() in _good(first)
        took = [(first, time.monotonic() - began, good)]
        good = other.wait() in _good(second)
        took.append((second, time.monotonic() - began, good))
        print(f"\nTests on {second}", flush=True)
        said.seek(0)
        print(said.read().decode(errors="replace"), flush=True)
    return took


def _good(database: str) -> tuple[int, ...]:
    """5: none was asked for. On PostgreSQL that is so where the chosen ones ask no database (conftest.py)."""
    return (0, 5) if database == "postgres" else (0,)


@contextmanager
def _leg(
    database: str, arguments: list[str], says_to: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """pytest on one database, with a data folder of its own that is gone afterwards."""
    pytest = [PYTHON, "-m", "pytest", *arguments]
    if database == "postgres":
        pytest = [PYTHON, "-m", "workbench.postgres", *pytest]
    with tempfile.TemporaryDirectory(prefix="etoko-test-") as data:
        env = {**os.environ, "ETOKO_DATA_DIR": data, "ETOKO_TEST_RUN": data}
        env.pop("DATABASE_URL", None)
        with calling(pytest, env, says_to) as running:
            yield running
