"""Sample talk of the villages: questions with and without an answer, from sellers who are nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from etoko.discussion.access import post_for
from etoko.discussion.models import Post, Thread
from etoko.discussion.operations import Said, choose_answer, start_thread, write_reply
from etoko.people.models import Person
from etoko.places.models import Area

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
    return sum(len(sample.posts) for sample in samples)


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
    at = now - timedelta(days=sample.days, minutes=7 * len(sample.title))
    (opener, text), *replies = sample.posts
    thread = start_thread(
        kind=sample.kind,
        topic=sample.topic,
        area=area,
        title=sample.title,
        said=Said(text),
        by=people[opener],
        at=at,
    )
    pause = timedelta(days=sample.days * 0.6) / max(len(replies), 1)
    said: list[Post] = []
    for number, (who, words) in enumerate(replies, start=1):
        said.append(write_reply(thread=thread, said=Said(words), by=people[who], at=at + pause * number))
    if sample.chosen:
        answer = said[sample.chosen - 2]
        choose_answer(
            standing=post_for(people[opener], answer.public_id), at=answer.written_at + timedelta(hours=1)
        )


def _sellers(now: datetime) -> list[Person]:
    """They sign in with the passphrase of the cast."""
    secret = Person.objects.get(name="Rahma").password
    people = [
        Person(
            phone=f"+62812100003{number:02}",
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
