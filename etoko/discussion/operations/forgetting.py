"""Somebody leaves. What she wrote stays, for others answered it; nothing names her any more: posts are drawn
with the name of the account, which is gone, and mentions too."""

from etoko.discussion.models import Following, Post
from etoko.discussion.operations.telling import about
from etoko.people.models import Person


def forget_participant(*, person: Person) -> list[str]:
    """Returns what notices to others were about that name her."""
    Following.objects.filter(person=person).delete()
    threads = Post.objects.filter(author=person).order_by().values_list("thread_id", flat=True).distinct()
    return [about(thread, person.pk) for thread in threads]
