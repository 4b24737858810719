"""Rahma's shop with two goods, and vouchers of hers and of the sub-district."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from etoko.catalog.models import Category, Product, Shop
from etoko.catalog.states import PUBLISHED, SHOP_OPEN
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, BusinessRole
from etoko.vouchers.access import Issuing, issuing_for_platform, issuing_for_shop
from etoko.vouchers.models import Voucher
from etoko.vouchers.operations import Draft, issue_voucher
from tests.cast import NOW

TODAY = date(2026, 11, 24)
FIVE_OFF = Draft(
    code="KERUPUK 5",
    kind=Voucher.FIXED,
    amount_rp=5_000,
    minimum_rp=25_000,
    limit=20,
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=6),
)


def a_shop(owner: Person, name: str, area: Area) -> Shop:
    business = Business.objects.create(name=name, search_name=name.lower(), area=area)
    BusinessRole.objects.create(
        business=business, person=owner, role=BusinessRole.OWNER, starts_on=date(2026, 1, 1)
    )
    return Shop.objects.create(
        business=business,
        slug=name.lower().replace(" ", "-"),
        name=name,
        whatsapp=owner.phone,
        area=area,
        status=SHOP_OPEN,
        opened_at=NOW,
    )


def a_product(shop: Shop, name: str) -> Product:
    category = Category.objects.get_or_create(slug="t-kerupuk", defaults={"name": "Kerupuk"})[0]
    return Product.objects.create(
        shop=shop,
        slug=name.lower(),
        name=name,
        category=category,
        area_code=shop.area_id,
        unit="kg",
        status=PUBLISHED,
    )


@pytest.fixture
def shop(rahma: Person, villages: dict[str, Area]) -> Shop:
    return a_shop(rahma, "Kerupuk Bu Rahma", villages["Taban"])


@pytest.fixture
def hat_shop(herman: Person, villages: dict[str, Area]) -> Shop:
    return a_shop(herman, "Topi Herman", villages["Kutruk"])


@pytest.fixture
def rahmas(rahma: Person, shop: Shop) -> Issuing:
    return issuing_for_shop(rahma, shop.public_id)


@pytest.fixture
def dedis(dedi: Person) -> Issuing:
    return issuing_for_platform(dedi)


@pytest.fixture
def five_off(rahmas: Issuing) -> Voucher:
    """KERUPUK 5: Rp5.000 off from Rp25.000, 20 people, until 30 November, running."""
    return issue(rahmas)


def issue(issuing: Issuing, activate: bool = True, **changes: Any) -> Voucher:
    """FIVE_OFF with some of it changed."""
    return issue_voucher(issuing=issuing, draft=replace(FIVE_OFF, **changes), activate=activate, at=NOW)
