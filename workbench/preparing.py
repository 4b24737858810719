"""Everything between an installed environment and a shop that can open its doors; called inside .venv.

    python -m workbench.preparing [--empty]

Each part looks first whether it is needed: on the second start nothing is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from workbench.telling import ROOT, Step, step

if TYPE_CHECKING:
    from collections.abc import Iterator


def prepare(*, empty: bool) -> None:
    with collecting_static_files():
        _prepare_database(empty=empty)


def _prepare_database(*, empty: bool) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step("Database"):
            call_command("migrate", interactive=False, verbosity=0)
    if not apps.get_model("places.Area")._default_manager.exists():
        with step("Areas of Indonesia") as doing:
            call_command("load_areas", stdout=_Lines(doing))
    # Demo people never move into a database where somebody already lives.
    if get_user_model()._default_manager.exists():
        return
    if empty:
        print("  The first officer", flush=True)
        call_command("create_first_officer")
    else:
        with step("Demo data") as doing:
            call_command("load_demo", stdout=_Lines(doing))


class _Lines:
    """Passes the lines of a command on to the step it belongs to."""

    def __init__(self, doing: Step) -> None:
        self.doing = doing

    def write(self, text: str) -> None:
        for line in text.splitlines():
            if line.strip():
                self.doing.say(line)

    def flush(self) -> None:
        """Every line is shown at once."""


@contextlib.contextmanager
def collecting_static_files(env: dict[str, str] | None = None) -> Iterator[None]:
    """Naming by content and compressing takes seconds: if need be, another process does it meanwhile."""
    fingerprint = _fingerprint_of_static_files()
    kept = Path(settings.STATIC_ROOT) / "fingerprint"
    if kept.exists() and kept.read_text(encoding="utf-8") == fingerprint:
        yield
        return
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--clear", "-v", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=env) as process:
        try:
            yield
            with step("Styles and scripts"):
                process.wait()
        finally:
            process.terminate()
    if process.returncode:
        raise CommandError("The styles and scripts could not be collected; the lines above say why.")
    kept.write_text(fingerprint, encoding="utf-8")


def _fingerprint_of_static_files() -> str:
    seen = hashlib.sha256()
    files: list[tuple[str, Any]] = [pair for finder in get_finders() for pair in finder.list([])]
    for path, storage in sorted(files, key=lambda pair: pair[0]):
        seen.update(path.encode())
        with storage.open(path) as file:
            seen.update(file.read())
    return seen.hexdigest()


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    django.setup()
    try:
        prepare(empty="--empty" in words)
    except (CommandError, OperationalError) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
