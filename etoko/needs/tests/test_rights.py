"""Every address of the room × every member of the cast: who gets in; nobody else changes anything."""

from collections.abc import Mapping
from typing import Any

import pytest

from etoko.groups.models import Group
from etoko.groups.models_cooperatives import Cooperative
from etoko.needs.access import standing_of
from etoko.needs.capability import STATEMENTS
from etoko.needs.models import Need
from etoko.needs.operations import say_need
from etoko.needs.tests.conftest import Everything
from etoko.needs.urls import urlpatterns
from etoko.people.models import Person
from tests.cast import NOW, signed_in
from tests.turns import taken_back

pytestmark = pytest.mark.usefixtures("clock")

CAST = "guest rahma herman yanti usman dedi bu_camat regent wati siti".split()
# rahma: owner of the business; herman: chair of the group, and of the cooperative; yanti: kader, usman:
# officer of the village; regent: officer of the regency, who only sees; wati: kader of another village;
# siti: nobody here.
EVERYBODY = set(CAST) - {"guest"}
CARERS = {"yanti", "usman", "dedi", "bu_camat"}
OFFICERS = CARERS | {"regent"}
GROUP_CARERS = CARERS - {"usman"}
POST_ONLY = {"verify", "move"}

LOOKING: Mapping[str, set[str]] = {
    "mine": EVERYBODY,
    "business": {"rahma"} | OFFICERS,
    "group": {"herman"} | OFFICERS,
    "cooperative": {"herman"} | OFFICERS,
    "new_of_business": {"rahma"} | CARERS,
    "new_of_group": {"herman"} | GROUP_CARERS,
    "new_of_cooperative": {"herman"} | GROUP_CARERS,
    "assess_business": {"rahma"} | CARERS,
    "assess_group": {"herman"} | GROUP_CARERS,
    "assess_cooperative": {"herman"} | GROUP_CARERS,
    "need": {"rahma"} | OFFICERS,
    "photo": set(),  # this one has none; test_saying shows one
    "worklist": OFFICERS | {"wati"},
    "villages": OFFICERS | {"wati"},
    "steps": OFFICERS | {"wati"},
    "climbers": OFFICERS | {"wati"},
}
ANSWERS = {one.code: "1" for one in STATEMENTS}
NEED = {"kind": "capital", "text": "Modal", "severity": "2"}
DOING: Mapping[str, tuple[set[str], dict[str, Any]]] = {
    "new_of_business": (LOOKING["new_of_business"], NEED),
    "new_of_group": (LOOKING["new_of_group"], NEED),
    "new_of_cooperative": (LOOKING["new_of_cooperative"], NEED),
    "assess_business": (LOOKING["assess_business"], ANSWERS),
    "assess_group": (LOOKING["assess_group"], ANSWERS),
    "assess_cooperative": (LOOKING["assess_cooperative"], ANSWERS),
    "verify": (CARERS, {"severity": "3"}),
    "move": ({"rahma", "yanti"}, {"reason": "Tidak perlu lagi"}),  # withdraw
}


@pytest.fixture
def everybody(request: pytest.FixtureRequest) -> dict[str, Person]:
    return {name: request.getfixturevalue(name) for name in CAST[1:]}


@pytest.fixture
def addresses(oven: Need, melati: Group, koperasi: Cooperative, herman: Person) -> dict[str, str]:
    say_need(standing=standing_of(herman, melati), kind="quality", text="Kemasan", severity=1, at=NOW)
    found = {}
    for pattern in urlpatterns:
        path = str(pattern.pattern).replace("<slug:need_id>", oven.public_id)
        thing = melati if "kelompok" in path else koperasi if "koperasi" in path else oven.thing
        path = path.replace("<slug:public_id>", thing.public_id).replace("<slug:move>", "withdraw")
        found[str(pattern.name)] = f"/{path}"
    return found


@pytest.mark.parametrize("who", CAST)
def test_who_sees_what(who: str, everybody: dict[str, Person], addresses: dict[str, str]) -> None:
    client = signed_in(who, everybody)
    wrong = []
    for name, address in addresses.items():
        answer = client.get(address)
        wanted = 200 if who in LOOKING.get(name, set()) else 404
        if name in POST_ONLY:
            wanted = 405
        if who == "guest":
            wanted = 302
        if answer.status_code != wanted:
            wrong.append(f"{name}: {answer.status_code}, not {wanted}")
    assert wrong == []


@pytest.mark.parametrize("name", DOING)
def test_who_does_what(
    name: str, everybody: dict[str, Person], addresses: dict[str, str], everything: Everything
) -> None:
    for who in CAST:
        with taken_back(who):
            allowed, form = DOING[name]
            before = everything()
            answer = signed_in(who, everybody).post(addresses[name], form)
            if who in allowed:
                assert answer.status_code == 302 and everything() != before
            else:
                assert answer.status_code == (302 if who == "guest" else 404)
                assert everything() == before


def test_no_address_is_missing_from_the_table(addresses: dict[str, str]) -> None:
    assert set(addresses) == set(LOOKING) | set(DOING)


def test_the_owner_reads_who_looked(addresses: dict[str, str], dedi: Person, client: Any, oven: Need) -> None:
    from etoko.audit.queries import accesses_to

    client.force_login(dedi)
    client.get(addresses["need"])
    assert oven.business is not None
    assert [one.by for one in accesses_to([oven.business])] == ["Dedi"]
