"""Telling the other party, in the transaction of the deed: a line in the inbox and a text for WhatsApp."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from etoko.foundation.addresses import whole_address
from etoko.notices.models import Notice
from etoko.notices.operations import Message, send_notices
from etoko.ordering import words
from etoko.ordering.access import link_secret
from etoko.ordering.links import look_path
from etoko.ordering.models import Order, OrderGroup
from etoko.people.models import Person
from etoko.registry.access import people_of_businesses

NEW_LINK = "new_link"
"""Not a deed to the order: whoever answers it by links asks for one that still works."""


def tell_buyer(
    *, order: Order, deed: str, at: datetime, reason: str = "", goods: str = "", occasion: str = ""
) -> None:
    """By her inbox if she has an account, and by phone in any case.

    `occasion` tells apart what may happen more than once; without it the moment does."""
    path = buyer_path(order)
    with translation.override(order.group.buyer.language if order.group.buyer else "id"):
        message = words.to_buyer(deed, order, link=whole_address(path), reason=reason, goods=goods)
    send_notices(
        messages=[
            Message(
                key=f"order:{order.pk}:{deed}:buyer:{occasion or f'{at:%Y%m%d%H%M%S%f}'}",
                kind=f"order_{deed}",
                title=message.title,
                text=message.text,
                path=path,
                recipient=order.group.buyer,
                phone=order.group.phone,
                about=about_buyer(order.number or ""),
                area_code=order.area_code,
            )
        ],
        at=at,
    )


def tell_of_placing(
    *, group: OrderGroup, orders: Collection[Order], goods: Mapping[int, str], at: datetime
) -> None:
    """The buyer hears of all that she ordered in one message, each seller of what she is to answer."""
    path = group_path(group)
    with translation.override(group.buyer.language if group.buyer else "id"):
        message = words.to_buyer_of_group(group, orders, link=whole_address(path))
    to_buyer = Message(
        key=f"order-group:{group.pk}:place",
        kind="order_place",
        title=message.title,
        text=message.text,
        path=path,
        recipient=group.buyer,
        phone=group.phone,
    )
    send_notices(messages=[to_buyer, *_to_sellers(orders, "place", at=at, goods=goods)], at=at)


def tell_seller(
    *, order: Order, deed: str, at: datetime, reason: str = "", goods: str = "", occasion: str = ""
) -> None:
    messages = _to_sellers([order], deed, at=at, reason=reason, goods={order.pk: goods}, occasion=occasion)
    send_notices(messages=messages, at=at)


def tell_of_new_link(*, order: Order, person: Person | None, at: datetime) -> Notice:
    """Whoever had a link that is over gets another one, and nobody else; None is the shop's WhatsApp."""
    message = _to_seller(order, person, NEW_LINK, f"{at:%Y%m%d%H%M%S%f}", at=at)
    return send_notices(messages=[message], at=at)[0]


def _to_sellers(
    orders: Collection[Order],
    deed: str,
    *,
    at: datetime,
    reason: str = "",
    goods: Mapping[int, str] | None = None,
    occasion: str = "",
) -> list[Message]:
    """To everybody of each business; a business that nobody has an account for, to its shop's WhatsApp."""
    people = people_of_businesses([order.shop.business_id for order in orders], on=timezone.localdate(at))
    messages: list[Message] = []
    for order in orders:
        recipients: list[Person | None] = [*people.get(order.shop.business_id, ())]
        if not recipients and order.shop.whatsapp:
            recipients = [None]
        messages += [
            _to_seller(
                order,
                person,
                deed,
                occasion or f"{at:%Y%m%d%H%M%S%f}",
                at=at,
                reason=reason,
                goods=(goods or {}).get(order.pk, ""),
            )
            for person in recipients
        ]
    return messages


def _to_seller(
    order: Order,
    person: Person | None,
    deed: str,
    occasion: str,
    *,
    at: datetime,
    reason: str = "",
    goods: str = "",
) -> Message:
    link = whole_address(look_path(order, person=person, at=at))
    with translation.override(person.language if person else "id"):
        message = words.to_seller(deed, order, link=link, reason=reason, goods=goods)
    return Message(
        key=f"order:{order.pk}:{deed}:{person.pk if person else 'shop'}:{occasion}",
        kind=f"order_{deed}",
        title=message.title,
        text=message.text,
        path=seller_path(order),
        recipient=person,
        phone="" if person else order.shop.whatsapp,
        about=about_seller(order.number or ""),
        area_code=order.area_code,
    )


def about_buyer(number: str) -> str:
    """Under this the seller finds what the buyer of the order was told."""
    return f"order:{number}:buyer"


def about_seller(number: str) -> str:
    return f"order:{number}:seller"


def buyer_path(order: Order) -> str:
    return group_path(order.group)


def group_path(group: OrderGroup) -> str:
    return reverse("ordering:order_group", args=[link_secret(group)])


def seller_path(order: Order) -> str:
    return reverse("ordering:seller_order", args=[order.shop.public_id, order.number])
