"""A background task whose worker died, or that failed, is done later; what never works is given up."""

from datetime import timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult, get_date_max

from conftest import Clock
from etoko.foundation.operations.reaping import (
    DEAD_AFTER,
    KEPT_FOR,
    MOST_TRIES,
    TRIED_AGAIN_FOR,
    TRY_AGAIN_AFTER,
    forget_old_tasks,
    reap_tasks,
    retry_task,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def a_task(status: str, *, tries: int = 1, **more: Any) -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x.y",
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
        worker_ids=[f"w{number}" for number in range(tries)],
        **more,
    )


def test_the_task_of_a_dead_worker_goes_back_into_the_queue(clock: Clock) -> None:
    task = a_task("RUNNING", started_at=clock.now - DEAD_AFTER)
    alive = a_task("RUNNING", started_at=clock.now - DEAD_AFTER + MINUTE)
    assert reap_tasks(at=clock.now) == 1
    task.refresh_from_db()
    alive.refresh_from_db()
    assert (task.status, task.run_after, task.started_at) == ("READY", clock.now + MINUTE, None)
    assert alive.status == "RUNNING"


def test_a_task_that_kills_every_worker_is_given_up(clock: Clock) -> None:
    task = a_task("RUNNING", tries=MOST_TRIES, started_at=clock.now - DEAD_AFTER)
    assert reap_tasks(at=clock.now) == 1
    task.refresh_from_db()
    assert (task.status, task.finished_at) == ("FAILED", clock.now)
    assert reap_tasks(at=clock.now) == 0


@pytest.mark.parametrize("tries", range(1, MOST_TRIES))
def test_what_failed_is_tried_ever_later(clock: Clock, tries: int) -> None:
    task = a_task("FAILED", tries=tries, finished_at=clock.now)
    assert reap_tasks(at=clock.now) == 1
    assert DBTaskResult.objects.ready().count() == 0
    clock.now += TRY_AGAIN_AFTER[tries - 1]
    assert DBTaskResult.objects.ready().get() == task


def test_what_failed_too_often_or_long_ago_stays_failed(clock: Clock) -> None:
    a_task("FAILED", tries=MOST_TRIES, finished_at=clock.now)
    a_task("FAILED", finished_at=clock.now - TRIED_AGAIN_FOR)
    a_task("SUCCESSFUL", finished_at=clock.now)
    assert reap_tasks(at=clock.now) == 0


def test_a_person_may_try_it_again_at_once(clock: Clock) -> None:
    task = a_task("FAILED", tries=MOST_TRIES, finished_at=clock.now)
    assert retry_task(task_id=str(task.pk)) is True
    assert DBTaskResult.objects.ready().get().worker_ids == []
    assert retry_task(task_id=str(task.pk)) is False


def test_old_ones_are_forgotten(clock: Clock) -> None:
    a_task("SUCCESSFUL", finished_at=clock.now - KEPT_FOR - MINUTE)
    a_task("FAILED", finished_at=clock.now - KEPT_FOR - MINUTE)
    kept = a_task("SUCCESSFUL", finished_at=clock.now - KEPT_FOR)
    waiting = a_task("READY")
    assert forget_old_tasks(at=clock.now) == 2
    assert set(DBTaskResult.objects.all()) == {kept, waiting}
