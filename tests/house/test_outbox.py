"""Two real workers empty one outbox; one of them is killed in the middle of it."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from etoko.notices.models import Delivery
from etoko.notices.operations import Message, send_notices
from etoko.notices.operations.delivering import CLAIMED_FOR, send_deliveries
from etoko.notices.tests.providers import Answer, Provider, whatsapp_takes_it
from tests.house.test_two_workers import ROOT, test_database

PATIENCE = 60
COUNT = 24


def slowly(number: int) -> Answer:
    answer = whatsapp_takes_it(number)
    answer.wait = 0.15
    return answer


@contextmanager
def workers(provider: Provider) -> Iterator[list["subprocess.Popen[bytes]"]]:
    env = {
        **test_database(),
        "ETOKO_WHATSAPP_URL": provider.address,
        "ETOKO_WHATSAPP_TOKEN": "t",
        "ETOKO_WHATSAPP_PHONE_ID": "1059",
    }
    command = [sys.executable, "manage.py", "worker", "--queue-name", "*", "--no-reload", "-v", "0"]
    running = [subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True) for _each in range(2)]
    try:
        yield running
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait(20)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, what
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_both_send_loses_nothing_and_doubles_nothing() -> None:
    provider = Provider(slowly)
    try:
        with workers(provider) as (first, _second):
            # At any hour: this test may run at night.
            messages = [
                Message(
                    key=f"n{number}",
                    kind="account_helped",
                    title="Kabar",
                    text="Halo",
                    phone=f"+62813111122{number:02}",
                )
                for number in range(COUNT)
            ]
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("etoko.notices.operations.sending.configured", lambda: {"whatsapp"})
                send_notices(messages=messages, at=timezone.now())
            wait_until(lambda: len(provider.received) >= 6, "no worker sends")
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
            on_its_way = Delivery.objects.filter(state="waiting")
            wait_until(lambda: not on_its_way.exists(), "the other worker does not send the rest")
            wait_until(lambda: Delivery.objects.filter(state="sending").count() <= 1, "it does not end")
    finally:
        provider.stop()
    send_deliveries(at=timezone.now() + CLAIMED_FOR + timedelta(minutes=1))
    states = Counter(Delivery.objects.values_list("state", flat=True))
    told = Counter(received.json["to"] for received in provider.received)
    assert max(told.values()) == 1
    assert states["sent"] + states["uncertain"] == COUNT
    assert states["uncertain"] <= 1  # the one that the killed worker had in its hands
    assert len(told) >= states["sent"]
