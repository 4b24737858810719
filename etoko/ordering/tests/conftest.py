"""Two open shops beside the cast: Rahma's kerupuk in Taban, Herman's hats in Kutruk."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from etoko.catalog.models import (
    Category,
    DeliveryFee,
    DeliveryOption,
    PaymentOption,
    Product,
    Shop,
    StockMovement,
    Variant,
)
from etoko.catalog.operations.stocking import Cause, receive_stock
from etoko.catalog.states import PUBLISHED, SHOP_OPEN
from etoko.ordering.cart import contents_of
from etoko.ordering.models import Cart, OrderGroup
from etoko.ordering.operations import Placed, Receiver, add_to_cart, place_orders
from etoko.ordering.quoting import Choice, quote_of
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, BusinessRole
from tests.cast import NOW

SITI = Receiver(name="Siti Aminah", phone="+6281210000003")


def a_category() -> Category:
    return Category.objects.get_or_create(slug="kerupuk", defaults={"name": "Kerupuk"})[0]


def a_shop(owner: Person | None, name: str, area: Area, whatsapp: str) -> Shop:
    business = Business.objects.create(name=name, search_name=name.lower().replace(" ", ""), area=area)
    if owner:
        BusinessRole.objects.create(
            business=business, person=owner, role=BusinessRole.OWNER, starts_on=date(2026, 1, 1)
        )
    shop = Shop.objects.create(
        business=business,
        slug=name.lower().replace(" ", "-"),
        name=name,
        whatsapp=whatsapp,
        area=area,
        status=SHOP_OPEN,
        hours={str(day): ["08.00", "17.00"] for day in range(7)},
    )
    DeliveryOption.objects.create(shop=shop, kind=DeliveryOption.PICKUP)
    PaymentOption.objects.create(shop=shop, kind=PaymentOption.CASH)
    return shop


def a_variant(
    shop: Shop, name: str, price_rp: int, on_hand: int = 0, *, supply: str = Product.STOCK, size: str = ""
) -> Variant:
    product = Product.objects.create(
        shop=shop,
        slug=name.lower().replace(" ", "-"),
        name=name,
        category=a_category(),
        area_code=shop.area_id,
        unit="bungkus",
        supply=supply,
        lead_days=3 if supply == Product.MADE_TO_ORDER else 0,
        status=PUBLISHED,
        price_from_rp=price_rp,
        price_to_rp=price_rp,
    )
    variant = Variant.objects.create(product=product, name=size, price_rp=price_rp)
    if on_hand:
        receive_stock(quantities={variant.pk: on_hand}, cause=Cause(StockMovement.FORM), at=NOW)
        variant.refresh_from_db()
    return variant


@pytest.fixture
def kerupuk_shop(rahma: Person, villages: dict[str, Area]) -> Shop:
    """Rahma's: pick-up, brought to Jambe (5,000) and Daru (free), by courier; cash, transfer, QRIS."""
    shop = a_shop(rahma, "Kerupuk Bu Rahma", villages["Taban"], rahma.phone)
    for kind in (DeliveryOption.SELLER, DeliveryOption.COURIER):
        DeliveryOption.objects.create(shop=shop, kind=kind)
    DeliveryFee.objects.create(shop=shop, area=villages["Jambe"], fee_rp=5_000)
    DeliveryFee.objects.create(shop=shop, area=villages["Daru"], fee_rp=0)
    PaymentOption.objects.create(
        shop=shop,
        kind=PaymentOption.TRANSFER,
        bank="BRI",
        account_number="001201000123456",
        account_name="Rahma",
    )
    PaymentOption.objects.create(shop=shop, kind=PaymentOption.QRIS, qris_image="photos/contoh-qris.png")
    return shop


@pytest.fixture
def hat_shop(herman: Person, villages: dict[str, Area]) -> Shop:
    """Herman's: only picked up, only cash."""
    return a_shop(herman, "Topi Bambu Herman", villages["Kutruk"], herman.phone)


@pytest.fixture
def kerupuk(kerupuk_shop: Shop) -> Variant:
    """15,000 a bag, ten in stock."""
    return a_variant(kerupuk_shop, "Kerupuk Kulit", 15_000, 10, size="250 g")


@pytest.fixture
def hat(hat_shop: Shop) -> Variant:
    """45,000, made to order in three days."""
    return a_variant(hat_shop, "Topi Bambu", 45_000, supply=Product.MADE_TO_ORDER)


def a_cart(*goods: tuple[Variant, int]) -> Cart:
    """A guest's cart."""
    cart: Cart | None = None
    for variant, quantity in goods:
        cart, _secret = add_to_cart(cart=cart, person=None, variant_id=variant.pk, quantity=quantity, at=NOW)
    assert cart is not None
    return cart


def place(
    cart: Cart,
    receiver: Receiver = SITI,
    choices: dict[int, Choice] | None = None,
    *,
    by: Person | None = None,
    for_somebody_else: bool = False,
) -> Placed:
    """Order the cart as it is shown at this moment."""
    area_code = receiver.area.code if receiver.area else ""
    quote = quote_of(contents_of(cart, at=NOW), choices or {}, area_code=area_code)
    chosen = {
        quoted.seller.shop_id: Choice(quoted.delivery, quoted.payment, quoted.note)
        for quoted in quote.sellers
    }
    return place_orders(
        cart=cart,
        receiver=receiver,
        choices=chosen,
        shown=quote.shown,
        by=by,
        at=NOW,
        for_somebody_else=for_somebody_else,
    )


@pytest.fixture
def placed(kerupuk: Variant, hat: Variant) -> Placed:
    """Siti as a guest ordered two bags of kerupuk and a hat: two orders, 30,000 and 45,000."""
    return place(a_cart((kerupuk, 2), (hat, 1)))


def hidden(response: Any, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no hidden field {name}"
    return html.unescape(found[1])


Everything = Callable[[], list[tuple[object, ...]]]


@pytest.fixture
def everything() -> Everything:
    """What a refused deed must leave as it was: every row of carts, orders, stock, notices and traces."""
    from etoko.audit.models import AuditEntry
    from etoko.notices.models import Notice
    from etoko.ordering.models import CartLine, Order, OrderEvent, OrderLine

    def rows() -> list[tuple[object, ...]]:
        models = (
            *(Variant, StockMovement, Cart, CartLine, OrderGroup, Order, OrderLine, OrderEvent),
            *(Notice, AuditEntry),
        )
        return [
            (model.__name__, *row)
            for model in models
            for row in model._default_manager.order_by("pk").values_list()
        ]

    return rows
