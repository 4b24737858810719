"""The register asks whether a business has a shop; only here are both known."""

from collections.abc import Iterable

from django.urls import reverse

from etoko.catalog.models import Shop
from etoko.catalog.states import SHOP_OPEN


def open_shop_paths(business_ids: Iterable[int]) -> dict[int, str]:
    """Addresses of the shops that everybody may see, by the business they belong to. One query."""
    shops = Shop.objects.filter(business_id__in=list(business_ids), status=SHOP_OPEN)
    return {
        id_: reverse("catalog:shop", args=[slug]) for id_, slug in shops.values_list("business_id", "slug")
    }
