from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.privacy.models import Breach
from etoko.privacy.operations import record_breach

pytestmark = pytest.mark.django_db

FORM = {
    "found_at": "2026-11-24T09:00",
    "what": "HP kader hilang di pasar",
    "leaked": "Nama dan nomor 40 pemilik usaha",
    "people": "40",
    "handling": "Sesi diputus",
}


@pytest.fixture
def breach(clock: Clock, dedi: Person, jambe: Area) -> Breach:
    return record_breach(
        area=jambe,
        found_at=clock.now,
        what="HP kader hilang",
        leaked="Nomor HP",
        people=None,
        handling="",
        by=dedi,
        at=clock.now,
    )


def titles() -> list[str]:
    return list(Notice.objects.filter(kind="breach").order_by("id").values_list("key", flat=True))


def test_is_recorded_once_and_the_clock_runs(client: Client, clock: Clock, dedi: Person) -> None:
    client.force_login(dedi)
    for _press in range(2):
        answer = client.post("/petugas/insiden/baru/", {**FORM, "once": "a"})
        assert answer.status_code == 302
    breach = Breach.objects.get()
    assert breach.tell_by_at - breach.found_at == timedelta(hours=72)
    assert (breach.people, breach.area_id) == (40, "36.03.04")
    page = client.get(answer["Location"]).content.decode()
    assert "Sisa 71 jam" in page or "Sisa 70 jam" in page
    assert "HP kader hilang" in client.get("/petugas/insiden/").content.decode()


def test_what_is_missing_or_not_yet_is_said_and_what_was_typed_stays(
    client: Client, clock: Clock, dedi: Person
) -> None:
    client.force_login(dedi)
    ahead = client.post("/petugas/insiden/baru/", {**FORM, "found_at": "2026-11-25T09:00", "once": "a"})
    assert ahead.status_code == 422
    assert "masa depan" in ahead.content.decode()
    assert "HP kader hilang di pasar" in ahead.content.decode()
    empty = client.post("/petugas/insiden/baru/", {"found_at": "kemarin", "once": "b"})
    assert empty.status_code == 422
    assert not Breach.objects.exists()


def test_reminds_as_the_time_runs_out_and_each_time_once(clock: Clock, breach: Breach, dedi: Person) -> None:
    assert len(titles()) == 1
    clock.forward(hours=47)
    call_command("run_due_work")
    assert len(titles()) == 1
    for hours in (1.5, 0.5, 17, 6, 1):
        clock.forward(hours=hours)
        call_command("run_due_work")
    assert [key.split(":")[2] for key in titles()] == ["recorded", "remind0", "remind1", "remind2"]


def test_who_was_told_stands_once_and_ends_the_reminders(
    client: Client, clock: Clock, breach: Breach, dedi: Person
) -> None:
    client.force_login(dedi)
    for who in ("lembaga", "orang", "lembaga"):
        assert client.post(f"/petugas/insiden/{breach.public_id}/{who}/", {"once": who}).status_code == 302
    breach.refresh_from_db()
    assert breach.agency_told_at == breach.people_told_at == clock.now
    assert AuditEntry.objects.filter(deed__startswith="tell_").count() == 2
    clock.forward(hours=71)
    call_command("run_due_work")
    assert len(titles()) == 1


def test_is_not_closed_before_everybody_knows(
    client: Client, clock: Clock, breach: Breach, dedi: Person
) -> None:
    client.force_login(dedi)
    address = f"/petugas/insiden/{breach.public_id}/selesai/"
    refused = client.post(address, {"reason": "HP dikunci", "once": "a"})
    assert refused.status_code == 422
    assert "Beri tahu dulu" in refused.content.decode()
    assert "HP dikunci" in refused.content.decode()
    for who in ("lembaga", "orang"):
        client.post(f"/petugas/insiden/{breach.public_id}/{who}/", {"once": who})
    assert client.post(address, {"reason": "", "once": "b"}).status_code == 422
    assert client.post(address, {"reason": "HP dikunci", "once": "c"}).status_code == 302
    breach.refresh_from_db()
    assert (breach.state, breach.close_reason) == ("closed", "HP dikunci")


def test_the_letter_is_a_paper(client: Client, breach: Breach, dedi: Person) -> None:
    client.force_login(dedi)
    letter = client.get(f"/petugas/insiden/{breach.public_id}/surat.pdf")
    assert letter.content.startswith(b"%PDF")
