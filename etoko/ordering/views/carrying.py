"""What a browser carries: the secret of a guest's cart, and which orders were placed from it."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from etoko.foundation.personal import show_personal
from etoko.ordering.access import cart_of, guest_cart
from etoko.ordering.models import Cart, OrderGroup
from etoko.ordering.operations import merge_carts
from etoko.people.models import Person

CART_COOKIE = "keranjang"
ORDERS_COOKIE = "pesanan"
_SALT = "etoko.ordering.orders"
_KEPT_FOR = 60 * 60 * 24 * 365
_MOST_ORDERS = 30


def person_of(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) and request.user.is_authenticated else None


def carried_cart(request: HttpRequest, *, at: datetime) -> Cart | None:
    """Hers; what she collected before she signed in has joined it."""
    person = person_of(request)
    secret = request.COOKIES.get(CART_COOKIE, "")
    if person is not None and secret and (left_over := guest_cart(secret)):
        return merge_carts(guest_cart=left_over, person=person, at=at)
    return cart_of(person, secret)


def carry_cart(request: HttpRequest, response: HttpResponse, *, secret: str = "", count: int) -> HttpResponse:
    """`secret` of a new cart; `count` of lines for the frame of the page."""
    if secret:
        _set(response, CART_COOKIE, secret)
    show_personal(request, response, cart=count)
    return response


def carry_group(request: HttpRequest, response: HttpResponse, group: OrderGroup) -> None:
    known = [public_id for public_id in carried_groups(request) if public_id != group.public_id]
    ids = [group.public_id, *known][:_MOST_ORDERS]
    _set(response, ORDERS_COOKIE, signing.dumps(ids, salt=_SALT))


def carried_groups(request: HttpRequest) -> list[str]:
    """Public ids of what was ordered from this browser, the newest first."""
    try:
        return list(signing.loads(request.COOKIES.get(ORDERS_COOKIE, ""), salt=_SALT))
    except signing.BadSignature:
        return []


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_KEPT_FOR, httponly=True, samesite="Lax", secure=settings.HTTPS)
