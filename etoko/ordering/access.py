"""Gates: whose cart, whose orders. The private link is as good as a key: it names no account."""

import hmac
from collections.abc import Collection

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.crypto import salted_hmac

from etoko.catalog.access import Selling, shop_for_seller
from etoko.foundation.ids import secret_hash
from etoko.ordering.models import Cart, Complaint, ComplaintPhoto, Order, OrderGroup
from etoko.ordering.states import ESCALATED
from etoko.people.access import areas_with, may
from etoko.people.models import Person
from etoko.people.roles import SUSPEND_SHOPS

_LENGTH_OF_SIGN = 32


def cart_of(person: Person | None, secret: str) -> Cart | None:
    """A signed-in buyer's own cart, else the one that the cookie's secret opens if it is nobody's."""
    if person is not None:
        return Cart.objects.filter(person=person).first()
    return guest_cart(secret)


def guest_cart(secret: str) -> Cart | None:
    """On a phone that is shared, the cookie must not open the cart of who was signed in before."""
    if not secret:
        return None
    return Cart.objects.filter(secret_hash=secret_hash(secret), person=None).first()


def link_secret(group: OrderGroup) -> str:
    """What stands in the address of the private page: the id with our signature (128 bits).

    Letters and figures only: WhatsApp cuts a link that ends in a sign.
    """
    return group.public_id + _sign(group.public_id, settings.SECRET_KEY)


def group_by_link(secret: str) -> OrderGroup:
    public_id, sign = secret[:-_LENGTH_OF_SIGN], secret[-_LENGTH_OF_SIGN:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(_sign(public_id, str(key)).encode(), sign.encode()) for key in keys):
        raise Http404
    group = OrderGroup.objects.filter(public_id=public_id).first()
    if group is None:
        raise Http404
    return group


def order_by_link(secret: str, number: str) -> Order:
    """An order of the group that the link opens; somebody else's number is "not found"."""
    order = group_by_link(secret).orders.select_related("shop", "group").filter(number=number).first()
    if order is None:
        raise Http404
    return order


def groups_of_buyer(person: Person) -> QuerySet[OrderGroup]:
    """Hers, those that came from her proven phone number as a guest, and what she noted for others."""
    return OrderGroup.objects.filter(_bought_by(person) | Q(recorded_by=person))


def groups_bought_by(person: Person) -> QuerySet[OrderGroup]:
    """As `groups_of_buyer`, without what she noted for others."""
    return OrderGroup.objects.filter(_bought_by(person))


def _bought_by(person: Person) -> Q:
    hers = Q(buyer=person)
    return hers | Q(buyer=None, phone=person.phone) if person.phone_verified_at else hers


def order_for_seller(person: Person, shop_id: str, number: str) -> tuple[Selling, Order]:
    selling = shop_for_seller(person, shop_id)
    order = Order.objects.select_related("group").filter(shop=selling.shop, number=number).first()
    if order is None:
        raise Http404
    order.shop = selling.shop
    return selling, order


def hers_to_merge(order: Order, *, person: Person | None, carried: Collection[str]) -> list[Order]:
    """Other orders of this shop that are surely of the same buyer: of her account, or placed from this
    browser. The phone alone is not enough: anybody can type it, and would draw her goods to his address."""
    if person is None and not set(carried) - {order.group.public_id}:
        return []  # a guest who carries nothing else
    same = Q(group__public_id__in=carried)
    if person is not None:
        same |= Q(group__in=groups_of_buyer(person))
    is_hers = order.group.public_id in carried or (
        person is not None and groups_of_buyer(person).filter(pk=order.group_id).exists()
    )
    if not is_hers:
        return []
    others = Order.objects.filter(same, shop=order.shop_id, group__phone=order.group.phone)
    return list(others.exclude(pk=order.pk).select_related("group", "shop").order_by("pk"))


def photo_of_order(order: Order, key: str) -> str:
    """The key of a picture in a complaint about this order. Else "not found"."""
    if not ComplaintPhoto.objects.filter(key=key, post__complaint__order=order).exists():
        raise Http404
    return key


def complaint_for_officer(person: Person, number: str) -> Complaint:
    """The last complaint of an order that was passed on to the officers, for those of its area."""
    complaint = (
        Complaint.objects.select_related("order__shop", "order__group")
        .filter(order__number=number, state=ESCALATED)
        .last()
    )
    if complaint is None or not may(person, SUSPEND_SHOPS, complaint.order.area_code):
        raise Http404
    return complaint


def keeper_of_holidays(person: Person) -> Person:
    if not areas_with(person, SUSPEND_SHOPS):
        raise Http404
    return person


def _sign(public_id: str, key: str) -> str:
    return salted_hmac("etoko.ordering.link", public_id, secret=key, algorithm="sha256").hexdigest()[
        :_LENGTH_OF_SIGN
    ]
