"""What of a product, a shop or a business can be found. Only what everybody may see stands here.

Asked for the present day, and so looks at the clock itself: what is announced brings no time along.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from etoko.catalog.models import Product, SearchEntry, Shop
from etoko.catalog.rating import smoothed
from etoko.catalog.search.words import tokens_of, words_of
from etoko.catalog.states import PUBLISHED, SHOP_OPEN
from etoko.registry.kinds import KIND_BY_SLUG
from etoko.registry.models import LISTED, Business

MOST_WORDS_OF_A_TEXT = 80
CLOSED_DAY = "99990000"
FIELDS = (
    "title path place names words spelt area_code category_id group_id shop_id price_rp fresh rating hours"
    " holiday_from_on holiday_until_on"
).split()


def product_entries(product_ids: Iterable[int]) -> list[SearchEntry]:
    """Of those that are on sale in an open shop that is not hidden for its holiday."""
    today = timezone.localdate()
    products = Product.objects.filter(pk__in=list(product_ids), status=PUBLISHED, shop__status=SHOP_OPEN)
    products = products.select_related("shop__area", "category__parent")
    return [_of_product(product) for product in products if not product.shop.is_hidden_on(today)]


def shop_entries(shop_ids: Iterable[int]) -> list[SearchEntry]:
    shops = Shop.objects.filter(pk__in=list(shop_ids), status=SHOP_OPEN).select_related("area", "business")
    today = timezone.localdate()
    return [_of_shop(shop) for shop in shops if not shop.is_hidden_on(today)]


def business_entries(business_ids: Iterable[int]) -> list[SearchEntry]:
    """Of those whose owner agreed to be listed; where a shop is open, the shop is what is found,
    or nothing while it is hidden."""
    businesses = (
        Business.objects.filter(pk__in=list(business_ids), listing=LISTED)
        .exclude(shop__status=SHOP_OPEN)
        .select_related("area")
    )
    return [_of_business(business) for business in businesses]


def price_step(price_rp: int) -> int:
    """Prices in steps of a half doubling, so that a price range is a handful of tokens."""
    return int(math.log2(max(price_rp, 1)) * 2)


def area_token(code: str) -> str:
    return "v" + code.replace(".", "")


def packed_hours(hours: Mapping[str, Sequence[str]]) -> str:
    """A closing time on the next day is counted on: 17.00–01.00 is "17002500"."""
    if not hours:
        return ""
    days = []
    for day in "0123456":
        opens, closes = (time.replace(".", "") for time in hours.get(day, ("9999", "0000")))
        if opens != "9999" and closes <= opens:
            closes = f"{int(closes) + 2400:04d}"
        days.append(opens + closes)
    return "".join(days)


def _of_product(product: Product) -> SearchEntry:
    shop, category = product.shop, product.category
    group = category.parent
    return _entry(
        SearchEntry.PRODUCT,
        product.pk,
        name=product.name,
        village=shop.area.name,
        more=[category.name, group.name if group else "", shop.name, product.description],
        filters=[
            area_token(shop.area_id),
            f"c{category.pk}",
            f"g{group.pk if group else category.pk}",
            f"m{price_step(product.price_from_rp)}",
        ],
        at=product.created_at,
        path=reverse("catalog:product", args=[product.public_id, product.slug]),
        place=f"{shop.name}, {shop.area.name}"[:200],
        category_id=category.pk,
        group_id=group.pk if group else category.pk,
        price_rp=product.price_from_rp,
        rating=smoothed(product.rating_count, product.rating_sum),
        **_of_its_shop(shop),
    )


def _of_shop(shop: Shop) -> SearchEntry:
    kind = KIND_BY_SLUG.get(shop.business.kind)
    products = shop.business.products_text if shop.business.listing == LISTED else ""
    return _entry(
        SearchEntry.SHOP,
        shop.pk,
        name=shop.name,
        village=shop.area.name,
        more=[str(kind.name) if kind else "", products, shop.story],
        filters=[area_token(shop.area_id)],
        at=shop.opened_at or shop.created_at,
        path=reverse("catalog:shop", args=[shop.slug]),
        place=shop.area.name,
        rating=smoothed(shop.rating_count, shop.rating_sum),
        **_of_its_shop(shop),
    )


def _of_its_shop(shop: Shop) -> dict[str, Any]:
    return {
        "area_code": shop.area_id,
        "shop_id": shop.pk,
        "hours": packed_hours(shop.hours),
        "holiday_from_on": shop.holiday_from_on,
        "holiday_until_on": shop.holiday_until_on,
    }


def _of_business(business: Business) -> SearchEntry:
    kind = KIND_BY_SLUG.get(business.kind)
    return _entry(
        SearchEntry.BUSINESS,
        business.pk,
        name=business.name,
        village=business.area.name,
        more=[str(kind.name) if kind else "", business.products_text, business.profile],
        filters=[area_token(business.area_id)],
        at=business.created_at,
        path=f"/usaha/{business.public_id}/",
        place=business.area.name,
        area_code=business.area_id,
    )


def _entry(
    kind: str,
    ref: int,
    *,
    name: str,
    village: str,
    more: list[str],
    filters: list[str],
    at: datetime,
    **fields: Any,
) -> SearchEntry:
    named = words_of(name)
    rest = [word for text in (village, *more) for word in words_of(text)[:MOST_WORDS_OF_A_TEXT]]
    # Whoever adds the village to the word looks for the goods of that name, there.
    names = list(dict.fromkeys(tokens_of(named) + _tokens_of_text(village)))
    words = list(dict.fromkeys(names + [token for text in more for token in _tokens_of_text(text)]))
    return SearchEntry(
        kind=kind,
        ref=ref,
        title=name,
        names=f" {' '.join(names)} ",
        words=f" {' '.join([*words, f'k{kind}', *filters])} ",
        spelt=" ".join(dict.fromkeys(named + rest)),
        fresh=int(at.timestamp()),
        **fields,
    )


def _tokens_of_text(text: str) -> list[str]:
    words = words_of(text)[:MOST_WORDS_OF_A_TEXT]
    return tokens_of(words) if words else []
