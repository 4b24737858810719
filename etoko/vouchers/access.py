"""Gates: who gives out vouchers, and for whom. Everybody may use a code she has."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404

from etoko.catalog.access import shop_for_seller
from etoko.catalog.models import Shop
from etoko.people.access import areas_with
from etoko.people.models import Person
from etoko.people.roles import MANAGE_VOUCHERS
from etoko.places.models import Area
from etoko.vouchers.models import Voucher


@dataclass(frozen=True)
class Issuing:
    """Somebody gives out vouchers: of a shop, or of the platform within an area."""

    person: Person
    area: Area
    shop: Shop | None = None
    for_name: str = ""

    @property
    def vouchers(self) -> QuerySet[Voucher]:
        """Those she may see and change."""
        own = Voucher.objects.select_related("shop", "area")
        return own.filter(shop=self.shop) if self.shop else own.filter(shop=None, area=self.area)


def issuing_for_shop(person: Person, shop_id: str) -> Issuing:
    selling = shop_for_seller(person, shop_id)
    return Issuing(selling.person, selling.shop.area, selling.shop, selling.for_name)


def issuing_for_platform(person: Person) -> Issuing:
    """For officers, within their area; a superuser within the home of this installation."""
    codes = areas_with(person, MANAGE_VOUCHERS) if person.is_authenticated else []
    area = Area.objects.filter(code=codes[0] or settings.HOME_AREA).first() if codes else None
    if area is None:
        raise Http404
    return Issuing(person, area)


def voucher_of(issuing: Issuing, public_id: str) -> Voucher:
    voucher = issuing.vouchers.filter(public_id=public_id).first()
    if voucher is None:
        raise Http404
    return voucher
