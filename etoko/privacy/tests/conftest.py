"""Siti's order at Rahma's, and Rahma's business as everybody sees it."""

import pytest

from etoko.catalog.models import Shop
from etoko.people.models import Person
from etoko.registry.models import Business, BusinessPhone, Owner, OwnerDetails
from etoko.registry.operations.consenting import BY_SELF, set_consents
from etoko.registry.sealing import keyed_hash, seal
from etoko.reviews.tests.conftest import everything, five_stars, kerupuk, received, shop, waiting
from tests.cast import NOW

__all__ = ["everything", "five_stars", "kerupuk", "received", "shop", "waiting"]

NIK = "3603044101800001"


@pytest.fixture
def shown(shop: Shop, rahma: Person) -> Business:
    """Rahma's business with all that its owner can let everybody see."""
    business = shop.business
    owner = Owner.objects.create(
        business=business,
        person=rahma,
        name="Rahma Wati",
        search_name="rahmawati",
        nik_sealed=seal(NIK),
        nik_hash=keyed_hash(NIK),
    )
    OwnerDetails.objects.create(owner=owner, home_street="Kampung Melati")
    BusinessPhone.objects.create(business=business, phone=rahma.phone)
    set_consents(
        business=business, shown=("listing", "owner_name", "phone", "address"), how=BY_SELF, by=rahma, at=NOW
    )
    return business
