"""What an order can also go through, at the shops that a visitor looks at: a complaint, an offer."""

from collections.abc import Sequence
from datetime import datetime

from etoko.catalog.models import Product, Shop, Variant
from etoko.catalog.states import PUBLISHED
from etoko.ordering.models import Complaint, Order
from etoko.ordering.operations import (
    answer_complaint,
    as_buyer,
    as_seller,
    complain,
    propose_substitute,
)
from etoko.ordering.states import DELIVERED, PROCESSING


def show_after(*, shops: Sequence[Shop], now: datetime) -> None:
    """At the first of these shops that has such an order; nothing where none has."""
    orders = Order.objects.filter(shop__in=shops).select_related("group__buyer", "shop").order_by("pk")
    if order := orders.filter(state=DELIVERED, complain_until_at__gt=now).last():
        buyer, seller = as_buyer(order, None), as_seller(None, guest_name=order.shop.name)
        complaint = complain(
            order=order, kind=Complaint.BROKEN, text="Satu bungkus remuk waktu sampai.", actor=buyer, at=now
        )
        answer_complaint(
            complaint=complaint,
            text="Mohon maaf. Besok saya antar satu bungkus yang baru, ya.",
            actor=seller,
            at=now,
        )
    if order := orders.filter(state=PROCESSING).last():
        _offer(order, now)


def _offer(order: Order, now: datetime) -> None:
    line = order.lines.filter(quantity__gte=1).first()
    other = (
        Variant.objects.filter(
            product__shop=order.shop_id,
            product__status=PUBLISHED,
            product__supply=Product.STOCK,
            status=Variant.ACTIVE,
            on_hand__gte=12,
        )
        .select_related("product")
        .order_by("pk")
    )
    if line is None or (variant := other.exclude(pk=line.variant_id).first()) is None:
        return
    if variant.available < line.quantity:
        return
    propose_substitute(
        order=order,
        line_pk=line.pk,
        variant=variant,
        quantity=line.quantity,
        note="Yang itu habis kemarin. Yang ini lebih renyah.",
        actor=as_seller(None, guest_name=order.shop.name),
        at=now,
    )
