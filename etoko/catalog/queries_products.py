"""Questions about a seller's products: plain rows for her pages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.models import AuditEntry
from etoko.catalog.models import Category, Product, ProductPhoto, Shop, Variant
from etoko.catalog.photos import Picture, photo_as_json, photo_sources
from etoko.catalog.states import ARCHIVED, DRAFT, HIDDEN, PRODUCT_FLOW, PUBLISHED, SELLER
from etoko.catalog.units import show_amount, show_number, unit_price
from etoko.foundation.flows import Offered

_TONES = {PUBLISHED: "ok", DRAFT: "wait", HIDDEN: "", ARCHIVED: ""}


@dataclass(frozen=True)
class VariantRow:
    id: int
    name: str
    price_rp: int
    on_hand: int
    held: int
    amount: str
    unit_price: str


@dataclass(frozen=True)
class ProductRow:
    id: str
    slug: str
    name: str
    unit: str
    status: str
    label: str
    tone: str
    price_from_rp: int
    price_to_rp: int
    is_made_to_order: bool
    lead_days: int
    picture: Picture | None
    category: str
    version: int
    available: int
    variants: list[VariantRow]
    moves: list[Offered]


@dataclass(frozen=True)
class ProductList:
    rows: list[ProductRow]
    counts: dict[str, int]
    page: int
    pages: int


PER_PAGE = 30


def seller_products(shop: Shop, *, status: str = "", page: int = 1) -> ProductList:
    """The shop's products in one state, or all that are not archived, newest first. Five queries at most."""
    counts: dict[str, int] = dict.fromkeys(PRODUCT_FLOW.states, 0)
    for found in shop.products.values_list("status", flat=True):
        counts[found] += 1
    chosen = (
        shop.products.filter(status=status) if status in counts else shop.products.exclude(status=ARCHIVED)
    )
    total = counts[status] if status in counts else sum(counts.values()) - counts[ARCHIVED]
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    products = list(
        chosen.select_related("category").order_by("-created_at", "-id")[
            (page - 1) * PER_PAGE : page * PER_PAGE
        ]
    )
    variants: dict[int, list[Variant]] = defaultdict(list)
    for variant in Variant.objects.filter(
        product_id__in=[product.pk for product in products], status=Variant.ACTIVE
    ).order_by("position", "id"):
        variants[variant.product_id].append(variant)
    return ProductList([product_row(p, variants[p.pk]) for p in products], counts, page, pages)


def product_row(product: Product, variants: list[Variant]) -> ProductRow:
    return ProductRow(
        id=product.public_id,
        slug=product.slug,
        name=product.name,
        unit=product.unit,
        status=product.status,
        label=str(PRODUCT_FLOW.states[product.status]),
        tone=_TONES[product.status],
        price_from_rp=product.price_from_rp,
        price_to_rp=product.price_to_rp,
        is_made_to_order=product.supply == Product.MADE_TO_ORDER,
        lead_days=product.lead_days,
        picture=photo_sources(product.photo),
        category=_(product.category.name),
        version=product.version,
        available=sum(variant.available for variant in variants),
        variants=[
            VariantRow(
                id=variant.pk,
                name=variant.name,
                price_rp=variant.price_rp,
                on_hand=variant.on_hand,
                held=variant.held,
                amount=show_amount(variant.amount, variant.measure),
                unit_price=str(
                    unit_price(
                        variant.price_rp, unit=product.unit, amount=variant.amount, measure=variant.measure
                    )
                    or ""
                ),
            )
            for variant in variants
        ],
        moves=PRODUCT_FLOW.moves_from(product.status, [SELLER]),
    )


@dataclass(frozen=True)
class PhotoRow:
    id: int
    picture: Picture | None
    waits: bool


def product_photos(product: Product) -> list[PhotoRow]:
    return [
        PhotoRow(photo.pk, photo_sources(photo_as_json(photo)), photo.state != ProductPhoto.READY)
        for photo in product.photos.all()
    ]


def product_as_typed(product: Product) -> dict[str, Any]:
    """What the form of a product starts from, as a seller would type it."""
    variants = [
        {
            "id": variant.pk,
            "name": variant.name,
            "price": f"{variant.price_rp:,}".replace(",", "."),
            "amount": show_number(variant.amount) if variant.amount is not None else "",
            "measure": variant.measure,
            "on_hand": str(variant.on_hand),
            "seen_on_hand": str(variant.on_hand),
            "held": variant.held,
        }
        for variant in product.variants.filter(status=Variant.ACTIVE).order_by("position", "id")
    ]
    return {
        "name": product.name,
        "description": product.description,
        "category": product.category.slug,
        "unit": product.unit,
        "supply": product.supply,
        "lead_days": str(product.lead_days or ""),
        "capacity_per_day": str(product.capacity_per_day or ""),
        "version": product.version,
        "variants": variants,
    }


@dataclass(frozen=True)
class LastChange:
    by_name: str
    at: datetime


def last_change(product: Product) -> LastChange | None:
    entry = (
        AuditEntry.objects.filter(subject_type=Product._meta.label, subject_id=str(product.pk))
        .order_by("-at", "-id")
        .first()
    )
    return LastChange(entry.by_name, timezone.localtime(entry.at)) if entry else None


@dataclass(frozen=True)
class CategoryGroup:
    name: str
    leaves: list[tuple[str, str]]


def category_groups() -> list[CategoryGroup]:
    """The tree for a picker: groups with (slug, name) of each category. One query."""
    rows = list(Category.objects.order_by("position", "id").values_list("id", "parent_id", "slug", "name"))
    return [
        CategoryGroup(_(name), [(slug, _(leaf)) for _id, parent, slug, leaf in rows if parent == group_id])
        for group_id, above, _slug, name in rows
        if above is None
    ]


def category_path(slug: str) -> str:
    """ "Makanan › Kerupuk & rempeyek"; empty for an unknown slug."""
    row = Category.objects.select_related("parent").filter(slug=slug).first()
    if row is None or row.parent is None:
        return ""
    return f"{_(row.parent.name)} › {_(row.name)}"
