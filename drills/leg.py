"""The drills on one database: python -m drills.leg FOLDER DATABASE TIMES SABOTAGE NAME …

`FOLDER` is empty and ours; this process sets up everything in it and ends it all.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drills.database import database
from drills.house import House
from drills.marks import MarkFile
from drills.provider import Provider
from workbench.ending import stop_like_ctrl_c

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drills.scene import Scene

MOST_MISTAKES = 12


def drills() -> dict[str, Callable[[Scene], None]]:
    """Only to be asked when Django stands."""
    from drills import faults, killing

    return {
        "kill-checkout": killing.checkout,
        "kill-moves": killing.moves_and_payment,
        "kill-import": killing.importing,
        "kill-tick": killing.tick,
        "kill-sending": killing.sending,
        "database-gone": faults.database_gone,
        "full-disk": faults.full_disk,
        "clock-jumps": faults.clock_jumps,
        "crowd": faults.crowd,
        "slow-clients": faults.slow_clients,
    }


@contextlib.contextmanager
def scene_in(folder: Path, kind: str) -> Iterator[Scene]:
    with contextlib.ExitStack() as stack:
        stands = stack.enter_context(database(kind, folder))
        provider = Provider()
        stack.callback(provider.stop)
        env = {
            **stands.env,
            **provider.env,
            "ETOKO_DATA_DIR": str(folder / "data"),
            "ETOKO_DRILL": str(folder),
            "DJANGO_SETTINGS_MODULE": "drills.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(env)
        _django()
        from drills.clock import Clock
        from drills.scene import Scene
        from drills.town import build_town

        clock = Clock(folder)
        clock.start_in_the_morning()
        town = build_town()
        house = House(folder, env)
        stack.callback(house.close)
        house.open()
        yield Scene(
            folder,
            stands,
            house,
            provider,
            town,
            clock,
            MarkFile(folder),
            disk_is_ours=os.path.ismount(folder),
            is_control=bool(os.environ.get("ETOKO_DRILL_SABOTAGE")),
        )


def drill(scene: Scene, name: str) -> list[str]:
    """Everything that was found wrong."""
    from drills.scene import Blind

    mistakes = []
    scene.morning()
    try:
        drills()[name](scene)
    except Blind as problem:
        mistakes += [] if scene.is_control else [f"{problem}"]
    except AssertionError as problem:
        mistakes.append(f"{type(problem).__name__}: {problem}")
    except Exception:
        mistakes.append(traceback.format_exc(limit=-4))
    scene.database.wake()
    return mistakes + scene.reckon()


def _django() -> Any:
    import django

    django.setup()


def main(words: list[str]) -> int:
    folder, kind, times, sabotage, *names = words
    stop_like_ctrl_c()
    if sabotage:
        os.environ["ETOKO_DRILL_SABOTAGE"] = sabotage
    Path(folder).chmod(0o711)  # the PostgreSQL of root runs as somebody else
    good = True
    began = time.monotonic()
    with scene_in(Path(folder), kind) as scene:
        print(f"  {kind:<10}{'the town stands':<20}{time.monotonic() - began:7.1f} s", flush=True)
        for turn in range(int(times)):
            for name in names:
                if name == "full-disk" and not scene.disk_is_ours:
                    print(f"  {kind:<10}{name:<20}SKIPPED: no small disk could be mounted", flush=True)
                    continue
                began = time.monotonic()
                mistakes = drill(scene, name)
                took = time.monotonic() - began
                again = f"{turn + 1}/{times}" if times != "1" else ""
                word = "good" if not mistakes else "FAILED"
                print(f"  {kind:<10}{name:<20}{took:7.1f} s  {word} {again}", flush=True)
                for mistake in mistakes[:MOST_MISTAKES]:
                    print(f"      {mistake}", flush=True)
                good = good and not mistakes
                if mistakes:
                    if not sabotage:
                        print(scene.house.last_words(), file=sys.stderr)
                    return 1  # what is wrong now would be found wrong after every other drill
    return 0 if good else 1


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
