"""Background tasks whose worker died or that failed are tried again, a few times and ever later.

django-tasks keeps them in its own table and does none of this: a killed worker leaves its task RUNNING for
ever. Every task must bear being done twice.
"""

from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet
from django_tasks_db.models import DBTaskResult, get_date_max

Task = DBTaskResult[Any, Any]

READY, RUNNING, FAILED, SUCCESSFUL = "READY", "RUNNING", "FAILED", "SUCCESSFUL"

DEAD_AFTER = timedelta(minutes=15)
"""No task takes so long."""
TRY_AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
MOST_TRIES = len(TRY_AGAIN_AFTER) + 1
TRIED_AGAIN_FOR = timedelta(days=1)
KEPT_FOR = timedelta(days=14)
AT_ONCE = 500


def reap_tasks(*, at: datetime) -> int:
    """Give up what was tried MOST_TRIES times, put the rest back into the queue. Returns how many."""
    died = DBTaskResult.objects.filter(status=RUNNING, started_at__lte=at - DEAD_AFTER)
    failed = DBTaskResult.objects.filter(status=FAILED, finished_at__gt=at - TRIED_AGAIN_FOR)
    reaped = 0
    for task in chain(died.order_by("started_at")[:AT_ONCE], failed.order_by("finished_at")[:AT_ONCE]):
        tries = len(task.worker_ids)
        if tries < MOST_TRIES:
            reaped += _put_back(task, at + TRY_AGAIN_AFTER[max(0, tries - 1)])
        elif task.status == RUNNING:
            reaped += _as_found(task).update(
                status=FAILED, finished_at=at, traceback="The worker died while it did this."
            )
    return reaped


def retry_task(*, task_id: str) -> bool:
    """Somebody looked and pressed the button: from now on it has all its tries again."""
    task = DBTaskResult.objects.filter(pk=task_id, status=FAILED).first()
    return task is not None and bool(_as_found(task).update(**_waiting(get_date_max()), worker_ids=[]))


def forget_old_tasks(*, at: datetime) -> int:
    """Those that ended KEPT_FOR ago. Returns how many."""
    old = DBTaskResult.objects.filter(Q(status=SUCCESSFUL) | Q(status=FAILED), finished_at__lt=at - KEPT_FOR)
    return old.delete()[0]


def _put_back(task: Task, run_after: datetime) -> int:
    return _as_found(task).update(**_waiting(run_after))


def _waiting(run_after: datetime) -> dict[str, object]:
    return {"status": READY, "run_after": run_after, "started_at": None, "finished_at": None}


def _as_found(task: Task) -> QuerySet[Task]:
    """Changed since we looked, it is somebody else's."""
    return DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)
