from typing import Any

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.foundation.flows import UnableToMove
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, PublicConsent
from etoko.registry.operations.verifying import ask_correction, reopen_verification, verify_business
from etoko.registry.tests.businesses import make_business
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerupuk(villages: dict[str, Area]) -> Business:
    return make_business("Kerupuk Rahma", villages["Taban"], phone="+6281299990001")


def fresh(business: Business) -> Business:
    return Business.objects.get(pk=business.pk)


def test_one_tap_verifies_and_the_next_one_follows(
    kerupuk: Business, villages: dict[str, Area], yanti: Person, client: Client, clock: Any
) -> None:
    second = make_business("Tempe Wati", villages["Taban"])
    client.force_login(yanti)
    response = client.post(
        f"/petugas/verifikasi/{kerupuk.public_id}/sesuai/", {"lanjut": "1", "desa": "36.03.04.2004"}
    )
    assert response["Location"] == f"/petugas/verifikasi/{second.public_id}/?desa=36.03.04.2004"
    now = fresh(kerupuk)
    assert (now.verification, now.verified_by, now.verified_at) == ("verified", yanti, clock.now)
    assert now.listing == "unlisted"
    response = client.post(
        f"/petugas/verifikasi/{second.public_id}/sesuai/", {"lanjut": "1", "desa": "36.03.04.2004"}
    )
    assert response["Location"] == "/petugas/verifikasi/?desa=36.03.04.2004"
    assert "Semua sudah diperiksa" in client.get(response["Location"]).content.decode()


def test_what_the_owner_says_at_the_visit_is_recorded_with_it(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    client.post(
        f"/petugas/verifikasi/{kerupuk.public_id}/sesuai/",
        {"tanya": "1", "shown": ["listing", "phone"], "how": "paper"},
    )
    given = PublicConsent.objects.filter(business=kerupuk, withdrawn_at__isnull=True)
    assert sorted(given.values_list("what", "how", "recorded_by")) == [
        ("listing", "paper", yanti.pk),
        ("phone", "paper", yanti.pk),
    ]
    assert fresh(kerupuk).listing == "listed"


def test_verifying_without_asking_leaves_consents_alone(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    PublicConsent.objects.create(business=kerupuk, what="listing", given_at=NOW)
    client.force_login(yanti)
    client.post(f"/petugas/verifikasi/{kerupuk.public_id}/sesuai/")
    assert PublicConsent.objects.get(business=kerupuk).withdrawn_at is None


def test_a_correction_needs_a_reason(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    address = f"/petugas/verifikasi/{kerupuk.public_id}/perbaikan/"
    assert client.post(address, {"reason": "  "}).status_code == 422
    assert fresh(kerupuk).verification == "draft"
    assert not AuditEntry.objects.filter(deed="ask_correction").exists()
    assert client.post(address, {"reason": "Nomor HP tidak aktif"}).status_code == 302
    now = fresh(kerupuk)
    assert (now.verification, now.verification_reason) == ("needs_correction", "Nomor HP tidak aktif")
    page = client.get(f"/petugas/usaha/{kerupuk.public_id}/").content.decode()
    assert "Nomor HP tidak aktif" in page


def test_the_owner_reads_what_is_to_be_corrected(
    villages: dict[str, Area], rahma: Person, yanti: Person, client: Client
) -> None:
    business = make_business("Kerupuk Rahma", villages["Taban"], owned_by=rahma)
    ask_correction(business=business, reason="Alamat keliru", by=yanti, at=NOW)
    client.force_login(rahma)
    assert "Alamat keliru" in client.get(f"/saya/usaha/{business.public_id}/").content.decode()


def test_verifying_twice_is_refused_and_the_first_name_stays(
    kerupuk: Business, yanti: Person, dedi: Person
) -> None:
    verify_business(business=kerupuk, shown=None, how="", by=yanti, at=NOW)
    with pytest.raises(UnableToMove):
        verify_business(business=kerupuk, shown=["listing"], how="kader", by=dedi, at=NOW)
    assert fresh(kerupuk).verified_by == yanti
    assert PublicConsent.objects.count() == 0
    assert AuditEntry.objects.filter(deed="verify_business").count() == 1


def test_the_same_tap_sent_twice_is_one_deed(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    address = f"/petugas/verifikasi/{kerupuk.public_id}/sesuai/"
    answers = {client.post(address, {"once": "k1"})["Location"] for _time in range(2)}
    assert len(answers) == 1
    assert AuditEntry.objects.filter(deed="verify_business").count() == 1


def test_a_verified_record_can_be_opened_again(kerupuk: Business, yanti: Person) -> None:
    verify_business(business=kerupuk, shown=None, how="", by=yanti, at=NOW)
    reopen_verification(business=kerupuk, by=yanti, at=NOW)
    now = fresh(kerupuk)
    assert (now.verification, now.verified_at, now.verified_by) == ("draft", None, None)


def test_the_worklist_counts_per_village(
    kerupuk: Business, villages: dict[str, Area], dedi: Person, client: Client
) -> None:
    make_business("Tempe Wati", villages["Daru"])
    make_business("Tahu Wati", villages["Daru"])
    make_business("Sudah", villages["Daru"], verification="verified")
    client.force_login(dedi)
    page = client.get("/petugas/verifikasi/?desa=36.03.04.2005").content.decode()
    assert "Tempe Wati" in page
    assert "Kerupuk Rahma" not in page
    assert "Sudah" not in page
    assert "2 usaha" in page


def test_a_double_is_pointed_out_before_it_is_verified(
    kerupuk: Business, villages: dict[str, Area], yanti: Person, client: Client
) -> None:
    make_business("Krupuk Rahma", villages["Taban"])
    client.force_login(yanti)
    page = client.get(f"/petugas/verifikasi/{kerupuk.public_id}/").content.decode()
    assert "Mungkin terdaftar dua kali" in page
    assert "Krupuk Rahma" in page
