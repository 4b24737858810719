"""Upward effects without signals: a room announces a fact, `config.effects` says who answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

Answers = Mapping[type, Sequence[Callable[..., None]]]

_answers: dict[type, Sequence[Callable[..., None]]] = {}


def connect(answers: Answers) -> None:
    """Called once, when the rooms are loaded."""
    _answers.clear()
    _answers.update(answers)


def announce(fact: Any) -> None:
    """Tell whoever is listed for this kind of fact, in order, inside the caller's transaction."""
    for answer in _answers.get(type(fact), ()):
        answer(fact=fact)


@contextmanager
def unanswered() -> Iterator[None]:
    """For bulk work that does once at its end what the answers would have done a thousand times."""
    kept = dict(_answers)
    _answers.clear()
    try:
        yield
    finally:
        _answers.update(kept)
