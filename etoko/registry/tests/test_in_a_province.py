"""The same pages where the register is that of a province: one step further down at a time."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from etoko.foundation import counting
from etoko.people import roles
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.queries import directory
from etoko.registry.queries.office import officer_day
from etoko.registry.tests.businesses import EVERYTHING, make_business
from tests.cast import grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(villages: dict[str, Area], settings: Any) -> dict[str, Area]:
    settings.HOME_AREA = "36"
    for name, village in (("Kerupuk Satu", "Taban"), ("Kerupuk Dua", "Daru")):
        make_business(name, villages[village], shown=EVERYTHING, latitude="-6.3", longitude="106.5")
    serang = Area.objects.create(
        code="36.04", name="Serang", level=2, kind="kabupaten", parent_id="36", search_name="serang"
    )
    make_business("Kerupuk Jauh", serang, shown=EVERYTHING, latitude="-6.1", longitude="106.1")
    return villages


def test_the_map_counts_by_regency_then_by_sub_district_then_by_village(home: dict[str, Area]) -> None:
    def counted(chosen: str = "") -> list[tuple[str, int]]:
        return [(one.name, one.count) for one in directory.map_areas(chosen=chosen)]

    assert counted() == [("Tangerang", 2), ("Serang", 1)]
    assert counted("36.03") == [("Jambe", 2)]
    assert counted("36.03.04") == [("Taban", 1), ("Daru", 1)]
    assert counted("36.04") == [("Serang", 1)], "whose village nobody knows stands in what is known"


def test_the_visitor_finds_the_way_down(home: dict[str, Area], client: Client) -> None:
    for address in ("/usaha/", "/usaha/peta/"):
        assert "desa=36.03" in client.get(address).content.decode()
        below = client.get(address, {"desa": "36.03"}).content.decode()
        assert "Jambe" in below and "desa=36.03.04" in below and "Kerupuk Jauh" not in below


def test_who_verifies_goes_down_the_same_way(home: dict[str, Area], client: Client) -> None:
    client.force_login(Person.objects.create_superuser("+6281299990000", "Petugas", None))
    assert "desa=36.03" in client.get("/petugas/verifikasi/").content.decode()
    page = client.get("/petugas/verifikasi/", {"desa": "36.03"}).content.decode()
    assert "Kerupuk Satu" in page and "Kerupuk Jauh" not in page and "desa=36.03.04" in page
    first = client.get("/petugas/verifikasi/", {"desa": home["Daru"].code}).content.decode()
    assert "Kerupuk Dua" in first and "Kerupuk Satu" not in first


def test_large_numbers_are_kept_for_a_minute_and_each_officer_has_her_own(
    home: dict[str, Area], dedi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "LARGE", 1)
    today = date(2026, 11, 24)
    assert officer_day(["36"], today=today).registered == 3
    make_business("Kerupuk Empat", home["Taban"])
    assert officer_day(["36"], today=today).registered == 3
    assert officer_day(["36.03.04"], today=today).registered == 3, "two and the new one"


def test_the_officer_of_the_province_chooses_a_regency(home: dict[str, Area], client: Client) -> None:
    officer = Person.objects.create_user("+6281299990001", "Petugas")
    client.force_login(grant(officer, Area.objects.get(pk="36"), roles.PROVINCE_OFFICER))
    assert "desa=36.04" in client.get("/petugas/usaha/").content.decode()
    page = client.get("/petugas/usaha/", {"desa": "36.04"}).content.decode()
    assert "Kerupuk Jauh" in page and "Kerupuk Satu" not in page
