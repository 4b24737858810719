"""Coaches come as often as the level asks, agree who does what, and are told what they missed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from etoko.groups.access import Standing, standing_in
from etoko.groups.models import MANDIRI, Group
from etoko.groups.models_coaching import Action, Visit
from etoko.groups.operations.booking import Deposit, lend, record_income, take_deposit
from etoko.groups.operations.founding import GroupFacts, found_group, set_level
from etoko.groups.operations.meeting import Minutes, record_meeting
from etoko.groups.operations.visiting import (
    NewAction,
    UnableToVisit,
    finish_action,
    plan_visit,
    record_visit,
    tell_missed_visits,
)
from etoko.groups.queries.coaching import time_by_village
from etoko.groups.queries.scoring import scorecard
from etoko.groups.tests.conftest import Everything, member_of
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("clock")


def visit(standing: Standing, **other: Any) -> Visit:
    given: dict[str, Any] = {
        "visited_on": TODAY,
        "minutes": 60,
        "findings": "Kas belum ditulis.",
        "actions": [NewAction("Tulis kas Oktober", "Bu Rahma", TODAY + timedelta(days=7))],
        "next_on": date(2026, 12, 20),
        "at": NOW,
    }
    return record_visit(standing=standing, **(given | other))


def test_a_new_group_waits_for_its_first_visit_as_its_level_asks(melati: Group, ratna: Person) -> None:
    assert melati.next_visit_on == date(2026, 12, 24)  # Pemula: thirty days
    changed = set_level(
        standing=standing_in(ratna, melati), level=MANDIRI, from_on=TODAY, reason="Lomba", at=NOW
    )
    assert changed.next_visit_on == date(2027, 2, 22)  # Mandiri: ninety


def test_the_kader_notes_a_visit_on_her_phone(client: Client, melati: Group, yanti: Person) -> None:
    client.force_login(yanti)
    form = {
        "visited_on": "2026-11-24",
        "minutes": "75",
        "findings": "Kas rapi.\nRapat belum rutin.",
        "what_0": "Adakan rapat Desember",
        "who_0": "Bu Sari",
        "until_0": "2026-12-10",
        "next_on": "2026-12-20",
        "once": "k",
    }
    address = f"/kelompok/{melati.public_id}/pembinaan/"
    assert client.post(f"{address}kunjungan/", form)["Location"] == address
    client.post(f"{address}kunjungan/", form)
    made = Visit.objects.get()
    assert (made.minutes, made.coach, made.next_on) == (75, yanti, date(2026, 12, 20))
    action = made.actions.get()
    assert (action.what, action.who, action.until_on) == (
        "Adakan rapat Desember",
        "Bu Sari",
        date(2026, 12, 10),
    )
    melati.refresh_from_db()
    assert melati.next_visit_on == date(2026, 12, 20)
    page = client.get(address).content.decode()
    assert "Rapat belum rutin." in page and "Adakan rapat Desember" in page
    assert client.post(f"{address}{action.pk}/selesai/").status_code == 302
    action.refresh_from_db()
    assert (action.done_on, action.done_by) == (TODAY, yanti)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"visited_on": date(2026, 11, 25)}, "visited_on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 601}, "minutes"),
        ({"findings": " "}, "findings"),
        ({"next_on": TODAY}, "next_on"),
        ({"next_on": date(2027, 12, 1)}, "next_on"),
        ({"actions": [NewAction("Tulis kas", "", TODAY)]}, "what_0"),
        ({"actions": [NewAction("Tulis kas", "Rahma", date(2026, 11, 23))]}, "what_0"),
    ],
)
def test_refuses_a_visit_that_cannot_be(
    helping: Standing, everything: Everything, wrong: dict[str, Any], field: str
) -> None:
    before = everything()
    with pytest.raises(UnableToVisit) as refused:
        visit(helping, **wrong)
    assert refused.value.field == field
    assert everything() == before


def test_what_is_done_is_done_once(helping: Standing, treasurer: Standing) -> None:
    action = visit(helping).actions.get()
    finish_action(standing=treasurer, action=action, at=NOW)
    finish_action(standing=helping, action=action, at=NOW + timedelta(days=1))
    action.refresh_from_db()
    assert (action.done_on, action.done_by) == (TODAY, treasurer.person)


@pytest.mark.usefixtures("melati", "yanti", "ratna", "usman", "yanti_far")
def test_a_missed_visit_is_told_weekly_until_somebody_comes(helping: Standing) -> None:
    plan_visit(standing=helping, next_on=date(2026, 11, 30), at=NOW)

    def morning(day: int, month: int = 12) -> datetime:
        return datetime(2026, month, day, 3, tzinfo=UTC)

    assert tell_missed_visits(at=morning(30, 11)) == 0
    assert tell_missed_visits(at=datetime(2026, 11, 30, 18, tzinfo=UTC)) == 0  # one in the night
    assert tell_missed_visits(at=morning(1)) == 1
    told = Notice.objects.filter(kind="visit_missed")
    assert set(told.values_list("recipient__name", flat=True)) == {"Yanti", "Ratna"}
    assert "30 November 2026" in told.first().text  # type: ignore[union-attr]
    assert tell_missed_visits(at=morning(2)) == 0
    assert tell_missed_visits(at=morning(8)) == 1
    visit(helping, visited_on=date(2026, 12, 9), next_on=date(2026, 12, 30), at=morning(9), actions=[])
    assert tell_missed_visits(at=morning(20)) == 0
    assert tell_missed_visits(at=morning(31)) == 1


def test_the_scorecard_counts_what_the_group_was_seen_to_do(
    helping: Standing, treasurer: Standing, melati: Group
) -> None:
    Group.objects.filter(pk=melati.pk).update(created_at=datetime(2026, 8, 1, tzinfo=UTC))
    group = Group.objects.get(pk=melati.pk)
    for month in (8, 10):
        record_income(standing=treasurer, amount_rp=100_000, text="Bazar", on=date(2026, month, 5), at=NOW)
        record_meeting(
            standing=helping, minutes=Minutes(date(2026, month, 6), "Rapat"), present=[1, 2, 3], at=NOW
        )
    take_deposit(
        standing=treasurer,
        member=member_of(melati, "Sari"),
        deposit=Deposit(mandatory_rp=5_000),
        on=TODAY,
        at=NOW,
    )
    lend(
        standing=treasurer,
        member=member_of(melati, "Herman"),
        amount_rp=90_000,
        purpose="Bambu",
        months=3,
        charge_rp=0,
        on=date(2026, 8, 10),
        at=NOW,
    )
    done = visit(helping, actions=[NewAction("A", "B", TODAY), NewAction("C", "D", TODAY)])
    finish_action(standing=helping, action=done.actions.all()[0], at=NOW)
    later = TODAY + timedelta(days=1)
    card = {one.title: (one.done, one.of, one.is_kept) for one in scorecard(group, today=later)}
    assert card == {
        "Kas ditulis tiap bulan": (2, 3, False),
        "Rapat tiap bulan": (2, 3, False),
        "Anggota hadir di rapat": (6, 8, True),
        "Anggota menabung atau membayar iuran": (1, 4, False),
        "Pinjaman diangsur tepat waktu": (0, 1, False),
        "Pengurus lengkap": (3, 3, True),
        "Tindak lanjut pembinaan selesai": (1, 2, False),
    }


def test_coach_time_is_compared_by_village(
    helping: Standing, yanti: Person, villages: dict[str, Area], client: Client, ratna: Person
) -> None:
    for name in ("Mawar", "Anggrek"):
        found_group(facts=GroupFacts(name), area=villages["Daru"], by=yanti, at=NOW)
    visit(helping, minutes=90)
    visit(helping, visited_on=date(2025, 11, 1), next_on=date(2025, 12, 1), minutes=500, actions=[])
    rows = time_by_village(["36.03.04"], today=TODAY)
    assert [(one.name, one.groups, one.never, one.visits, one.minutes_per_group) for one in rows] == [
        ("Daru", 2, 2, 0, 0),
        ("Taban", 1, 0, 1, 90),
    ]
    client.force_login(ratna)
    page = client.get("/kelompok/pembinaan/").content.decode()
    assert "90 menit" in page and "Daru" in page
    assert Action.objects.count() == 1
