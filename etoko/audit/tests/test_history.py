"""The traces, as people read them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.template import engines

from conftest import Clock
from etoko.audit.operations import record_deed
from etoko.audit.queries import Change, find_traces, history_of


def test_says_who_did_what_from_what_to_what(rahma: Any, yanti: Any, clock: Clock) -> None:
    record_deed(
        deed="grant_role",
        subject=rahma,
        by=yanti,
        at=clock.now,
        for_name="Rahma",
        changes={
            "role": (None, "pkk_cadre"),
            "ends_on": (date(2026, 11, 24), None),
            "price_rp": (1500, 2500000),
            "stock": (Decimal("1.500"), True),
            "same": (1, 1),
        },
        reason="Diminta sendiri",
    )
    [row] = history_of(rahma)
    assert (row.deed, row.by, row.for_name, row.subject) == ("Memberi peran", "Yanti", "Rahma", "Rahma")
    assert row.changes == [
        Change("Hari terakhir", "24 November 2026", ""),
        Change("price rp", "Rp1.500", "Rp2.500.000"),
        Change("Peran", "", "Kader PKK"),
        Change("Stok", "1.500", "ya"),
    ]


def test_the_newest_comes_first_and_only_of_this_thing(rahma: Any, siti: Any, clock: Clock) -> None:
    for deed, subject in (("join", rahma), ("add_passkey", rahma), ("join", siti)):
        record_deed(deed=deed, subject=subject, by=subject, at=clock.forward(minutes=1))
    assert [row.deed for row in history_of(rahma)] == ["Menambah kunci sandi", "Mendaftar"]


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ([""], ["Taban", "Kutruk", "nowhere"]),
        (["36.03.04"], ["Taban", "Kutruk"]),
        (["36.03.04.2004"], ["Taban"]),
        (["36.03.0"], []),
        ([], []),
    ],
)
def test_finds_within_the_areas(rahma: Any, clock: Clock, codes: list[str], found: list[str]) -> None:
    for name, code in (("nowhere", ""), ("Kutruk", "36.03.04.2006"), ("Taban", "36.03.04.2004")):
        rahma.name = name
        record_deed(deed="join", subject=rahma, by=None, at=clock.now, area_code=code)
    assert [row.subject for row in find_traces(area_codes=codes).rows] == found


def test_finds_by_person_thing_deed_and_day(rahma: Any, yanti: Any, clock: Clock) -> None:
    record_deed(deed="verify_phone", subject=rahma, by=yanti, at=clock.now)
    record_deed(deed="join", subject=yanti, by=None, at=clock.forward(days=1))
    assert find_traces(area_codes=[""], words="rahma").total == 1
    assert find_traces(area_codes=[""], words="YANTI").total == 2
    assert find_traces(area_codes=[""], words="mendaftar").total == 1
    assert find_traces(area_codes=[""], words="%").total == 0
    assert find_traces(area_codes=[""], day=date(2026, 11, 24)).total == 1


def test_a_page_that_is_not_there_is_the_last_one(rahma: Any, clock: Clock) -> None:
    for _number in range(41):
        record_deed(deed="join", subject=rahma, by=None, at=clock.now)
    page = find_traces(area_codes=[""], page=99)
    assert (page.number, page.last, page.total, len(page.rows)) == (2, 2, 41, 1)


def test_the_timeline_says_by_whom_it_was_recorded(rahma: Any, yanti: Any, clock: Clock) -> None:
    record_deed(deed="join", subject=rahma, by=yanti, at=clock.now, for_name="Bu Rahma <b>")
    record_deed(deed="join", subject=rahma, by=None, at=clock.now)
    html = (
        engines["rooms"]
        .from_string('{% import "audit/_history.html" as audit %}{{ audit.history(rows) }}')
        .render({"rows": history_of(rahma)})
    )
    assert "Untuk Bu Rahma &lt;b&gt;, dicatat oleh Yanti" in html
    assert "Otomatis" in html
    assert "24 November 2026 pukul 10.00 WIB" in html


def test_what_changed_is_left_out_for_whoever_may_not_read_it(rahma: Any, yanti: Any, clock: Clock) -> None:
    for reason in ("", "Salah nomor"):
        record_deed(deed="join", subject=rahma, by=yanti, at=clock.now, area_code="36.03.04", reason=reason)
    asked = []

    def may_read(room: str, area_code: str) -> bool:
        asked.append((room, area_code))
        return False

    page = find_traces(area_codes=["36.03.04"], may_read=may_read)
    assert set(asked) == {("people", "36.03.04")}
    assert [(row.by, row.subject, row.reason, row.is_covered) for row in page.rows] == [
        ("Yanti", "Rahma", "", True),
        ("Yanti", "Rahma", "", False),
    ]
