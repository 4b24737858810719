"""Upward effects without signals: a room announces a fact, `config.effects` says who answers."""

from collections.abc import Callable, Mapping, Sequence
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
