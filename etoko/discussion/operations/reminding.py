"""A question that nobody has answered for a week: whoever looks after its place is told."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from etoko.discussion.models import Thread
from etoko.discussion.waiting import waiting_questions
from etoko.foundation.addresses import whole_address
from etoko.notices.operations.sending import Message, send_notices
from etoko.people.access import people_with
from etoko.people.models import Person
from etoko.people.roles import TEND_DISCUSSION

MOST_AT_ONCE = 500
NOT_OLDER = timedelta(days=60)
"""What waits longer stands on the list and is not told of any more."""


@transaction.atomic
def tell_unanswered(*, at: datetime) -> int:
    """Once for each question, and once a day for each person: days are counted, not hours. Returns how many
    questions."""
    due = list(
        waiting_questions(at)
        .filter(waiting_told_at=None, started_at__gt=at - NOT_OLDER)
        .order_by("pk")[:MOST_AT_ONCE]
    )
    if not due:
        return 0
    told = Thread.objects.filter(pk__in=[one.pk for one in due], waiting_told_at=None).update(
        waiting_told_at=at
    )
    of: dict[Person, list[Thread]] = defaultdict(list)
    for area in {one.area_id for one in due}:
        for person in people_with(TEND_DISCUSSION, area):
            of[person] += [one for one in due if one.area_id == area]
    send_notices(messages=[_message(person, threads, at) for person, threads in of.items()], at=at)
    return told


def _message(person: Person, threads: list[Thread], at: datetime) -> Message:
    path = reverse("discussion:desk")
    with translation.override(person.language):
        title = ngettext(
            "%(num)s pertanyaan belum dijawab seminggu",
            "%(num)s pertanyaan belum dijawab seminggu",
            len(threads),
        ) % {"num": len(threads)}
        text = _(
            "%(title)s di Ruang diskusi:\n\n%(questions)s\n\nJawab, atau carikan yang tahu: %(link)s"
        ) % {
            "title": title,
            "questions": "\n".join(f"• {one.title}" for one in threads[:5]),
            "link": whole_address(path),
        }
    return Message(
        key=f"unanswered:{timezone.localdate(at)}:{threads[-1].pk}:{person.pk}",
        kind="discussion_unanswered",
        title=title,
        text=text,
        recipient=person,
        path=path,
        area_code=threads[0].area_id,
    )
