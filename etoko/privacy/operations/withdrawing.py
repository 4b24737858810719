"""An owner does not want to be seen any more: at once, everywhere."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.catalog.access import Selling
from etoko.catalog.models import Shop
from etoko.catalog.operations.opening import close_shop
from etoko.catalog.states import SHOP_OPEN
from etoko.foundation.problems import UnableTo
from etoko.ordering.models import Order
from etoko.ordering.states import OPEN_STATES
from etoko.people.models import Person
from etoko.registry.access import Acting, businesses_owned_by
from etoko.registry.models import Business
from etoko.registry.operations.forgetting import hide_business


class UnableToWithdraw(UnableTo):
    pass


@transaction.atomic
def withdraw_everything(*, person: Person, at: datetime) -> int:
    """Withdraws every public consent of her businesses and closes their shops. Returns of how many.

    Orders that run are for two; they are finished first. Raises UnableToWithdraw.
    """
    businesses = businesses_owned_by(person)
    check_no_open_orders(businesses)
    for business in businesses:
        hide_with_shop(business, by=person, at=at)
    return len(businesses)


def check_no_open_orders(businesses: list[Business]) -> None:
    """Raises UnableToWithdraw where buyers still wait for goods."""
    waiting = Order.objects.filter(shop__business__in=businesses, state__in=OPEN_STATES).count()
    if waiting:
        raise UnableToWithdraw(
            _("Masih ada %d pesanan pembeli yang berjalan di toko Anda. Selesaikan atau batalkan dulu.")
            % waiting
        )


def hide_with_shop(business: Business, *, by: Person, at: datetime) -> None:
    """The shop first: an open shop keeps its business listed."""
    shop = Shop.objects.select_related("business__area", "area").filter(business=business).first()
    if shop is not None and shop.status == SHOP_OPEN:
        close_shop(selling=Selling(shop, Acting(business, by, is_assisting=False)), at=at)
    hide_business(business=business, by=by, at=at)
