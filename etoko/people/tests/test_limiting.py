"""Counters that hold however many come at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from etoko.foundation.problems import UnableTo
from etoko.people.models import LoginCode, Person, TryCount
from etoko.people.operations import activating, signing_in
from etoko.people.operations.forgetting import KEPT_FOR, forget_old_sign_ins
from etoko.people.operations.limiting import (
    LIMITS,
    UnableToTryNow,
    count_try,
    forget_tries,
    forgive_try,
)
from etoko.people.operations.signing_in import UnableToSignIn

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def together(count: int, deed: Callable[[], object]) -> list[object]:
    """Results and refusals of as many threads that start at the same moment."""
    gate = Barrier(count)

    def one(_number: int) -> object:
        try:
            gate.wait(20)
            return deed()
        except UnableTo as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_guesses_at_once_five_pass() -> None:
    answers = together(16, lambda: count_try("passphrase_phone", "+6281210000001", at=AT))
    assert sum(answer is None for answer in answers) == 5
    assert sum(isinstance(answer, UnableToTryNow) for answer in answers) == 11
    assert TryCount.objects.get().count == 5


@pytest.mark.django_db(transaction=True)
def test_of_ten_right_codes_at_once_one_signs_in(rahma: Person, sent_codes: list[tuple[str, str]]) -> None:
    signing_in.ask_code(phone=rahma.phone, address="10.0.0.1", at=AT)
    code = sent_codes[0][1]
    answers = together(
        10, lambda: signing_in.use_code(phone=rahma.phone, code=code, address="10.0.0.1", at=AT)
    )
    assert sum(isinstance(answer, Person) for answer in answers) == 1
    assert all(isinstance(answer, Person | UnableToSignIn) for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_of_ten_wrong_codes_at_once_five_are_looked_at(
    rahma: Person, sent_codes: list[tuple[str, str]]
) -> None:
    signing_in.ask_code(phone=rahma.phone, address="10.0.0.1", at=AT)
    wrong = f"{(int(sent_codes[0][1]) + 1) % 1_000_000:06}"
    together(10, lambda: signing_in.use_code(phone=rahma.phone, code=wrong, address="10.0.0.1", at=AT))
    assert LoginCode.objects.get().tries == 5


@pytest.mark.django_db(transaction=True)
def test_a_link_used_by_eight_at_once_opens_once(rahma: Person, yanti: Person) -> None:
    new = activating.create_activation_link(person=rahma, next_path="", by=yanti, at=AT)
    answers = together(8, lambda: activating.use_activation_link(secret=new.secret, at=AT))
    assert sum(not isinstance(answer, UnableTo) for answer in answers) == 1


def test_after_its_time_the_count_begins_again(db: None) -> None:
    for _time in range(5):
        count_try("passphrase_phone", "a", at=AT)
    with pytest.raises(UnableToTryNow) as refusal:
        count_try("passphrase_phone", "a", at=AT + timedelta(minutes=10))
    assert refusal.value.wait == timedelta(minutes=5)
    count_try("passphrase_phone", "a", at=AT + timedelta(minutes=15))
    assert TryCount.objects.get().count == 1


def test_a_forgiven_try_is_free_again(db: None) -> None:
    count_try("passphrase_phone", "a", at=AT)
    forgive_try("passphrase_phone", "a")
    forgive_try("passphrase_phone", "a")
    assert TryCount.objects.get().count == 0
    forget_tries("passphrase_phone", "a")
    assert TryCount.objects.count() == 0


def test_neither_phone_nor_address_can_be_read_from_the_counters(db: None) -> None:
    count_try("passphrase_phone", "+6281210000001", at=AT)
    assert "1210000001" not in TryCount.objects.get().key


def test_what_has_served_its_time_goes(rahma: Person, sent_codes: list[tuple[str, str]]) -> None:
    count_try("passphrase_phone", "a", at=AT)
    signing_in.ask_code(phone=rahma.phone, address="10.0.0.1", at=AT)
    Session.objects.create(session_key="old", session_data="", expire_date=AT)
    Session.objects.create(session_key="new", session_data="", expire_date=AT + timedelta(days=9))
    assert forget_old_sign_ins(at=AT) == 0
    later = AT + timedelta(days=1, minutes=11)
    assert forget_old_sign_ins(at=later) == 5
    assert (TryCount.objects.count(), LoginCode.objects.count()) == (0, 0)
    assert Session.objects.get().session_key == "new"


def test_no_window_is_longer_than_what_is_kept() -> None:
    assert max(limit.within for limit in LIMITS.values()) < KEPT_FOR


@pytest.mark.django_db(transaction=True)
def test_counting_and_forgetting_at_once_never_trip_over_each_other() -> None:
    def count_and_forget() -> None:
        for _time in range(10):
            count_try("passphrase_phone", "a", at=AT)
            forget_tries("passphrase_phone", "a")

    answers = together(6, count_and_forget)
    assert all(answer is None or isinstance(answer, UnableToTryNow) for answer in answers)
