"""A small market for the tests of the public pages."""

import pytest

from etoko.places.models import Area
from tests.market import Market


@pytest.fixture
def market(villages: dict[str, Area]) -> Market:
    return Market.with_goods(villages)
