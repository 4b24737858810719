"""How the commands speak: one line for each step, with its time, and a sentence when they give up."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

from .ending import die_with_parent, ending_with_us

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent

CHATTER = (" + ", " - ", " ~ ", "  Downloading", "Ignoring ", "Requirement already satisfied")


class Step:
    """One thing that is being done: its name, what it says meanwhile, and how long it took."""

    def __init__(self, name: str) -> None:
        self.began = time.monotonic()
        self.said_something = False
        print(f"  {name:<28}", end="", flush=True)

    def say(self, line: str) -> None:
        if not self.said_something:
            print()
            self.said_something = True
        print(f"      {line}", flush=True)

    def end(self, seconds: float | None = None) -> None:
        took = f"{time.monotonic() - self.began if seconds is None else seconds:7.1f} s"
        print(f"{'':<30}{took}" if self.said_something else took, flush=True)


@contextlib.contextmanager
def step(name: str) -> Iterator[Step]:
    doing = Step(name)
    yield doing
    doing.end()


def give_up(sentence: str) -> NoReturn:
    print(f"\n{sentence}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def run_and_tell(doing: Step, command: Sequence[str], env: dict[str, str] | None = None) -> bool:
    """Run a command, pass its lines on as they come (not the long list of packages); true on success."""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        with ending_with_us(process):
            for line in process.stdout:
                if line.strip() and not line.startswith(CHATTER):
                    doing.say(line.rstrip())
    return process.returncode == 0


def call(command: Sequence[str], env: dict[str, str] | None = None) -> int:
    with calling(command, env) as process:
        return process.wait()


@contextlib.contextmanager
def calling(
    command: Sequence[str], env: dict[str, str] | None = None, says_to: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """The running command; what it says goes where ours goes, or into the file `says_to`."""
    with (
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdout=says_to,
            stderr=says_to and subprocess.STDOUT,
            preexec_fn=die_with_parent,  # noqa: PLW1509  safe here: this process has one thread
        ) as process,
        ending_with_us(process),
    ):
        yield process
