"""What the tests of the shops start from: Bu Rahma's business, her shop, something in it."""

from typing import Any

import pytest

from etoko.catalog.access import Selling
from etoko.catalog.models import Category, Product, Shop
from etoko.catalog.operations import opening, selling, settings
from etoko.catalog.operations.selling import Offer
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import Acting
from etoko.registry.models import Business, BusinessPhone, BusinessRole
from tests.cast import NOW


def as_seller(shop: Shop, person: Person, *, is_assisting: bool = False) -> Selling:
    return Selling(shop, Acting(shop.business, person, is_assisting))


@pytest.fixture
def business(rahma: Person, villages: dict[str, Area]) -> Business:
    business = Business.objects.create(
        name="Kerupuk Rahma",
        search_name="kerupukrahma",
        area=villages["Taban"],
        profile="Kerupuk digoreng setiap pagi.",
    )
    BusinessRole.objects.create(
        business=business, person=rahma, role=BusinessRole.OWNER, starts_on=NOW.date()
    )
    BusinessPhone.objects.create(business=business, phone="+6281210000001")
    return business


@pytest.fixture
def draft_shop(business: Business, rahma: Person) -> Shop:
    shop = opening.start_shop(acting=Acting(business, rahma, False), name="Kerupuk Rahma", at=NOW)
    settings.set_contact(
        selling=as_seller(shop, rahma),
        whatsapp="+6281210000001",
        hours={"0": ["08.00", "17.00"]},
        at=NOW,
    )
    shop.refresh_from_db()
    return shop


def put_on_sale(shop: Shop, person: Person, **other: Any) -> Product:
    given: dict[str, Any] = {
        "name": "Kerupuk bawang",
        "category": Category.objects.get(slug="kerupuk"),
        "unit": "bungkus",
        "offers": [Offer(price_rp=12_000, on_hand=10)],
    }
    return selling.add_product(selling=as_seller(shop, person), at=NOW, **(given | other))


@pytest.fixture
def product(draft_shop: Shop, rahma: Person) -> Product:
    return put_on_sale(draft_shop, rahma)


@pytest.fixture
def open_shop(draft_shop: Shop, product: Product, rahma: Person) -> Shop:
    return opening.open_shop(selling=as_seller(draft_shop, rahma), at=NOW)
