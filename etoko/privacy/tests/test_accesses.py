from datetime import timedelta

import pytest
from django.test import Client

from conftest import Clock
from etoko.audit.models import AccessEntry
from etoko.audit.operations import forget_old_accesses
from etoko.audit.operations.accessing import KEPT_FOR
from etoko.people.models import Person
from etoko.registry.models import Business

pytestmark = pytest.mark.django_db


def test_the_owner_sees_who_opened_her_record(
    client: Client, clock: Clock, yanti: Person, rahma: Person, shown: Business
) -> None:
    client.force_login(yanti)
    for _time in range(2):
        assert client.get(f"/petugas/usaha/{shown.public_id}/").status_code == 200
    clock.forward(days=1)
    client.get(f"/petugas/usaha/{shown.public_id}/")
    assert sorted(AccessEntry.objects.values_list("by_name", "times")) == [("Yanti", 1), ("Yanti", 2)]

    client.force_login(rahma)
    page = client.get("/saya/data/").content.decode()
    assert "Yanti" in page
    assert "2 kali" in page


def test_who_is_not_let_in_leaves_no_trace_and_sees_nothing(
    client: Client, ani: Person, herman: Person, shown: Business
) -> None:
    client.force_login(ani)
    assert client.get(f"/petugas/usaha/{shown.public_id}/").status_code == 404
    assert not AccessEntry.objects.exists()


def test_somebody_elses_readers_are_not_shown(
    client: Client, yanti: Person, herman: Person, shown: Business
) -> None:
    client.force_login(yanti)
    client.get(f"/petugas/usaha/{shown.public_id}/")
    client.force_login(herman)
    assert "Yanti" not in client.get("/saya/data/").content.decode()


def test_is_forgotten_after_five_years(client: Client, clock: Clock, yanti: Person, shown: Business) -> None:
    client.force_login(yanti)
    client.get(f"/petugas/usaha/{shown.public_id}/")
    assert forget_old_accesses(at=clock.now + KEPT_FOR) == 0
    assert forget_old_accesses(at=clock.now + KEPT_FOR + timedelta(days=1)) == 1
