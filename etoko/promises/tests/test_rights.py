"""Every address of the room × who acts for whom, in every state: who gets in, and who changes nothing."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from etoko.partners.models import Organisation
from etoko.partners.tests.conftest import make_partner
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.promises.models import Promise, PromiseStep
from etoko.promises.states import COUNTERPARTY, JUDGE, PROMISE_FLOW, PROMISER
from etoko.promises.tests.conftest import DUE, Everything, carry
from etoko.promises.urls import urlpatterns

pytestmark = pytest.mark.usefixtures("clock")

PARTIES: Mapping[str, tuple[str, ...]] = {
    "guest": (),
    "siti": (),  # speaks for nobody
    "nia": (PROMISER,),
    "kevin": (JUDGE, COUNTERPARTY),  # the beneficiary
    "herman": (JUDGE,),  # of another helix
    "ani": (),  # of another campus: the promiser's own helix
    "dedi": (JUDGE,),  # of the sub-district's office
}
WAY: Mapping[str, str] = {
    "promise_given": "",
    "promise_under_way": "start",
    "promise_reported": "report",
    "promise_verified": "report verify",
    "promise_returned": "report send_back",
    "promise_withdrawal": "ask_withdrawal",
    "promise_withdrawn": "ask_withdrawal accept_withdrawal",
}


@pytest.fixture
def clients(
    request: pytest.FixtureRequest, jambe: Area, dedi: Person, ani: Person, office: Organisation
) -> dict[str, Client]:
    request.getfixturevalue("topi")
    make_partner("Politeknik Jambe", "academia", jambe, by=dedi, lead=ani)
    found = {}
    for who in PARTIES:
        found[who] = Client()
        if who != "guest":
            found[who].force_login(request.getfixturevalue(who))
    return found


def bring(promise: Promise, state: str, campus: Organisation, hotel: Organisation) -> None:
    nia, kevin = campus.mandates.get().person, hotel.mandates.get().person
    for move in WAY[state].split():
        is_own = PROMISER in PROMISE_FLOW.moves[move].by
        carry(promise, move, nia if is_own else kevin, campus if is_own else hotel)


@pytest.mark.parametrize("state", WAY)
def test_the_table_of_moves_holds_for_everybody(
    state: str, training: Promise, campus: Organisation, hotel: Organisation, clients: dict[str, Client]
) -> None:
    """Every button that the page shows is one of the table, and every address beside it changes nothing."""
    bring(training, state, campus, hotel)
    before = Promise.objects.values().get()
    for who, parties in PARTIES.items():
        page = clients[who].get(f"/janji/{training.public_id}/").content.decode()
        offered = {one.name for one in PROMISE_FLOW.moves_from(state, parties)}
        for name, move in PROMISE_FLOW.moves.items():
            path = f"/janji/{training.public_id}/langkah/{name}/"
            assert (path in page) == (name in offered), (who, name)
            if name not in offered and not move.only_in:
                refused = clients[who].post(path, {"reason": "Karena"}).status_code
                expected = 422 if set(parties) & set(move.by) else 404
                assert refused == (302 if who == "guest" else expected), (who, name)
        may_report = PROMISER in parties and state in PROMISE_FLOW.moves["report"].sources
        assert (f"/janji/{training.public_id}/lapor/" in page) == may_report, who
    assert Promise.objects.values().get() == before


def test_who_sees_and_does_what(
    training: Promise, campus: Organisation, clients: dict[str, Client], everything: Everything
) -> None:
    step = carry(training, "start", campus.mandates.get().person, campus).steps.get()
    path = f"/janji/{training.public_id}/"
    doing: Mapping[str, tuple[str, dict[str, Any], set[str]]] = {
        "report": (f"{path}lapor/", {"reason": "Sudah"}, {"nia"}),
        "object": (f"{path}keberatan/", {"text": "Banjir"}, set()),  # refused: it does not count yet
        "answer_objection": (f"{path}keberatan/accept/", {"reason": "Ya"}, set()),  # there is none
        "move": (f"{path}langkah/verify/", {}, {"kevin", "herman", "dedi"}),
        "new": (
            "/janji/baru/",
            {"what": "Lain", "for_words": "Semua", "due_on": DUE.isoformat(), "origin": "own_word"},
            {"nia", "kevin", "herman", "ani", "dedi"},
        ),
    }
    looking = {
        "board": "/janji/",
        "of_partner": f"/janji/mitra/{campus.public_id}/",
        "promise": path,
        "evidence": f"{path}bukti/{step.pk}/",
    }
    assert {str(one.name) for one in urlpatterns} == set(doing) | set(looking)
    for who, client in clients.items():
        for name, address in looking.items():
            wanted = 200 if name != "evidence" else 302 if who == "guest" else 404  # no picture was brought
            assert client.get(address).status_code == wanted, (who, name)
    for name, (address, form, allowed) in doing.items():
        for who in sorted(clients, key=lambda one: one in allowed):
            before = everything()
            answer = clients[who].post(address, form)
            if who not in allowed:
                assert everything() == before, (who, name)
                assert answer.status_code in (302, 404, 422), (who, name)
            elif name in ("report", "new"):
                assert answer.status_code == 302 and everything() != before, (who, name)
    assert PromiseStep.objects.filter(move="verify").count() == 1
