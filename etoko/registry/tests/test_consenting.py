from datetime import timedelta

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, PublicConsent
from etoko.registry.operations.consenting import set_consents
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerupuk(villages: dict[str, Area], rahma: Person) -> Business:
    return make_business("Kerupuk Rahma", villages["Taban"], owned_by=rahma)


def test_the_owner_gives_and_takes_back_by_herself(kerupuk: Business, rahma: Person, client: Client) -> None:
    client.force_login(rahma)
    address = f"/saya/usaha/{kerupuk.public_id}/persetujuan/"
    client.post(address, {"shown": ["listing", "owner_name"]})
    assert client.get(f"/usaha/{kerupuk.public_id}/").status_code == 200
    assert set(kerupuk.consents.values_list("what", "how")) == {("listing", "self"), ("owner_name", "self")}
    client.post(address, {})
    assert client.get(f"/usaha/{kerupuk.public_id}/").status_code == 404
    assert not kerupuk.consents.filter(withdrawn_at__isnull=True).exists()
    assert kerupuk.consents.count() == 2


def test_the_owner_cannot_say_that_a_kader_asked_her(
    kerupuk: Business, rahma: Person, client: Client
) -> None:
    client.force_login(rahma)
    client.post(f"/saya/usaha/{kerupuk.public_id}/persetujuan/", {"shown": ["listing"], "how": "paper"})
    assert kerupuk.consents.get().how == "self"


def test_a_kader_on_her_page_is_recorded_as_a_kader(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    client.post(f"/saya/usaha/{kerupuk.public_id}/persetujuan/", {"shown": ["listing"]})
    consent = kerupuk.consents.get()
    assert (consent.how, consent.recorded_by) == ("kader", yanti)
    assert AuditEntry.objects.get(deed="set_consents").for_name == "Kerupuk Rahma"


def test_what_stays_keeps_its_day(kerupuk: Business, rahma: Person) -> None:
    set_consents(business=kerupuk, shown=["listing"], how="self", by=rahma, at=NOW)
    later = NOW + timedelta(days=3)
    set_consents(business=kerupuk, shown=["listing", "phone"], how="self", by=rahma, at=later)
    assert dict(kerupuk.consents.values_list("what", "given_at")) == {"listing": NOW, "phone": later}
    set_consents(business=kerupuk, shown=["listing", "phone"], how="self", by=rahma, at=later)
    assert AuditEntry.objects.filter(deed="set_consents").count() == 2


def test_a_consent_that_is_not_known_is_refused(kerupuk: Business, rahma: Person, client: Client) -> None:
    client.force_login(rahma)
    response = client.post(f"/saya/usaha/{kerupuk.public_id}/persetujuan/", {"shown": ["nik"]})
    assert response.status_code == 422
    assert PublicConsent.objects.count() == 0
