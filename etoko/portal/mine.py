"""What somebody finds of her own on `/saya/`, as plain rows."""

from dataclasses import dataclass

from django.utils.functional import Promise

from etoko.catalog.models import Shop
from etoko.groups.queries.groups import GroupRow, own_groups
from etoko.needs.ladder import STEPS
from etoko.needs.queries.readiness import steps_of
from etoko.notices.queries import unread_count
from etoko.ordering.models import Order
from etoko.ordering.states import AWAITING_CONFIRMATION, OPEN_STATES
from etoko.people.models import Person
from etoko.people.queries import OwnRole, area_name, own_roles
from etoko.registry.access import businesses_of


@dataclass(frozen=True)
class BusinessRow:
    public_id: str
    name: str
    village: str
    shop_id: str
    """Empty: it has no shop yet."""
    new_orders: int
    step: str | Promise
    """Of the ladder (`needs/ladder.py`), as it is now."""


@dataclass(frozen=True)
class Mine:
    name: str
    phone: str
    village: str
    is_verified: bool
    has_passphrase: bool
    businesses: list[BusinessRow]
    groups: list[GroupRow]
    open_orders: int
    unread: int
    roles: list[OwnRole]
    is_officer: bool


def mine(person: Person) -> Mine:
    home = Person.objects.select_related("home_area").get(pk=person.pk).home_area
    roles = own_roles(person)
    return Mine(
        name=person.name,
        phone=person.phone,
        village=area_name(home),
        is_verified=person.phone_verified_at is not None,
        has_passphrase=person.has_usable_password(),
        businesses=_businesses(person),
        groups=own_groups(person),
        open_orders=Order.objects.filter(group__buyer=person, state__in=OPEN_STATES).count(),
        unread=unread_count(person),
        roles=roles,
        is_officer=bool(roles) or person.is_superuser,
    )


def _businesses(person: Person) -> list[BusinessRow]:
    businesses = businesses_of(person)
    shops = {shop.business_id: shop for shop in Shop.objects.filter(business__in=businesses)}
    steps = steps_of(businesses)
    waiting: dict[int, int] = {}
    for shop_id in Order.objects.filter(shop__in=shops.values(), state=AWAITING_CONFIRMATION).values_list(
        "shop_id", flat=True
    ):
        waiting[shop_id] = waiting.get(shop_id, 0) + 1
    return [
        BusinessRow(
            public_id=business.public_id,
            name=business.name,
            village=area_name(business.area),
            shop_id=shops[business.pk].public_id if business.pk in shops else "",
            new_orders=waiting.get(shops[business.pk].pk, 0) if business.pk in shops else 0,
            step=STEPS[steps[business.pk]],
        )
        for business in businesses
    ]
