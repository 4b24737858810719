"""Lists, search, the link of a notice, and what pages cost with fifty thousand posts."""

from datetime import timedelta
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test import Client

from conftest import Clock
from etoko.discussion.access import post_to_tend
from etoko.discussion.models import Post, Thread, ThreadText
from etoko.discussion.operations import Said, hide_post
from etoko.discussion.operations.indexing import thread_text
from etoko.discussion.tests.conftest import Everything, answer, ask
from etoko.discussion.topics import TOPICS
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW

pytestmark = pytest.mark.django_db
MOST_BYTES, MOST_PACKED = 60_000, 12_000


def listed(address: str) -> list[str]:
    return titles_in(Client().get(address).content.decode())


def titles_in(html: str) -> list[str]:
    page = html.partition('<ul class="list threads">')[2]
    return [part.split("</a>")[0].split(">")[-1] for part in page.split('class="cover-link"')[1:]]


def test_found_by_stems_and_synonyms_in_titles_first_and_by_topic_and_village(
    clock: Clock, villages: dict[str, Area], everybody: dict[str, Person]
) -> None:
    rahma, herman, siti = (everybody[who] for who in "rahma herman siti".split())
    crisp = ask(rahma, villages["Taban"], at=NOW - timedelta(days=3))
    hats = ask(
        herman,
        villages["Kutruk"],
        title="Menganyam topi besar",
        topic="mutu",
        kind=Thread.TALK,
        said=Said("Siapa punya bambu?"),
        at=NOW - timedelta(days=2),
    )
    answer(hats, siti, "Kemasan kerupuk juga perlu anyaman.", at=NOW - timedelta(days=1))
    assert listed("/diskusi/") == [hats.title, crisp.title]
    assert listed("/diskusi/?q=kerupuk") == [crisp.title, hats.title]  # in its title before elsewhere
    assert listed("/diskusi/?q=anyaman") == [hats.title]
    assert listed("/diskusi/?q=kerupuk&topik=mutu") == [hats.title]
    assert listed("/diskusi/?q=kerupuk&desa=36.03.04.2004") == [crisp.title]
    assert listed("/diskusi/?desa=36.03.04.2004") == [crisp.title]
    assert listed("/diskusi/?topik=mutu") == [hats.title]
    assert listed("/diskusi/?tampil=belum") == [crisp.title]
    assert listed("/diskusi/?q=gergaji") == []
    opening = hats.posts.get(number=1)
    hide_post(standing=post_to_tend(everybody["dedi"], opening.public_id), reason="Iklan", at=NOW)
    assert listed("/diskusi/?q=anyaman") == listed("/diskusi/?topik=mutu") == []


def test_the_link_of_a_notice_replies_once_and_looking_changes_nothing(
    clock: Clock, question: Thread, reply: Post, everything: Everything
) -> None:
    rahma = question.author
    text = Notice.objects.get(recipient=rahma).text
    path = "/balas/" + text.rpartition("/balas/")[2]
    client = Client()
    before = everything()
    page = client.get(path)
    client.head(path)
    assert everything() == before
    assert page["Referrer-Policy"] == "same-origin"
    assert "silika gel" in page.content.decode()
    assert client.post(path, {"text": " "}).status_code == 422
    assert everything() == before
    for _time in range(2):
        client.post(path, {"text": "Berapa harganya?"}, follow=True)
    written = question.posts.get(number=3)
    assert (written.author, written.to, written.text) == (rahma, reply, "Berapa harganya?")
    assert question.posts.count() == 3
    assert "Balasan Anda sudah terkirim" in client.get(path).content.decode()
    assert client.get(path[:-2] + ("x" if path[-2] != "x" else "y") + "/").status_code == 404
    # It is over after two weeks, or when the number is another's.
    answer(question, reply.author, "Seribu.", at=NOW)
    path = "/balas/" + Notice.objects.filter(recipient=rahma).latest("pk").text.rpartition("/balas/")[2]
    rahma.phone = "+6281299999999"
    rahma.save()
    body = client.post(path, {"text": "Bukan saya"}).content.decode()
    assert "sudah tidak berlaku" in body
    assert "Rahma" not in body
    rahma.phone = "+6281210000001"
    rahma.save()
    clock.forward(days=15)
    assert client.post(path, {"text": "Terlambat"}).status_code == 200
    assert question.posts.count() == 4


@pytest.fixture
def fifty_thousand(rahma: Person, herman: Person, jambe: Area, villages: dict[str, Area]) -> Thread:
    """1,000 threads; one of them has half of the posts. Gives that one."""
    topics, areas = list(TOPICS), [jambe, *villages.values()]
    threads = Thread.objects.bulk_create(
        Thread(
            kind=Thread.QUESTION if number % 3 else Thread.TALK,
            topic=topics[number % len(topics)],
            area=areas[number % len(areas)],
            title=f"Kerupuk nomor {number} cepat melempem di musim hujan",
            slug=f"kerupuk-{number}",
            excerpt="Plastik apa yang dipakai supaya tahan sebulan? " * 3,
            author=rahma,
            started_at=NOW - timedelta(minutes=number),
            last_at=NOW - timedelta(minutes=number),
            last_number=25_001 if number == 0 else 26,
            replies=25_000 if number == 0 else 25,
            answers=25,
        )
        for number in range(1_000)
    )
    words = "Plastik PP tebal lalu disegel. Tahan tiga minggu lebih, ditambah silika gel bisa sebulan. " * 3
    first = Post.objects.create(thread=threads[0], number=1, author=rahma, text=words, written_at=NOW)
    with connection.cursor() as cursor:  # through the ORM they take longer than all tests of the room
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25001)"
            " INSERT INTO discussion_post"
            " (public_id, thread_id, number, author_id, text, photos, state, hidden_reason, written_at)"
            " SELECT 'p' || t.id || '-' || n.i, t.id, n.i, CASE n.i %% 2 WHEN 0 THEN %s ELSE p.author_id END,"
            " p.text, p.photos, p.state, p.hidden_reason, p.written_at FROM n"
            " JOIN discussion_thread t ON n.i <= t.last_number JOIN discussion_post p ON p.id = %s"
            " WHERE NOT (t.id = p.thread_id AND n.i = 1)",
            [herman.pk, first.pk],
        )
    ThreadText.objects.bulk_create(thread_text(thread, [words]) for thread in threads)
    return threads[0]


def test_pages_keep_their_budgets_with_fifty_thousand_posts(fifty_thousand: Thread, max_queries: Any) -> None:
    assert Post.objects.count() >= 50_000
    client, path = Client(), f"/diskusi/{fifty_thousand.public_id}/{fifty_thousand.slug}/"
    pages = {
        "/diskusi/": 2,
        "/diskusi/?topik=jual&desa=36.03.04.2004": 2,
        "/diskusi/?tampil=belum": 2,
        "/diskusi/?q=kerupuk": 3,
        path: 6,
        f"{path}?hal=700": 6,
        f"{path}?hal=1251": 6,
    }
    for address, most in pages.items():
        with max_queries(most):
            answered = client.get(address)
        assert answered.status_code == 200, address
        assert len(answered.content) <= MOST_BYTES, (address, len(answered.content))
        assert len(brotli.compress(answered.content, quality=5)) <= MOST_PACKED, address
    # Fifty pages, one after the other, hold every thread once.
    onward, titles = "/diskusi/", []
    while onward:
        body = client.get(onward).content.decode()
        titles += titles_in(body)
        onward = body.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert len(titles) == len(set(titles)) == 1_000
