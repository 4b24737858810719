"""A notice is written with its deliveries, in the transaction of the deed it speaks of."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from conftest import Clock
from etoko.notices.hours import first_moment
from etoko.notices.models import Delivery, Notice, PushDevice, Reach
from etoko.notices.operations import Message, send_notice, send_notices
from etoko.notices.tests.conftest import WORDS
from etoko.notices.tests.providers import Provider
from etoko.people.models import Person

pytestmark = pytest.mark.django_db


def a_device(person: Person, number: int = 1) -> PushDevice:
    return PushDevice.objects.create(
        person=person,
        endpoint=f"https://fcm.googleapis.com/{person.pk}/{number}",
        endpoint_hash=f"{person.pk}-{number}",
        p256dh="p",
        auth="a",
        name="HP",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def ways() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("channel", "address").values_list("channel", "address"))


def test_without_channels_there_is_the_inbox_alone(rahma: Person, clock: Clock) -> None:
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    assert ways() == []


def test_every_way_that_is_configured_and_wanted(
    rahma: Person, clock: Clock, whatsapp: Provider, settings: Settings
) -> None:
    settings.MAIL = "smtp://localhost"
    Reach.objects.create(person=rahma, mail_address="rahma@toko.example", mail_proved_at=clock.now)
    phone, tablet = a_device(rahma, 1), a_device(rahma, 2)
    notice = send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    assert ways() == [
        ("mail", "rahma@toko.example"),
        ("push", str(phone.pk)),
        ("push", str(tablet.pk)),
        ("whatsapp", rahma.phone),
    ]
    assert {(d.state, d.next_try_at, d.notice) for d in Delivery.objects.all()} == {
        ("waiting", clock.now, notice)
    }


def test_what_she_does_not_want_is_not_written(rahma: Person, clock: Clock, whatsapp: Provider) -> None:
    a_device(rahma)
    Reach.objects.create(person=rahma, push="unwanted", whatsapp="unwanted", mail_address="r@toko.example")
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    assert ways() == []


def test_a_number_that_is_not_proven_gets_nothing_of_the_account(
    rahma: Person, clock: Clock, whatsapp: Provider
) -> None:
    Person.objects.filter(pk=rahma.pk).update(phone_verified_at=None)
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    assert ways() == []
    send_notice(key="b", recipient=rahma, phone="0813-1111-2222", at=clock.now, **WORDS)
    assert ways() == [("whatsapp", "+6281311112222")]


def test_a_closed_account_is_told_nothing(rahma: Person, clock: Clock, whatsapp: Provider) -> None:
    Person.objects.filter(pk=rahma.pk).update(closed_at=clock.now)
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    assert ways() == []


def test_who_has_no_account_is_written_to(db: None, clock: Clock, whatsapp: Provider) -> None:
    send_notice(key="a", phone="0813-1111-2222", at=clock.now, **WORDS)
    assert ways() == [("whatsapp", "+6281311112222")]


def test_the_same_occasion_leaves_once(rahma: Person, siti: Person, clock: Clock, whatsapp: Provider) -> None:
    first = send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    again, new = send_notices(
        messages=[
            Message(key="a", recipient=rahma, **WORDS),
            Message(key="b", recipient=siti, **WORDS),
        ],
        at=clock.now,
    )
    assert (again, new.key) == (first, "b")
    assert ways() == [("whatsapp", rahma.phone), ("whatsapp", siti.phone)]


def test_it_is_undone_with_its_deed(rahma: Person, clock: Clock, whatsapp: Provider) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
        raise RuntimeError
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_many_cost_three_questions(  # noqa: PLR0917
    rahma: Person, herman: Person, siti: Person, clock: Clock, whatsapp: Provider, max_queries: Any
) -> None:
    for person in (rahma, herman):
        a_device(person)
    messages = [
        *(Message(key=f"p{person.pk}", recipient=person, **WORDS) for person in (rahma, herman, siti)),
        *(Message(key=f"t{number}", phone=f"08131111222{number}", **WORDS) for number in range(5)),
    ]
    with max_queries(3):
        assert len(send_notices(messages=messages, at=clock.now)) == 8
    assert Delivery.objects.count() == 10


# ----------------------------------------------------------------------------------- quiet hours


def wib(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        (wib(20, 59), wib(20, 59)),
        (wib(21), wib(5, day=25)),
        (wib(23, 59), wib(5, day=25)),
        (wib(0), wib(5)),
        (wib(4, 59), wib(5)),
        (wib(5), wib(5)),
        (wib(12), wib(12)),
    ],
)
def test_born_at_night_it_leaves_at_five(
    db: None, whatsapp: Provider, born: datetime, leaves: datetime
) -> None:
    send_notice(key="a", phone="0813-1111-2222", at=born, **WORDS)
    assert Delivery.objects.get().next_try_at == leaves


def test_each_person_has_her_own_night(rahma: Person, herman: Person, whatsapp: Provider) -> None:
    Reach.objects.create(person=rahma, quiet_from=time(12), quiet_until=time(13, 30))
    Reach.objects.create(person=herman)
    for person in (rahma, herman):
        send_notice(key=f"noon {person.pk}", recipient=person, at=wib(12, 15), **WORDS)
        send_notice(key=f"night {person.pk}", recipient=person, at=wib(23), **WORDS)
    leaves = dict(Delivery.objects.values_list("notice__key", "next_try_at"))
    assert leaves == {
        f"noon {rahma.pk}": wib(13, 30),
        f"night {rahma.pk}": wib(23),
        f"noon {herman.pk}": wib(12, 15),
        f"night {herman.pk}": wib(23),
    }


def test_what_touches_the_account_is_told_at_any_hour() -> None:
    night: Any = {"at": wib(23), "quiet_from": time(21), "quiet_until": time(5)}
    assert first_moment("account_helped", **night) == wib(23)
    assert first_moment("order_place", **night) == wib(5, day=25)
