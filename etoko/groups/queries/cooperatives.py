"""What the pages of cooperatives show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.db.models.functions import TruncDate, TruncMonth
from django.urls import reverse

from etoko.catalog.models import Product, Shop, Variant
from etoko.catalog.states import SHOP_OPEN
from etoko.groups.models_cooperatives import Cooperative, Permission
from etoko.groups.states import PERMISSION_FLOW
from etoko.ordering.models import Order, OrderLine
from etoko.ordering.states import COMPLETED

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CooperativeRow:
    public_id: str
    name: str
    village: str
    kind: str
    legal: str
    is_registered: bool
    members: int | None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    about_year: int
    held_on: date
    present: int
    turnover_rp: int | None
    surplus_rp: int | None


@dataclass(frozen=True, slots=True)
class PermissionRow:
    id: int
    product: str
    business: str
    cooperative: str
    state: str
    word: str
    member_rp: int
    sees: str
    edits: str
    note: str
    answered_by: str
    answered_for: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class CooperativePage:
    row: CooperativeRow
    women: int | None
    men: int | None
    trade: str
    services: list[str]
    legal_number: str
    founded_on: date | None
    rat_month: int
    meetings: list[MeetingRow]
    is_rat_due: bool
    shop_name: str
    shop_path: str
    sales: list[tuple[date, int]]
    """(month, rupiah) of completed orders of its shop, the last twelve months that had any."""
    permissions: list[PermissionRow]


@dataclass(frozen=True, slots=True)
class Sales:
    sold: int
    for_member_rp: int
    days: list[tuple[date, int]]
    """(day, how many), the newest first; only where her permission says that she sees the days."""


def cooperative_rows(found: Iterable[Cooperative]) -> list[CooperativeRow]:
    return [_row(one) for one in found]


def cooperative_page(cooperative: Cooperative, *, today: date) -> CooperativePage:
    meetings = [
        MeetingRow(one.about_year, one.held_on, one.present, one.turnover_rp, one.surplus_rp)
        for one in cooperative.yearly_meetings.all()
    ]
    shop = Shop.objects.filter(business=cooperative.business_id).first() if cooperative.business_id else None
    words = dict(Cooperative.SERVICES)
    return CooperativePage(
        _row(cooperative),
        cooperative.women,
        cooperative.men,
        cooperative.trade,
        [str(words[key]) for key in cooperative.services if key in words],
        cooperative.legal_number,
        cooperative.founded_on,
        cooperative.rat_month,
        meetings,
        today.month >= cooperative.rat_month and today.year - 1 not in {one.about_year for one in meetings},
        shop.name if shop else "",
        f"/toko/{shop.slug}/" if shop and shop.status == SHOP_OPEN else "",
        monthly_sales(shop) if shop else [],
        permission_rows(cooperative.permissions.select_related("product", "business", "answered_by")),
    )


def monthly_sales(shop: Shop) -> list[tuple[date, int]]:
    rows = (
        Order.objects.filter(shop=shop, state=COMPLETED)
        .annotate(month=TruncMonth("placed_at"))
        .values("month")
        .annotate(sum=Sum("goods_rp"))
        .order_by("-month")[:MONTHS_SHOWN]
    )
    return [(row["month"].date(), row["sum"]) for row in reversed(rows)]


def permission_rows(found: Iterable[Permission]) -> list[PermissionRow]:
    return [permission_row(one) for one in found]


def permission_row(one: Permission) -> PermissionRow:
    return PermissionRow(
        one.pk,
        one.product.name,
        one.business.name,
        one.cooperative.name,
        one.state,
        str(PERMISSION_FLOW.states[one.state]),
        one.member_rp,
        str(one.get_sees_display()),
        str(one.get_edits_display()),
        one.note,
        one.answered_by.name if one.answered_by else "",
        one.answered_for,
        one.answered_at,
    )


def sales_of(permission: Permission) -> Sales:
    """What was sold of her product since she said yes, in completed orders."""
    lines = OrderLine.objects.filter(
        variant__product=permission.product_id,
        order__state=COMPLETED,
        order__placed_at__gte=permission.answered_at or permission.proposed_at,
    )
    sold = lines.aggregate(sum=Sum("quantity"))["sum"] or 0
    days: list[tuple[date, int]] = []
    if permission.sees == Permission.DAYS:
        by_day = lines.annotate(day=TruncDate("order__placed_at")).values("day").annotate(sum=Sum("quantity"))
        days = [(row["day"], row["sum"]) for row in by_day.order_by("-day")[:31]]
    return Sales(sold, sold * permission.member_rp, days)


def variants_of(permission: Permission) -> list[tuple[int, str, int]]:
    """(id, name, on hand) of what she may fill up."""
    variants = Variant.objects.filter(
        product=permission.product_id, product__supply=Product.STOCK, status=Variant.ACTIVE
    )
    return [
        (one.pk, one.name or permission.product.name, one.on_hand) for one in variants.order_by("position")
    ]


def products_to_propose(shop: Shop | None) -> list[tuple[int, str]]:
    """Goods of the cooperative's shop that are not sold for somebody already."""
    if shop is None:
        return []
    taken = Permission.objects.filter(state__in=("proposed", "agreed")).values("product")
    return list(
        Product.objects.filter(shop=shop)
        .exclude(status="archived")
        .exclude(pk__in=taken)
        .order_by("name")
        .values_list("pk", "name")
    )


def maker_of(product_id: int) -> tuple[str, str] | None:
    """(name, address) of the member's business that makes it, where she agreed and may be listed."""
    row = (
        Permission.objects.filter(product=product_id, state="agreed", business__listing="listed")
        .values_list("business__name", "business__public_id")
        .first()
    )
    return (row[0], reverse("registry:business", args=[row[1]])) if row else None


def _row(one: Cooperative) -> CooperativeRow:
    known = one.women is not None or one.men is not None
    return CooperativeRow(
        one.public_id,
        one.name,
        one.area.name,
        str(one.get_kind_display()),
        str(one.get_legal_display()),
        one.legal == Cooperative.REGISTERED,
        (one.women or 0) + (one.men or 0) if known else None,
    )
