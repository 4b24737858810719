"""What everybody reads: lists of threads, and one thread with its posts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from etoko.catalog.photos import Picture, photo_sources
from etoko.discussion.models import FollowUp, Post, Thread
from etoko.discussion.operations.telling import POSTS_OF_A_PAGE, thread_path
from etoko.discussion.searching import find
from etoko.discussion.states import POST_FLOW, VISIBLE
from etoko.discussion.topics import TOPICS, Topic
from etoko.discussion.words import Piece, byline, mentioned_in, pieces_of
from etoko.foundation.days import show_day
from etoko.people.access import roles_in_force
from etoko.people.models import Person
from etoko.people.roles import RIGHTS, ROLE_NAMES, TEND_DISCUSSION
from etoko.people.sessions import first_name
from etoko.places.models import VILLAGE, Area

THREADS_OF_A_PAGE = 20
_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
ALL, QUESTIONS, UNANSWERED = "", "pertanyaan", "belum"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    topic: str = ""
    area: str = ""
    tab: str = ALL
    q: str = ""
    after: str = ""

    def query(self, **changed: str) -> str:
        """The address with something changed; the page starts anew unless it is named."""
        names = {"topic": "topik", "area": "desa", "tab": "tampil", "q": "q", "after": "sesudah"}
        given = {name: getattr(self, name) for name in names if name != "after"} | changed
        told = {names[name]: value for name, value in given.items() if value}
        return f"/diskusi/?{urlencode(told)}" if told else "/diskusi/"


@dataclass(frozen=True, slots=True)
class ThreadRow:
    href: str
    title: str
    excerpt: str
    topic: Topic
    village: str
    """Empty: all villages."""
    author: str
    last_on: str
    replies: int
    is_question: bool
    is_answered: bool


@dataclass(frozen=True, slots=True)
class ThreadList:
    rows: list[ThreadRow]
    next: str
    """The address of the next page; empty on the last."""
    meant: str


def threads(asked: Asked) -> ThreadList:
    """A page of what is asked for, the newest first. Two queries at most, but for words to be repaired."""
    if asked.q:
        found = find(asked.q, topic=asked.topic, area=asked.area, after=asked.after, most=THREADS_OF_A_PAGE)
        by_id = {one.pk: one for one in _told(Thread.objects.filter(pk__in=found.thread_ids))}
        rows = [row_of(by_id[pk]) for pk in found.thread_ids if pk in by_id]
        return ThreadList(rows, asked.query(after=found.next) if found.next else "", found.meant)
    listed = Thread.objects.filter(listing=Thread.LISTED)
    for field, value in (("topic", asked.topic), ("area", asked.area)):
        if value:
            listed = listed.filter(**{field: value})
    if asked.tab == QUESTIONS:
        listed = listed.filter(kind=Thread.QUESTION)
    elif asked.tab == UNANSWERED:
        listed = listed.filter(kind=Thread.QUESTION, answers=0)
    page = list(
        _told(listed.filter(_beyond(asked.after))).order_by("-last_at", "-id")[: THREADS_OF_A_PAGE + 1]
    )
    rest, page = page[THREADS_OF_A_PAGE:], page[:THREADS_OF_A_PAGE]
    next_ = asked.query(after=f"{(page[-1].last_at - _EPOCH) // _TICK}-{page[-1].pk}") if rest else ""
    return ThreadList([row_of(one) for one in page], next_, "")


def row_of(thread: Thread) -> ThreadRow:
    """`area`, `author` and her home must have been read along."""
    return ThreadRow(
        href=thread_path(thread),
        title=thread.title,
        excerpt=thread.excerpt,
        topic=TOPICS[thread.topic],
        village=thread.area.name if thread.area.level == VILLAGE else "",
        author=byline(thread.author),
        last_on=show_day(timezone.localdate(thread.last_at)),
        replies=thread.replies,
        is_question=thread.kind == Thread.QUESTION,
        is_answered=thread.chosen_id is not None,
    )


def places() -> list[tuple[str, str]]:
    """Villages of the home area: code and name."""
    home = Area.objects.filter(code__startswith=f"{settings.HOME_AREA}.", level=VILLAGE)
    return list(home.order_by("name").values_list("code", "name"))


def _told(found: QuerySet[Thread]) -> QuerySet[Thread]:
    return found.select_related("area", "author__home_area")


def _beyond(after: str) -> Q:
    ticks, _, pk = after.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 18 for part in (ticks, pk)):
        return Q()
    at, last = _EPOCH + int(ticks) * _TICK, int(pk)
    # In this form both databases go along the index, where an OR would make them read all of it.
    return Q(last_at__lte=at) & ~Q(last_at=at, pk__gte=last)


# ------------------------------------------------------------------------------------- one thread


@dataclass(frozen=True, slots=True)
class PostRow:
    public_id: str
    number: int
    author: str
    badge: str
    """What she is where she looks after things; empty for everybody else."""
    at: str
    paragraphs: list[list[list[Piece]]]
    pictures: list[Picture]
    reply_to: str
    """Whom it replies to."""
    reply_to_href: str
    is_chosen: bool
    is_asker: bool
    is_followed_up: bool
    """It was noted as a need."""
    gone: str
    """What became of it, where nobody sees it any more."""
    reason: str


@dataclass(frozen=True, slots=True)
class ThreadPage:
    public_id: str
    row: ThreadRow
    is_seen: bool
    """Whether its opening is seen: else it has no title either."""
    posts: list[PostRow]
    chosen: PostRow | None
    """The answer, on the first page, where it does not follow right below."""
    chosen_href: str
    """Where it stands."""
    page: int
    last: int
    path: str


def thread_page(thread: Thread, *, page: int) -> ThreadPage:
    """Four queries, and one where people are mentioned. A page is a stretch of numbers: the hundredth costs
    what the first does."""
    last = (thread.last_number - 1) // POSTS_OF_A_PAGE + 1
    page = min(max(page, 1), last)
    first = (page - 1) * POSTS_OF_A_PAGE + 1
    stretch = Q(number__gte=first, number__lt=first + POSTS_OF_A_PAGE)
    found = Post.objects.filter(stretch | Q(pk=thread.chosen_id or 0), thread=thread).order_by("number")
    posts = list(found.select_related("author__home_area", "to__author"))
    rows = {row.number: row for row in post_rows(posts, thread)}
    chosen = next((row for row in rows.values() if row.is_chosen), None)
    shown = [row for number, row in rows.items() if first <= number < first + POSTS_OF_A_PAGE]
    opening = rows.get(1)
    return ThreadPage(
        public_id=thread.public_id,
        row=row_of(thread),
        is_seen=thread.listing == Thread.LISTED or (opening is not None and not opening.gone),
        posts=shown,
        chosen=chosen if page == 1 and chosen and chosen.number > 2 else None,
        chosen_href=thread_path(thread, chosen.number) if chosen else "",
        page=page,
        last=last,
        path=thread_path(thread),
    )


def post_rows(posts: Sequence[Post], thread: Thread) -> list[PostRow]:
    """Their authors and those they reply to must have been read along. Three queries at most."""
    badges = _badges({post.author_id for post in posts})
    made = set(FollowUp.objects.filter(post__in=posts).values_list("post_id", flat=True))
    mentioned = mentioned_in(post.text for post in posts if post.state == VISIBLE)
    names = {one.pk: first_name(one) for one in Person.objects.filter(pk__in=mentioned)} if mentioned else {}
    return [_post_row(post, thread, badges, names, post.pk in made) for post in posts]


def _post_row(
    post: Post, thread: Thread, badges: Mapping[int, str], names: Mapping[int, str], is_followed_up: bool
) -> PostRow:
    is_seen = post.state == VISIBLE
    return PostRow(
        public_id=post.public_id,
        number=post.number,
        author=byline(post.author),
        badge=badges.get(post.author_id, ""),
        at=_moment(post.written_at),
        paragraphs=pieces_of(post.text, names) if is_seen else [],
        pictures=[picture for photo in post.photos if (picture := photo_sources(photo))] if is_seen else [],
        reply_to=first_name(post.to.author) if post.to else "",
        reply_to_href=thread_path(thread, post.to.number) if post.to else "",
        is_chosen=post.pk == thread.chosen_id,
        is_asker=post.author_id == thread.author_id and post.number > 1,
        is_followed_up=is_followed_up,
        gone="" if is_seen else str(POST_FLOW.states[post.state]),
        reason=post.hidden_reason,
    )


def with_words(row: PostRow, post: Post) -> PostRow:
    """What is hidden, for its author and for whoever decides about it."""
    pictures = [picture for photo in post.photos if (picture := photo_sources(photo))]
    return replace(row, paragraphs=pieces_of(post.text, {}), pictures=pictures)


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{show_day(local.date())}, {local:%H.%M}"


def _badges(people: Iterable[int]) -> dict[int, str]:
    held = roles_in_force().filter(person__in=people, role__in=_TENDING).order_by("-area__level")
    return {person: str(ROLE_NAMES[role]) for person, role in held.values_list("person_id", "role")}


_TENDING = [role for role, rights in RIGHTS.items() if TEND_DISCUSSION in rights]
