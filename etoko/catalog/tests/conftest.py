"""Bu Rahma's shop for the seller's side (`stall.py`), a small market for the public pages."""

import pytest

from etoko.catalog.tests.stall import business, draft_shop, open_shop, product
from etoko.places.models import Area
from tests.market import Market

__all__ = ["business", "draft_shop", "open_shop", "product"]


@pytest.fixture
def market(villages: dict[str, Area]) -> Market:
    return Market.with_goods(villages)
