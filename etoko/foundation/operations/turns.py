"""Work that the clock asks for is done by one worker at a time: whoever takes the turn does it."""

import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from etoko.foundation.models import Turn

HELD_FOR = timedelta(minutes=5)
"""So long a worker that died keeps others from its deed. A deed that takes longer may be begun by a second
worker: each deed checks every thing again under a lock, so that does no harm."""
LONGEST_FAILURE = 300

PROCESS = secrets.token_hex(8)
"""This process, as it stands in `Turn.holder`."""


def do_alone(*, name: str, deed: Callable[..., int], at: datetime, holder: str = PROCESS) -> int | None:
    """Do the deed unless somebody else is at it, and note how it went.

    Returns how much it changed, or None where another worker has the turn. Raises what the deed raises.
    """
    if not _take_turn(name, holder, at):
        return None
    return _do(Turn.objects.filter(name=name, holder=holder), deed, at, {"holder": "", "held_until_at": None})


def do_beside_others(*, name: str, deed: Callable[..., int], at: datetime) -> int:
    """For a deed that claims each thing by itself, so that several workers may be at it: only noted."""
    turn = Turn.objects.filter(name=name)
    if not turn.update(began_at=at):
        Turn.objects.get_or_create(name=name, defaults={"began_at": at})
    return _do(turn, deed, at, {})


def leave_turns(*, holder: str = PROCESS) -> int:
    """A worker that is stopped in good order keeps nobody waiting. Returns how many turns it had."""
    return Turn.objects.filter(holder=holder).update(holder="", held_until_at=None)


def _take_turn(name: str, holder: str, at: datetime) -> bool:
    # Held for longer than anybody may: the clock was set back since then. (Twice as long, because the
    # moments of two workers differ: each takes the beginning of its round.)
    free = Q(held_until_at__isnull=True) | Q(held_until_at__lte=at) | Q(held_until_at__gt=at + 2 * HELD_FOR)
    turn = Turn.objects.filter(free, name=name)
    # One UPDATE with its condition: of two workers at once the database lets one through.
    if turn.update(holder=holder, held_until_at=at + HELD_FOR, began_at=at):
        return True
    _row, is_new = Turn.objects.get_or_create(name=name)
    return is_new and bool(turn.update(holder=holder, held_until_at=at + HELD_FOR, began_at=at))


def _do(turn: "QuerySet[Turn]", deed: Callable[..., int], at: datetime, freed: dict[str, Any]) -> int:
    """`turn` finds nothing any more where the holder lost it by time: the next one's notes stand there."""
    started = time.perf_counter()
    try:
        changed = deed(at=at)
    except Exception as problem:
        turn.update(
            failed_at=at,
            failure=f"{type(problem).__name__}: {problem}"[:LONGEST_FAILURE],
            failed_in_row=F("failed_in_row") + 1,
            took_ms=_since(started),
            **freed,
        )
        raise
    turn.update(done_at=at, changed=max(0, changed), failed_in_row=0, took_ms=_since(started), **freed)
    return changed


def _since(started: float) -> int:
    return int((time.perf_counter() - started) * 1000)
