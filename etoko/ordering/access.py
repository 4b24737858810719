"""Gates: whose cart, whose orders. The private link is as good as a key: it names no account."""

import hmac

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.crypto import salted_hmac

from etoko.catalog.access import Selling, shop_for_seller
from etoko.foundation.ids import secret_hash
from etoko.ordering.models import Cart, Order, OrderGroup
from etoko.people.models import Person

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
    mine = Q(buyer=person) | Q(recorded_by=person)
    if person.phone_verified_at:
        mine |= Q(buyer=None, phone=person.phone)
    return OrderGroup.objects.filter(mine)


def order_for_seller(person: Person, shop_id: str, number: str) -> tuple[Selling, Order]:
    selling = shop_for_seller(person, shop_id)
    order = Order.objects.select_related("group").filter(shop=selling.shop, number=number).first()
    if order is None:
        raise Http404
    order.shop = selling.shop
    return selling, order


def _sign(public_id: str, key: str) -> str:
    return salted_hmac("etoko.ordering.link", public_id, secret=key, algorithm="sha256").hexdigest()[
        :_LENGTH_OF_SIGN
    ]
