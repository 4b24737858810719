"""The sums of the stars that goods and shops got. The reviews stand on a floor above; their deeds call these
in the same transaction, and `recount_ratings` finds what is out of step."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from etoko.catalog.models import Product, SearchEntry, Shop
from etoko.catalog.rating import smoothed

Sums = Mapping[int, tuple[int, int]]
"""Count and sum of the stars, by id."""


@transaction.atomic
def rate_product(*, product_id: int, count_by: int, stars_by: int) -> None:
    """A review came (1, 4), changed (0, -1) or went (-1, -4)."""
    _rate(Product, SearchEntry.PRODUCT, product_id, count_by, stars_by)


@transaction.atomic
def rate_shop(*, shop_id: int, count_by: int, stars_by: int) -> None:
    _rate(Shop, SearchEntry.SHOP, shop_id, count_by, stars_by)


def _rate(model: type[Product] | type[Shop], kind: str, id_: int, count_by: int, stars_by: int) -> None:
    rows = model._default_manager.filter(pk=id_)
    rows.update(rating_count=F("rating_count") + count_by, rating_sum=F("rating_sum") + stars_by)
    count, stars = rows.values_list("rating_count", "rating_sum").get()
    SearchEntry.objects.filter(kind=kind, ref=id_).update(rating=smoothed(count, stars))


@transaction.atomic
def put_ratings_right(*, products: Sums, shops: Sums) -> list[str]:
    """Write what the reviews say where something else stands. Says in words what was wrong."""
    return [
        *_put_right(Product, SearchEntry.PRODUCT, products),
        *_put_right(Shop, SearchEntry.SHOP, shops),
    ]


def _put_right(model: type[Product] | type[Shop], kind: str, sums: Sums) -> list[str]:
    wrong = []
    rated = model._default_manager.exclude(rating_count=0, rating_sum=0).values_list("pk", flat=True)
    for id_ in sorted({*sums, *rated}):
        row = model._default_manager.select_for_update().filter(pk=id_).first()
        stands, should = (row.rating_count, row.rating_sum) if row else (0, 0), sums.get(id_, (0, 0))
        if row is None or stands == should:
            continue
        wrong.append(f"{model.__name__} {id_}: {stands} → {should}")
        _rate(model, kind, id_, should[0] - stands[0], should[1] - stands[1])
    return wrong
