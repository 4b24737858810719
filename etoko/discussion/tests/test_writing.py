"""Asking and answering: what is kept, who hears of it, what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from etoko.discussion.access import own_post, post_for
from etoko.discussion.models import Following, Post, Thread
from etoko.discussion.operations import (
    Said,
    UnableToChoose,
    UnableToWrite,
    choose_answer,
    set_following,
    withdraw_post,
)
from etoko.discussion.tests.conftest import Everything, answer, ask
from etoko.discussion.words import kept_text, pieces_of
from etoko.foundation.flows import UnableToMove
from etoko.notices.models import Notice
from etoko.people.models import Person
from tests.cast import NOW
from tests.racing import guards_off, race

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("title", flat=True))


def test_a_reply_is_counted_told_to_who_follows_and_found(
    question: Thread, reply: Post, rahma: Person, herman: Person, siti: Person
) -> None:
    question.refresh_from_db()
    assert (question.replies, question.answers, question.last_number) == (1, 1, 2)
    assert question.last_at == reply.written_at
    assert told(rahma) == ["Herman membalas Anda di “Kerupuk cepat melempem”"]
    assert told(herman) == []
    # Until she has read it, she hears of no other reply of the thread; but whoever is named is told.
    answer(question, siti, "Coba juga toples, @Herman dan @Rahma.", at=NOW - timedelta(hours=19))
    assert told(rahma)[1:] == ["Siti menyebut Anda di “Kerupuk cepat melempem”"]
    assert told(herman) == ["Siti menyebut Anda di “Kerupuk cepat melempem”"]
    assert Post.objects.get(number=3).text == f"Coba juga toples, @{{{herman.pk}}} dan @{{{rahma.pk}}}."
    set_following(thread=question, wish=Following.MUTED, by=herman, at=NOW)
    Notice.objects.update(read_at=NOW)
    answer(question, rahma, "Terima kasih!", at=NOW - timedelta(hours=1))
    answer(question, herman, "Sama-sama.", at=NOW)
    assert len(told(herman)) == 1
    assert Following.objects.get(person=herman).wish == Following.MUTED
    assert told(siti) == ["Balasan baru dari Rahma di “Kerupuk cepat melempem”"]
    assert len(told(rahma)) == 3


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "poll"}, "kind"),
        ({"topic": "politik"}, "topic"),
        ({"title": "  "}, "title"),
        ({"title": "a" * 121}, "title"),
        ({"said": Said(" \n ")}, "text"),
        ({"said": Said("a" * 4001)}, "text"),
        ({"title": "Kerupuk  cepat melempem"}, "title"),  # she has asked that already
    ],
)
def test_refuses_what_cannot_be_read_and_nothing_changed(
    question: Thread,
    changed: dict[str, Any],
    field: str,
    everything: Everything,
) -> None:
    given: dict[str, Any] = {"at": NOW, "title": "Lain"}
    given |= changed
    before = everything()
    with pytest.raises(UnableToWrite) as refused:
        ask(question.author, question.area, **given)
    assert refused.value.field == field
    assert everything() == before


def test_a_newcomer_writes_slowly_and_whoever_is_known_does_not(
    question: Thread, herman: Person, siti: Person, everything: Everything
) -> None:
    start = NOW - timedelta(hours=10)
    answer(question, herman, at=start)
    before = everything()
    with pytest.raises(UnableToWrite, match="Kirim lagi 2 menit lagi"):
        answer(question, herman, at=start + timedelta(minutes=1, seconds=30))
    assert everything() == before
    for minutes in (3, 6, 9, 12):
        answer(question, herman, at=start + timedelta(minutes=minutes))
    answer(question, herman, at=start + timedelta(minutes=12, seconds=1))  # five posts: known
    for number in range(8):
        post = answer(question, siti, at=start + timedelta(minutes=4 * number))
        withdraw_post(standing=own_post(siti, post.public_id), at=NOW)
    with pytest.raises(UnableToWrite, match="paling banyak 8 kali sehari"):
        answer(question, siti, at=NOW)
    siti.phone_verified_at = None
    siti.save()
    with pytest.raises(UnableToWrite, match="Buktikan dulu nomor HP"):
        answer(question, siti, at=NOW + timedelta(days=2))


def test_names_are_kept_as_numbers_and_go_with_the_account(rahma: Person, herman: Person) -> None:
    other = Person.objects.create_user("+6281210000099", "Rahma Wati", phone_verified_at=NOW)
    known = [rahma, herman, other]
    text, mentioned = kept_text("@rahma wati, @Herman: tanya a@Rahma.id atau @Budi @{1}", known)
    assert text == f"@{{{other.pk}}}, @{{{herman.pk}}}: tanya a@Rahma.id atau @Budi @ {{1}}"
    assert mentioned == [other, herman]
    # "Rahma" is the whole name of one and the first of the other: the whole name counts.
    assert kept_text("@Rahma", known)[1] == [rahma]
    first, rest, *_more = pieces_of(f"@{{{herman.pk}}} baca https://x.id/a.", {})[0][0]
    assert (first.text, first.kind, rest.text) == ("@…", "name", " baca ")


def test_the_asker_chooses_and_withdrawing_leaves_a_line(
    question: Thread, reply: Post, siti: Person, everything: Everything
) -> None:
    rahma, herman = question.author, reply.author
    before = everything()
    for who in (siti, herman):
        with pytest.raises(UnableToChoose):
            choose_answer(standing=post_for(who, reply.public_id), at=NOW)
    opening = question.posts.get(number=1)
    with pytest.raises(UnableToChoose):
        choose_answer(standing=post_for(rahma, opening.public_id), at=NOW)
    with pytest.raises(UnableToMove):
        withdraw_post(standing=post_for(rahma, reply.public_id), at=NOW)
    assert everything() == before
    choose_answer(standing=post_for(rahma, reply.public_id), at=NOW)
    assert told(herman) == ["Jawaban Anda dipilih di “Kerupuk cepat melempem”"]
    page = Client().get(f"/diskusi/{question.public_id}/{question.slug}/").content.decode()
    assert "Jawaban terpilih" in page
    assert "Terjawab" in page
    withdraw_post(standing=own_post(herman, reply.public_id), at=NOW)
    question.refresh_from_db()
    assert (question.replies, question.answers, question.chosen) == (0, 0, None)
    page = Client().get(f"/diskusi/{question.public_id}/{question.slug}/").content.decode()
    assert "Ditarik penulisnya" in page
    assert "silika gel" not in page
    withdraw_post(standing=own_post(rahma, opening.public_id), at=NOW)
    question.refresh_from_db()
    assert (question.listing, question.excerpt) == (Thread.UNLISTED, "")
    assert question.title not in Client().get("/diskusi/").content.decode()
    old = Client().get(f"/diskusi/{question.public_id}/kerupuk-cepat-melempem/", follow=True)
    assert "melempem" not in old.content.decode()


def two_who_reply_at_once(thread: Thread, people: list[Person]) -> None:
    assert race([lambda who=who: answer(thread, who) and None for who in people]) == []  # type: ignore[misc]
    assert list(thread.posts.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    thread.refresh_from_db()
    assert (thread.last_number, thread.answers) == (3, 2)


@pytest.mark.django_db(transaction=True)
def test_two_who_reply_at_once_get_a_number_each(question: Thread, herman: Person, siti: Person) -> None:
    two_who_reply_at_once(question, [herman, siti])


@pytest.mark.django_db(transaction=True)
def test_without_its_guards_the_race_would_be_lost(question: Thread, herman: Person, siti: Person) -> None:
    with guards_off(), pytest.raises(AssertionError):
        two_who_reply_at_once(question, [herman, siti])
