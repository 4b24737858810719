"""The drawings of docs/architecture, made from the code: the floors from the import contract, and each
flow from its table. `python3 dev.py docs` writes them; a test fails when one is out of step.

A flow is drawn as a score: a column for each state, a line for each move, a dot where it may start and an
arrow where it ends. Unlike a web of arrows this stays readable however many moves there are.
"""

import importlib
import os
import sys
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

from etoko.foundation.flows import Flow

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "architecture"

STYLE = """<style>
  svg { background: #fffdf8; font-family: system-ui, sans-serif; font-size: 14px; fill: #2b2420 }
  .box { fill: #f6e7d2; stroke: #a2672a } .line { stroke: #a2672a; stroke-width: 2; fill: none }
  .guide { stroke: #d9c9b4; stroke-dasharray: 2 4 } .mark { fill: #a2672a } .soft { fill: #75665a }
  .strong { font-weight: 600 } .middle { text-anchor: middle }
  @media (prefers-color-scheme: dark) {
    svg { background: #1d1815; fill: #f3e9dc } .box { fill: #3a2d22; stroke: #d9a066 }
    .line { stroke: #d9a066 } .mark { fill: #d9a066 } .guide { stroke: #55473b } .soft { fill: #b9a896 }
  }
</style>"""


def floors() -> list[list[str]]:
    """The rooms of each floor from the top down, as the import contract in pyproject.toml says."""
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = configuration["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if each["id"] == "floors")
    return [[room.strip(" ()") for room in floor.split("|")] for floor in contract["layers"]]


def flows() -> Iterator[Flow]:
    """Every flow table of every room, from the lowest floor up."""
    for floor in reversed(floors()):
        for room in floor:
            if (ROOT / "etoko" / room / "states.py").exists():
                states = importlib.import_module(f"etoko.{room}.states")
                yield from (thing for thing in vars(states).values() if isinstance(thing, Flow))


def draw_floors() -> str:
    width, high, gap, left = 760, 46, 10, 30
    lines: list[str] = []
    top = 14
    for floor in floors():
        wide = (width - left - 14 - gap * (len(floor) - 1)) / len(floor)
        for number, room in enumerate(floor):
            x = left + number * (wide + gap)
            lines.append(
                f'<rect class="box" x="{x:g}" y="{top}" width="{wide:g}" height="{high}" rx="6"/>'
                f'<text class="strong middle" x="{x + wide / 2:g}" y="{top + 28}">{escape(room)}</text>'
            )
        top += high + gap
    arrow = f'<path class="line" d="M15 18V{top - 20}"/><path class="mark" d="M9 {top - 22}h12l-6 10z"/>'
    note = (
        f'<text class="soft" x="{left}" y="{top + 14}">A room uses what lies below it, nothing else.</text>'
    )
    return _svg("The floors of the house", width, top + 28, [arrow, *lines, note])


def draw_flow(flow: Flow) -> str:
    wide, first, high, head = 118, 250, 44, 100
    column = {state: first + wide // 2 + wide * number for number, state in enumerate(flow.states)}
    bottom = head + high * len(flow.moves) + 10
    lines: list[str] = []
    for number, (state, word) in enumerate(flow.states.items()):
        x = column[state]
        top = 24 + 38 * (number % 2)  # in two rows: long names must not run into each other
        mark = "● " if state == flow.initial else ""
        lines.append(f'<path class="guide" d="M{x} {top + 26}V{bottom}"/>')
        lines.append(
            f'<text class="strong middle" x="{x}" y="{top}" font-size="12">{mark}{escape(state)}</text>'
        )
        lines.append(
            f'<text class="soft middle" x="{x}" y="{top + 18}" font-size="12">{escape(str(word))}</text>'
        )
    for number, (name, move) in enumerate(flow.moves.items()):
        y, end = head + high * number + 16, column[move.target]
        reason = {"no": "", "optional": " · reason optional", "required": " · reason"}[move.asks_reason]
        after = f" · after {move.not_before}" if move.not_before else ""
        lines.append(f'<text class="strong" x="14" y="{y}">{escape(name)}</text>')
        lines.append(
            f'<text class="soft" x="14" y="{y + 16}" font-size="12">'
            f"{escape(str(move.label))} · {escape(', '.join(move.by))}{reason}{after}</text>"
        )
        for source in move.sources:
            start, towards = column[source], 1 if column[source] < end else -1
            lines.append(f'<path class="line" d="M{start} {y}H{end - 9 * towards}"/>')
            lines.append(f'<circle class="mark" cx="{start}" cy="{y}" r="5"/>')
            lines.append(f'<path class="mark" d="M{end - 11 * towards} {y - 6}v12l{10 * towards} -6z"/>')
    width = first + wide * len(column) + 14
    return _svg(f"The moves of the flow “{flow.name}”; ● is where it begins", width, bottom + 10, lines)


def _svg(title: str, width: int, height: int, lines: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
    return "\n".join(
        [f'{head} width="{width}">', f"<title>{escape(title)}</title>", STYLE, *lines, "</svg>\n"]
    )


def drawings() -> dict[str, str]:
    """File name and content of every drawing."""
    from django.utils import translation

    with translation.override("id"):
        drawn = {f"flow-{flow.name}.svg": draw_flow(flow) for flow in flows()}
    return {"floors.svg": draw_floors(), **drawn}


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = drawings()
    for old in FOLDER.glob("*.svg"):
        if old.name not in wanted:
            old.unlink()
    for name, content in wanted.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
        sys.stdout.write(f"{FOLDER.relative_to(ROOT) / name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
