"""What hangs on a mandate, so that it does not fall between two officials: the rooms above are asked.

They answer `MandateHandedOver` as well, in `config/effects.py`, and hang it on the successor.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from etoko.partners.models import Mandate


@dataclass(frozen=True, slots=True)
class Hanging:
    """Something open for which the holder of a mandate answers."""

    title: str
    path: str
    due_on: date | None = None


Ask = Callable[[Iterable[int]], dict[int, list[Hanging]]]
"""(ids of mandates) → what hangs on each of them."""

_asked: list[Ask] = []


def ask_hanging_by(*asks: Ask) -> None:
    """Called once, when the rooms are loaded."""
    _asked[:] = asks


def hanging_on(mandates: Iterable[Mandate]) -> dict[int, list[Hanging]]:
    ids = [one.pk for one in mandates]
    found: dict[int, list[Hanging]] = {pk: [] for pk in ids}
    for ask in _asked:
        for pk, things in ask(ids).items() if ids else ():
            found[pk] += things
    return found
