"""Gates. Everybody reads; whoever is signed in writes; some look after the discussions of a place."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from etoko.discussion.links import ReplyLink, read_link
from etoko.discussion.models import Post, Thread
from etoko.discussion.states import AUTHOR, TENDER, VISIBLE, WITHDRAWN
from etoko.foundation.ids import secret_hash
from etoko.needs.access import Standing as NeedStanding
from etoko.needs.access import cooperatives_of, groups_led_by, standing_of
from etoko.needs.models import Thing
from etoko.people.access import areas_with, may
from etoko.people.models import Person
from etoko.people.roles import TEND_DISCUSSION
from etoko.registry.access import businesses_of

VALID, EXPIRED, REVOKED = "valid", "expired", "revoked"


@dataclass(frozen=True)
class Standing:
    """A post, and what somebody is to it."""

    post: Post
    person: Person
    is_author: bool
    is_asker: bool
    """She opened the thread it stands in."""
    may_tend: bool

    @property
    def parties(self) -> tuple[str, ...]:
        return tuple(party for party, held in ((AUTHOR, self.is_author), (TENDER, self.may_tend)) if held)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link of a notice opens now."""

    link: ReplyLink
    post: Post
    person: Person
    standing: str
    """VALID, EXPIRED, or REVOKED: the phone changed, or the account was closed."""
    written: Post | None
    """The reply that was written by it already."""

    @property
    def may_reply(self) -> bool:
        return self.standing == VALID and self.written is None


def thread_to_read(public_id: str) -> Thread:
    """For everybody. What is hidden in it leaves a line."""
    thread = (
        Thread.objects.select_related("area", "author__home_area", "chosen__author__home_area")
        .filter(public_id=public_id)
        .first()
    )
    if thread is None:
        raise Http404
    return thread


def may_tend(person: Person, thread: Thread) -> bool:
    return may(person, TEND_DISCUSSION, thread.area_id)


def post_for(person: Person, public_id: str) -> Standing:
    """A post that she sees; what is out of sight only its author and who looks after it."""
    post = (
        Post.objects.select_related("thread__area", "thread__author", "author__home_area")
        .filter(public_id=public_id)
        .first()
    )
    if post is None or not person.is_authenticated:
        raise Http404
    is_author = post.author_id == person.pk
    standing = Standing(
        post,
        person,
        is_author=is_author,
        is_asker=post.thread.author_id == person.pk,
        may_tend=may_tend(person, post.thread),
    )
    if post.state == WITHDRAWN and not is_author:  # she took it back, also from those who look after it
        raise Http404
    if post.state != VISIBLE and not standing.parties:
        raise Http404
    return standing


def post_to_tend(person: Person, public_id: str) -> Standing:
    standing = post_for(person, public_id)
    if not standing.may_tend:
        raise Http404
    return standing


def own_post(person: Person, public_id: str) -> Standing:
    standing = post_for(person, public_id)
    if not standing.is_author:
        raise Http404
    return standing


def things_to_note_for(standing: Standing) -> list[NeedStanding]:
    """The businesses, groups and cooperatives of the post's author for which this person may note a need.
    Without any: "not found"."""
    author = standing.post.author
    hers: list[Thing] = [*businesses_of(author), *groups_led_by(author), *cooperatives_of(author)]
    found = [each for each in (standing_of(standing.person, thing) for thing in hers) if each.may_record]
    if standing.post.state != VISIBLE or not found:
        raise Http404
    return found


def areas_to_tend(person: Person) -> list[str]:
    """Codes of the areas whose discussions she looks after ("" is everywhere). Without any: "not found"."""
    codes = areas_with(person, TEND_DISCUSSION) if person.is_authenticated else []
    if not codes:
        raise Http404
    return codes


def opened_by_link(token: str, *, at: datetime) -> Opened:
    """What we never signed, and a post that is not there, is "not found"."""
    link = read_link(token)
    if link is None:
        raise Http404
    post = Post.objects.select_related("thread__area", "author__home_area").filter(pk=link.post_pk).first()
    person = Person.objects.select_related("home_area").filter(pk=link.person_pk).first()
    if post is None or person is None:
        raise Http404
    standing = VALID if at < link.expires_at else EXPIRED
    if not person.is_active or not link.is_for_phone(person.phone):
        standing = REVOKED
    written = Post.objects.select_related("thread").filter(link_hash=secret_hash(token)).first()
    return Opened(link, post, person, standing, written)
