"""Questions of the buyer's pages."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from etoko.ordering.models import Order, OrderGroup
from etoko.ordering.operations.telling import group_path
from etoko.ordering.queries.rows import PAGE_SIZE, OrderRow, rows_of, whole
from etoko.ordering.states import (
    BUYER,
)
from etoko.people.models import Person
from etoko.places.models import VILLAGE, Area


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One checkout in the buyer's list."""

    href: str
    name: str
    recorded_by_me: bool
    created_at: datetime
    total_rp: int
    orders: list[OrderRow]


def home_villages() -> list[Area]:
    """The villages of the sub-district, as suggestions for the address."""
    return list(Area.objects.filter(parent=settings.HOME_AREA, level=VILLAGE).order_by("name"))


def group_rows(
    groups: QuerySet[OrderGroup], *, person: Person | None, at: datetime, page: int = 1
) -> list[GroupRow]:
    """The newest first, one more than PAGE_SIZE where there are more."""
    start = (page - 1) * PAGE_SIZE
    found = list(groups.order_by("-created_at", "-id")[start : start + PAGE_SIZE + 1])
    orders: dict[int, list[OrderRow]] = {group.pk: [] for group in found}
    for row, order in rows_of(Order.objects.filter(group__in=found).order_by("id"), BUYER, at=at):
        orders[order.group_id].append(row)
    return [
        GroupRow(
            href=group_path(group),
            name=group.name,
            recorded_by_me=person is not None and group.recorded_by_id == person.pk,
            created_at=group.created_at,
            total_rp=group.total_rp,
            orders=orders[group.pk],
        )
        for group in found
    ]


def orders_of_group(group: OrderGroup) -> list[Order]:
    return whole(Order.objects.filter(group=group).order_by("id"))
