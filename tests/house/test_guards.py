"""The guards that every test stands on do guard."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.template import engines
from django.utils import timezone

from conftest import Clock, QueryInTemplate
from etoko.people.models import Person
from etoko.places.models import Area

MaxQueries = Callable[[int], AbstractContextManager[Any]]


def draw(source: str, **words: Any) -> str:
    drawn: str = engines["rooms"].from_string(source).render(words)
    return drawn


def test_a_page_is_drawn_from_plain_rows(rahma: Person) -> None:
    names = list(Person.objects.values_list("name", flat=True))
    assert draw("{% for name in names %}{{ name }}{% endfor %}", names=names) == "Rahma"


def test_a_page_may_not_walk_a_queryset(rahma: Person, asked_by_templates: list[str]) -> None:
    with pytest.raises(QueryInTemplate, match="SELECT"):
        draw("{% for person in people %}{{ person.name }}{% endfor %}", people=Person.objects.all())
    asked_by_templates.clear()


def test_a_page_may_not_follow_a_foreign_key(rahma: Person, asked_by_templates: list[str]) -> None:
    person = Person.objects.get(pk=rahma.pk)
    with pytest.raises(QueryInTemplate, match="places_area"):
        draw("{{ person.home_area.name }}", person=person)
    asked_by_templates.clear()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_in_another_thread_is_remembered(asked_by_templates: list[str]) -> None:
    def page() -> None:
        with pytest.raises(QueryInTemplate):
            draw("{{ areas|length }}", areas=Area.objects.all())
        connection.close()

    thread = threading.Thread(target=page)
    thread.start()
    thread.join()
    assert len(asked_by_templates) == 1
    asked_by_templates.clear()


def test_too_many_queries_are_listed(db: None, max_queries: MaxQueries) -> None:
    with max_queries(1):
        Area.objects.count()
    with pytest.raises(AssertionError, match="2 queries, at most 1"), max_queries(1):
        Area.objects.count()
        Area.objects.count()


def test_the_clock_stands_still_until_it_is_moved(clock: Clock) -> None:
    assert timezone.localtime().isoformat() == "2026-11-24T10:00:00+07:00"
    clock.forward(days=1, minutes=5)
    assert timezone.localtime().isoformat() == "2026-11-25T10:05:00+07:00"
