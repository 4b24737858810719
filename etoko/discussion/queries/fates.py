"""What became of posts: of one's own, and of those that wait for whoever looks after the discussions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from etoko.discussion.models import FollowUp, Post, PostStep, Report, Thread
from etoko.discussion.operations.telling import thread_path
from etoko.discussion.states import APPEALED, HIDDEN, OUT_OF_SIGHT, POST_FLOW, VISIBLE
from etoko.discussion.waiting import waiting_questions
from etoko.discussion.words import beginning, byline
from etoko.foundation.days import show_day
from etoko.needs.states import NEED_FLOW
from etoko.people.access import within
from etoko.people.models import Person

PER_PAGE = 20
MOST_ON_DESK = 50


@dataclass(frozen=True, slots=True)
class FateRow:
    public_id: str
    href: str
    """Where it stands; its own page once it does not."""
    title: str
    text: str
    author: str
    written_on: str
    state: str
    tone: str
    """Empty: everybody sees it."""
    reason: str
    is_chosen: bool
    replies: int
    """Of a thread that it opened."""
    need: str
    """The state of the need that it was noted as."""
    need_path: str
    may_appeal: bool
    reports: list[str]
    appeal: str
    """What its author says against the hiding."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    href: str
    title: str
    days: int
    author: str


@dataclass(frozen=True, slots=True)
class Desk:
    waiting: list[WaitingRow]
    reported: list[FateRow]
    appealed: list[FateRow]
    hidden: list[FateRow]


def own_posts(person: Person, *, page: int) -> tuple[list[FateRow], bool]:
    """The newest first, and whether there are more. Three queries."""
    start = (page - 1) * PER_PAGE
    hers = _told(Post.objects.filter(author=person)).order_by("-written_at")
    found = list(hers[start : start + PER_PAGE + 1])
    return _rows(found[:PER_PAGE]), len(found) > PER_PAGE


def fate_of(post: Post) -> FateRow:
    """Its thread and author must have been read along. At most three queries."""
    return _rows([post])[0]


def desk(codes: Sequence[str], *, at: datetime) -> Desk:
    """What waits in these areas, the oldest first; at most fifty of each. Eight queries."""
    here = within(list(codes), "thread__area_id")
    posts = _told(Post.objects.filter(here))
    open_reports = Report.objects.filter(within(list(codes), "post__thread__area_id"), settled_at=None)
    reported = posts.filter(pk__in=open_reports.order_by("pk").values("post")[:MOST_ON_DESK], state=VISIBLE)
    questions = waiting_questions(at).filter(within(list(codes))).select_related("author__home_area")
    today = timezone.localdate(at)
    return Desk(
        [
            WaitingRow(
                thread_path(one),
                one.title,
                (today - timezone.localdate(one.started_at)).days,
                byline(one.author),
            )
            for one in questions.order_by("started_at")[:MOST_ON_DESK]
        ],
        _rows(list(reported.order_by("pk"))),
        _rows(list(posts.filter(state=APPEALED).order_by("pk")[:MOST_ON_DESK])),
        _rows(list(posts.filter(state=HIDDEN).order_by("-pk")[:MOST_ON_DESK])),
    )


def _told(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related("thread", "author__home_area")


def _rows(posts: Sequence[Post]) -> list[FateRow]:
    if not posts:
        return []
    needs = {one.post_id: one.need for one in FollowUp.objects.filter(post__in=posts).select_related("need")}
    reports: dict[int, list[str]] = defaultdict(list)
    appeals: dict[int, str] = {}
    if any(post.state == VISIBLE for post in posts):
        for report in Report.objects.filter(post__in=posts, settled_at=None).order_by("pk"):
            reports[report.post_id].append(report.reason)
    if any(post.state in OUT_OF_SIGHT for post in posts):
        for step in PostStep.objects.filter(post__in=posts, move="appeal").order_by("pk"):
            appeals[step.post_id] = step.reason
    rows = []
    for post in posts:
        thread: Thread = post.thread
        need = needs.get(post.pk)
        rows.append(
            FateRow(
                public_id=post.public_id,
                href=thread_path(thread, post.number),
                title=thread.title,
                text=beginning(post.text),
                author=byline(post.author),
                written_on=show_day(timezone.localdate(post.written_at)),
                state=str(POST_FLOW.states[post.state]),
                tone="" if post.state == VISIBLE else "bad" if post.state in OUT_OF_SIGHT else "wait",
                reason=post.hidden_reason,
                is_chosen=thread.chosen_id == post.pk,
                replies=thread.replies if post.number == 1 else 0,
                need=str(NEED_FLOW.states[need.state]) if need else "",
                need_path=f"/kebutuhan/{need.public_id}/" if need else "",
                may_appeal=post.state == HIDDEN,
                reports=reports[post.pk],
                appeal=appeals.get(post.pk, ""),
            )
        )
    return rows
