"""Shops and orders as the journeys find them, at the clock of the machine: the served shop knows no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from etoko.ordering.access import link_secret
from etoko.ordering.cart import contents_of
from etoko.ordering.operations import Receiver, add_to_cart, move_order, place_orders
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import SELLER

if TYPE_CHECKING:
    from etoko.catalog.models import Variant
    from etoko.ordering.models import Order
    from etoko.people.models import Person


def order_of(variant: Variant, quantity: int, *, by: Person | None = None) -> Order:
    """Siti orders so many, to be picked up and paid in cash; as a guest where no account is named."""
    shop_id, now = variant.product.shop_id, timezone.now()
    cart, _secret = add_to_cart(cart=None, person=by, variant_id=variant.pk, quantity=quantity, at=now)
    choices = {shop_id: Choice("pickup", "cash")}
    return place_orders(
        cart=cart,
        receiver=Receiver(name="Siti Aminah", phone="+6281210000003"),
        choices=choices,
        shown=quote_of(contents_of(cart, at=now), choices, area_code="").shown,
        by=by,
        at=now,
    ).orders[0]


def handed_over(order: Order, seller: Person) -> Order:
    for move in ("accept", "make_ready", "hand_over"):
        order = move_order(order=order, move=move, party=SELLER, by=seller, at=timezone.now())
    return order


def at_buyer(order: Order) -> str:
    """Her private page."""
    return f"/pesanan/{link_secret(order.group)}/"


def at_seller(order: Order) -> str:
    return f"/jualan/{order.shop.public_id}/pesanan/{order.number}/"


def figures(variant: Variant) -> tuple[int, int, int]:
    """On hand, held, consigned."""
    variant.refresh_from_db()
    return variant.on_hand, variant.held, variant.consigned
