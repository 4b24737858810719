"""What somebody should know, told once."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from conftest import Clock
from etoko.foundation.phones import UnableToReadPhone
from etoko.notices.models import Notice
from etoko.notices.operations import read_all_notices, read_notice, send_notice
from etoko.notices.queries import unread_count
from etoko.people.models import Person

WORDS: Any = {"kind": "order_placed", "title": "Pesanan baru", "text": "Ada pesanan baru: http://x/"}


def test_it_stands_in_the_inbox_with_her_phone(rahma: Person, clock: Clock) -> None:
    notice = send_notice(key="a", recipient=rahma, at=clock.now, path="/jualan/", **WORDS)
    assert (notice.phone, notice.path, notice.read_at) == (rahma.phone, "/jualan/", None)
    assert unread_count(rahma) == 1


def test_the_same_occasion_is_told_once(rahma: Person, clock: Clock) -> None:
    first = send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    again = send_notice(key="a", recipient=rahma, at=clock.forward(hours=1), **WORDS)
    assert first == again
    assert Notice.objects.get().created_at == first.created_at


def test_who_has_no_account_is_reached_by_phone(db: None, clock: Clock) -> None:
    notice = send_notice(key="a", phone="0813-1111-2222", at=clock.now, **WORDS)
    assert (notice.recipient, notice.phone) == (None, "+6281311112222")


def test_a_phone_with_an_account_reaches_its_inbox(siti: Person, clock: Clock) -> None:
    send_notice(key="a", phone="081210000003", at=clock.now, **WORDS)
    assert unread_count(siti) == 1


def test_an_unproven_account_reads_nothing_of_the_phone(siti: Person, clock: Clock) -> None:
    Person.objects.filter(pk=siti.pk).update(phone_verified_at=None)
    notice = send_notice(key="a", phone=siti.phone, at=clock.now, **WORDS)
    assert (notice.recipient, unread_count(siti)) == (None, 0)


def test_nobody_to_tell_is_refused(db: None, clock: Clock) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        send_notice(key="a", at=clock.now, **WORDS)
    with pytest.raises(UnableToReadPhone):
        send_notice(key="a", phone="12", at=clock.now, **WORDS)
    assert Notice.objects.count() == 0


def test_it_is_undone_with_its_deed(rahma: Person, clock: Clock) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
        raise RuntimeError
    assert unread_count(rahma) == 0


def test_a_long_title_is_cut(rahma: Person, clock: Clock) -> None:
    notice = send_notice(key="a", recipient=rahma, at=clock.now, **{**WORDS, "title": "🙂" * 300})
    assert len(notice.title) == 200


def test_the_first_reading_counts(rahma: Person, clock: Clock) -> None:
    notice = send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    read_notice(notice=notice, at=clock.now)
    first = clock.now
    read_notice(notice=notice, at=clock.forward(hours=1))
    assert Notice.objects.get().read_at == first


def test_what_came_later_stays_unread(rahma: Person, clock: Clock) -> None:
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    seen = clock.now
    send_notice(key="b", recipient=rahma, at=clock.forward(minutes=1), **WORDS)
    assert read_all_notices(person=rahma, until=seen, at=clock.now) == 1
    assert unread_count(rahma) == 1
