"""Telling the other party, in the transaction of the deed: a line in the inbox and a text for WhatsApp."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from etoko.foundation.addresses import whole_address
from etoko.notices.operations import send_notice
from etoko.ordering import words
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order, OrderGroup
from etoko.people.models import Person
from etoko.registry.access import people_of_businesses


def tell_buyer(*, order: Order, deed: str, at: datetime, reason: str = "", occasion: str = "") -> None:
    """By her inbox if she has an account, and by phone in any case.

    `occasion` tells apart what may happen more than once; without it the moment does."""
    path = buyer_path(order)
    with translation.override(order.group.buyer.language if order.group.buyer else "id"):
        message = words.to_buyer(deed, order, link=whole_address(path), reason=reason)
    send_notice(
        key=f"order:{order.pk}:{deed}:buyer:{occasion or f'{at:%Y%m%d%H%M%S%f}'}",
        kind=f"order_{deed}",
        title=message.title,
        text=message.text,
        path=path,
        at=at,
        recipient=order.group.buyer,
        phone=order.group.phone,
    )


def tell_buyer_of_group(*, group: OrderGroup, orders: Collection[Order], at: datetime) -> None:
    """All that she ordered in one message, right after ordering."""
    path = group_path(group)
    with translation.override(group.buyer.language if group.buyer else "id"):
        message = words.to_buyer_of_group(group, orders, link=whole_address(path))
    send_notice(
        key=f"order-group:{group.pk}:place",
        kind="order_place",
        title=message.title,
        text=message.text,
        path=path,
        at=at,
        recipient=group.buyer,
        phone=group.phone,
    )


def tell_seller(
    *, order: Order, deed: str, at: datetime, reason: str = "", goods: str = "", occasion: str = ""
) -> None:
    tell_sellers(
        orders=[order],
        deed=deed,
        at=at,
        reason=reason,
        goods={order.pk: goods} if goods else {},
        occasion=occasion,
    )


def tell_sellers(
    *,
    orders: Collection[Order],
    deed: str,
    at: datetime,
    reason: str = "",
    goods: Mapping[int, str],
    occasion: str = "",
) -> None:
    """Everybody of each business; a business that nobody has an account for, by the WhatsApp of its shop."""
    people = people_of_businesses([order.shop.business_id for order in orders], on=timezone.localdate(at))
    for order in orders:
        path = seller_path(order)
        link = whole_address(path)
        recipients: list[Person | None] = [*people.get(order.shop.business_id, ())]
        if not recipients and order.shop.whatsapp:
            recipients = [None]
        for person in recipients:
            with translation.override(person.language if person else "id"):
                message = words.to_seller(
                    deed, order, link=link, reason=reason, goods=goods.get(order.pk, "")
                )
            send_notice(
                key=f"order:{order.pk}:{deed}:{person.pk if person else 'shop'}:"
                + (occasion or f"{at:%Y%m%d%H%M%S%f}"),
                kind=f"order_{deed}",
                title=message.title,
                text=message.text,
                path=path,
                at=at,
                recipient=person,
                phone="" if person else order.shop.whatsapp,
            )


def buyer_path(order: Order) -> str:
    return group_path(order.group)


def group_path(group: OrderGroup) -> str:
    return reverse("ordering:order_group", args=[link_secret(group)])


def seller_path(order: Order) -> str:
    return reverse("ordering:seller_order", args=[order.shop.public_id, order.number])
