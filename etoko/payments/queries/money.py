"""The money of a shop: who has not paid, what has to go back, and what came month by month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from etoko.catalog.models import Shop
from etoko.ordering.models import Order
from etoko.ordering.queries.rows import PAYMENT_TONES
from etoko.ordering.states import AWAITING_CONFIRMATION, CANCELLED, DECLINED, ORDER_FLOW
from etoko.payments.models import Balance, Payment

MONTHS = 12
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class UnpaidRow:
    number: str
    buyer_name: str
    state_label: str
    payment_label: str
    tone: str
    left_rp: int
    total_rp: int
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class OwedRow:
    number: str
    buyer_name: str
    owed_rp: int
    since_at: datetime | None


@dataclass(frozen=True, slots=True)
class MoneyPage:
    unpaid: list[UnpaidRow]
    to_look_at: list[UnpaidRow]
    """Orders that came to nothing and whose buyer says that she has paid: the money may have come."""
    owed: list[OwedRow]
    unpaid_rp: int
    owed_rp: int
    month_rp: int
    """What came this month, less what went back."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    month: date
    due_rp: int
    """Of the orders of that month that did not come to nothing."""
    received_rp: int
    returned_rp: int
    by_method: dict[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    months: list[MonthRow]
    """The oldest first."""
    by_method: list[tuple[str, int]]
    """In words, the largest first."""

    @property
    def received_rp(self) -> int:
        return sum(month.received_rp for month in self.months)

    @property
    def due_rp(self) -> int:
        return sum(month.due_rp for month in self.months)

    @property
    def returned_rp(self) -> int:
        return sum(month.returned_rp for month in self.months)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    received_on: date
    number: str
    buyer_name: str
    amount_rp: int
    kind: str
    method: str
    source: str
    by: str
    is_counter: bool
    reason: str


def money_page(shop: Shop, *, at: datetime) -> MoneyPage:
    """Four queries. What a buyer says she has paid stands first, then the oldest."""
    orders = Order.objects.filter(shop=shop).select_related("group").order_by("placed_at", "id")
    waiting = orders.exclude(state__in=(AWAITING_CONFIRMATION, CANCELLED, DECLINED)).exclude(
        payment_state=Order.PAID
    )
    rows = sorted(waiting[:_SHOWN], key=lambda order: order.payment_state != Order.REPORTED)
    unpaid = [_unpaid_row(order) for order in rows]
    over = orders.filter(state__in=(CANCELLED, DECLINED), payment_state=Order.REPORTED)
    owed = [
        OwedRow(number or "", name, owed_rp, since_at)
        for number, name, owed_rp, since_at in Balance.objects.filter(shop=shop, owed_rp__gt=0)
        .order_by("owed_since_at")
        .values_list("order__number", "order__group__name", "owed_rp", "owed_since_at")[:_SHOWN]
    ]
    month = timezone.localdate(at).replace(day=1)
    came = Payment.objects.filter(shop=shop, received_on__gte=month).aggregate(sum=Sum("amount_rp"))["sum"]
    return MoneyPage(
        unpaid,
        [_unpaid_row(order) for order in over[:_SHOWN]],
        owed,
        sum(row.left_rp for row in unpaid),
        sum(row.owed_rp for row in owed),
        came or 0,
    )


def _unpaid_row(order: Order) -> UnpaidRow:
    return UnpaidRow(
        number=order.number or "",
        buyer_name=order.group.name,
        state_label=str(ORDER_FLOW.states[order.state]),
        payment_label=order.payment_label,
        tone=PAYMENT_TONES[order.payment_state],
        left_rp=order.left_rp,
        total_rp=order.total_rp,
        placed_at=order.placed_at,
    )


def money_report(shop: Shop, *, at: datetime) -> Report:
    """The last MONTHS months, this one included. Two queries."""
    months = last_months(timezone.localdate(at))
    begins = timezone.make_aware(datetime.combine(months[0], datetime.min.time()))
    due: dict[date, int] = {}
    for moment, sum_rp in (
        Order.objects.filter(shop=shop, placed_at__gte=begins)
        .exclude(state__in=(CANCELLED, DECLINED))
        .order_by()
        .annotate(month=TruncMonth("placed_at"))
        .values_list("month")
        .annotate(sum=Sum("total_rp"))
    ):
        due[timezone.localdate(moment)] = sum_rp
    received: dict[date, dict[str, int]] = {}
    returned: dict[date, int] = {}
    for month, method, kind, sum_rp in (
        Payment.objects.filter(shop=shop, received_on__gte=months[0])
        .order_by()
        .annotate(month=TruncMonth("received_on"))
        .values_list("month", "method", "kind")
        .annotate(sum=Sum("amount_rp"))
    ):
        if kind == Payment.RECEIVED:
            received.setdefault(month, {})[method] = sum_rp
        else:
            returned[month] = returned.get(month, 0) - sum_rp
    rows = [
        MonthRow(
            month,
            due.get(month, 0),
            sum(received.get(month, {}).values()),
            returned.get(month, 0),
            received.get(month, {}),
        )
        for month in months
    ]
    methods = {
        str(word): sum(row.by_method.get(method, 0) for row in rows) for method, word in Payment.METHODS
    }
    return Report(rows, sorted(((w, rp) for w, rp in methods.items() if rp), key=lambda pair: -pair[1]))


def ledger_rows(shop: Shop, *, at: datetime) -> list[LedgerRow]:
    """Every entry of the months of the report, the oldest first. One query."""
    entries = (
        Payment.objects.filter(shop=shop, received_on__gte=last_months(timezone.localdate(at))[0])
        .select_related("order__group")
        .order_by("received_on", "id")
    )
    return [
        LedgerRow(
            entry.received_on,
            entry.order.number or "",
            entry.order.group.name,
            entry.amount_rp,
            str(entry.get_kind_display()),
            str(entry.get_method_display()),
            str(entry.get_source_display()),
            entry.recorded_name,
            entry.reverses_id is not None,
            entry.reason,
        )
        for entry in entries
    ]


def last_months(today: date) -> list[date]:
    """The first days of the last MONTHS months, the oldest first."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]
