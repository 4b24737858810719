"""python3 dev.py drill [--times N] [--sqlite-only | --postgres-only] [--controls] [name …]"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time

from drills import sabotage
from workbench.ending import ending_with_us, stop_like_ctrl_c
from workbench.telling import ROOT

NAMES = (
    *("kill-checkout", "kill-moves", "kill-import", "kill-tick", "kill-sending"),
    *("database-gone", "full-disk", "clock-jumps", "crowd", "slow-clients"),
)
CONTROLS = {
    "kill-checkout": sabotage.NO_TRANSACTIONS,
    "kill-moves": sabotage.NO_TRANSACTIONS,
    "kill-import": sabotage.NO_TRANSACTIONS,
    "kill-tick": sabotage.NO_TRANSACTIONS,
    "kill-sending": sabotage.CARELESS_SENDING,
    "database-gone": sabotage.NO_TRANSACTIONS,
    "full-disk": sabotage.NO_TRANSACTIONS,
    "clock-jumps": sabotage.DEAF_CLOCK,
    "crowd": sabotage.NO_GUARDS,
    "slow-clients": sabotage.FEW_THREADS,
}
"""The guard without which each drill must fail."""
DISK = "size=1500m,mode=711"


def leg(kind: str, times: int, names: list[str], guard_off: str = "") -> int:
    """On a small disk of its own where one can be mounted: only such a disk may be filled."""
    with tempfile.TemporaryDirectory(prefix="etoko-drill-") as folder:
        command = [sys.executable, "-m", "drills.leg", folder, kind, str(times), guard_off, *names]
        with (
            subprocess.Popen([*_on_own_disk(folder), *command], cwd=ROOT) as process,
            ending_with_us(process),
        ):
            return process.wait()


def _on_own_disk(folder: str) -> list[str]:
    """Words before a command: in a mount namespace of its own, so that nothing is left mounted.

    Whoever is not root is root there only for the mounting: PostgreSQL refuses to run as root."""
    unshare = shutil.which("unshare")
    if not unshare:
        return []
    mount = f'mount -t tmpfs -o {DISK} drill "$0" && '
    if os.geteuid() == 0:
        words = [unshare, "--mount", "sh", "-c", mount + 'exec "$@"', folder]
    else:
        back = f"exec unshare --user --map-user={os.getuid()} --map-group={os.getgid()} "
        words = [unshare, "--user", "--map-root-user", "--mount", "sh", "-c", mount + back + '"$@"', folder]
    works = subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
    return words if works else []


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py drill", description="Fault drills on real servers.")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(NAMES))
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--sqlite-only", action="store_true")
    parser.add_argument("--postgres-only", action="store_true")
    parser.add_argument("--controls", action="store_true", help="each drill with a guard off: it must fail")
    asked = parser.parse_args(words)
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"no such drill: {', '.join(sorted(unknown))}")
    names = asked.names or list(NAMES)
    kinds = [
        kind
        for kind, other in (("sqlite", asked.postgres_only), ("postgres", asked.sqlite_only))
        if not other
    ]
    stop_like_ctrl_c()
    began, bad = time.monotonic(), []
    for kind in kinds:
        if not asked.controls:
            if leg(kind, asked.times, names):
                bad.append(kind)
            continue
        for name in names:
            print(f"\n  {kind}: {name} with {CONTROLS[name]} must fail", flush=True)
            if leg(kind, 1, [name], CONTROLS[name]) != 1:
                bad.append(f"{kind} {name}")
    print(f"\n{time.monotonic() - began:.0f} s: " + (f"FAILED: {', '.join(bad)}" if bad else "all good"))
    return 1 if bad else 0


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
