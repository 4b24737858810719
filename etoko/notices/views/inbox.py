"""`/kabar/`: what somebody should know, each with a text ready for WhatsApp."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.personal import show_personal
from etoko.foundation.phones import whatsapp_link
from etoko.notices import operations, queries
from etoko.notices.access import notice_for_reader
from etoko.people.models import Person
from etoko.people.sessions import signed_in


@never_cache
@signed_in
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    number = request.GET.get("hal", "")
    page = queries.inbox(person, page=int(number) if number.isdecimal() and len(number) < 6 else 1)
    unread = queries.unread_count(person)
    response = render(
        request,
        "notices/inbox.html",
        {"page": page, "unread": unread, "now": timezone.now().isoformat(), "nav_active": "saya"},
    )
    show_personal(request, response, unread=unread)
    return response


@never_cache
@signed_in
@require_safe
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Opening is reading: looking at a notice is the one thing a GET may note down."""
    person = _person(request)
    found = notice_for_reader(person, notice_id)
    operations.read_notice(notice=found, at=timezone.now())
    response = render(
        request, "notices/notice.html", {"notice": queries.notice_row(found), "nav_active": "saya"}
    )
    show_personal(request, response, unread=queries.unread_count(person))
    return response


@never_cache
@signed_in
@require_POST
@once
def read_all(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    operations.read_all_notices(person=_person(request), until=_seen_until(request, at), at=at)
    messages.success(request, _("Semua kabar ditandai sudah dibaca."))
    return redirect("notices:inbox")


@never_cache
@signed_in
@require_safe
def whatsapp(request: HttpRequest, notice_id: int) -> HttpResponse:
    """To WhatsApp with the words ready. A link, not a form: WhatsApp leads on to another name of its own,
    and the page's policy lets forms go only where it names."""
    found = notice_for_reader(_person(request), notice_id)
    operations.open_whatsapp(notice=found, at=timezone.now())
    return redirect(whatsapp_link(found.phone, found.text))


def _seen_until(request: HttpRequest, at: datetime) -> datetime:
    try:
        seen = parse_datetime(request.POST.get("until", "")[:40])
    except ValueError:
        seen = None
    return seen if seen is not None and timezone.is_aware(seen) else at


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
