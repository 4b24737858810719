"""One short drill from end to end, so that they do not rust; `python3 dev.py drill` does them all."""

import re
import subprocess
import sys

import pytest
from django.db import connection

from drills.__main__ import CONTROLS, NAMES
from drills.leg import drills
from workbench.telling import ROOT


def drill(*words: str) -> "subprocess.CompletedProcess[str]":
    only = "--sqlite-only" if connection.vendor == "sqlite" else "--postgres-only"
    return subprocess.run(
        [sys.executable, "-m", "drills", only, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.django_db  # so that it runs on both, with a database of its own
def test_people_order_and_pay_while_the_server_is_killed_again_and_again() -> None:
    done = drill("kill-moves")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"kill-moves +\d+\.\d s  good", done.stdout), done.stdout


def test_every_drill_has_a_name_and_a_guard_without_which_it_fails() -> None:
    assert tuple(drills()) == NAMES
    assert set(CONTROLS) == set(NAMES)


@pytest.mark.parametrize("words", [["--times", "x"], ["no-such-drill"]])
def test_says_what_it_does_not_understand(words: list[str]) -> None:
    done = drill(*words)
    assert done.returncode == 2
    assert "usage: dev.py drill" in done.stderr
