import pytest
from django.test import Client

from etoko.catalog.models import Shop
from etoko.catalog.states import SHOP_DRAFT, SHOP_OPEN
from etoko.places.models import Area
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db


def test_a_business_leads_to_its_shop_as_long_as_that_is_open(
    villages: dict[str, Area], client: Client
) -> None:
    business = make_business("Kerupuk Rahma", villages["Taban"], shown=["listing"])
    shop = Shop.objects.create(
        business=business,
        slug="kerupuk-rahma",
        name="Kerupuk Rahma",
        area=villages["Taban"],
        status=SHOP_OPEN,
    )
    address = f"/usaha/{business.public_id}/"
    assert 'href="/toko/kerupuk-rahma/"' in client.get(address).content.decode()
    assert "Ada toko" in client.get("/usaha/").content.decode()
    shop.status = SHOP_DRAFT
    shop.save()
    assert "/toko/kerupuk-rahma/" not in client.get(address).content.decode()
    assert "Ada toko" not in client.get("/usaha/").content.decode()
