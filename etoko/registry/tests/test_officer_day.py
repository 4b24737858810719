from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.test import Client

from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import DuplicateSuspicion, Licence
from etoko.registry.queries.office import officer_day
from etoko.registry.tests.businesses import make_business

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_every_number_opens_to_as_many_records(
    villages: dict[str, Area], jambe: Area, dedi: Person, client: Client, clock: Any
) -> None:
    draft = make_business("Usaha Satu", villages["Taban"])
    double = make_business("Usaha Dua", villages["Daru"], verification="needs_correction")
    make_business("Usaha Tiga", jambe, verification="verified")
    Licence.objects.create(
        business=draft, kind="pirt", status="held", number="1", expires_on=date(2026, 12, 1)
    )
    Licence.objects.create(business=draft, kind="nib", status="held", number="2", check_state="checked")
    DuplicateSuspicion.objects.create(first=draft, second=double, why="same_phone", likeness=100)
    day = officer_day(["36.03.04"], today=TODAY)
    assert [(task.label, task.count) for task in day.tasks] == [
        ("Menunggu verifikasi", 1),
        ("Perlu perbaikan", 1),
        ("Izin segera habis", 1),
        ("Izin belum diperiksa", 1),
        ("Mungkin terdaftar dua kali", 1),
        ("Impor belum selesai", 0),
        ("Desa belum jelas", 1),
        ("Kabar belum diteruskan", 0),
    ]
    assert (day.registered, day.verified, day.listed) == (3, 1, 0)
    client.force_login(dedi)
    shown = {task.label: client.get(task.href).content.decode() for task in day.tasks}
    assert "Usaha Satu" in shown["Menunggu verifikasi"]
    assert "Usaha Dua" in shown["Perlu perbaikan"]
    assert "Usaha Satu" in shown["Izin segera habis"]
    assert "Usaha Satu" in shown["Izin belum diperiksa"]
    assert "Usaha Satu" in shown["Mungkin terdaftar dua kali"]
    assert "Usaha Dua" in shown["Mungkin terdaftar dua kali"]
    assert "Usaha Tiga" in shown["Desa belum jelas"]
    assert "Usaha Satu" not in shown["Desa belum jelas"]


def test_a_kader_sees_the_numbers_of_her_village(
    villages: dict[str, Area], yanti: Person, client: Client
) -> None:
    make_business("Usaha Satu", villages["Taban"])
    make_business("Usaha Dua", villages["Daru"])
    assert officer_day(["36.03.04.2004"], today=TODAY).registered == 1
    client.force_login(yanti)
    page = client.get("/petugas/").content.decode()
    assert "Menunggu verifikasi" in page
    # She may not import: neither the way nor the number is offered.
    assert "Impor" not in page


@pytest.mark.parametrize(
    "typed", ["kerupuk asih", "ASIH", "Hj. Sulastri", "0812-9999-0001", "62812 9999 0001", "1234567890123"]
)
def test_a_record_is_found_by_what_an_officer_has_at_hand(
    villages: dict[str, Area], dedi: Person, client: Client, typed: str
) -> None:
    found = make_business("Kerupuk Asih", villages["Taban"], owner="Sulastri", phone="+6281299990001")
    Licence.objects.create(business=found, kind="nib", status="held", number="1234567890123")
    make_business("Bengkel Jaya", villages["Daru"], owner="Ujang")
    client.force_login(dedi)
    page = client.get("/petugas/usaha/", {"q": typed}).content.decode()
    assert "Kerupuk Asih" in page
    assert "Bengkel Jaya" not in page


def test_the_list_costs_the_same_for_three_and_for_forty(
    villages: dict[str, Area],
    dedi: Person,
    client: Client,
    max_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    for number in range(40):
        make_business(f"Usaha {number}", villages["Taban"], phone=f"+62812999900{number:02}")
    client.force_login(dedi)
    with max_queries(8):
        assert client.get("/petugas/usaha/").status_code == 200
