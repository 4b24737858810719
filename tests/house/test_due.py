"""What is due is done by the clock, and one thing that fails stops no other."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from conftest import Clock
from etoko.config import due
from etoko.config.words_due import DUE_WORK
from etoko.foundation.models import OneTimeKey
from etoko.foundation.onetime import KEPT_FOR

pytestmark = pytest.mark.django_db


def test_the_command_does_all_that_is_due_and_says_how_much(clock: Clock) -> None:
    key = OneTimeKey.objects.create(key="k", path="/")
    OneTimeKey.objects.filter(pk=key.pk).update(created_at=clock.now - KEPT_FOR - timedelta(minutes=1))
    said = StringIO()
    call_command("run_due_work", stdout=said)
    assert said.getvalue() == "forget_old_keys: 1\n"
    assert not OneTimeKey.objects.exists()


def test_what_fails_stops_nothing_else_and_is_not_hidden(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*, at: datetime) -> int:
        raise RuntimeError("the disk is full")

    done_at: list[datetime] = []

    def sound(*, at: datetime) -> int:
        done_at.append(at)
        return 0

    monkeypatch.setattr(due, "DUE", (broken, sound))
    with pytest.raises(SystemExit):
        call_command("run_due_work")
    assert done_at == [clock.now]
    assert "Due work failed: broken" in caplog.text


def test_every_deed_of_the_clock_has_its_words_and_a_name_of_its_own() -> None:
    names = [deed.__name__ for deed in (*due.DUE, *due.SENDING)]
    assert set(names) == set(DUE_WORK)
    assert len(names) == len(set(names))
