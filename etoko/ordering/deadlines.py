"""Until when somebody should act on an order, and when she is reminded.

The table of states says what happens at a deadline (`not_before` of a move); here stands how long it is.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.models import PaymentOption
from etoko.foundation.days import show_day_short
from etoko.ordering.models import Order, WaitingTimes
from etoko.ordering.states import DEADLINES, PROCESSING, READY_FOR_PICKUP

ANSWER_WITHIN = timedelta(hours=24)
PAY_HOURS = 24
COLLECT_DAYS = 3
"""How long a shop waits that has not said otherwise."""
LAST_REMINDER_BEFORE = timedelta(hours=2)


def set_deadlines(order: Order, *, at: datetime) -> None:
    """After a move or a payment: until when the other party is waited for now. Writes nothing; the deed
    that changed the order saves `DEADLINE_FIELDS` with it."""
    before = deadline_of(order)
    waits_for_money = (
        order.state == PROCESSING
        and order.payment != PaymentOption.CASH
        and order.payment_state == Order.NOT_PAID
        and order.terms_agreed_at is None
    )
    if not waits_for_money:
        order.pay_by_at = None
    elif order.pay_by_at is None:
        order.pay_by_at = at + timedelta(hours=waiting_times(order.shop_id)[0])
    if order.state != READY_FOR_PICKUP:
        order.collect_by_at = None
    elif order.collect_by_at is None:
        order.collect_by_at = at + timedelta(days=waiting_times(order.shop_id)[1])
    deadline = deadline_of(order)
    if deadline != before or order.remind_at is None:
        order.remind_at = next_reminder(deadline, since=at, after=at) if deadline else None


DEADLINE_FIELDS = ("pay_by_at", "collect_by_at", "remind_at")


def deadline_of(order: Order) -> datetime | None:
    """The moment that somebody is waited for now, if there is one."""
    field = DEADLINES.get(order.state)
    return getattr(order, field) if field else None


def next_reminder(deadline: datetime, *, since: datetime, after: datetime) -> datetime | None:
    """Half the time after `since`, two hours before the deadline, and the deadline itself."""
    moments = (since + (deadline - since) / 2, deadline - LAST_REMINDER_BEFORE, deadline)
    return min((moment for moment in moments if moment > after), default=None)


def waiting_times(shop_id: int) -> tuple[int, int]:
    """Hours for the payment, days for the pick-up."""
    row = WaitingTimes.objects.filter(shop=shop_id).values_list("pay_hours", "collect_days").first()
    return row or (PAY_HOURS, COLLECT_DAYS)


def show_deadline(at: datetime, *, today: date) -> str:
    """ "hari ini pukul 13.00", "Rab, 25 Nov 2026 pukul 13.00". Midnight ends the day before it: "pukul 24.00"
    of the last day on which something can still be done."""
    local = timezone.localtime(at)
    day, clock = local.date(), f"{local:%H.%M}"
    if clock == "00.00":
        day, clock = day - timedelta(days=1), "24.00"
    words = {"day": show_day_short(day), "time": clock}
    if day == today:
        return _("hari ini pukul %(time)s") % words
    return _("%(day)s pukul %(time)s") % words
