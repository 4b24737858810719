"""Goods and shops for machines: open data and the API. Here stands what the search finds, by id, so that
whoever reads page after page gets everything once."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from etoko.catalog.models import Category, Product, SearchEntry, Shop
from etoko.catalog.photos import photo_sources
from etoko.catalog.queries_cards import IN_STOCK
from etoko.people.access import within
from etoko.registry.models import LISTED

AT_ONCE = 500


@dataclass(frozen=True)
class OpenGoods:
    id: int
    public_id: str
    name: str
    description: str
    category_slug: str
    category: str
    price_rp: int
    price_to_rp: int
    unit: str
    is_available: bool
    lead_days: int | None
    """Days that making takes; None for what is in stock."""
    shop_slug: str
    shop: str
    area_code: str
    place: str
    picture_src: str
    href: str


@dataclass(frozen=True)
class OpenShop:
    id: int
    slug: str
    name: str
    story: str
    area_code: str
    place: str
    business_id: str
    href: str


def open_goods(area_code: str = "", *, category: str = "", after: int = 0, most: int) -> list[OpenGoods]:
    """Those of the area ("" is everywhere) that come after this id. Two queries."""
    found = _found(SearchEntry.PRODUCT, area_code)
    if category:
        found = found.filter(pk__in=_of_category(category))
    rows = (
        Product.objects.filter(pk__in=_refs(found, after, most))
        .order_by("pk")
        .annotate(in_stock=IN_STOCK)
        .select_related("shop__area", "category")
    )
    return [_goods(product, bool(product.in_stock)) for product in rows]


def one_open_good(public_id: str) -> OpenGoods | None:
    """Two queries."""
    ref = Product.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    return next((one for one in open_goods(after=ref - 1, most=1) if one.id == ref), None) if ref else None


def all_open_goods(area_code: str = "") -> Iterator[OpenGoods]:
    """A portion at a time: what is taken off sale meanwhile is not in the next one."""
    last = 0
    while portion := open_goods(area_code, after=last, most=AT_ONCE):
        yield from portion
        last = portion[-1].id


def open_shops(area_code: str = "", *, after: int = 0, most: int) -> list[OpenShop]:
    """Two queries."""
    refs = _refs(_found(SearchEntry.SHOP, area_code), after, most)
    shops = Shop.objects.filter(pk__in=refs).order_by("pk").select_related("area", "business")
    return [
        OpenShop(
            id=shop.pk,
            slug=shop.slug,
            name=shop.name,
            story=shop.story,
            area_code=shop.area_id,
            place=shop.area.name,
            # An owner who sells need not be in the directory.
            business_id=shop.business.public_id if shop.business.listing == LISTED else "",
            href=f"/toko/{shop.slug}/",
        )
        for shop in shops
    ]


def _found(kind: str, area_code: str) -> QuerySet[SearchEntry]:
    found = SearchEntry.objects.filter(kind=kind)
    return found.filter(within([area_code], "area_code")) if area_code else found


def _of_category(slug: str) -> QuerySet[SearchEntry, int]:
    """Of the category or of one below it."""
    ids = Category.objects.filter(slug=slug).values("pk")
    return SearchEntry.objects.filter(Q(category_id__in=ids) | Q(group_id__in=ids)).values_list(
        "pk", flat=True
    )


def _refs(found: QuerySet[SearchEntry], after: int, most: int) -> list[int]:
    return list(found.filter(ref__gt=after).order_by("ref").values_list("ref", flat=True)[:most])


def _goods(product: Product, in_stock: bool) -> OpenGoods:
    made = product.supply == Product.MADE_TO_ORDER
    picture = photo_sources(product.photo)
    return OpenGoods(
        id=product.pk,
        public_id=product.public_id,
        name=product.name,
        description=product.description,
        category_slug=product.category.slug,
        category=product.category.name,
        price_rp=product.price_from_rp,
        price_to_rp=product.price_to_rp,
        unit=product.unit,
        is_available=made or in_stock,
        lead_days=product.lead_days if made else None,
        shop_slug=product.shop.slug,
        shop=product.shop.name,
        area_code=product.area_code,
        place=product.shop.area.name,
        picture_src=picture.src if picture else "",
        href=f"/produk/{product.public_id}/{product.slug}/",
    )
