"""A group is registered, changed, and put on a level."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.foundation.kept import RowsAreKept
from etoko.groups.access import Standing, standing_in
from etoko.groups.models import MADYA, PEMULA, UTAMA, Group, LevelChange
from etoko.groups.operations.founding import (
    GroupFacts,
    UnableToFound,
    UnableToSetLevel,
    change_group,
    found_group,
    set_level,
)
from etoko.groups.tests.conftest import Everything
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


def test_a_kader_registers_a_group_of_her_village(client: Client, yanti: Person) -> None:
    client.force_login(yanti)
    form = {
        "area": "36.03.04.2004",
        "name": "Poksus Melati",
        "kind": "poksus",
        "level": "madya",
        "monthly_saving_rp": "10.000",
        "charge_percent": "1,5",
        "once": "k1",
    }
    answer = client.post("/kelompok/baru/", form)
    group = Group.objects.get()
    assert answer["Location"] == f"/kelompok/{group.public_id}/anggota/"
    assert (group.name, group.level, group.monthly_saving_rp) == ("Poksus Melati", MADYA, 10_000)
    assert str(group.charge_percent) == "1.50"
    assert [(c.level, c.from_on) for c in group.level_changes.all()] == [(MADYA, date(2026, 11, 24))]
    entry = AuditEntry.objects.get(deed="found_group")
    assert (entry.by_name, entry.for_name) == ("Yanti", "Poksus Melati")
    client.post("/kelompok/baru/", form)
    assert Group.objects.count() == 1


def test_another_village_is_not_hers_to_choose(client: Client, yanti: Person) -> None:
    client.force_login(yanti)
    form = {"area": "36.03.04.2005", "name": "Poksus Mawar", "kind": "poksus", "level": "pemula"}
    assert client.post("/kelompok/baru/", form).status_code == 422
    assert not Group.objects.exists()


def test_two_groups_of_a_village_are_not_called_alike(
    melati: Group, yanti: Person, villages: dict[str, Area], everything: Everything
) -> None:
    before = everything()
    with pytest.raises(UnableToFound) as refused:
        found_group(facts=GroupFacts("POKSUS  melati!"), area=villages["Taban"], by=yanti, at=NOW)
    assert refused.value.field == "name"
    assert everything() == before
    found_group(facts=GroupFacts("Poksus Melati"), area=villages["Daru"], by=yanti, at=NOW)
    assert Group.objects.count() == 2


def test_a_group_sells_as_one_business_of_its_village(
    helping: Standing, villages: dict[str, Area], everything: Everything
) -> None:
    here = make_business("Kue Melati", villages["Taban"])
    group = change_group(standing=helping, facts=GroupFacts("Poksus Melati", business=here), at=NOW)
    assert group.business == here
    other = found_group(facts=GroupFacts("Mawar"), area=villages["Taban"], by=helping.person, at=NOW)
    there = make_business("Kue Daru", villages["Daru"])
    before = everything()
    for business in (here, there):
        with pytest.raises(UnableToFound) as refused:
            change_group(
                standing=standing_in(helping.person, other),
                facts=GroupFacts("Mawar", business=business),
                at=NOW,
            )
        assert refused.value.field == "business"
    assert everything() == before


def test_pokja_ii_puts_the_group_on_another_level(melati: Group, ratna: Person) -> None:
    judging = standing_in(ratna, melati)
    set_level(
        standing=judging, level=MADYA, from_on=date(2026, 11, 24), reason="Kas ditulis tiap bulan", at=NOW
    )
    melati.refresh_from_db()
    assert melati.level == MADYA
    assert [change.level for change in melati.level_changes.all()] == [PEMULA, MADYA]
    assert AuditEntry.objects.get(deed="set_level").changes == {"level": ["pemula", "madya"]}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ((PEMULA, date(2026, 11, 24), "Sama"), "level"),
        ((UTAMA, date(2026, 11, 25), "Besok"), "from_on"),
        ((UTAMA, date(2026, 11, 23), "Mundur"), "from_on"),
        ((UTAMA, date(2026, 11, 24), " "), "reason"),
    ],
)
def test_refuses_a_level_that_is_none(
    melati: Group, ratna: Person, everything: Everything, told: tuple[str, date, str], field: str
) -> None:
    before = everything()
    level, from_on, reason = told
    with pytest.raises(UnableToSetLevel) as refused:
        set_level(standing=standing_in(ratna, melati), level=level, from_on=from_on, reason=reason, at=NOW)
    assert refused.value.field == field
    assert everything() == before


def test_the_levels_it_had_are_kept(melati: Group) -> None:
    change = melati.level_changes.get()
    with pytest.raises(RowsAreKept):
        change.delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE groups_levelchange SET level = 'mandiri'")
    assert LevelChange.objects.get().level == PEMULA
