"""Rahma asks about her kerupuk, Herman answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from etoko.discussion.models import Post, Thread
from etoko.discussion.operations import Said, start_thread, write_reply
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW

Everything = Callable[[], dict[str, list[Any]]]


def ask(by: Person, area: Area, *, title: str = "Kerupuk cepat melempem", **more: Any) -> Thread:
    given: dict[str, Any] = {
        "kind": Thread.QUESTION,
        "topic": "kemasan",
        "said": Said("Plastik apa yang dipakai? Punya saya seminggu sudah lembek."),
        "at": NOW - timedelta(days=1),
    }
    return start_thread(title=title, area=area, by=by, **(given | more))


def answer(thread: Thread, by: Person, text: str = "Plastik PP 0,8 dan silika gel.", **more: Any) -> Post:
    return write_reply(thread=thread, said=Said(text), by=by, **({"at": NOW - timedelta(hours=20)} | more))


@pytest.fixture
def question(rahma: Person, villages: dict[str, Area]) -> Thread:
    return ask(rahma, villages["Taban"])


@pytest.fixture
def reply(question: Thread, herman: Person) -> Post:
    return answer(question, herman)


@pytest.fixture
def everything(db: None) -> Everything:
    """All rows of this room, the needs, the traces and the news, to see that nothing changed."""

    def rows() -> dict[str, list[Any]]:
        others = [apps.get_model(name) for name in ("needs.Need", "audit.AuditEntry", "notices.Notice")]
        models = [*apps.get_app_config("discussion").get_models(), *others]
        return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}

    return rows
