"""A small town to drill in: two shops with goods, their owners, an officer.

Put there as a move from elsewhere would be; everything after that goes through the pages.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date

from django.core.management import call_command
from django.utils import timezone

from drills.people import PASSPHRASE
from etoko.catalog.models import (
    Category,
    DeliveryOption,
    PaymentOption,
    Product,
    Shop,
    StockMovement,
    Variant,
)
from etoko.catalog.operations.stocking import Cause, receive_stock
from etoko.catalog.states import PUBLISHED, SHOP_OPEN
from etoko.people.models import Person, PlaceRole
from etoko.people.roles import DISTRICT_OFFICER
from etoko.places.models import Area
from etoko.registry.models import Business, BusinessRole

DISTRICT = "36.03.04"
PLENTY = 100_000
_names = itertools.count(1)


@dataclass
class Town:
    rahma: Person
    herman: Person
    dedi: Person
    kerupuk_shop: Shop
    hat_shop: Shop
    received: dict[int, int] = field(default_factory=dict)
    """Pieces that came into the stock, by variant: what is there now is these less what was sold."""

    def goods(self, shop: Shop, pieces: int = PLENTY) -> int:
        """A new product; gives its variant."""
        name = f"Barang latihan {next(_names)}"
        product = Product.objects.create(
            shop=shop,
            slug="barang-latihan",
            name=name,
            category=Category.objects.filter(parent__isnull=False).first() or a_category(),
            area_code=shop.area_id,
            unit="bungkus",
            status=PUBLISHED,
            price_from_rp=15_000,
            price_to_rp=15_000,
        )
        variant = Variant.objects.create(product=product, price_rp=15_000)
        receive_stock(quantities={variant.pk: pieces}, cause=Cause(StockMovement.FORM), at=timezone.now())
        self.received[variant.pk] = pieces
        return variant.pk


def build_town() -> Town:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_areas", verbosity=0, stdout=_Nowhere())
    villages = {area.name: area for area in Area.objects.filter(parent=DISTRICT)}
    rahma = _person("+6281210000001", "Rahma")
    herman = _person("+6281210000002", "Herman")
    dedi = _person("+6281210000005", "Dedi")
    PlaceRole.objects.create(person=dedi, area_id=DISTRICT, role=DISTRICT_OFFICER, starts_on=date(2026, 1, 1))
    return Town(
        rahma,
        herman,
        dedi,
        _shop(rahma, "Kerupuk Bu Rahma", villages["Taban"]),
        _shop(herman, "Topi Bambu Herman", villages["Kutruk"]),
    )


def a_category() -> Category:
    return Category.objects.get_or_create(slug="latihan", defaults={"name": "Latihan"})[0]


def _person(phone: str, name: str) -> Person:
    return Person.objects.create_user(phone, name, PASSPHRASE, phone_verified_at=timezone.now())


def _shop(owner: Person, name: str, area: Area) -> Shop:
    business = Business.objects.create(name=name, search_name=name.lower().replace(" ", ""), area=area)
    BusinessRole.objects.create(
        business=business, person=owner, role=BusinessRole.OWNER, starts_on=date(2026, 1, 1)
    )
    shop = Shop.objects.create(
        business=business,
        slug=name.lower().replace(" ", "-"),
        name=name,
        whatsapp=owner.phone,
        area=area,
        status=SHOP_OPEN,
        hours={str(day): ["00.00", "23.59"] for day in range(7)},
    )
    DeliveryOption.objects.create(shop=shop, kind=DeliveryOption.PICKUP)
    PaymentOption.objects.create(shop=shop, kind=PaymentOption.CASH)
    return shop


class _Nowhere:
    def write(self, text: str) -> None:
        """What commands say while a town is built matters to nobody."""
