"""Rahma's business and a group of Taban, what they need, and who looks after it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from etoko.groups.access import standing_in
from etoko.groups.models import Group, Office
from etoko.groups.models_cooperatives import Cooperative
from etoko.groups.operations.founding import GroupFacts, found_group
from etoko.groups.operations.joining import MemberFacts, add_member, give_office
from etoko.needs.access import standing_of
from etoko.needs.models import Need
from etoko.needs.operations import move_need, say_need, verify_need
from etoko.people import roles
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.tests.businesses import make_business
from etoko.reviews.tests.conftest import kerupuk, received, shop
from tests.cast import NOW, grant

__all__ = ["kerupuk", "received", "shop"]

Everything = Callable[[], dict[str, list[Any]]]


@pytest.fixture
def usman(villages: dict[str, Area]) -> Person:
    """Officer of the village of Taban."""
    person = Person.objects.create_user("+6281210000010", "Usman", phone_verified_at=NOW)
    return grant(person, villages["Taban"], roles.VILLAGE_OFFICER)


@pytest.fixture
def wati(villages: dict[str, Area]) -> Person:
    """Kader of another village."""
    person = Person.objects.create_user("+6281210000011", "Wati", phone_verified_at=NOW)
    return grant(person, villages["Daru"], roles.KADER)


@pytest.fixture
def regent(jambe: Area) -> Person:
    """Officer of the regency: sees, and does nothing here."""
    assert jambe.parent is not None
    person = Person.objects.create_user("+6281210000012", "Regina", phone_verified_at=NOW)
    return grant(person, jambe.parent, roles.REGENCY_OFFICER)


@pytest.fixture
def business(shop: Any) -> Business:
    return Business.objects.get(pk=shop.business_id)


@pytest.fixture
def melati(villages: dict[str, Area], yanti: Person, herman: Person) -> Group:
    """Herman is its chair."""
    group = found_group(facts=GroupFacts("Poksus Melati"), area=villages["Taban"], by=yanti, at=NOW)
    helping = standing_in(yanti, group)
    facts = MemberFacts("Herman", "male", herman.phone)
    member = add_member(standing=helping, facts=facts, joined_on=NOW.date(), at=NOW)
    give_office(standing=helping, member=member, office=Office.CHAIR, at=NOW)
    return group


@pytest.fixture
def koperasi(villages: dict[str, Area], herman: Person) -> Cooperative:
    """Of Taban; Herman is of the business as which it sells."""
    its = make_business("Warung Koperasi", villages["Taban"], owned_by=herman)
    return Cooperative.objects.create(
        name="Koperasi Taban",
        search_name="koperasitaban",
        area=villages["Taban"],
        business=its,
        created_at=NOW,
    )


@pytest.fixture
def oven(business: Business, rahma: Person) -> Need:
    """What Rahma says herself: new."""
    return say_need(
        standing=standing_of(rahma, business),
        kind="equipment",
        text="Oven kedua, yang lama sering mati.",
        severity=2,
        at=NOW,
    )


def carry(need: Need, moves: str, by: Person) -> Need:
    """On by these moves, of somebody who looks after it."""
    standing = standing_of(by, need.thing)
    for move in moves.split():
        if move == "verify":
            need = verify_need(standing=standing, need=need, severity=3, at=NOW)
        else:
            need = move_need(standing=standing, need=need, move=move, reason="Koperasi Jambe", at=NOW)
    return need


@pytest.fixture
def met(oven: Need, dedi: Person) -> Need:
    """Pak Dedi says that it is met; Rahma has not answered."""
    return carry(oven, "verify propose match start fulfil", dedi)


@pytest.fixture
def everything(db: None) -> Everything:
    """All rows of this room, the traces and the news, to see that nothing changed."""

    def rows() -> dict[str, list[Any]]:
        others = [apps.get_model("audit.AuditEntry"), apps.get_model("notices.Notice")]
        models = [*apps.get_app_config("needs").get_models(), *others]
        return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}

    return rows
