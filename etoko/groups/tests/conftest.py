"""Poksus Melati of Taban: Bu Rahma is its treasurer, Pak Herman a plain member, Bu Ratna of Pokja II."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from etoko.groups.access import Standing, standing_in
from etoko.groups.models import Group, Member, Office
from etoko.groups.operations.founding import GroupFacts, found_group
from etoko.groups.operations.joining import MemberFacts, add_member, give_office
from etoko.people import roles
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW, grant

Everything = Callable[[], dict[str, list[Any]]]


@pytest.fixture
def ratna(jambe: Area) -> Person:
    """Of Pokja II of the sub-district."""
    person = Person.objects.create_user("+6281210000008", "Ratna", phone_verified_at=NOW)
    return grant(person, jambe, roles.POKJA_II)


@pytest.fixture
def usman(villages: dict[str, Area]) -> Person:
    """Officer of the village of Taban: he sees the groups, not who saved or borrowed what."""
    person = Person.objects.create_user("+6281210000010", "Usman", phone_verified_at=NOW)
    return grant(person, villages["Taban"], roles.VILLAGE_OFFICER)


@pytest.fixture
def yanti_far(villages: dict[str, Area]) -> Person:
    """Kader of another village."""
    person = Person.objects.create_user("+6281210000011", "Wati", phone_verified_at=NOW)
    return grant(person, villages["Daru"], roles.KADER)


@pytest.fixture
def melati(villages: dict[str, Area], yanti: Person, rahma: Person, herman: Person) -> Group:
    """Members: 1 Sari (ketua), 2 Lia (sekretaris), 3 Rahma (bendahara), 4 Herman."""
    group = found_group(
        facts=GroupFacts("Poksus Melati", monthly_saving_rp=10_000, monthly_dues_rp=2_000),
        area=villages["Taban"],
        by=yanti,
        at=NOW,
    )
    helping = standing_in(yanti, group)
    for name, gender, phone, office in (
        ("Sari", "female", "", Office.CHAIR),
        ("Lia", "female", "", Office.SECRETARY),
        ("Rahma", "female", rahma.phone, Office.TREASURER),
        ("Herman", "male", herman.phone, ""),
    ):
        facts = MemberFacts(name, gender, phone)
        member = add_member(standing=helping, facts=facts, joined_on=NOW.date().replace(month=1), at=NOW)
        if office:
            give_office(standing=helping, member=member, office=office, at=NOW)
    return group


@pytest.fixture
def helping(melati: Group, yanti: Person) -> Standing:
    """Bu Yanti, kader of Taban, who does it for the group."""
    return standing_in(yanti, melati)


@pytest.fixture
def treasurer(melati: Group, rahma: Person) -> Standing:
    return standing_in(rahma, melati)


def member_of(group: Group, name: str) -> Member:
    return group.members.get(name=name)


@pytest.fixture
def everything(db: None) -> Everything:
    """All rows of this room and the traces, to see that nothing changed."""

    def rows() -> dict[str, list[Any]]:
        models = [*apps.get_app_config("groups").get_models(), apps.get_model("audit.AuditEntry")]
        return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}

    return rows
