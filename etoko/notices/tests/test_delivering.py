"""The outbox is emptied: once each, again later when it must be, and honestly when nobody can know."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.notices.channels import Accepted
from etoko.notices.models import Delivery, Notice, PushDevice, Reach
from etoko.notices.operations import read_notice, send_notice
from etoko.notices.operations.delivering import (
    BACK_OFF,
    CLAIMED_FOR,
    claim_delivery,
    note_outcome,
    retry_delivery,
    send_deliveries,
)
from etoko.notices.tests.conftest import WORDS
from etoko.notices.tests.providers import Answer, Provider, whatsapp_error
from etoko.people.models import Person

pytestmark = pytest.mark.django_db
TO = "+6281311112222"


def tell(clock: Clock, key: str = "a", **more: Any) -> Notice:
    return send_notice(key=key, at=clock.now, **{**WORDS, **({"phone": TO} | more)})


def row(**of: Any) -> Delivery:
    return Delivery.objects.get(**of)


def test_what_is_not_due_waits(clock: Clock, whatsapp: Provider) -> None:
    tell(clock)
    Delivery.objects.update(next_try_at=clock.now + timedelta(seconds=1))
    assert send_deliveries(at=clock.now) == 0
    assert send_deliveries(at=clock.forward(seconds=1)) == 1
    assert send_deliveries(at=clock.now) == 0
    assert (row().state, len(whatsapp.received)) == ("sent", 1)


def test_after_a_failure_it_is_tried_ever_later_and_then_given_up(clock: Clock, whatsapp: Provider) -> None:
    tell(clock)
    Reach.objects.all().delete()
    Delivery.objects.update(next_try_at=clock.now)
    for number, wait in enumerate(BACK_OFF, start=1):
        whatsapp.answers = [Answer(500)]
        assert send_deliveries(at=clock.now) == 1
        now = row()
        assert (now.state, now.attempts, now.reason) == ("waiting", number, "WhatsApp sedang terganggu.")
        waited = now.next_try_at - clock.now
        assert wait <= waited < wait + timedelta(seconds=5) or now.next_try_at.astimezone(UTC).hour == 22
        clock.now = now.next_try_at
    whatsapp.answers = [Answer(500)]
    send_deliveries(at=clock.now)
    assert (row().state, row().failed_at is not None) == ("failed", True)
    assert send_deliveries(at=clock.forward(days=7)) == 0
    assert len(whatsapp.received) == 6


def test_a_try_that_would_fall_into_the_night_waits_for_the_morning(clock: Clock, whatsapp: Provider) -> None:
    clock.now = datetime(2026, 11, 24, 13, 59, 30, tzinfo=UTC)  # 20.59.30 WIB
    tell(clock)
    whatsapp.answers = [Answer(500)]
    send_deliveries(at=clock.now)
    assert row().next_try_at == datetime(2026, 11, 24, 22, 0, tzinfo=UTC)  # 05.00 WIB


def test_what_the_provider_asks_for_is_kept(clock: Clock, whatsapp: Provider) -> None:
    tell(clock)
    whatsapp.answers = [Answer(429, headers={"Retry-After": "3600"})]
    send_deliveries(at=clock.now)
    assert row().next_try_at >= clock.now + timedelta(hours=1)


def test_a_channel_that_is_down_is_left_alone_for_this_round(
    clock: Clock, rahma: Person, whatsapp: Provider, push_service: Provider
) -> None:
    from etoko.notices.tests.test_push import a_device

    for number in range(3):
        tell(clock, key=str(number))
    a_device(rahma, push_service)
    tell(clock, key="push", recipient=rahma, phone="")
    Delivery.objects.filter(channel="whatsapp", notice__key="push").delete()
    whatsapp.answers = [whatsapp_error(190, 401)]
    assert send_deliveries(at=clock.now) == 2
    assert (len(whatsapp.received), len(push_service.received)) == (1, 1)
    assert sorted(Delivery.objects.values_list("channel", "attempts", "state")) == [
        ("push", 1, "sent"),
        ("whatsapp", 0, "waiting"),
        ("whatsapp", 0, "waiting"),
        ("whatsapp", 1, "waiting"),
    ]


def test_what_will_never_be_taken_is_not_tried_again(clock: Clock, whatsapp: Provider) -> None:
    tell(clock)
    whatsapp.answers = [whatsapp_error(131026)]
    send_deliveries(at=clock.now)
    assert row().state == "failed"
    assert row().reason == "Nomor ini tidak memakai WhatsApp, atau tidak bisa menerima pesan."


def test_what_was_read_meanwhile_is_not_sent(clock: Clock, rahma: Person, whatsapp: Provider) -> None:
    notice = tell(clock, recipient=rahma, phone="")
    read_notice(notice=notice, at=clock.now)
    send_deliveries(at=clock.now)
    assert (row().state, row().reason) == ("skipped", "Sudah dibaca di kotak kabar.")
    assert whatsapp.received == []


def test_a_channel_taken_away_leaves_nothing_waiting(
    clock: Clock, whatsapp: Provider, settings: Settings
) -> None:
    tell(clock)
    settings.WHATSAPP = {**settings.WHATSAPP, "token": ""}
    send_deliveries(at=clock.now)
    assert row().state == "skipped"


def test_a_mistake_of_ours_stops_no_other_and_is_not_repeated_by_whatsapp(
    clock: Clock, whatsapp: Provider, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    tell(clock)
    tell(clock, key="b", phone="+6281311113333")
    settings.WHATSAPP = {key: word for key, word in settings.WHATSAPP.items() if key != "template"}
    assert send_deliveries(at=clock.now) == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {"uncertain"}
    assert "failed" in caplog.text


# -------------------------------------------------------------------------------- workers that die


def test_what_a_dead_worker_may_have_sent_is_uncertain_and_stays_so(clock: Clock, whatsapp: Provider) -> None:
    tell(clock)
    assert claim_delivery(pk=row().pk, at=clock.now) is not None
    assert send_deliveries(at=clock.now + CLAIMED_FOR - timedelta(seconds=1)) == 0
    assert row().state == "sending"
    assert send_deliveries(at=clock.now + CLAIMED_FOR) == 0
    assert send_deliveries(at=clock.now + timedelta(days=3)) == 0
    assert (row().state, whatsapp.received) == ("uncertain", [])


def test_a_clock_that_is_set_back_leaves_nothing_in_nobodys_hands(clock: Clock, whatsapp: Provider) -> None:
    tell(clock)
    claim_delivery(pk=row().pk, at=clock.now)
    send_deliveries(at=clock.now - timedelta(minutes=1))
    assert row().state == "sending"
    send_deliveries(at=clock.now - timedelta(days=1))
    assert row().state == "uncertain"


def test_what_a_dead_worker_may_have_pushed_is_pushed_again(
    clock: Clock, rahma: Person, push_service: Provider
) -> None:
    from etoko.notices.tests.test_push import a_device

    a_device(rahma, push_service)
    tell(clock, recipient=rahma, phone="")
    assert claim_delivery(pk=row().pk, at=clock.now) is not None
    send_deliveries(at=clock.now + CLAIMED_FOR)
    clock.now = row().next_try_at
    assert send_deliveries(at=clock.now) == 1
    assert (row().state, row().attempts, len(push_service.received)) == ("sent", 2, 1)


def test_a_worker_that_comes_back_too_late_changes_nothing(clock: Clock, whatsapp: Provider) -> None:
    tell(clock)
    slow = claim_delivery(pk=row().pk, at=clock.now)
    assert slow is not None
    send_deliveries(at=clock.now + CLAIMED_FOR)
    note_outcome(delivery=slow, outcome=Accepted("wamid.late"), at=clock.now + CLAIMED_FOR)
    assert (row().state, row().provider_id) == ("uncertain", "")


def test_somebody_may_try_it_again_and_it_is_traced(clock: Clock, dedi: Person, whatsapp: Provider) -> None:
    tell(clock)
    assert retry_delivery(delivery=row(), by=dedi, at=clock.now) is False
    claim_delivery(pk=row().pk, at=clock.now)
    send_deliveries(at=clock.now + CLAIMED_FOR)
    found = row()
    assert retry_delivery(delivery=found, by=dedi, at=clock.now) is True
    assert retry_delivery(delivery=found, by=dedi, at=clock.now) is False
    assert AuditEntry.objects.get(deed="retry_delivery").changes == {"state": ["uncertain", "waiting"]}
    assert send_deliveries(at=clock.now) == 1
    assert row().state == "sent"


DYING = """
import os, signal, sys, django; django.setup()
from django.db import connections
connections.databases["default"]["NAME"] = os.environ["TRIED_DATABASE"]
import requests
from etoko.notices.operations import delivering
from django.utils import timezone
real = requests.post
def before(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)
def after(*args, **more):
    real(*args, **more)
    os.kill(os.getpid(), signal.SIGKILL)
requests.post = {"before": before, "after": after}[sys.argv[1]]
delivering.send_deliveries(at=timezone.now())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("when", "posted"), [("before", 0), ("after", 1)])
def test_a_worker_killed_while_sending_sends_at_most_once(
    whatsapp: Provider, when: str, posted: int, settings: Settings
) -> None:
    now = datetime.now(UTC)
    send_notice(key="a", phone=TO, at=now, **{**WORDS, "kind": "account_helped"})
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "etoko.config.settings",
        "TRIED_DATABASE": str(connection.settings_dict["NAME"]),
        "ETOKO_WHATSAPP_URL": whatsapp.address,
        "ETOKO_WHATSAPP_TOKEN": "t",
        "ETOKO_WHATSAPP_PHONE_ID": "1059",
    }
    done = subprocess.run(
        [sys.executable, "-c", DYING, when], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]
    assert (row().state, len(whatsapp.received)) == ("sending", posted)
    later = now + CLAIMED_FOR + timedelta(minutes=1)
    send_deliveries(at=later)
    send_deliveries(at=later + timedelta(days=1))
    assert (row().state, len(whatsapp.received)) == ("uncertain", posted)


# ---------------------------------------------------------------------------------------- races


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_once(clock: Clock, whatsapp: Provider) -> None:
    for number in range(25):
        tell(clock, key=str(number), phone=f"+62813111122{number:02}")
    together, tried = threading.Barrier(4), []

    def worker() -> None:
        together.wait()
        tried.append(send_deliveries(at=clock.now))
        connection.close()

    threads = [threading.Thread(target=worker) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(tried) == 25
    assert sorted(received.json["to"] for received in whatsapp.received) == [
        f"62813111122{number:02}" for number in range(25)
    ]
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_the_same_race_sends_twice(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the harness can see what the claim prevents."""
    from etoko.notices.operations import delivering

    def unclaimed(*, pk: int, at: datetime) -> Delivery:
        return Delivery.objects.select_related("notice__recipient__reach").get(pk=pk)

    together = threading.Barrier(2)
    sent: list[int] = []

    def send(delivery: Delivery, *, at: datetime) -> Accepted:
        together.wait(20)
        sent.append(delivery.pk)
        return Accepted()

    monkeypatch.setattr(delivering, "claim_delivery", unclaimed)
    monkeypatch.setattr(delivering, "_send", send)
    monkeypatch.setattr(delivering, "configured", lambda: {"whatsapp"})
    notice = Notice.objects.create(key="a", phone=TO, kind="x", title="x", text="x", created_at=clock.now)
    Delivery.objects.create(notice=notice, channel="whatsapp", address=TO, next_try_at=clock.now)

    def worker() -> None:
        send_deliveries(at=clock.now)
        connection.close()

    threads = [threading.Thread(target=worker) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 2


def test_the_service_device_is_forgotten_when_it_is_gone(
    clock: Clock, rahma: Person, push_service: Provider
) -> None:
    from etoko.notices.tests.test_push import a_device

    a_device(rahma, push_service)
    tell(clock, recipient=rahma, phone="")
    push_service.answers = [Answer(410)]
    send_deliveries(at=clock.now)
    assert (row().state, PushDevice.objects.count()) == ("skipped", 0)
