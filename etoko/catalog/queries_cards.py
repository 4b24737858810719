"""Goods and shops as cards: what a grid of them shows, read in one question for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from etoko.catalog.models import Product, SearchEntry, Shop, Variant
from etoko.catalog.opening_now import Opening, opening_at
from etoko.catalog.photos import Picture, photo_sources
from etoko.catalog.rating import Rating, rating_of
from etoko.catalog.search.finding import NEWEST, Filters, find
from etoko.catalog.search.understanding import Understood
from etoko.catalog.states import PUBLISHED
from etoko.registry.kinds import KIND_BY_SLUG

IN_STOCK = Exists(
    Variant.objects.filter(product=OuterRef("pk"), status=Variant.ACTIVE, on_hand__gt=F("held"))
)


@dataclass(frozen=True)
class Card:
    """A product as the component `product` draws it."""

    href: str
    name: str
    price_rp: int
    price_to_rp: int
    unit: str
    picture: Picture | None
    seller: str
    place: str
    gone: bool
    flag: str
    rating: Rating | None
    flag_tone: str = "info"


@dataclass(frozen=True)
class ShopCard:
    href: str
    name: str
    place: str
    kind: str
    open: bool
    products: int
    rating: Rating | None


def cards(refs: Sequence[int]) -> list[Card]:
    """The products of these ids, in their order."""
    return [card for _pk, card in cards_of(Product.objects.filter(pk__in=refs), order=refs)]


def newest_cards(most: int) -> list[Card]:
    return cards(find(Understood(""), Filters(), order=NEWEST, most=most).refs)


def cards_of(products: QuerySet[Product], order: Sequence[int] = ()) -> list[tuple[int, Card]]:
    rows = products.annotate(in_stock=IN_STOCK).values_list(
        "pk",
        "public_id",
        "slug",
        "name",
        "unit",
        "supply",
        "lead_days",
        "price_from_rp",
        "price_to_rp",
        "photo",
        "shop__name",
        "shop__area__name",
        "in_stock",
        "rating_count",
        "rating_sum",
    )
    found = []
    for row in rows:
        pk, public_id, slug, name, unit, supply, lead_days, low, high, photo, seller, place, *more = row
        in_stock, count, stars = more
        made = supply == Product.MADE_TO_ORDER
        flag = ""
        if made:
            flag = _("Dibuat %(days)s hari") % {"days": lead_days} if lead_days else _("Dibuat dulu")
        card = Card(
            href=f"/produk/{public_id}/{slug}/",
            name=name,
            price_rp=low,
            price_to_rp=high,
            unit=unit,
            picture=photo_sources(photo),
            seller=seller,
            place=place,
            gone=not made and not in_stock,
            flag=flag,
            rating=rating_of(count, stars),
        )
        found.append((pk, card))
    if order:
        place_of = {ref: at for at, ref in enumerate(order)}
        found.sort(key=lambda pair: place_of[pair[0]])
    return found


def open_shops(*, at: datetime, most: int) -> list[ShopCard]:
    """The newest of the shops that are open at the moment. Two queries."""
    refs = find(Understood(""), Filters(kind=SearchEntry.SHOP, open_at=at), order=NEWEST, most=most).refs
    return shop_cards(refs, at=at)


def shop_cards(refs: Sequence[int], *, at: datetime) -> list[ShopCard]:
    shops = (
        Shop.objects.filter(pk__in=refs)
        .select_related("area", "business")
        .annotate(on_sale=Count("products", filter=Q(products__status=PUBLISHED)))
    )
    by_id = {
        shop.pk: ShopCard(
            href=f"/toko/{shop.slug}/",
            name=shop.name,
            place=shop.area.name,
            kind=kind_of(shop),
            open=opening_of(shop, at).is_open,
            products=shop.on_sale,
            rating=rating_of(shop.rating_count, shop.rating_sum),
        )
        for shop in shops
    }
    return [by_id[ref] for ref in refs if ref in by_id]


def opening_of(shop: Shop, at: datetime) -> Opening:
    return opening_at(shop.hours, at, holiday=(shop.holiday_from_on, shop.holiday_until_on))


def kind_of(shop: Shop) -> str:
    kind = KIND_BY_SLUG.get(shop.business.kind)
    return str(kind.name) if kind and shop.business.kind != "unknown" else ""
