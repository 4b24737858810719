"""What a browser keeps of its reader's news: how many are unread, in the readable cookie
(`foundation/personal.py`), and which push device it is."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from etoko.foundation.personal import show_personal
from etoko.notices.operations.choosing import remove_push_device
from etoko.notices.queries import unread_count
from etoko.people.models import Person

DEVICE_COOKIE = "perangkat"
"""The push device of this browser, so that whoever signs out of a shared phone is not told on it any more."""


def unread_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Counts again after each form that a signed-in person sent, signing in among them: deeds make news.
    Pages that only show something are not made slower; the inbox and `/saya/` count for themselves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        leaving = _leaving(request)
        response = get_response(request)
        if leaving is not None and not request.user.is_authenticated:
            device = request.COOKIES[DEVICE_COOKIE]
            if device.isascii() and device.isdecimal() and len(device) < 19:
                remove_push_device(person=leaving, device_id=int(device), at=timezone.now())
            response.delete_cookie(DEVICE_COOKIE)
        signed_in = settings.SESSION_COOKIE_NAME in (*request.COOKIES, *response.cookies)
        if request.method == "POST" and signed_in and isinstance(request.user, Person):
            show_personal(request, response, unread=unread_count(request.user))
        return response

    return middleware


def _leaving(request: HttpRequest) -> Person | None:
    """Who is about to sign out of a browser that is told her news."""
    if request.method != "POST" or DEVICE_COOKIE not in request.COOKIES:
        return None
    is_signing_out = request.path == reverse("people:logout")
    return request.user if is_signing_out and isinstance(request.user, Person) else None
