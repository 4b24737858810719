"""Questions of the seller's day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.models import Product, Shop, Variant
from etoko.catalog.states import PUBLISHED, SHOP_SUSPENDED
from etoko.ordering.models import Order
from etoko.ordering.queries.rows import PAGE_SIZE, OrderPage, OrderRow, pages_of, rows_of
from etoko.ordering.states import (
    AWAITING_CONFIRMATION,
    CANCELLED,
    DECLINED,
    DELIVERED,
    PROCESSING,
    READY_FOR_PICKUP,
    SELLER,
    SHIPPED,
)
from etoko.people.access import within
from etoko.people.models import Person
from etoko.registry.access import businesses_of


@dataclass(frozen=True, slots=True)
class ShopRow:
    public_id: str
    name: str
    village: str
    waiting: int
    packing: int


@dataclass(frozen=True, slots=True)
class Section:
    state: str
    title: str
    rows: list[OrderRow]


@dataclass(frozen=True, slots=True)
class LowStock:
    product_id: str
    name: str
    left: int


@dataclass(frozen=True, slots=True)
class Day:
    sections: list[Section]
    orders_today: int
    total_today_rp: int
    unpaid_rp: int
    low_stock: list[LowStock]

    @property
    def is_quiet(self) -> bool:
        return not any(section.rows for section in self.sections)


@dataclass(frozen=True, slots=True)
class History:
    rows: list[OrderRow]
    number: int
    last: int
    counts: dict[str, int]


_SECTIONS = (AWAITING_CONFIRMATION, PROCESSING, READY_FOR_PICKUP, SHIPPED, DELIVERED)


def seller_day(shop: Shop, *, at: datetime) -> Day:
    titles = {
        AWAITING_CONFIRMATION: _("Pesanan baru"),
        PROCESSING: _("Dikemas"),
        READY_FOR_PICKUP: _("Siap diambil"),
        SHIPPED: _("Dikirim"),
        DELIVERED: _("Menunggu pembeli menyatakan selesai"),
    }
    rows: dict[str, list[OrderRow]] = {state: [] for state in _SECTIONS}
    open_orders = Order.objects.filter(shop=shop, state__in=_SECTIONS).order_by("answer_by_at", "id")[:200]
    for row, _order in rows_of(open_orders, SELLER, at=at, shop=shop):
        rows[row.state].append(row)
    today = timezone.localdate(at)
    begins = timezone.make_aware(datetime.combine(today, time.min))
    sold = (
        Order.objects.filter(shop=shop)
        .exclude(state__in=(CANCELLED, DECLINED))
        .aggregate(
            number=Count("id", filter=Q(placed_at__gte=begins, placed_at__lt=begins + timedelta(days=1))),
            total=Sum("total_rp", filter=Q(placed_at__gte=begins, placed_at__lt=begins + timedelta(days=1))),
            unpaid=Sum(
                F("total_rp") - F("paid_rp"),
                filter=~Q(payment_state=Order.PAID) & ~Q(state=AWAITING_CONFIRMATION),
            ),
        )
    )
    return Day(
        sections=[Section(state, titles[state], rows[state]) for state in _SECTIONS],
        orders_today=sold["number"] or 0,
        total_today_rp=sold["total"] or 0,
        unpaid_rp=sold["unpaid"] or 0,
        low_stock=low_stock(shop),
    )


def low_stock(shop: Shop) -> list[LowStock]:
    variants = (
        Variant.objects.filter(
            product__shop=shop,
            product__status=PUBLISHED,
            product__supply=Product.STOCK,
            status=Variant.ACTIVE,
            on_hand__lte=F("held") + F("low_at"),
        )
        .order_by(F("on_hand") - F("held"), "id")
        .values_list("product__public_id", "product__name", "name", "on_hand", "held")[:5]
    )
    return [
        LowStock(public_id, f"{product} ({name})" if name else product, on_hand - held)
        for public_id, product, name, on_hand, held in variants
    ]


def seller_history(shop: Shop, *, at: datetime, state: str = "", page: int = 1) -> History:
    orders = Order.objects.filter(shop=shop)
    counts = dict(orders.order_by().values_list("state").annotate(number=Count("id")))
    number_of = counts.get(state, 0) if state else sum(counts.values())
    last = max(1, -(-number_of // PAGE_SIZE))
    number = min(max(1, page), last)
    if state:
        orders = orders.filter(state=state)
    start = (number - 1) * PAGE_SIZE
    rows = [
        row
        for row, _order in rows_of(
            orders.order_by("-placed_at", "-id")[start : start + PAGE_SIZE], SELLER, at=at, shop=shop
        )
    ]
    return History(rows, number, last, counts)


def seller_page(order: Order, *, at: datetime) -> OrderPage:
    return pages_of(Order.objects.filter(pk=order.pk), party=SELLER, at=at)[0]


def orders_to_pack(shop: Shop, *, number: str = "") -> QuerySet[Order]:
    """What is to be packed, the oldest first; one order when its number is given."""
    orders = Order.objects.filter(shop=shop)
    orders = (
        orders.filter(number=number)
        if number
        else orders.filter(state__in=(AWAITING_CONFIRMATION, PROCESSING))
    )
    return orders.order_by("placed_at", "id")[:100]


def packing_pages(shop: Shop, *, at: datetime, number: str = "") -> list[OrderPage]:
    return pages_of(orders_to_pack(shop, number=number), party=SELLER, at=at)


def shops_of_seller(person: Person) -> list[ShopRow]:
    """The shops of the businesses she owns or works for."""
    return _shop_rows(Shop.objects.filter(business__in=businesses_of(person)))


def shops_to_assist(codes: list[str], *, text: str = "") -> list[ShopRow]:
    """For a kader: the shops of her villages, those with waiting orders first; at most fifty."""
    shops = Shop.objects.filter(within(codes)).exclude(status=SHOP_SUSPENDED)
    if text:
        shops = shops.filter(name__icontains=text)
    return _shop_rows(shops)


def _shop_rows(shops: QuerySet[Shop]) -> list[ShopRow]:
    found = (
        shops.annotate(
            waiting=Count("orders", filter=Q(orders__state=AWAITING_CONFIRMATION)),
            packing=Count("orders", filter=Q(orders__state=PROCESSING)),
        )
        .order_by("-waiting", "-packing", "name")
        .values_list("public_id", "name", "area__name", "waiting", "packing")[:50]
    )
    return [ShopRow(*row) for row in found]
