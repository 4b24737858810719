"""Whether somebody hears of new replies."""

from datetime import datetime

from django.db import transaction

from etoko.discussion.models import Following, Thread
from etoko.people.models import Person


@transaction.atomic
def set_following(*, thread: Thread, wish: str, by: Person, at: datetime) -> None:
    """As she says, until she says otherwise. `wish` is FOLLOWS or MUTED."""
    Following.objects.update_or_create(thread=thread, person=by, defaults={"wish": wish, "since_at": at})


def follow(*, thread: Thread, by: Person, at: datetime) -> None:
    """Whoever writes follows, but not against her word."""
    Following.objects.get_or_create(
        thread=thread, person=by, defaults={"wish": Following.FOLLOWS, "since_at": at}
    )
