"""Gates: titipan are the seller's, and of the kader who helps her."""

from django.http import Http404

from etoko.catalog.access import Selling, shop_for_seller
from etoko.consignment.models import Consignment
from etoko.people.models import Person


def consignment_for_seller(person: Person, shop_id: str, number: str) -> tuple[Selling, Consignment]:
    """By its number, in a shop she may act for. Else "not found"."""
    selling = shop_for_seller(person, shop_id)
    consignment = (
        Consignment.objects.select_related("place__business", "by")
        .filter(shop=selling.shop, number=number)
        .first()
    )
    if consignment is None:
        raise Http404
    consignment.shop = selling.shop
    return selling, consignment
