"""The one thing that the pages of this room do: have failed work tried again, with a trace."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from etoko.audit.operations import record_deed
from etoko.foundation.operations import reaping
from etoko.people.models import Person


@transaction.atomic
def retry_task(*, task: DBTaskResult[Any, Any], by: Person, at: datetime) -> bool:
    """False when it failed no more."""
    is_again = reaping.retry_task(task_id=str(task.pk))
    if is_again:
        record_deed(deed="retry_task", subject=task, by=by, at=at)
    return is_again
