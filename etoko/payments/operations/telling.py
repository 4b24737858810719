"""Telling buyer and seller about money, in the transaction of the deed."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from etoko.foundation.addresses import whole_address
from etoko.notices.operations import Message, send_notices
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.payments import words
from etoko.registry.access import people_of_businesses


def tell_buyer(*, order: Order, what: str, at: datetime, occasion: str, **facts: str) -> None:
    """`what` is a word of `words.TO_BUYER`, `occasion` what makes it happen once."""
    path = buyer_path(order)
    with translation.override(order.group.buyer.language if order.group.buyer else "id"):
        title, text = words.to_buyer(what, order, link=whole_address(path), **facts)
    send_notices(
        messages=[
            Message(
                key=f"money:{order.pk}:{what}:buyer:{occasion}",
                kind=f"order_{what}",
                title=title,
                text=text,
                path=path,
                recipient=order.group.buyer,
                phone=order.group.phone,
                area_code=order.area_code,
            )
        ],
        at=at,
    )


def tell_seller(*, order: Order, what: str, at: datetime, occasion: str, **facts: str) -> None:
    """Everybody of the business; one that nobody has an account for, by the WhatsApp of its shop."""
    path = seller_path(order)
    people = people_of_businesses([order.shop.business_id], on=timezone.localdate(at))
    recipients = [*people.get(order.shop.business_id, ())] or ([None] if order.shop.whatsapp else [])
    messages = []
    for person in recipients:
        with translation.override(person.language if person else "id"):
            title, text = words.to_seller(what, order, link=whole_address(path), **facts)
        messages.append(
            Message(
                key=f"money:{order.pk}:{what}:{person.pk if person else 'shop'}:{occasion}",
                kind=f"order_{what}",
                title=title,
                text=text,
                path=path,
                recipient=person,
                phone="" if person else order.shop.whatsapp,
                area_code=order.area_code,
            )
        )
    send_notices(messages=messages, at=at)


def buyer_path(order: Order) -> str:
    return reverse("payments:buyer_money", args=[link_secret(order.group), order.number])


def seller_path(order: Order) -> str:
    return reverse("payments:order", args=[order.shop.public_id, order.number])
