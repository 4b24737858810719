"""The people whom every test knows, and the ten villages they live in. Invented, but for the villages.

Bu Rahma makes kerupuk in Taban; Pak Herman weaves hats in Kutruk; Bu Siti buys; Bu Yanti is kader of
Taban; Pak Dedi is officer of the sub-district; Bu Camat is PKK chair; Ani stands outside of it all.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from etoko.people import roles
from etoko.people.models import Person, PlaceRole
from etoko.places.models import DISTRICT, PROVINCE, REGENCY, VILLAGE, Area
from etoko.places.names import search_name

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, 10.00 WIB."""

VILLAGES = [
    "Sukamanah",
    "Jambe",
    "Tipar Raya",
    "Taban",
    "Daru",
    "Kutruk",
    "Ranca Buaya",
    "Mekarsari",
    "Ancol Pasir",
    "Pasir Barat",
]

CAST = ["guest", "siti", "ani", "rahma", "herman", "yanti", "dedi", "bu_camat"]
"""The rows of a matrix of rights: whoever is not signed in, and everybody."""
FOR_RAHMAS_SHOP = {"rahma", "yanti", "dedi", "bu_camat"}
"""Who acts for it: herself, the kader of her village, and who may assist in the whole sub-district."""


@pytest.fixture
def villages(db: None) -> dict[str, Area]:
    """Banten > Kabupaten Tangerang > Jambe and its ten villages, by name of the village."""
    above: Area | None = None
    for code, name, level, kind in (
        ("36", "Banten", PROVINCE, "provinsi"),
        ("36.03", "Tangerang", REGENCY, "kabupaten"),
        ("36.03.04", "Jambe", DISTRICT, "kecamatan"),
    ):
        above, _ = Area.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "level": level,
                "kind": kind,
                "parent": above,
                "search_name": search_name(name),
            },
        )
    rows = [
        Area(
            code=f"36.03.04.{2001 + i}",
            name=name,
            level=VILLAGE,
            kind="desa",
            parent=above,
            postal_code="15720",
            search_name=search_name(name),
        )
        for i, name in enumerate(VILLAGES)
    ]
    Area.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.name: row for row in rows}


@pytest.fixture
def jambe(villages: dict[str, Area]) -> Area:
    return Area.objects.get(code="36.03.04")


def _person(phone: str, name: str, area: Area | None) -> Person:
    return Person.objects.create_user(phone, name, "sandi-rahasia-1", home_area=area, phone_verified_at=NOW)


def grant(person: Person, area: Area, role: str) -> Person:
    PlaceRole.objects.create(person=person, area=area, role=role, starts_on=date(2026, 1, 1))
    return person


@pytest.fixture
def rahma(villages: dict[str, Area]) -> Person:
    return _person("+6281210000001", "Rahma", villages["Taban"])


@pytest.fixture
def herman(villages: dict[str, Area]) -> Person:
    return _person("+6281210000002", "Herman", villages["Kutruk"])


@pytest.fixture
def siti(db: None) -> Person:
    return _person("+6281210000003", "Siti", None)


@pytest.fixture
def yanti(villages: dict[str, Area]) -> Person:
    return grant(_person("+6281210000004", "Yanti", villages["Taban"]), villages["Taban"], roles.KADER)


@pytest.fixture
def dedi(villages: dict[str, Area], jambe: Area) -> Person:
    return grant(_person("+6281210000005", "Dedi", villages["Jambe"]), jambe, roles.DISTRICT_OFFICER)


@pytest.fixture
def bu_camat(villages: dict[str, Area], jambe: Area) -> Person:
    return grant(_person("+6281210000006", "Camelia", villages["Jambe"]), jambe, roles.PKK_CHAIR)


@pytest.fixture
def ani(db: None) -> Person:
    return _person("+6281210000007", "Ani", None)


@pytest.fixture
def everybody(request: pytest.FixtureRequest) -> dict[str, Person]:
    return {name: request.getfixturevalue(name) for name in CAST[1:]}


def signed_in(who: str, everybody: dict[str, Person]) -> Client:
    client = Client()
    if who != "guest":
        client.force_login(everybody[who])
    return client


@pytest.fixture
def sent_codes() -> Iterator[list[tuple[str, str]]]:
    """(phone, code) of the one-time codes sent so far, the newest last."""
    from tests.codes import SENT

    SENT.clear()
    yield SENT
    SENT.clear()
