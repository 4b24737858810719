"""Everything between an installed environment and a shop that can open its doors; called inside .venv.

    python -m workbench.preparing [--empty] [--guide FILE]

Each part looks first whether it is needed: on the second start nothing is.
"""

from __future__ import annotations

import argparse
import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from workbench.ending import stop_like_ctrl_c
from workbench.telling import Step, step


def prepare(*, empty: bool) -> None:
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
    if empty and sys.stdin.isatty():
        print("  The first officer", flush=True)
        call_command("create_first_officer")
    elif empty:
        print("  Nobody can sign in yet: python3 dev.py manage create_first_officer --help", flush=True)
    else:
        with step("Demo data") as doing:
            call_command("load_demo", stdout=_Lines(doing))


def write_guide(file: Path) -> None:
    """How to sign in as the people of the sample data and what to try first; empty where they do not live."""
    told = StringIO()
    call_command("demo_guide", stdout=told)
    words = told.getvalue().strip("\n")
    file.write_text(f"{words}\n\n" if words else "", encoding="utf-8")


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


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="workbench.preparing")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--guide", type=Path)
    asked = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")
    stop_like_ctrl_c()
    django.setup()
    try:
        prepare(empty=asked.empty)
        if asked.guide:
            write_guide(asked.guide)
    except (CommandError, OperationalError) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
