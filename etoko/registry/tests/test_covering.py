import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import VillageTarget
from etoko.registry.queries.coverage import coverage
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db


def test_counts_registered_and_verified_against_the_target(
    villages: dict[str, Area], dedi: Person, client: Client
) -> None:
    make_business("A", villages["Taban"], verification="verified")
    make_business("B", villages["Taban"])
    make_business("C", villages["Taban"], status="closed", verification="verified")
    client.force_login(dedi)
    client.post("/petugas/cakupan/", {"target_36.03.04.2004": "4"})
    taban = next(row for row in coverage(["36.03.04"], []) if row.name == "Taban")
    assert (taban.registered, taban.verified, taban.target, taban.percent) == (2, 1, 4, 25)
    assert AuditEntry.objects.get(deed="set_village_target").changes == {"businesses": [None, 4]}


@pytest.mark.parametrize("typed", ["0", "-3", "banyak", "1e9", "99999999", "²"])
def test_a_target_that_is_no_number_changes_nothing_and_is_kept(
    villages: dict[str, Area], dedi: Person, client: Client, typed: str
) -> None:
    client.force_login(dedi)
    response = client.post("/petugas/cakupan/", {"target_36.03.04.2004": typed, "target_36.03.04.2005": "5"})
    assert response.status_code == 422
    assert VillageTarget.objects.count() == 0
    assert f'value="{typed}"' in response.content.decode()


def test_an_emptied_target_is_taken_away(villages: dict[str, Area], dedi: Person, client: Client) -> None:
    client.force_login(dedi)
    client.post("/petugas/cakupan/", {"target_36.03.04.2004": "5"})
    client.post("/petugas/cakupan/", {"target_36.03.04.2004": ""})
    assert VillageTarget.objects.count() == 0


def test_a_kader_sets_no_target_of_another_village(
    villages: dict[str, Area], yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    client.post("/petugas/cakupan/", {"target_36.03.04.2005": "5", "target_36.03.04.2004": "7"})
    assert list(VillageTarget.objects.values_list("area_id", "businesses")) == [("36.03.04.2004", 7)]


def test_draws_a_map_once_every_village_has_a_place(
    villages: dict[str, Area], yanti: Person, dedi: Person, client: Client
) -> None:
    make_business("A", villages["Taban"], latitude="-6.3", longitude="106.5")
    client.force_login(dedi)
    assert '<svg class="spot-map"' not in client.get("/petugas/cakupan/").content.decode()
    client.force_login(yanti)
    page = client.get("/petugas/cakupan/").content.decode()
    assert '<svg class="spot-map"' in page
    assert "0 terverifikasi dari 1 terdata" in page
