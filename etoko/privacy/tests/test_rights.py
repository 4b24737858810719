"""Every address of the room × every member of the cast."""

from typing import Any

import pytest
from django.test import Client

from conftest import Clock
from etoko.people.models import Person
from etoko.privacy.models import Breach
from etoko.privacy.tests.test_breaches import breach
from etoko.privacy.urls import urlpatterns
from tests.cast import CAST, signed_in

__all__ = ["breach"]

pytestmark = pytest.mark.django_db

WHO = [*CAST, "admin"]
OPEN, ENTER, NONE, ONLY_POST = 200, 302, 404, 405
#           guest  siti  ani   rahma herman yanti dedi bu_camat admin
OFFICERS = [ENTER, NONE, NONE, NONE, NONE, NONE, OPEN, NONE, OPEN]

LOOKING: dict[str, list[int]] = {
    "/saya/data/": [ENTER] + [OPEN] * 8,
    "/saya/data/unduh/": [ENTER] + [ONLY_POST] * 8,
    "/saya/data/tarik/": [ENTER] + [ONLY_POST] * 8,
    "/saya/data/tutup/": [ENTER] + [OPEN] * 8,
    "/petugas/insiden/": OFFICERS,
    "/petugas/insiden/baru/": OFFICERS,
    "/petugas/insiden/{breach}/": OFFICERS,
    "/petugas/insiden/{breach}/surat.pdf": OFFICERS,
    "/petugas/insiden/{breach}/lembaga/": [ENTER] + [ONLY_POST] * 8,
}
DOING = {"/petugas/insiden/{breach}/lembaga/": [ENTER, NONE, NONE, NONE, NONE, NONE, ENTER, NONE, ENTER]}


def come(who: str, everybody: dict[str, Person]) -> Client:
    if who != "admin":
        return signed_in(who, everybody)
    client = Client()
    client.force_login(Person.objects.create_superuser("+6281299999999", "Pengelola", None))
    return client


@pytest.mark.parametrize("who", WHO)
def test_everybody_sees_what_the_table_says(
    everybody: dict[str, Person], clock: Clock, breach: Breach, who: str
) -> None:
    client = come(who, everybody)
    place = WHO.index(who)
    for address, expected in LOOKING.items():
        answer: Any = client.get(address.format(breach=breach.public_id))
        assert answer.status_code == expected[place], address


@pytest.mark.parametrize("who", WHO)
def test_everybody_does_what_the_table_says(
    everybody: dict[str, Person], clock: Clock, breach: Breach, who: str
) -> None:
    client = come(who, everybody)
    for address, expected in DOING.items():
        answer: Any = client.post(address.format(breach=breach.public_id), {"once": who})
        assert answer.status_code == expected[WHO.index(who)], address
    breach.refresh_from_db()
    assert (breach.agency_told_at is not None) == (who in ("dedi", "admin"))


def test_no_address_is_missing_from_the_table() -> None:
    assert len(LOOKING) == len(urlpatterns)
