"""Rahma's shop and two orders of Siti's, as the room below has them, and a look at all that is kept."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from etoko.ordering.models import Order
from etoko.ordering.operations import Placed, move_order
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import (
    everything as everything_below,
)
from etoko.ordering.tests.conftest import (
    hat,
    hat_shop,
    kerupuk,
    kerupuk_shop,
    placed,
)
from etoko.payments.models import Balance, Instalment, Payment, Receipt, Refund
from etoko.payments.operations import record_payment
from etoko.people.models import Person
from tests.cast import NOW

__all__ = ["everything_below", "hat", "hat_shop", "kerupuk", "kerupuk_shop", "placed"]

TODAY = date(2026, 11, 24)
Everything = Callable[[], list[tuple[object, ...]]]


@pytest.fixture
def order(placed: Placed, rahma: Person) -> Order:
    """Two bags of kerupuk, 30,000, accepted by Rahma."""
    return move_order(order=placed.orders[0], move="accept", party=SELLER, by=rahma, at=NOW)


@pytest.fixture
def everything(everything_below: Everything) -> Everything:
    def rows() -> list[tuple[object, ...]]:
        return everything_below() + [
            (model.__name__, *row)
            for model in (Payment, Balance, Instalment, Receipt, Refund)
            for row in model._default_manager.order_by("pk").values_list()
        ]

    return rows


def pay(
    order: Order,
    amount_rp: int,
    by: Person | None = None,
    *,
    method: str = Payment.CASH,
    source: str = Payment.FORM,
    ref: str = "",
    on: date = TODAY,
    at: datetime = NOW,
) -> Payment:
    return record_payment(
        order=order,
        amount_rp=amount_rp,
        method=method,
        source=source,
        source_ref=ref,
        received_on=on,
        by=by,
        at=at,
    )


def standing(order: Order) -> tuple[str, int, int]:
    """(payment_state, paid, owed)."""
    order.refresh_from_db()
    balance = Balance.objects.filter(order=order).first()
    return order.payment_state, order.paid_rp, balance.owed_rp if balance else 0
