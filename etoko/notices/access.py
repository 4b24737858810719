"""Gates: everybody reads her own news; a helper passes on what people without account missed."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from etoko.notices.models import Notice
from etoko.people.access import may_help_in
from etoko.people.models import Person


def notice_for_reader(person: Person | AnonymousUser, notice_id: int) -> Notice:
    notice = Notice.objects.filter(pk=notice_id, recipient_id=person.pk).first() if person.pk else None
    if notice is None:
        raise Http404
    return notice


def notice_to_pass_on(helper: Person, notice_id: int) -> Notice:
    notice = Notice.objects.filter(pk=notice_id, recipient=None).first()
    if notice is None or not may_help_in(helper, notice.area_code):
        raise Http404
    return notice
