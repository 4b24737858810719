"""Every address of the room × every member of the cast: who gets in; nobody else changes anything."""

from collections.abc import Mapping
from typing import Any

import pytest

from etoko.partners.models import Interest, Mandate, Organisation
from etoko.partners.operations import declare_interest
from etoko.partners.tests.conftest import Everything
from etoko.partners.urls import urlpatterns
from etoko.people import roles
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW, grant, signed_in

pytestmark = pytest.mark.usefixtures("clock")

CAST = "guest nia kevin herman yanti dedi bu_camat wati siti".split()
# nia: leader of the campus; kevin: of the hotel; herman: of a business that is a partner; yanti: kader;
# dedi, bu_camat: officer and PKK of the sub-district; wati: officer of another; siti: nobody here.
EVERYBODY = set(CAST) - {"guest"}
KEEPERS = {"dedi", "bu_camat", "wati"}
"""Who keeps partners somewhere."""
ITS_KEEPERS = {"nia", "dedi", "bu_camat"}

PUBLIC = {"directory", "organisation"}
LOOKING: Mapping[str, set[str]] = {
    "keep": ITS_KEEPERS,
    "change": ITS_KEEPERS,
    "give_mandate": ITS_KEEPERS,
    "end_mandate": ITS_KEEPERS,
    "worklist": KEEPERS,
    "register": KEEPERS,
    "from_register": KEEPERS,
    "act_as": EVERYBODY,
    "interests": EVERYBODY,
    "declare": EVERYBODY,
}
FORM = {"name": "Kampus Baru", "helix": "academia", "kind": "Kampus", "reach": "of_regency"}
MANDATE = {
    "phone": "081270000009",
    "name": "Baru",
    "kind": "speaker",
    "role": "Wakil",
    "decree_number": "1",
    "starts_on": "2026-11-24",
}
DOING: Mapping[str, tuple[set[str], dict[str, Any]]] = {
    "change": (ITS_KEEPERS, FORM),
    "give_mandate": (ITS_KEEPERS, MANDATE),
    "end_mandate": (ITS_KEEPERS, {"reason": "Pindah"}),
    "declare": (EVERYBODY, {"kind": "contract"}),
    "end_interest": ({"nia"}, {}),
}


@pytest.fixture
def wati(db: None, jambe: Area) -> Person:
    area = Area.objects.create(code="36.03.05", name="Cisoka", level=3, kind="kecamatan", parent=jambe.parent)
    person = Person.objects.create_user("+6281210000011", "Wati", phone_verified_at=NOW)
    return grant(person, area, roles.DISTRICT_OFFICER)


@pytest.fixture
def everybody(request: pytest.FixtureRequest) -> dict[str, Person]:
    return {name: request.getfixturevalue(name) for name in CAST[1:]}


@pytest.fixture
def addresses(campus: Organisation, hotel: Organisation, topi: Organisation, nia: Person) -> dict[str, str]:
    interest = declare_interest(person=nia, kind=Interest.KIN, towards=hotel, at=NOW)
    mandate = Mandate.objects.get(organisation=campus)
    found = {}
    for pattern in urlpatterns:
        path = str(pattern.pattern).replace("<slug:organisation_id>", campus.public_id)
        path = path.replace("<int:mandate_id>", str(mandate.pk))
        found[str(pattern.name)] = "/" + path.replace("<int:interest_id>", str(interest.pk))
    found["declare"] += f"?kepada=mitra:{campus.public_id}"
    return found


@pytest.mark.parametrize("who", CAST)
def test_who_sees_what(who: str, everybody: dict[str, Person], addresses: dict[str, str]) -> None:
    client = signed_in(who, everybody)
    wrong = []
    for name, address in addresses.items():
        wanted = 200 if name in PUBLIC or who in LOOKING.get(name, set()) else 404
        if name == "end_interest":
            wanted = 405
        if who == "guest" and name not in PUBLIC:
            wanted = 302
        if (answer := client.get(address)).status_code != wanted:
            wrong.append(f"{name}: {answer.status_code}, not {wanted}")
    assert wrong == []


@pytest.mark.parametrize("who", CAST)
def test_who_does_what(
    who: str, everybody: dict[str, Person], addresses: dict[str, str], everything: Everything
) -> None:
    client = signed_in(who, everybody)
    for name, (allowed, form) in DOING.items():
        before = everything()
        answer = client.post(addresses[name], form)
        if who in allowed:
            assert answer.status_code == 302 and everything() != before, name
        else:
            assert answer.status_code == (302 if who == "guest" else 404), name
            assert everything() == before, name


def test_no_address_is_missing_from_the_table(addresses: dict[str, str]) -> None:
    assert set(addresses) == PUBLIC | set(LOOKING) | set(DOING)
