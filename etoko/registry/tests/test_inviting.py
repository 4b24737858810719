import pytest
from django.test import Client

from etoko.people.models import ActivationLink, Person
from etoko.places.models import Area
from etoko.registry.access import is_of_business
from etoko.registry.models import Business
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerupuk(villages: dict[str, Area]) -> Business:
    return make_business("Kerupuk Asih", villages["Taban"], owner="Asih", phone="+6281299990001")


def invite(
    client: Client, business: Business, phone: str = "0812-9999-0001", owner: int | None = None
) -> str:
    owner = owner if owner is not None else business.owners.get().pk
    address = f"/petugas/usaha/{business.public_id}/tautan/"
    return str(client.post(address, {"owner": owner, "phone": phone})["Location"])


def test_makes_an_account_a_right_and_a_slip(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    assert invite(client, kerupuk) == "/petugas/aktivasi/slip/"
    asih = Person.objects.get(phone="+6281299990001")
    assert (asih.name, asih.home_area_id) == ("Asih", "36.03.04.2004")
    assert is_of_business(asih, kerupuk)
    assert kerupuk.owners.get().person == asih
    assert ActivationLink.objects.get().next_path == f"/toko/buka/{kerupuk.public_id}/"
    assert "Asih" in client.get("/petugas/aktivasi/slip/").content.decode()


def test_a_second_link_makes_no_second_account_or_right(
    kerupuk: Business, yanti: Person, client: Client
) -> None:
    client.force_login(yanti)
    invite(client, kerupuk)
    invite(client, kerupuk)
    assert Person.objects.filter(name="Asih").count() == 1
    assert kerupuk.roles.count() == 1


def test_an_owner_keeps_the_account_she_has(kerupuk: Business, yanti: Person, client: Client) -> None:
    client.force_login(yanti)
    invite(client, kerupuk)
    answer = invite(client, kerupuk, phone="0812-7777-0002")
    assert answer.endswith("#toko")
    assert not Person.objects.filter(phone="+6281277770002").exists()
    assert kerupuk.roles.count() == 1


@pytest.mark.parametrize("phone", ["", "12", "8.52348e+010"])
def test_without_a_phone_nothing_is_made(
    kerupuk: Business, yanti: Person, client: Client, phone: str
) -> None:
    client.force_login(yanti)
    assert invite(client, kerupuk, phone=phone).endswith("#toko")
    assert ActivationLink.objects.count() == 0
    assert not kerupuk.roles.exists()


def test_the_owner_of_another_business_is_refused(
    kerupuk: Business, villages: dict[str, Area], yanti: Person, client: Client
) -> None:
    other = make_business("Tempe Wati", villages["Taban"], owner="Wati")
    client.force_login(yanti)
    invite(client, kerupuk, owner=other.owners.get().pk)
    assert ActivationLink.objects.count() == 0


def test_nobody_is_given_a_key_to_an_officers_account(
    kerupuk: Business, yanti: Person, dedi: Person, client: Client
) -> None:
    client.force_login(yanti)
    invite(client, kerupuk, phone=dedi.phone)
    assert ActivationLink.objects.count() == 0
    assert not is_of_business(dedi, kerupuk)
    assert kerupuk.owners.get().person is None
