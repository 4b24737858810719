"""Keeps the number of unread notices in the readable cookie right (`foundation/personal.py`)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from etoko.foundation.personal import show_personal
from etoko.notices.queries import unread_count
from etoko.people.models import Person


def unread_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Counts again after each form that a signed-in person sent, signing in among them: deeds make news.
    Pages that only show something are not made slower; the inbox and `/saya/` count for themselves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        signed_in = settings.SESSION_COOKIE_NAME in (*request.COOKIES, *response.cookies)
        if request.method == "POST" and signed_in and isinstance(request.user, Person):
            show_personal(request, response, unread=unread_count(request.user))
        return response

    return middleware
