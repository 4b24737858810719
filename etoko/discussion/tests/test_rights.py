"""Every address of the room × every member of the cast: who gets in; nobody else changes anything."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import transaction

from etoko.discussion.links import reply_path
from etoko.discussion.models import Post, Thread
from etoko.discussion.tests.conftest import Everything
from etoko.discussion.urls import urlpatterns
from etoko.people.models import Person
from etoko.registry.models import Business
from etoko.registry.tests.businesses import make_business
from tests.cast import CAST, NOW, signed_in

pytestmark = pytest.mark.usefixtures("clock")

EVERYBODY = set(CAST)
SIGNED_IN = EVERYBODY - {"guest"}
TENDERS = {"yanti", "dedi", "bu_camat"}
# rahma asked, herman replied; the address of a post is that of his reply.
LOOKING: Mapping[str, set[str]] = {
    "discussion": EVERYBODY,
    "thread": EVERYBODY,
    "reply_by_link": EVERYBODY,  # the address is the key
    "new_thread": SIGNED_IN,
    "reply": SIGNED_IN,
    "post": SIGNED_IN,
    "report": SIGNED_IN,
    "need": {"herman", "dedi", "bu_camat"},  # yanti is no kader of his village
    "mine": SIGNED_IN,
    "desk": TENDERS,
}
NEED = {"kind": "quality", "text": "Alat sendiri", "severity": "2"}
DOING: Mapping[str, tuple[set[str], dict[str, Any]]] = {
    "new_thread": (
        SIGNED_IN - {"herman"},  # he wrote a moment ago and is new here
        {"kind": "talk", "topic": "lain", "area": "36.03.04", "title": "Halo", "text": "Salam kenal"},
    ),
    "reply": (SIGNED_IN - {"herman"}, {"text": "Setuju"}),
    "choose": ({"rahma"} | TENDERS, {}),
    "follow": (SIGNED_IN, {"wish": "muted"}),
    "report": (SIGNED_IN - {"herman"}, {"reason": "Kasar"}),
    "withdraw": ({"herman"}, {}),
    "moderate": (TENDERS, {"move": "hide", "reason": "Kasar"}),
    "appeal": (set(), {"reason": "Tidak kasar"}),  # it is not hidden
    "need": (LOOKING["need"], NEED),
}


@pytest.fixture
def addresses(question: Thread, reply: Post, rahma: Person, herman: Person) -> dict[str, str]:
    make_business("Topi Herman", herman.home_area, owned_by=herman)  # type: ignore[arg-type]
    Post.objects.filter(pk=reply.pk).update(written_at=NOW)
    link = reply_path(reply, person=rahma, at=NOW)
    found = {}
    for pattern in urlpatterns:
        path = "/" + str(pattern.pattern).replace("<str:post_id>", reply.public_id)
        path = path.replace("<str:thread_id>", question.public_id).replace("<slug:slug>", question.slug)
        found[str(pattern.name)] = link if "token" in path else path
    return found


def test_the_table_names_every_address(addresses: dict[str, str]) -> None:
    assert {*LOOKING, *DOING} == set(addresses)


@pytest.mark.parametrize("who", CAST)
def test_who_gets_in_and_who_changes_something(
    who: str, everybody: dict[str, Person], addresses: dict[str, str], everything: Everything
) -> None:
    client = signed_in(who, everybody)
    for name, allowed in LOOKING.items():
        got_in = client.get(addresses[name]).status_code == 200
        assert got_in is (who in allowed), (who, name)
    before = everything()
    thing = Business.objects.get(name="Topi Herman").public_id
    for name, (allowed, form) in DOING.items():
        with transaction.atomic():
            client.post(addresses[name], form | {"thing": thing})
            assert (everything() != before) is (who in allowed), (who, name)
            transaction.set_rollback(True)
    assert everything() == before
