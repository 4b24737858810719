"""Questions about what is made to order: when it can be ready, and what is to be made."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from etoko.catalog.models import CapacityDay, Making, Shop
from etoko.catalog.reconciling import Difference

FURTHEST_DAYS = 60
"""Further than this after the first possible day nobody is promised a day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    product_pk: int
    quantity: int
    lead_days: int
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Ready:
    day_on: date | None
    """None: more than fits into any of the days."""
    first_on: date
    """When it would be ready if nobody else wanted anything."""


def ready_days(wanted: Collection[Wanted], *, today: date) -> dict[int, Ready]:
    """By product, the first day that has room for all of it. No question where nothing has a bound."""
    bounded = [each.product_pk for each in wanted if each.capacity is not None]
    taken: dict[tuple[int, date], int] = {}
    if bounded:
        days = CapacityDay.objects.filter(product__in=bounded, day_on__gte=today)
        taken = {(pk, on): number for pk, on, number in days.values_list("product_id", "day_on", "taken")}
    return {each.product_pk: _ready(each, taken, today) for each in wanted}


def _ready(wanted: Wanted, taken: dict[tuple[int, date], int], today: date) -> Ready:
    first = today + timedelta(days=wanted.lead_days)
    if wanted.capacity is None:
        return Ready(first, first)
    for later in range(FURTHEST_DAYS):
        day = first + timedelta(days=later)
        if taken.get((wanted.product_pk, day), 0) + wanted.quantity <= wanted.capacity:
            return Ready(day, first)
    return Ready(None, first)


@dataclass(frozen=True, slots=True)
class ToMake:
    day_on: date
    product_id: str
    name: str
    unit: str
    quantity: int
    capacity: int | None
    orders: list[str]


def to_make(shop: Shop, *, since: date) -> list[ToMake]:
    """What is to be ready on which day, from `since` on. One query."""
    rows: dict[tuple[date, int], ToMake] = {}
    for making in (
        Making.objects.filter(product__shop=shop, released_at__isnull=True, day_on__gte=since)
        .select_related("product")
        .order_by("day_on", "product__name", "id")
    ):
        product = making.product
        key = (making.day_on, product.pk)
        before = rows.get(key)
        rows[key] = ToMake(
            making.day_on,
            product.public_id,
            product.name,
            product.unit,
            (before.quantity if before else 0) + making.quantity,
            product.capacity_per_day,
            [*(before.orders if before else []), making.order_number],
        )
    return list(rows.values())


def days_of_orders(order_numbers: Collection[str]) -> dict[tuple[str, int], date]:
    """By order and product, the day on which all of it will be ready. One query."""
    makings = Making.objects.filter(order_number__in=order_numbers, released_at__isnull=True)
    return {
        (number, product_id): day_on
        for number, product_id, day_on in makings.order_by("day_on").values_list(
            "order_number", "product_id", "day_on"
        )
    }


def capacity_out_of_step() -> list[Difference]:
    """Days of which more or less is taken than orders want. One query."""
    of_orders = (
        Making.objects.filter(
            product=OuterRef("product"), day_on=OuterRef("day_on"), released_at__isnull=True
        )
        .order_by()
        .values("product")
        .annotate(sum=Sum("taken"))
        .values("sum")
    )
    rows: Iterable[CapacityDay] = (
        CapacityDay.objects.annotate(for_orders=Coalesce(Subquery(of_orders), 0))
        .exclude(for_orders=F("taken"))
        .select_related("product")
    )
    return [
        Difference(
            "capacity",
            day.product_id,
            f"{day.product.name} {day.day_on}",
            day.taken,
            day.for_orders,  # type: ignore[attr-defined]
        )
        for day in rows
    ]
