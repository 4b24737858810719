"""Sample talk of the villages: questions with and without an answer, from sellers who are nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from etoko.discussion.access import post_for
from etoko.discussion.models import Post, Thread
from etoko.discussion.operations import (
    Said,
    appeal_post,
    choose_answer,
    hide_post,
    make_need,
    report_post,
    start_thread,
    write_reply,
)
from etoko.needs.access import standing_of
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import businesses_of

_HOME = "36.03.04"
_SELLERS = {"Nining": 1, "Ujang": 6, "Marni": 4, "Jaenal": 3, "Eti": 9, "Sarwo": 5, "Lina": 2, "Asep": 7}
"""With the number of their village."""


@dataclass(frozen=True)
class Sample:
    kind: str
    topic: str
    village: int
    """Nought: all of them."""
    days: int
    """How long ago."""
    chosen: int
    """The number of the post that answers it."""
    title: str
    posts: list[tuple[str, str]]
    """Who says what; the first opens it."""


def talk_samples(*, people: Mapping[str, Person], now: datetime) -> int:
    """Returns how many posts were written."""
    known = dict(people) | {person.name: person for person in _sellers(now)}
    places = {area.code: area for area in Area.objects.filter(code__startswith=_HOME)}
    samples = _samples()
    for sample in samples:
        _say(sample, places[_code(sample.village)], known, now)
    _look_after(known, now)
    return sum(len(sample.posts) for sample in samples)


def _look_after(people: Mapping[str, Person], now: datetime) -> None:
    """One post is reported, one is hidden and appealed, one has become a need."""
    reported, hidden, needed = (
        Post.objects.get(thread__title__startswith=title, number=number)
        for title, number in (("Foto dari HP", 2), ("Cetak label", 3), ("Plastik apa", 1))
    )
    report_post(
        standing=post_for(people["Ujang"], reported.public_id),
        reason="Tidak ada hubungannya dengan usaha",
        at=now - timedelta(hours=3),
    )
    at = hidden.written_at + timedelta(hours=2)
    hide_post(standing=post_for(people["Camelia"], hidden.public_id), reason="Iklan atau penipuan", at=at)
    appeal_post(
        standing=post_for(people["Marni"], hidden.public_id),
        reason="SMK itu bukan usaha saya. Saya hanya menyebut tempat yang murah.",
        at=at + timedelta(hours=5),
    )
    rahma = people["Rahma"]
    make_need(
        standing=post_for(rahma, needed.public_id),
        of=standing_of(rahma, businesses_of(rahma)[0]),
        kind="quality",
        text="Alat segel supaya kerupuk tahan sebulan di warung.",
        severity=2,
        at=needed.written_at + timedelta(days=2),
    )


def _samples() -> list[Sample]:
    """The oldest first, as they were said."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    return sorted((_sample(part) for part in text.strip().split("\n\n")[1:]), key=lambda one: -one.days)


def _sample(part: str) -> Sample:
    head, *lines = part.split("\n")
    sign, topic, village, days, chosen, title = head.split(" ", 5)
    kind = Thread.QUESTION if sign == "?" else Thread.TALK
    posts = [
        (who, words.replace(" / ", "\n\n")) for who, _, words in (line.partition(": ") for line in lines)
    ]
    return Sample(kind, topic, int(village), int(days), int(chosen), title, posts)


def _say(sample: Sample, area: Area, people: Mapping[str, Person], now: datetime) -> None:
    first, *moments = _moments(sample, now)
    (opener, text), *replies = sample.posts
    thread = start_thread(
        kind=sample.kind,
        topic=sample.topic,
        area=area,
        title=sample.title,
        said=Said(text),
        by=people[opener],
        at=first,
    )
    said = [
        write_reply(thread=thread, said=Said(words), by=people[who], at=at)
        for (who, words), at in zip(replies, moments, strict=True)
    ]
    if sample.chosen:
        answer = said[sample.chosen - 2]
        choose_answer(
            standing=post_for(people[opener], answer.public_id), at=answer.written_at + timedelta(hours=1)
        )


def _moments(sample: Sample, now: datetime) -> list[datetime]:
    """When each was written: by day, over the first part of the time since, and not in the future."""
    count = len(sample.posts)
    found = []
    for number in range(count):
        about = timezone.localtime(now - timedelta(days=sample.days * (1 - 0.6 * number / max(count - 1, 1))))
        hour, minute = 7 + (5 * number + sample.days) % 13, (17 * number + 7 * sample.days) % 60
        found.append(
            min(about.replace(hour=hour, minute=minute), now - timedelta(minutes=9 * (count - number)))
        )
    return sorted(found)


def _sellers(now: datetime) -> list[Person]:
    """They sign in with the passphrase of the cast."""
    secret = Person.objects.get(name="Rahma").password
    people = [
        Person(
            phone=f"+62812100009{number:02}",
            name=name,
            password=secret,
            phone_verified_at=now,
            home_area_id=_code(village),
        )
        for number, (name, village) in enumerate(_SELLERS.items())
    ]
    return Person.objects.bulk_create(people)


def _code(village: int) -> str:
    return f"{_HOME}.{2000 + village}" if village else _HOME
