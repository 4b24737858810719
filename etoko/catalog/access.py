"""Gates of the shops."""

from dataclasses import dataclass

from django.http import Http404

from etoko.catalog.models import Category, Product, Shop
from etoko.catalog.states import SHOP_OPEN
from etoko.people.access import may
from etoko.people.models import Person
from etoko.people.roles import SUSPEND_SHOPS
from etoko.registry.access import Acting, acting_for
from etoko.registry.models import LISTED


@dataclass(frozen=True)
class Selling:
    """A shop, and who acts in it: the seller's people or a kader who helps."""

    shop: Shop
    acting: Acting

    @property
    def person(self) -> Person:
        return self.acting.person

    @property
    def for_name(self) -> str:
        return self.acting.for_name


def may_be_seen(shop: Shop) -> bool:
    """By everybody. An open shop is shown because its owner opened it; any other as long as she lets her
    business be listed, which must have been read along."""
    return shop.status == SHOP_OPEN or shop.business.listing == LISTED


def shop_for_seller(person: Person, shop_id: str) -> Selling:
    """The shop by its public id, for those who may act for its business. Else "not found"."""
    shop = Shop.objects.select_related("business__area", "area").filter(public_id=shop_id).first()
    if shop is None or not person.is_authenticated:
        raise Http404
    return Selling(shop, acting_for(person, shop.business))


def product_for_seller(person: Person, shop_id: str, product_id: str) -> tuple[Selling, Product]:
    selling = shop_for_seller(person, shop_id)
    product = selling.shop.products.select_related("category", "shop").filter(public_id=product_id).first()
    if product is None:
        raise Http404
    return selling, product


@dataclass(frozen=True)
class Overseeing:
    """A shop, and the officer who may suspend it."""

    shop: Shop
    person: Person


def shop_for_officer(person: Person, shop_id: str) -> Overseeing:
    shop = Shop.objects.select_related("business__area", "area").filter(public_id=shop_id).first()
    if shop is None or not may(person, SUSPEND_SHOPS, shop.area_id):
        raise Http404
    return Overseeing(shop, person)


def category_to_sell_in(slug: str) -> Category | None:
    """Goods stand in categories of the second level only."""
    return Category.objects.filter(slug=slug, parent__isnull=False).first()
