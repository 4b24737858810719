"""Who hears of a post: whoever is mentioned or replied to, and whoever follows. Within the deed.

The message has a link by which its reader answers without signing in. It is for her phone alone, so nobody
else passes it on for her.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.discussion.links import reply_path
from etoko.discussion.models import Post, Thread
from etoko.discussion.words import beginning
from etoko.foundation.addresses import whole_address
from etoko.notices.models import Notice
from etoko.notices.operations.sending import Message, send_notices
from etoko.people.models import Person
from etoko.people.sessions import first_name

ONCE_IN = timedelta(hours=12)
"""A follower who has not read the last one yet hears of no other reply of the thread for so long."""

_TITLES: dict[str, Promise] = {
    "mention": gettext_lazy("%(who)s menyebut Anda di “%(title)s”"),
    "answer": gettext_lazy("%(who)s membalas Anda di “%(title)s”"),
    "reply": gettext_lazy("Balasan baru dari %(who)s di “%(title)s”"),
}


POSTS_OF_A_PAGE = 20


def thread_path(thread: Thread, number: int = 0) -> str:
    """Of a post, where `number` is given: the page it stands on."""
    path = f"/diskusi/{thread.public_id}/{thread.slug}/"
    page = (number - 1) // POSTS_OF_A_PAGE + 1
    return f"{path}{f'?hal={page}' if page > 1 else ''}{f'#kiriman-{number}' if number else ''}"


def about(thread_pk: int, author_pk: int) -> str:
    """What notices of her posts there speak of: they go when her account does, for they name her."""
    return f"talk:{thread_pk}:{author_pk}"


def tell_of_post(
    *, post: Post, mentioned: Sequence[Person], followers: Sequence[Person], at: datetime
) -> None:
    """Each person once, with what concerns her most."""
    why: dict[Person, str] = dict.fromkeys(_to_be_told(post.thread, followers, at), "reply")
    if post.to is not None:
        why[post.to.author] = "answer"
    elif post.number > 1 and (opener := post.thread.author) in why:
        why[opener] = "answer"
    why |= dict.fromkeys(mentioned, "mention")
    why.pop(post.author, None)
    send_notices(
        messages=[
            _message(post, person, occasion, at) for person, occasion in why.items() if person.is_active
        ],
        at=at,
    )


def _to_be_told(thread: Thread, followers: Sequence[Person], at: datetime) -> list[Person]:
    unread = Notice.objects.filter(
        recipient__in=followers, read_at__isnull=True, created_at__gt=at - ONCE_IN
    ).values_list("recipient_id", "about")
    waiting = {recipient for recipient, told in unread if told.startswith(about(thread.pk, 0)[:-1])}
    return [person for person in followers if person.pk not in waiting]


def _message(post: Post, person: Person, occasion: str, at: datetime) -> Message:
    with translation.override(person.language):
        title = str(_TITLES[occasion]) % {"who": first_name(post.author), "title": post.thread.title}
        text = _("%(title)s:\n\n%(words)s\n\nBaca dan balas tanpa kata sandi: %(link)s") % {
            "title": title,
            "words": beginning(post.text, 300),
            "link": whole_address(reply_path(post, person=person, at=at)),
        }
    return Message(
        key=f"post:{post.pk}:{person.pk}",
        kind=f"discussion_{occasion}",
        title=title,
        text=text,
        recipient=person,
        path=thread_path(post.thread, post.number),
        about=about(post.thread_id, post.author_id),
    )
