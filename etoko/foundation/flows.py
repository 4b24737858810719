"""Flows: a table of moves, and the one engine that is the only writer of a state.

The table of a flow stands in the `states.py` of its room. The same table gives a page its buttons
(`moves_from`), the docs their drawing and the deeds their checks (`make_move`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from etoko.foundation import guarding
from etoko.foundation.days import show_moment
from etoko.foundation.problems import UnableTo

Words = str | Promise
Thing = TypeVar("Thing", bound=models.Model)


class UnableToMove(UnableTo):
    """The table has no such move from the state the thing is in, or not for this party."""


@dataclass(frozen=True)
class Move:
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...]
    """The parties that may make the move; a party is a constant of the room ("buyer", "seller", "clock")."""
    label: Words
    """What stands on the button: an imperative."""
    asks_reason: str = "no"
    """"no", "optional" or "required"."""
    not_before: str = ""
    """The field with the moment from which on the move may be made: a deadline that has to be over first.
    Where the field is empty the move cannot be made at all."""
    only_in: str = ""
    """The deed that alone makes this move, because more belongs to it; never a button of its own."""
    takes_back: str = ""
    """The move that this one undoes."""


@dataclass(frozen=True)
class Offered:
    """A button: a move that may be made now."""

    name: str
    label: Words
    asks_reason: str


class Flow:
    """`states` maps each state to its word for people; `moves` maps the name of a move to its row."""

    def __init__(
        self, name: str, *, field: str, initial: str, states: Mapping[str, Words], moves: Mapping[str, Move]
    ) -> None:
        self.name = name
        self.field = field
        self.initial = initial
        self.states = dict(states)
        self.moves = dict(moves)
        for move_name, move in self.moves.items():
            unknown = {*move.sources, move.target} - self.states.keys()
            if unknown:
                raise ValueError(f"{name}.{move_name} names states that are not in the table: {unknown}")

    @property
    def choices(self) -> list[tuple[str, Words]]:
        return list(self.states.items())

    def moves_from(self, state: str, parties: Iterable[str]) -> list[Offered]:
        """The buttons of these parties in this state, in the order of the table."""
        who = set(parties)
        return [
            Offered(name, move.label, move.asks_reason)
            for name, move in self.moves.items()
            if state in move.sources and who & set(move.by) and not move.only_in
        ]

    def allows(self, state: str, move_name: str, parties: Iterable[str]) -> bool:
        return any(offered.name == move_name for offered in self.moves_from(state, parties))

    def undoing(self, move_name: str) -> str:
        """The move that takes this one back; empty where none does."""
        return next((name for name, move in self.moves.items() if move.takes_back == move_name), "")

    def is_due(self, thing: models.Model, move_name: str, *, at: datetime) -> bool:
        """Whether the deadline is over that the move waits for; a move that waits for none is due."""
        field = self.moves[move_name].not_before
        moment = getattr(thing, field) if field else None
        return not field or (moment is not None and moment <= at)

    def make_move(
        self,
        thing: Thing,
        move_name: str,
        *,
        parties: Iterable[str],
        reason: str = "",
        at: datetime | None = None,
        within: str = "",
    ) -> Thing:
        """Lock the row, check the table, write the state, and return the row as it now stands.

        `at` may only be left out where the flow has no move that waits for a deadline. `within` is the deed
        that makes a move which stands `only_in` it.

        Must run in the transaction of the deed, which writes what else belongs to the move.
        Raises UnableToMove; then nothing was written.
        """
        if not guarding.in_transaction():
            raise RuntimeError("a move belongs inside the transaction of its deed")
        move = self.moves[move_name]
        locked = type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
        state = getattr(locked, self.field)
        is_allowed = (
            state in move.sources and set(parties) & set(move.by)
            if move.only_in and move.only_in == within
            else self.allows(state, move_name, parties)
        )
        if not is_allowed:
            raise UnableToMove(
                _("Langkah ini tidak bisa lagi: keadaannya sekarang “%(state)s”. Muat ulang halaman.")
                % {"state": self.states.get(state, state)}
            )
        if move.not_before and (at is None or not self.is_due(locked, move_name, at=at)):
            moment = getattr(locked, move.not_before)
            raise UnableToMove(
                _("Langkah ini baru bisa mulai %(moment)s.") % {"moment": show_moment(moment)}
                if moment
                else _("Langkah ini tidak bisa: tidak ada batas waktu yang lewat. Muat ulang halaman.")
            )
        if move.asks_reason == "required" and not reason.strip():
            raise UnableToMove(_("Tulis alasannya dulu, supaya pihak lain mengerti."), field="reason")
        setattr(locked, self.field, move.target)
        locked.save(update_fields=[self.field])
        return locked

    def facts(self) -> list[dict[str, Any]]:
        """The table as plain rows, for the drawing in the docs."""
        return [
            {"move": name, "sources": list(move.sources), "target": move.target, "by": list(move.by)}
            for name, move in self.moves.items()
        ]
