"""Machines and people learn whether the installation is well."""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.catalog.models import StockCheck
from etoko.foundation.models import Turn
from etoko.foundation.operations.turns import do_alone
from etoko.foundation.tests.test_reaping import a_task
from etoko.notices.models import Delivery
from etoko.notices.operations import send_notice
from etoko.people.models import Person

pytestmark = pytest.mark.django_db


def nothing(*, at: datetime) -> int:
    return 0


@pytest.fixture
def ticking(clock: Clock) -> Clock:
    do_alone(name="expire_orders", deed=nothing, at=clock.now)
    return clock


def a_delivery(clock: Clock, key: str = "a", **more: Any) -> Delivery:
    notice = send_notice(
        key=key, phone="081311112222", kind="x", title="Pesanan baru", text="x", at=clock.now
    )
    return notice.deliveries.create(
        **{"channel": "whatsapp", "address": notice.phone, "next_try_at": clock.now, **more}
    )


def asked(client: Client) -> tuple[int, Any]:
    answer = client.get("/sehat/")
    return answer.status_code, answer.json()


def test_all_is_well(client: Client, ticking: Clock, max_queries: Any) -> None:
    with max_queries(4):
        status, said = asked(client)
    assert (status, said["status"], said["problems"], said["tick_age_s"]) == (200, "ok", [], 0)
    assert said["version"] == "0.1.0"
    assert said["disk_free_mb"] > 0


def test_without_a_worker_it_is_not(client: Client, clock: Clock) -> None:
    assert asked(client)[1]["problems"] == ["tick"]


@pytest.mark.parametrize(("minutes", "problems"), [(5, []), (6, ["tick"])])
def test_a_worker_that_stands_still_is_noticed(
    client: Client, ticking: Clock, minutes: int, problems: list[str]
) -> None:
    ticking.forward(minutes=minutes)
    assert asked(client)[1]["problems"] == problems


def test_a_worker_that_hangs_in_one_deed_is_noticed(client: Client, ticking: Clock) -> None:
    do_alone(name="complete_orders", deed=nothing, at=ticking.forward(minutes=6))
    do_alone(name="a_deed_of_last_year", deed=nothing, at=ticking.now - timedelta(days=400))
    status, said = asked(client)
    assert (status, said["problems"], said["tick_age_s"]) == (503, ["tick"], 360)
    do_alone(name="expire_orders", deed=nothing, at=ticking.now)
    assert asked(client)[0] == 200


def test_messages_that_pile_up(client: Client, ticking: Clock) -> None:
    a_delivery(ticking, next_try_at=ticking.now - timedelta(minutes=16))
    a_delivery(ticking, "b", next_try_at=ticking.now + timedelta(hours=9))  # of the quiet hours
    status, said = asked(client)
    assert (status, said["problems"], said["messages_due"], said["messages_oldest_s"]) == (
        503,
        ["messages"],
        1,
        960,
    )


def test_messages_that_failed_are_told_and_make_nobody_unwell(client: Client, ticking: Clock) -> None:
    a_delivery(ticking, state="failed", failed_at=ticking.now)
    a_delivery(ticking, "b", state="uncertain")
    status, said = asked(client)
    assert (status, said["messages_failed"], said["messages_uncertain"]) == (200, 1, 1)


def test_tasks_that_pile_up(client: Client, ticking: Clock) -> None:
    task = a_task("READY")
    type(task).objects.update(enqueued_at=ticking.now - timedelta(minutes=16))
    a_task("FAILED", finished_at=ticking.now)
    status, said = asked(client)
    assert (status, said["problems"], said["tasks_oldest_s"], said["tasks_failed"]) == (
        503,
        ["tasks"],
        960,
        1,
    )


def test_a_deed_that_fails_again_and_again(client: Client, ticking: Clock) -> None:
    Turn.objects.update(failed_in_row=3, failure="RuntimeError: sandi=rahasia")
    status, said = asked(client)
    assert (status, said["problems"], said["failing_deeds"]) == (503, ["deeds"], ["expire_orders"])
    assert "rahasia" not in json.dumps(said)


@pytest.fixture
def wrong_books(ticking: Clock) -> StockCheck:
    wrong = {"what": "paid_of_order", "about": 1, "name": "K7M-2QX", "stands": 30_000, "reckoned": 10_000}
    return StockCheck.objects.create(night_on=date(2026, 11, 24), checked_at=ticking.now, differences=[wrong])


def test_figures_that_do_not_fit(client: Client, wrong_books: StockCheck, dedi: Person) -> None:
    status, said = asked(client)
    assert (status, said["problems"], said["books_differ"]) == (503, ["books"], 1)
    assert "K7M" not in json.dumps(said)
    client.force_login(dedi)
    page = client.get("/petugas/server/").content.decode()
    assert "Hitungan stok atau uang tidak cocok." in page
    assert "K7M-2QX: sudah dibayar menurut pesanan 30000, seharusnya 10000" in page
    StockCheck.objects.create(night_on=date(2026, 11, 25), checked_at=wrong_books.checked_at)
    assert "K7M-2QX" not in client.get("/petugas/server/").content.decode()


def test_a_disk_that_is_nearly_full(client: Client, ticking: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etoko.portal.health.LEAST_FREE_MB", 10**9)
    assert asked(client)[1]["problems"] == ["disk"]


def test_a_database_that_is_away(client: Client, ticking: Clock) -> None:
    def away(*args: Any) -> Any:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(away):
        status, said = asked(client)
    assert (status, said["status"], said["problems"]) == (503, "down", ["database"])


def test_the_command_says_the_same_to_people_and_machines(ticking: Clock) -> None:
    said = StringIO()
    call_command("health", stdout=said)
    assert said.getvalue().endswith("well\n")
    Turn.objects.all().delete()
    for arguments in ((), ("--json",)):
        said = StringIO()
        with pytest.raises(SystemExit) as end:
            call_command("health", *arguments, stdout=said)
        assert end.value.code == 1
    assert json.loads(said.getvalue())["problems"] == ["tick"]


# ----------------------------------------------------------------------------------- for people


def test_staff_see_it_and_try_again(client: Client, dedi: Person, ticking: Clock) -> None:
    delivery = a_delivery(
        ticking, state="failed", failed_at=ticking.now, reason="Nomor ini tidak memakai WhatsApp."
    )
    task = a_task("FAILED", tries=5, finished_at=ticking.now)
    Turn.objects.update(failed_in_row=3, failed_at=ticking.now, failure="RuntimeError: penuh")
    client.force_login(dedi)
    page = client.get("/petugas/server/").content.decode()
    for words in (
        "Ada pekerjaan yang gagal berkali-kali.",
        "Nomor ini tidak memakai WhatsApp.",
        "0813-••••-•222",
        "Membatalkan pesanan yang tidak dijawab",
        "RuntimeError: penuh",
    ):
        assert words in page
    assert "081311112222" not in page.replace("-", "")
    for _time in range(2):
        client.post(f"/petugas/server/kabar/{delivery.pk}/")
        client.post(f"/petugas/server/pekerjaan/{task.pk}/")
    delivery.refresh_from_db()
    task.refresh_from_db()
    assert (delivery.state, task.status) == ("waiting", "READY")
    assert sorted(AuditEntry.objects.values_list("deed", flat=True)) == ["retry_delivery", "retry_task"]


def test_the_page_costs_the_same_with_many(
    client: Client, dedi: Person, ticking: Clock, max_queries: Any
) -> None:
    client.force_login(dedi)
    for number in range(30):
        a_delivery(ticking, str(number), state="failed", failed_at=ticking.now)
        a_task("FAILED", finished_at=ticking.now)
    with max_queries(10):
        assert client.get("/petugas/server/").status_code == 200
