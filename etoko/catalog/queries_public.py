"""Questions of the buyers' side: plain rows for pages that everybody may see. Cards: `queries_cards.py`."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from etoko.catalog.access import may_be_seen
from etoko.catalog.hours import show_hours
from etoko.catalog.models import (
    Category,
    DeliveryOption,
    PaymentOption,
    Product,
    Shop,
    Variant,
)
from etoko.catalog.opening_now import Opening
from etoko.catalog.photos import Picture, photo_as_json, photo_sources
from etoko.catalog.queries_cards import Card, cards, cards_of, kind_of, opening_of
from etoko.catalog.rating import Rating, rating_of
from etoko.catalog.search.finding import NEWEST, Filters, find
from etoko.catalog.search.understanding import Understood
from etoko.catalog.states import (
    ARCHIVED,
    HIDDEN,
    PUBLISHED,
    SHOP_CLOSED,
    SHOP_DRAFT,
    SHOP_INCOMPLETE,
    SHOP_OPEN,
    SHOP_SUSPENDED,
)
from etoko.catalog.units import unit_price
from etoko.foundation.generation import kept_while_unchanged
from etoko.places.models import VILLAGE, Area
from etoko.registry.models import LISTED

PER_SHOP_PAGE = 24


@dataclass(frozen=True)
class CategoryRow:
    id: int
    slug: str
    name: str
    icon: str
    parent_id: int | None

    @property
    def href(self) -> str:
        return f"/kategori/{self.slug}/"

    @property
    def pair(self) -> tuple[str, str]:
        """As a choice of a form; those of the second level are set in."""
        return self.slug, self.name if self.parent_id is None else f"\u2003{self.name}"


@dataclass(frozen=True)
class Village:
    code: str
    name: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.code, self.name


def categories() -> list[CategoryRow]:
    return [
        CategoryRow(pk, slug, _(name), icon or "shopping-basket", parent)
        for pk, slug, name, icon, parent in _category_rows()
    ]


@kept_while_unchanged
def _category_rows() -> Sequence[tuple[int, str, str, str, int | None]]:
    return tuple(
        Category.objects.order_by("position", "id").values_list("id", "slug", "name", "icon", "parent_id")
    )


@kept_while_unchanged
def home_villages() -> Sequence[Village]:
    """Of the sub-district that this installation serves."""
    rows = Area.objects.filter(parent_id=settings.HOME_AREA, level=VILLAGE).order_by("name")
    return tuple(Village(code, name) for code, name in rows.values_list("code", "name"))


# ---------------------------------------------------------------------------------------- a shop


@dataclass(frozen=True)
class ShopPage:
    id: int
    slug: str
    name: str
    kind: str
    story: str
    area_code: str
    place: str
    district: str
    whatsapp: str
    hours: str
    opening: Opening
    takes_orders: bool
    why_not: str
    """Why nobody can order now; empty when one can."""
    is_shown: bool
    """Whether its goods are shown: not those of a shop that is suspended or not ready."""
    holiday_note: str
    business_href: str
    href: str
    rating: Rating | None


_WHY_NOT = {
    SHOP_CLOSED: lambda: _("Toko ini sedang ditutup pemiliknya. Barangnya belum bisa dipesan."),
    SHOP_INCOMPLETE: lambda: _("Toko ini sedang dilengkapi pemiliknya. Barangnya belum bisa dipesan."),
    SHOP_SUSPENDED: lambda: _("Toko ini untuk sementara tidak melayani pesanan."),
}


def shop_page(slug: str, *, at: datetime) -> ShopPage | None:
    """None for a shop that does not exist, was never opened, or whose owner does not want to be seen."""
    shop = (
        Shop.objects.filter(slug=slug)
        .exclude(status=SHOP_DRAFT)
        .select_related("area__parent", "business")
        .first()
    )
    return _shop_row(shop, at) if shop and may_be_seen(shop) else None


def _shop_row(shop: Shop, at: datetime) -> ShopPage:
    why_not = _WHY_NOT.get(shop.status)
    area = shop.area
    listed = shop.business.listing == LISTED
    return ShopPage(
        id=shop.pk,
        slug=shop.slug,
        name=shop.name,
        kind=kind_of(shop),
        story=shop.story,
        area_code=area.pk,
        place=area.name,
        district=area.parent.name if area.level == VILLAGE and area.parent else "",
        whatsapp=shop.whatsapp,
        hours=show_hours(shop.hours),
        opening=opening_of(shop, at),
        takes_orders=shop.status == SHOP_OPEN,
        why_not=why_not() if why_not else "",
        is_shown=shop.status in (SHOP_OPEN, SHOP_CLOSED),
        holiday_note=shop.holiday_note,
        business_href=f"/usaha/{shop.business.public_id}/" if listed else "",
        href=f"/toko/{shop.slug}/",
        rating=rating_of(shop.rating_count, shop.rating_sum),
    )


@dataclass(frozen=True)
class ShopGoods:
    cards: list[Card]
    total: int
    page: int
    pages: int


def shop_goods(shop_id: int, *, page: int) -> ShopGoods:
    """Two queries."""
    goods = Product.objects.filter(shop_id=shop_id, status=PUBLISHED)
    total = goods.count()
    pages = max(1, math.ceil(total / PER_SHOP_PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * PER_SHOP_PAGE
    rows = cards_of(goods.order_by("-created_at", "-id")[start : start + PER_SHOP_PAGE]) if total else []
    return ShopGoods([card for _pk, card in rows], total, page, pages)


def ways_of(shop_id: int) -> tuple[list[str], list[str]]:
    """How goods are brought and how they are paid, in words. Two queries."""
    deliveries = DeliveryOption.objects.filter(shop_id=shop_id).order_by("id")
    payments = PaymentOption.objects.filter(shop_id=shop_id).order_by("id")
    return (
        [str(option.get_kind_display()) for option in deliveries],
        [str(option.get_kind_display()) for option in payments],
    )


# ------------------------------------------------------------------------------------- a product


@dataclass(frozen=True)
class VariantChoice:
    id: int
    name: str
    price_rp: int
    unit_price: str
    available: int
    gone: bool

    @property
    def href(self) -> str:
        return f"/keranjang/tambah/{self.id}/"


@dataclass(frozen=True)
class ProductPage:
    id: int
    public_id: str
    slug: str
    name: str
    description: str
    unit: str
    price_from_rp: int
    price_to_rp: int
    pictures: list[Picture]
    is_made_to_order: bool
    lead_days: int
    variants: list[VariantChoice]
    gone: bool
    category: CategoryRow
    group: CategoryRow | None
    shop: ShopPage
    href: str
    rating: Rating | None


@dataclass(frozen=True)
class Missing:
    """A product that is not sold any more, and where to look instead."""

    name: str
    shop_name: str
    shop_href: str
    category_href: str


def product_page(public_id: str, *, at: datetime) -> ProductPage | Missing | None:
    """Three queries."""
    product = (
        Product.objects.filter(public_id=public_id)
        .select_related("shop__area__parent", "shop__business", "category__parent")
        .first()
    )
    if product is None or not may_be_seen(product.shop):
        return None
    shop = product.shop
    if product.status != PUBLISHED or shop.status not in (SHOP_OPEN, SHOP_CLOSED):
        if product.status not in (PUBLISHED, HIDDEN, ARCHIVED) or shop.opened_at is None:
            return None
        return Missing(
            product.name,
            shop.name,
            reverse("catalog:shop", args=[shop.slug]) if shop.status == SHOP_OPEN else "",
            reverse("catalog:category", args=[product.category.slug]),
        )
    variants = _variants(product)
    parent = product.category.parent
    return ProductPage(
        id=product.pk,
        public_id=product.public_id,
        slug=product.slug,
        name=product.name,
        description=product.description,
        unit=product.unit,
        price_from_rp=product.price_from_rp,
        price_to_rp=product.price_to_rp,
        pictures=_pictures(product),
        is_made_to_order=product.supply == Product.MADE_TO_ORDER,
        lead_days=product.lead_days,
        variants=variants,
        gone=all(variant.gone for variant in variants),
        category=_category_row(product.category),
        group=_category_row(parent) if parent else None,
        shop=_shop_row(shop, at),
        href=reverse("catalog:product", args=[product.public_id, product.slug]),
        rating=rating_of(product.rating_count, product.rating_sum),
    )


def _variants(product: Product) -> list[VariantChoice]:
    made = product.supply == Product.MADE_TO_ORDER
    return [
        VariantChoice(
            id=variant.pk,
            name=variant.name,
            price_rp=variant.price_rp,
            unit_price=str(
                unit_price(
                    variant.price_rp, unit=product.unit, amount=variant.amount, measure=variant.measure
                )
                or ""
            ),
            available=variant.available,
            gone=not made and variant.available < 1,
        )
        for variant in product.variants.filter(status=Variant.ACTIVE).order_by("position", "id")
    ]


def _pictures(product: Product) -> list[Picture]:
    first = photo_sources(product.photo)
    more = [
        photo_sources(photo_as_json(photo))
        for photo in product.photos.order_by("position", "id")[:6]
        if photo.key != product.photo.get("key")
    ]
    return [picture for picture in (first, *more) if picture]


def _category_row(category: Category) -> CategoryRow:
    return CategoryRow(category.pk, category.slug, _(category.name), category.icon, category.parent_id)


def related_cards(page: ProductPage, *, most: int = 4) -> list[Card]:
    """Others of the category, the newest first. Two queries."""
    refs = find(Understood(""), Filters(category_id=page.category.id), order=NEWEST, most=most + 1).refs
    return cards([ref for ref in refs if ref != page.id][:most])
