import json

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, BusinessRole, OwnerDetails
from etoko.registry.operations.owner_details import details_now
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db

FACTS = {
    "born_on": "1980-01-01",
    "disability": "no",
    "education": "sma",
    "home_street": "Kp. Cikuya",
    "home_rt": "3",
}


@pytest.fixture
def kerupuk(villages: dict[str, Area], rahma: Person) -> Business:
    return make_business("Kerupuk Rahma", villages["Taban"], owned_by=rahma)


def address_of(business: Business, base: str = "petugas") -> str:
    return f"/{base}/usaha/{business.public_id}/pemilik/{business.owners.get().pk}/"


def test_a_kader_writes_them_and_the_trace_tells_no_values(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    seen = json.dumps(details_now(None))
    assert client.post(address_of(kerupuk), {**FACTS, "seen": seen}).status_code == 302
    details = OwnerDetails.objects.get(owner__business=kerupuk)
    assert (str(details.born_on), details.education, details.home_rt) == ("1980-01-01", "sma", "003")
    entry = AuditEntry.objects.get(deed="set_owner_details")
    assert entry.changes["born_on"] == ["", "filled"]
    assert "1980" not in json.dumps(entry.changes)
    assert "Cikuya" not in json.dumps(entry.changes)


def test_the_owner_reads_and_writes_her_own(kerupuk: Business, rahma: Person, client: Client) -> None:
    client.force_login(rahma)
    assert address_of(kerupuk, "saya") in client.get(f"/saya/usaha/{kerupuk.public_id}/").content.decode()
    seen = json.dumps(details_now(None))
    assert client.post(address_of(kerupuk, "saya"), {**FACTS, "seen": seen}).status_code == 302
    assert OwnerDetails.objects.get().home_street == "Kp. Cikuya"


def test_her_staff_and_the_chair_do_not_see_them(
    kerupuk: Business, siti: Person, bu_camat: Person, client: Client
) -> None:
    BusinessRole.objects.create(business=kerupuk, person=siti, role="staff", starts_on="2026-01-01")
    client.force_login(siti)
    assert client.get(address_of(kerupuk, "saya")).status_code == 404
    client.force_login(bu_camat)
    assert client.get(address_of(kerupuk)).status_code == 404
    assert client.get(address_of(kerupuk, "saya")).status_code == 404
    record = client.get(f"/petugas/usaha/{kerupuk.public_id}/").content.decode()
    assert "Data pribadi" not in record


def test_the_second_of_two_overwrites_nothing(kerupuk: Business, yanti: Person, client: Client) -> None:
    OwnerDetails.objects.create(owner=kerupuk.owners.get(), education="sd")
    client.force_login(yanti)
    response = client.post(address_of(kerupuk), {**FACTS, "seen": json.dumps(details_now(None))})
    assert response.status_code == 409
    assert "Kp. Cikuya" in response.content.decode()
    assert OwnerDetails.objects.get().education == "sd"


def test_a_birthday_to_come_is_refused_and_what_was_typed_stays(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    response = client.post(
        address_of(kerupuk), {**FACTS, "born_on": "2090-01-01", "seen": json.dumps(details_now(None))}
    )
    assert response.status_code == 422
    assert "Kp. Cikuya" in response.content.decode()
    assert not OwnerDetails.objects.exists()
