"""What every page of the room needs."""

from django.http import HttpRequest, HttpResponse

from etoko.catalog.access import Selling
from etoko.ordering.views.carrying import person_of
from etoko.people.models import Person


def seller_of(request: HttpRequest) -> Person:
    person = person_of(request)
    assert person is not None  # login_required stands before
    return person


def frame(selling: Selling) -> dict[str, object]:
    return {
        "shop_id": selling.shop.public_id,
        "shop_name": selling.shop.name,
        "for_name": selling.for_name,
        "nav_active": "saya",
    }


def private(response: HttpResponse) -> HttpResponse:
    """A page behind the buyer's link: its address is the key. See `ordering/views/buyer.py`."""
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
