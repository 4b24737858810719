"""The stars of goods and shops reckoned anew from their reviews; `config/reconciling.py` asks every night."""

from django.db.models import Count, Q, Sum

from etoko.catalog.models import Product, Shop
from etoko.catalog.reconciling import Difference
from etoko.reviews.models import Review
from etoko.reviews.states import VISIBLE

Sums = dict[int, tuple[int, int]]
"""Count and sum of the stars, by id."""


def sums_of_goods() -> Sums:
    return _sums("product_id", Q(line__isnull=False))


def sums_of_shops() -> Sums:
    return _sums("shop_id", Q(line=None))


def ratings_out_of_step() -> list[Difference]:
    return [
        *_differences(Product, "stars_of_product", sums_of_goods()),
        *_differences(Shop, "stars_of_shop", sums_of_shops()),
    ]


def _sums(by: str, which: Q) -> Sums:
    rows = (
        Review.objects.filter(which, status=VISIBLE)
        .order_by()
        .values_list(by)
        .annotate(number=Count("pk"), stars=Sum("stars"))
    )
    return {id_: (number, stars) for id_, number, stars in rows}


def _differences(model: type[Product] | type[Shop], what: str, sums: Sums) -> list[Difference]:
    rows = (
        model._default_manager.filter(Q(pk__in=sums) | ~Q(rating_count=0) | ~Q(rating_sum=0))
        .order_by("pk")
        .values_list("pk", "name", "rating_count", "rating_sum")
    )
    return [
        Difference(what, pk, name, stars, sums.get(pk, (0, 0))[1])
        for pk, name, count, stars in rows
        if (count, stars) != sums.get(pk, (0, 0))
    ]
