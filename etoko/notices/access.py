"""Gate of the inbox: everybody reads her own."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from etoko.notices.models import Notice
from etoko.people.models import Person


def notice_for_reader(person: Person | AnonymousUser, notice_id: int) -> Notice:
    notice = Notice.objects.filter(pk=notice_id, recipient_id=person.pk).first() if person.pk else None
    if notice is None:
        raise Http404
    return notice
