"""Minutes: who was there, what was decided."""

from datetime import date

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.groups.access import Standing
from etoko.groups.models import Group, Meeting
from etoko.groups.operations.meeting import Minutes, UnableToRecordMeeting, amend_meeting, record_meeting
from etoko.groups.tests.conftest import Everything
from etoko.people.models import Person
from tests.cast import NOW

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("clock")


def test_the_kader_writes_the_minutes_and_all_members_read_them(
    client: Client, melati: Group, yanti: Person, herman: Person
) -> None:
    client.force_login(yanti)
    form = {
        "held_on": "2026-11-20",
        "agenda": "Rapat bulanan",
        "place": "Rumah Bu Sari",
        "present": ["1", "3"],
        "decisions": "Iuran naik jadi 3.000.\nMulai Desember.",
        "once": "k",
    }
    answer = client.post(f"/kelompok/{melati.public_id}/rapat/baru/", form)
    meeting = Meeting.objects.get()
    assert (meeting.present, meeting.expected, meeting.for_name) == (2, 4, "Poksus Melati")
    client.post(f"/kelompok/{melati.public_id}/rapat/baru/", form)
    assert Meeting.objects.count() == 1
    client.force_login(herman)
    page = client.get(answer["Location"]).content.decode()
    assert "Iuran naik jadi 3.000." in page and "Sari, Rahma" in page and "Lia, Herman" in page


def test_minutes_are_put_right_and_the_trace_says_what_stood_there(helping: Standing) -> None:
    meeting = record_meeting(standing=helping, minutes=Minutes(TODAY, "Rapat"), present=[1], at=NOW)
    amend_meeting(
        standing=helping,
        meeting=meeting,
        minutes=Minutes(TODAY, "Rapat", decisions="Beli oven."),
        present=[1, 2],
        at=NOW,
    )
    meeting.refresh_from_db()
    assert (meeting.decisions, meeting.present) == ("Beli oven.", 2)
    assert AuditEntry.objects.get(deed="amend_meeting").changes == {
        "decisions": ["", "Beli oven."],
        "present": [1, 2],
    }


@pytest.mark.parametrize(
    ("minutes", "present", "field"),
    [
        (Minutes(date(2026, 11, 25), "Rapat"), [1], "held_on"),
        (Minutes(TODAY, " "), [1], "agenda"),
        (Minutes(TODAY, "Rapat"), [], "present"),
        (Minutes(TODAY, "Rapat"), [99], "present"),
        (Minutes(date(2025, 11, 24), "Rapat"), [1], "present"),
    ],
)
def test_refuses_minutes_that_cannot_be(
    helping: Standing, everything: Everything, minutes: Minutes, present: list[int], field: str
) -> None:
    before = everything()
    with pytest.raises(UnableToRecordMeeting) as refused:
        record_meeting(standing=helping, minutes=minutes, present=present, at=NOW)
    assert refused.value.field == field
    assert everything() == before
