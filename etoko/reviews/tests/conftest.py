"""Siti's order at Rahma's: two bags of kerupuk, received; and one that is still under way."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from etoko.catalog.models import Category, DeliveryOption, PaymentOption, Product, Shop, Variant
from etoko.catalog.states import PUBLISHED, SHOP_OPEN
from etoko.ordering.cart import contents_of
from etoko.ordering.models import Order, OrderLine
from etoko.ordering.operations import Receiver, add_to_cart, move_order, place_orders
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import BUYER, SELLER
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, BusinessRole
from etoko.reviews.models import Review
from etoko.reviews.operations import write_review
from tests.cast import NOW

SITI = Receiver(name="Siti Aminah", phone="+6281210000003", village="Daru")


@pytest.fixture
def shop(rahma: Person, villages: dict[str, Area]) -> Shop:
    business = Business.objects.create(
        name="Kerupuk Bu Rahma", search_name="kerupukrahma", area=villages["Taban"]
    )
    BusinessRole.objects.create(
        business=business, person=rahma, role=BusinessRole.OWNER, starts_on=date(2026, 1, 1)
    )
    shop = Shop.objects.create(
        business=business,
        slug="kerupuk-rahma",
        name="Kerupuk Bu Rahma",
        whatsapp=rahma.phone,
        area=villages["Taban"],
        status=SHOP_OPEN,
        opened_at=NOW,
    )
    DeliveryOption.objects.create(shop=shop, kind=DeliveryOption.PICKUP)
    PaymentOption.objects.create(shop=shop, kind=PaymentOption.CASH)
    return shop


@pytest.fixture
def kerupuk(shop: Shop) -> Product:
    category = Category.objects.get_or_create(slug="t-kerupuk", defaults={"name": "Kerupuk"})[0]
    product = Product.objects.create(
        shop=shop,
        slug="kerupuk",
        name="Kerupuk Kulit",
        category=category,
        area_code=shop.area_id,
        unit="bungkus",
        supply=Product.MADE_TO_ORDER,
        status=PUBLISHED,
        price_from_rp=15_000,
        price_to_rp=15_000,
    )
    Variant.objects.create(product=product, price_rp=15_000)
    return product


def an_order(product: Product) -> Order:
    variant = product.variants.get()
    cart, _secret = add_to_cart(cart=None, person=None, variant_id=variant.pk, quantity=2, at=NOW)
    quote = quote_of(contents_of(cart, at=NOW), {}, area_code="")
    choices = {q.seller.shop_id: Choice(q.delivery, q.payment) for q in quote.sellers}
    return place_orders(cart=cart, receiver=SITI, choices=choices, shown=quote.shown, by=None, at=NOW).orders[
        0
    ]


@pytest.fixture
def waiting(kerupuk: Product) -> Order:
    """Placed, and not answered yet."""
    return an_order(kerupuk)


@pytest.fixture
def received(kerupuk: Product, rahma: Person) -> Order:
    """Siti said that she has it."""
    order = an_order(kerupuk)
    for move in ("accept", "make_ready"):
        order = move_order(order=order, move=move, party=SELLER, by=rahma, at=NOW)
    return move_order(order=order, move="confirm_received", party=BUYER, by=None, by_name="Siti", at=NOW)


def line_of(order: Order) -> OrderLine:
    return OrderLine.objects.select_related("variant").get(order=order)


@pytest.fixture
def five_stars(received: Order) -> Review:
    return write_review(
        order=received,
        line=line_of(received),
        stars=5,
        text="Renyah sekali",
        naming=Review.NAMED,
        by=None,
        at=NOW,
    )


def sums(thing: Any) -> tuple[int, int]:
    thing.refresh_from_db()
    return thing.rating_count, thing.rating_sum


Everything = Callable[[], list[Any]]


@pytest.fixture
def everything() -> Everything:
    """What a refused deed must leave as it was."""
    from etoko.audit.models import AuditEntry
    from etoko.notices.models import Notice
    from etoko.reviews.models import ReviewReport, ReviewVersion

    def rows() -> list[Any]:
        models = (Review, ReviewVersion, ReviewReport, Product, Shop, Notice, AuditEntry)
        return [list(model._default_manager.order_by("pk").values()) for model in models]

    return rows
