"""Whoever is waited for is reminded before it is too late. Each reminder has its key: it is sent once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from etoko.ordering.deadlines import LAST_REMINDER_BEFORE, deadline_of, next_reminder
from etoko.ordering.models import Order
from etoko.ordering.operations.telling import tell_buyer, tell_seller
from etoko.ordering.states import AWAITING_CONFIRMATION, PROCESSING, READY_FOR_PICKUP

AT_ONCE = 500


def remind_of_deadlines(*, at: datetime) -> int:
    """Remind sellers of answers, buyers of payments, both of goods that nobody fetches. Returns how many
    orders. After a jump of the clock only the last reminder that is due is sent, and none where the
    deadline itself is over and the clock acts on it."""
    due = Order.objects.filter(remind_at__lte=at).order_by("remind_at").values_list("pk", flat=True)
    return sum(_remind(pk, at) for pk in list(due[:AT_ONCE]))


@transaction.atomic
def _remind(pk: int, at: datetime) -> int:
    order = Order.objects.select_for_update(of=("self",)).select_related("group__buyer", "shop").get(pk=pk)
    if order.remind_at is None or order.remind_at > at:
        return 0  # another worker was faster, or somebody acted in this very moment
    deadline = deadline_of(order)
    order.remind_at = next_reminder(deadline, since=order.changed_at, after=at) if deadline else None
    order.save(update_fields=["remind_at"])
    if deadline is None or (deadline <= at and order.state != READY_FOR_PICKUP):
        return 0
    _tell(order, deadline, at)
    return 1


def _tell(order: Order, deadline: datetime, at: datetime) -> None:
    when = "over" if deadline <= at else "last" if deadline - at <= LAST_REMINDER_BEFORE else "half"
    # The deadline is part of the key: after a payment that was taken back a new one runs, with new reminders.
    occasion = f"{when}:{timezone.localtime(deadline):%Y%m%d%H%M%S}"
    if order.state == AWAITING_CONFIRMATION:
        tell_seller(order=order, deed="remind_answer", at=at, occasion=occasion)
    elif order.state == PROCESSING:
        tell_buyer(order=order, deed="remind_payment", at=at, occasion=occasion)
    elif when == "over":
        tell_buyer(order=order, deed="uncollected", at=at, occasion=occasion)
        tell_seller(order=order, deed="uncollected", at=at, occasion=occasion)
    else:
        tell_buyer(order=order, deed="remind_pickup", at=at, occasion=occasion)
