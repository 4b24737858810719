#!/usr/bin/env python3
"""The two commands of e-Toko PKK, and a few more for those who build it.

    python3 dev.py run     a running shop with its background worker, from nothing
    python3 dev.py test    everything that must hold, on SQLite and on PostgreSQL

Only the standard library is used until the environment stands: this works on a bare machine with Python
and pip (or uv). `python3 dev.py` without a word lists all commands.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

OLDEST_PYTHON = (3, 11)

COMMANDS = """\
python3 dev.py run [--port N] [--empty]   start the shop and its worker; Ctrl-C stops both
               test [pytest arguments]    check, then all tests on SQLite and on PostgreSQL
                    [--sqlite-only | --postgres-only]
               check                      style, types, floors: seconds
               manage …                   Django's manage.py in the right environment
               bench …                    measure speed against the ceiling of the server
               drill [--times N] [name …] kill, lose, fill, jump, crowd; then reckon everything anew
               docs                       draw the floors and flows anew from the code
               pictures                   take the pictures of the README anew
               translate                  collect the texts; each is then given its English
               lock [--upgrade]           write requirements/*.txt anew from *.in

ETOKO_DATA_DIR  where database and pictures live (data/)
DATABASE_URL    postgres://… to keep the data there instead of in SQLite
ETOKO_VENV      where the environment lives (.venv/)
ETOKO_CHROMIUM  the browser for the journey tests"""


def main(words: "list[str]") -> int:
    # Before the first import of our own: an older Python would stumble over its grammar.
    if sys.version_info < OLDEST_PYTHON:
        print(
            f"e-Toko PKK needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        return 1
    for name in ("ETOKO_DATA_DIR", "ETOKO_VENV"):  # the commands below work in the project's folder
        if os.environ.get(name):
            os.environ[name] = os.path.abspath(os.environ[name])  # noqa: PTH100
    from workbench.ending import stop_like_ctrl_c
    from workbench.environment import PYTHON, environment, write_locks
    from workbench.running import run
    from workbench.telling import call
    from workbench.testing import check, test

    def inside(kind: str, *command: str) -> int:
        environment(kind)
        return call([PYTHON, *command])

    command, *rest = words or ["help"]
    doors: dict[str, Callable[[], int]] = {
        "run": lambda: run(rest),
        "test": lambda: test(rest),
        "check": check,
        "manage": lambda: inside("run", "manage.py", *rest),
        "bench": lambda: inside("dev", "-m", "bench", *rest),
        "drill": lambda: inside("dev", "-m", "drills", *rest),
        "docs": lambda: inside("dev", "-m", "etoko.foundation.drawings", *rest),
        "pictures": lambda: inside("dev", "-m", "workbench.picturing"),
        "translate": lambda: inside("dev", "-m", "etoko.foundation.translations"),
        "lock": lambda: write_locks(rest),
    }
    if command not in doors:
        print(COMMANDS)
        return 0 if command in ("help", "-h", "--help") else 2
    stop_like_ctrl_c()
    try:
        return doors[command]()
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
