"""One worker at a time does a deed; one that dies keeps its turn only for a while."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from conftest import Clock
from etoko.foundation.models import Turn
from etoko.foundation.operations.turns import HELD_FOR, do_alone, do_beside_others, leave_turns

MINUTE = timedelta(minutes=1)


def nothing(*, at: datetime) -> int:
    return 0


def dying(*, at: datetime) -> int:
    raise KeyboardInterrupt  # as a killed process: nobody comes to tidy up


def test_it_is_done_and_noted(db: None, clock: Clock) -> None:
    assert do_alone(name="sweep", deed=lambda at: 3, at=clock.now) == 3
    turn = Turn.objects.get()
    assert (turn.name, turn.changed, turn.began_at, turn.done_at) == ("sweep", 3, clock.now, clock.now)
    assert (turn.holder, turn.held_until_at, turn.failed_in_row) == ("", None, 0)


def test_a_failure_is_noted_and_frees_the_turn(db: None, clock: Clock) -> None:
    def broken(*, at: datetime) -> int:
        raise RuntimeError("the disk is full")

    for _time in range(2):
        with pytest.raises(RuntimeError):
            do_alone(name="sweep", deed=broken, at=clock.now)
    turn = Turn.objects.get()
    assert (turn.failure, turn.failed_at, turn.failed_in_row) == (
        "RuntimeError: the disk is full",
        clock.now,
        2,
    )
    assert do_alone(name="sweep", deed=nothing, at=clock.forward(minutes=1)) == 0
    turn.refresh_from_db()
    assert (turn.failed_in_row, turn.failed_at, turn.done_at) == (0, clock.now - MINUTE, clock.now)


def test_whoever_comes_meanwhile_leaves_it(db: None, clock: Clock) -> None:
    seen: list[int | None] = []

    def slow(*, at: datetime) -> int:
        seen.append(do_alone(name="sweep", deed=nothing, at=at, holder="another"))
        # Whose round began a minute earlier knows an earlier moment.
        seen.append(do_alone(name="sweep", deed=nothing, at=at - MINUTE, holder="another"))
        seen.append(do_alone(name="else", deed=nothing, at=at, holder="another"))
        return 1

    assert do_alone(name="sweep", deed=slow, at=clock.now) == 1
    assert seen == [None, None, 0]


def test_a_dead_worker_is_waited_for_and_then_no_more(db: None, clock: Clock) -> None:
    with pytest.raises(KeyboardInterrupt):
        do_alone(name="sweep", deed=dying, at=clock.now, holder="dead")
    assert do_alone(name="sweep", deed=nothing, at=clock.now + HELD_FOR - MINUTE) is None
    assert do_alone(name="sweep", deed=nothing, at=clock.now + HELD_FOR) == 0


def test_a_clock_that_is_set_back_blocks_nothing(db: None, clock: Clock) -> None:
    with pytest.raises(KeyboardInterrupt):
        do_alone(name="sweep", deed=dying, at=clock.now, holder="dead")
    assert do_alone(name="sweep", deed=nothing, at=clock.now - timedelta(days=1)) == 0


def test_who_lost_the_turn_writes_nothing_over_the_next(db: None, clock: Clock) -> None:
    def too_slow(*, at: datetime) -> int:
        assert do_alone(name="sweep", deed=lambda at: 7, at=at + HELD_FOR, holder="another") == 7
        return 1

    assert do_alone(name="sweep", deed=too_slow, at=clock.now) == 1
    turn = Turn.objects.get()
    assert (turn.changed, turn.done_at) == (7, clock.now + HELD_FOR)


def test_a_worker_that_stops_in_good_order_frees_its_turns(db: None, clock: Clock) -> None:
    with pytest.raises(KeyboardInterrupt):
        do_alone(name="sweep", deed=dying, at=clock.now, holder="me")
    assert leave_turns(holder="somebody else") == 0
    assert leave_turns(holder="me") == 1
    assert do_alone(name="sweep", deed=nothing, at=clock.now) == 0


def test_what_claims_its_things_itself_is_only_noted(db: None, clock: Clock) -> None:
    def sending(*, at: datetime) -> int:
        return do_beside_others(name="send", deed=lambda at: 2, at=at) + 1

    assert do_beside_others(name="send", deed=sending, at=clock.now) == 3
    turn = Turn.objects.get()
    assert (turn.changed, turn.began_at, turn.done_at, turn.holder) == (3, clock.now, clock.now, "")
    with pytest.raises(ZeroDivisionError):
        do_beside_others(name="send", deed=lambda at: 1 // 0, at=clock.now)
    turn.refresh_from_db()
    assert (turn.failed_in_row, turn.failure) == (
        1,
        "ZeroDivisionError: integer division or modulo by zero",
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_first", [True, False])
def test_of_eight_workers_at_once_one_does_it(clock: Clock, is_first: bool) -> None:
    if not is_first:
        do_alone(name="sweep", deed=nothing, at=clock.now)
    together, inside = threading.Barrier(8), threading.Event()
    answers: list[int | None] = []

    def deed(*, at: datetime) -> int:
        inside.wait(20)  # until all the others have asked
        return 1

    def worker(number: int) -> None:
        together.wait()
        answers.append(do_alone(name="sweep", deed=deed, at=clock.now, holder=f"worker {number}"))
        if len(answers) == 7:
            inside.set()
        connection.close()

    threads = [threading.Thread(target=worker, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [1, *[None] * 7]
