"""Before a promise is due, after it was due, and while it waits for a judge."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from etoko.promises.models import Promise
from etoko.promises.operations.telling import tell
from etoko.promises.reminders import next_reminder
from etoko.promises.states import OPEN_STATES, REPORTED

NOT_BEFORE_HOUR = 7
_PORTION = 200


def remind_of_promises(*, at: datetime) -> int:
    """Returns how many were reminded of. A machine that was off catches up with one reminder each."""
    local = timezone.localtime(at)
    if local.hour < NOT_BEFORE_HOUR:
        return 0
    due = Promise.objects.filter(reminder_on__lte=local.date(), state__in=(*OPEN_STATES, REPORTED))
    return sum(_remind(pk, at) for pk in due.order_by("pk").values_list("pk", flat=True)[:_PORTION])


@transaction.atomic
def _remind(promise_id: int, at: datetime) -> bool:
    today = timezone.localdate(at)
    promise = Promise.objects.select_for_update(of=("self",)).get(pk=promise_id)
    if promise.reminder_on is None or promise.reminder_on > today:
        return False  # another worker was faster, or it has moved on
    if promise.state == REPORTED:
        occasion, promise.reminder_on = "waits", None
    elif promise.state in OPEN_STATES:
        occasion = "overdue" if promise.due_on < today else "due_soon"
        promise.reminder_on = next_reminder(promise.due_on, after=today)
    else:
        return False
    promise.save(update_fields=["reminder_on"])
    tell(promise, occasion, by=None, at=at)
    return True
