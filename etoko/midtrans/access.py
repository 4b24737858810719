"""Gates: whose charge."""

from django.conf import settings
from django.http import Http404

from etoko.catalog.access import Selling, shop_for_seller
from etoko.catalog.models import PaymentOption
from etoko.midtrans.models import Account
from etoko.ordering.access import order_by_link
from etoko.ordering.models import Order
from etoko.people.models import Person


def require_midtrans() -> None:
    """Not there at all where it is not set up."""
    if not settings.MIDTRANS:
        raise Http404


def account_for_seller(person: Person, shop_id: str) -> tuple[Selling, Account | None]:
    require_midtrans()
    selling = shop_for_seller(person, shop_id)
    return selling, Account.objects.filter(shop=selling.shop, closed_at=None).first()


def order_to_pay_online(secret: str, number: str) -> Order:
    """An order that the private link opens and that is to be paid online."""
    require_midtrans()
    order = order_by_link(secret, number)
    if order.payment != PaymentOption.MIDTRANS:
        raise Http404
    return order
