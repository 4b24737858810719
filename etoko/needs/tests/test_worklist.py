"""What officers see: the most pressing first, counts per village and kind, the same number of queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from etoko.needs.access import standing_of
from etoko.needs.models import Need
from etoko.needs.operations import say_need
from etoko.needs.queries.needs import Filter, village_table, worklist
from etoko.people.models import Person
from etoko.registry.access import people_of_businesses
from etoko.registry.models import Business
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")


def say(business: Business, text: str, *, severity: int, days: int, kind: str = "capital") -> Need:
    owner = people_of_businesses([business.pk])[business.pk][0]
    return say_need(
        standing=standing_of(owner, business),
        kind=kind,
        text=text,
        severity=severity,
        at=NOW - timedelta(days=days),
    )


def test_severity_times_age_decides(business: Business) -> None:
    say(business, "gawat kemarin", severity=4, days=1)
    say(business, "ringan setahun", severity=1, days=365)
    say(business, "berat dua bulan", severity=3, days=60)
    rows = worklist([""], Filter(), at=NOW).rows
    assert [row.text for row in rows] == ["ringan setahun", "berat dua bulan", "gawat kemarin"]
    assert [row.age_tone for row in rows] == ["bad", "wait", ""]
    assert [row.text for row in worklist([""], Filter(least_days=90), at=NOW).rows] == ["ringan setahun"]
    assert worklist([""], Filter(kind="quality"), at=NOW).total == 0
    assert worklist(["36.03.04.2005"], Filter(), at=NOW).total == 0
    assert [number for _least, _tone, number in worklist([""], Filter(), at=NOW).by_age] == [1, 1, 2]


def test_counts_by_village_and_kind(business: Business) -> None:
    say(business, "satu", severity=1, days=10)
    say(business, "dua", severity=1, days=40)
    say(business, "tiga", severity=1, days=5, kind="other")
    rows = village_table(["36.03.04"], at=NOW)
    assert len(rows) == 10
    first = rows[0]
    assert (first.name, first.counts, first.total, first.oldest_days) == (
        "Taban",
        [2, 0, 0, 0, 0, 0, 0, 1],
        3,
        40,
    )
    assert {row.total for row in rows[1:]} == {0}


def test_the_lists_ask_the_same_however_many_there_are(
    client: Client, business: Business, dedi: Person, max_queries: Any
) -> None:
    many = 29
    for number in range(many):
        say(business, f"Kebutuhan {number}", severity=2, days=number)
    client.force_login(dedi)
    with max_queries(9):
        assert f"{many} kebutuhan" in client.get("/petugas/kebutuhan/").content.decode()
    with max_queries(6):
        assert client.get("/petugas/kebutuhan/desa/").status_code == 200
    client.force_login(people_of_businesses([business.pk])[business.pk][0])
    with max_queries(10):
        assert client.get(f"/kebutuhan/usaha/{business.public_id}/").status_code == 200
