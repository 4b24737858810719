"""Somebody opens a thread, or replies in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.photos import Upload
from etoko.discussion.models import Following, Post, Thread
from etoko.discussion.operations.following import follow
from etoko.discussion.operations.indexing import index_anew, index_reply
from etoko.discussion.operations.pacing import UnableToWrite, check_pace
from etoko.discussion.operations.photographing import finish_in_background
from etoko.discussion.operations.telling import tell_of_post
from etoko.discussion.states import VISIBLE
from etoko.discussion.topics import TOPICS
from etoko.discussion.words import beginning, kept_text, slug_of
from etoko.people.access import people_with
from etoko.people.models import Person
from etoko.people.roles import TEND_DISCUSSION
from etoko.places.models import Area

LONGEST_TITLE, LONGEST_TEXT = 120, 4_000
MOST_PHOTOS = 4


@dataclass(frozen=True)
class Said:
    """The words and pictures of a post; the pictures are kept already."""

    text: str
    photos: Sequence[Upload] = ()


@transaction.atomic
def start_thread(
    *, kind: str, topic: str, area: Area, title: str, said: Said, by: Person, at: datetime
) -> Thread:
    """Raises UnableToWrite; then nothing has changed."""
    title = " ".join(title.split())
    if kind not in dict(Thread.KINDS):
        raise UnableToWrite(_("Pilih: bertanya atau mengobrol."), field="kind")
    if topic not in TOPICS:
        raise UnableToWrite(_("Pilih topiknya."), field="topic")
    if not title:
        raise UnableToWrite(_("Tulis judulnya dulu, satu kalimat."), field="title")
    if len(title) > LONGEST_TITLE:
        raise UnableToWrite(_("Judul paling banyak %d huruf.") % LONGEST_TITLE, field="title")
    writer = _writer(by, said, at)
    same = Thread.objects.filter(author=writer, title=title, listing=Thread.LISTED, last_number=1)
    if same.exists():
        raise UnableToWrite(
            _("Anda sudah membuka pembicaraan dengan judul ini. Lanjutkan di sana."), field="title"
        )
    thread = Thread.objects.create(
        kind=kind,
        topic=topic,
        area=area,
        title=title,
        slug=slug_of(title),
        author=writer,
        started_at=at,
        last_at=at,
    )
    post, mentioned = _put(thread, 1, said, by=writer, at=at)
    Thread.objects.filter(pk=thread.pk).update(excerpt=beginning(post.text))
    follow(thread=thread, by=writer, at=at)
    index_anew(thread)
    _record("start_thread", post, at)
    tell_of_post(post=post, mentioned=mentioned, followers=[], at=at)
    return thread


@transaction.atomic
def write_reply(
    *,
    thread: Thread,
    said: Said,
    by: Person,
    at: datetime,
    to: Post | None = None,
    link_hash: str | None = None,
) -> Post:
    """`to` is the post it replies to, where it is not the opening; `link_hash` of the link by which it came.
    Raises UnableToWrite; then nothing has changed."""
    writer = _writer(by, said, at)
    # The thread's row after the writer's: two who reply at once get numbers one after the other.
    locked = Thread.objects.select_for_update(of=("self",)).select_related("area", "author").get(pk=thread.pk)
    if to is not None and (to.thread_id != locked.pk or to.state != VISIBLE or to.number == 1):
        to = None
    number = locked.last_number + 1
    post, mentioned = _put(locked, number, said, by=writer, at=at, to=to, link_hash=link_hash)
    locked.last_number, locked.last_at = number, at
    locked.replies += 1
    locked.answers += writer.pk != locked.author_id
    locked.save(update_fields=["last_number", "last_at", "replies", "answers"])
    followers = list(
        Person.objects.filter(
            Exists(Following.objects.filter(thread=locked, person=OuterRef("pk"), wish=Following.FOLLOWS)),
            closed_at__isnull=True,
        ).exclude(pk=writer.pk)
    )
    follow(thread=locked, by=writer, at=at)
    index_reply(locked, post)
    _record("write_reply", post, at)
    tell_of_post(post=post, mentioned=mentioned, followers=followers, at=at)
    return post


def _writer(by: Person, said: Said, at: datetime) -> Person:
    text = said.text.strip()
    if not text:
        raise UnableToWrite(_("Tulis dulu isinya."), field="text")
    if len(text) > LONGEST_TEXT:
        raise UnableToWrite(_("Terlalu panjang: paling banyak %d huruf.") % LONGEST_TEXT, field="text")
    writer = Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    check_pace(by=writer, at=at)
    return writer


def _put(
    thread: Thread, number: int, said: Said, *, by: Person, at: datetime, **more: Any
) -> tuple[Post, list[Person]]:
    text = said.text.strip()
    mentioned: list[Person] = []
    if "@" in text:
        text, mentioned = kept_text(text, _mentionable(thread))
    fresh: list[dict[str, Any]] = [
        {"key": up.key, "width": up.width, "height": up.height} for up in said.photos[:MOST_PHOTOS]
    ]
    post = Post.objects.create(
        thread=thread, number=number, author=by, text=text, photos=fresh, written_at=at, **more
    )
    for photo in fresh:
        finish_in_background.enqueue(post.pk, photo["key"])
    return post, [person for person in mentioned if person.pk != by.pk]


def _mentionable(thread: Thread) -> list[Person]:
    """Who wrote in the thread, and who looks after the discussions of its place."""
    wrote = Exists(Post.objects.filter(thread=thread, author=OuterRef("pk")))
    known = {person.pk: person for person in Person.objects.filter(wrote, closed_at__isnull=True)[:300]}
    return list((known | {each.pk: each for each in people_with(TEND_DISCUSSION, thread.area_id)}).values())


def _record(deed: str, post: Post, at: datetime) -> None:
    record_deed(deed=deed, subject=post, by=post.author, at=at, area_code=post.thread.area_id)
