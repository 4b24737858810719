"""The campus promises the hotel something; and the people of the partners."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from etoko.partners.access import Voice, voice_for
from etoko.partners.models import Organisation
from etoko.partners.tests.conftest import campus, hotel, kept_campus, kevin, nia, office, topi
from etoko.people.models import Person
from etoko.promises.access import Standing
from etoko.promises.models import Promise
from etoko.promises.operations import PromiseFacts, make_promise, move_promise, report_promise
from tests.cast import NOW

__all__ = ["campus", "hotel", "kept_campus", "kevin", "nia", "office", "topi"]

Everything = Callable[[], dict[str, list[Any]]]
DUE = NOW.date() + timedelta(days=30)


def voice(person: Person, organisation: Organisation) -> Voice:
    found = voice_for(person, organisation)
    assert found is not None
    return found


def standing(promise: Promise, person: Person, organisation: Organisation) -> Standing:
    fresh = Promise.objects.select_related("organisation").get(pk=promise.pk)
    return Standing(fresh, person, voice_for(person, organisation))


def carry(promise: Promise, moves: str, person: Person, organisation: Organisation, at: Any = NOW) -> Promise:
    for move in moves.split():
        held = standing(promise, person, organisation)
        if move == "report":
            promise = report_promise(standing=held, reason="Sudah", at=at)
        else:
            promise = move_promise(standing=held, move=move, reason="Banjir", at=at)
    return promise


@pytest.fixture
def training(campus: Organisation, hotel: Organisation, nia: Person) -> Promise:
    facts = PromiseFacts("Melatih dapur hotel", DUE, hotel)
    return make_promise(voice=voice(nia, campus), facts=facts, at=NOW)


@pytest.fixture
def everything(db: None) -> Everything:
    """All rows of this room, the traces and the news, to see that nothing changed."""

    def rows() -> dict[str, list[Any]]:
        others = [apps.get_model("audit.AuditEntry"), apps.get_model("notices.Notice")]
        models = [*apps.get_app_config("promises").get_models(), *others]
        return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}

    return rows
