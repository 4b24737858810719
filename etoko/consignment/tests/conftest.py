"""Bu Rahma's kerupuk, twenty bags and ten large ones, and Warung Bu Ani that sells them for her."""

from datetime import timedelta
from typing import Any

import pytest

from etoko.catalog.access import Selling
from etoko.catalog.models import Product, Shop, StockMovement, Variant
from etoko.catalog.operations.stocking import Cause, receive_stock
from etoko.catalog.tests.stall import as_seller, business, draft_shop, open_shop, product
from etoko.consignment.models import PERCENT, Consignment
from etoko.consignment.operations.consigning import Brought, NewPlace, consign_goods
from etoko.people.models import Person
from tests.cast import NOW

__all__ = ["business", "draft_shop", "open_shop", "product"]

ANI = NewPlace("Warung Bu Ani", "+6281233334444", "Taban")
NEXT_WEEK = NOW.date() + timedelta(days=7)


@pytest.fixture
def small(product: Product) -> Variant:
    """12,000 a bag, twenty of them."""
    variant = product.variants.get()
    receive_stock(quantities={variant.pk: 10}, cause=Cause(StockMovement.FORM), at=NOW)
    variant.refresh_from_db()
    return variant


@pytest.fixture
def large(small: Variant) -> Variant:
    """40,000, ten of them."""
    variant = Variant.objects.create(product=small.product, name="1 kg", price_rp=40_000, position=1)
    receive_stock(quantities={variant.pk: 10}, cause=Cause(StockMovement.FORM), at=NOW)
    variant.refresh_from_db()
    return variant


@pytest.fixture
def seller(open_shop: Shop, rahma: Person) -> Selling:
    return as_seller(open_shop, rahma)


def bring(selling: Selling, *goods: tuple[Variant, int], **other: Any) -> Consignment:
    """To Bu Ani for ten percent, to be counted in a week."""
    given: dict[str, Any] = {
        "place": ANI,
        "commission": PERCENT,
        "commission_value": 10,
        "settle_by_on": NEXT_WEEK,
        "at": NOW,
    }
    brought = [Brought(variant.pk, quantity, variant.price_rp) for variant, quantity in goods]
    return consign_goods(selling=selling, goods=brought, **(given | other))


def figures(variant: Variant) -> tuple[int, int, int]:
    """On hand, held, consigned."""
    variant.refresh_from_db()
    return variant.on_hand, variant.held, variant.consigned
