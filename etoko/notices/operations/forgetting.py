"""Notices are news: what was read long ago is thrown away. What happened stands where it happened."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from etoko.notices.models import Notice, PushDevice, Reach, WhatsAppContact
from etoko.people.models import Person

KEPT_FOR = timedelta(days=365)
_AT_ONCE = 500


def forget_old_notices(*, at: datetime) -> int:
    """Those that were read a year ago, and those of a year ago to a phone without account, which nobody can
    mark as read; with their deliveries. What waits unread in an inbox stays. Returns how many."""
    read = Notice.objects.filter(read_at__lt=at - KEPT_FOR)
    of_nobody = Notice.objects.filter(recipient=None, created_at__lt=at - KEPT_FOR)
    old = [*read.values_list("pk", flat=True)[:_AT_ONCE], *of_nobody.values_list("pk", flat=True)[:_AT_ONCE]]
    return Notice.objects.filter(pk__in=old).delete()[1].get("notices.Notice", 0)


def forget_reader(*, person: Person, abouts: Collection[str]) -> None:
    """What she was told, where, and how she wished to be: it served nobody but her. And what others were told
    `about` her: it names her."""
    hers = Q(recipient=person) | Q(recipient=None, phone=person.phone) | Q(about__in=abouts)
    Notice.objects.filter(hers).delete()
    PushDevice.objects.filter(person=person).delete()
    Reach.objects.filter(person=person).delete()
    WhatsAppContact.objects.filter(phone=person.phone).delete()
