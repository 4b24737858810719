"""Rahma's shop with a Midtrans account, an accepted order of Siti's to be paid there, and Midtrans itself."""

from collections.abc import Iterator
from typing import Any

import pytest

from etoko.catalog.access import shop_for_seller
from etoko.catalog.models import Shop, Variant
from etoko.catalog.states import SHOP_OPEN
from etoko.midtrans.models import Account, Charge
from etoko.midtrans.operations import open_account
from etoko.midtrans.tests.imitation import KEY, Imitation
from etoko.ordering.models import Order
from etoko.ordering.operations import move_order
from etoko.ordering.quoting import Choice
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import Everything, a_cart, kerupuk, kerupuk_shop, place
from etoko.ordering.tests.conftest import everything as everything_ordered
from etoko.payments.models import Balance, Payment
from etoko.people.models import Person
from tests.cast import NOW

__all__ = ["everything_ordered", "kerupuk", "kerupuk_shop"]


@pytest.fixture
def midtrans(settings: Any) -> Iterator[Imitation]:
    imitation = Imitation()
    settings.MIDTRANS = imitation.settings
    yield imitation
    imitation.stop()


@pytest.fixture
def account(midtrans: Imitation, kerupuk_shop: Shop, rahma: Person) -> Account:
    selling = shop_for_seller(rahma, kerupuk_shop.public_id)
    opened = open_account(selling=selling, server_key=KEY, at=NOW)
    # The checklist, which looks whenever the ways to pay change, finds the shop of the tests unfinished.
    Shop.objects.filter(pk=kerupuk_shop.pk).update(status=SHOP_OPEN)
    return opened


@pytest.fixture
def order(account: Account, kerupuk: Variant, rahma: Person) -> Order:
    """Two bags, 30,000, accepted."""
    shop = account.shop_id
    placed = place(a_cart((kerupuk, 2)), choices={shop: Choice("pickup", "midtrans", "")})
    move_order(order=placed.orders[0], move="accept", party=SELLER, by=rahma, at=NOW)
    return Order.objects.select_related("shop", "group").get(pk=placed.orders[0].pk)


@pytest.fixture
def everything(everything_ordered: Everything) -> Everything:
    def rows() -> list[tuple[object, ...]]:
        return [
            *everything_ordered(),
            *(
                (model.__name__, *row)
                for model in (Payment, Balance, Account)
                for row in model._default_manager.order_by("pk").values_list()
            ),
            *Charge.objects.order_by("pk").values_list("ref", "amount_rp", "state", "page"),
        ]

    return rows
