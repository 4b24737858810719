"""Opening and closing a session in the browser: what pages do after a deed has said who somebody is."""

import functools
import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from etoko.foundation.personal import show_personal
from etoko.people.models import Person

FRESH_PROOF = timedelta(minutes=15)
_PROVED_AT = "proved_at"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def open_session(
    request: HttpRequest, response: HttpResponse, person: Person, *, at: datetime, proved: bool
) -> None:
    """`proved`: by code, link or passkey. Who came that way may set a passphrase without the old one."""
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    if proved:
        request.session[_PROVED_AT] = at.timestamp()
    keep_session(request, response)
    show_personal(request, response, name=first_name(person))


def keep_session(request: HttpRequest, response: HttpResponse) -> None:
    """Put the session's cookie on this very answer.

    A one-time key stores the answer with its cookies: who taps twice and loses the first answer would
    else be signed in nowhere, and her link used up.
    """
    request.session.save()
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        request.session.session_key or "",
        max_age=settings.SESSION_COOKIE_AGE,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.SESSION_COOKIE_HTTPONLY,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def has_proved_lately(request: HttpRequest, *, at: datetime) -> bool:
    proved_at = float(request.session.get(_PROVED_AT, 0))
    return 0 <= at.timestamp() - proved_at < FRESH_PROOF.total_seconds()


def first_name(person: Person) -> str:
    return person.name.split()[0][:20] if person.name.split() else ""


def signed_in(view: View[P]) -> View[P]:
    """Visitors go to the sign-in page first and come back here. A form whose session ran out comes back to
    the page it stood on: its own address may know no page."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path())
        stood_on = urlsplit(request.headers.get("Referer", ""))
        back = stood_on.path if stood_on.netloc == request.get_host() else ""
        return redirect_to_login(back or settings.LOGIN_REDIRECT_URL)

    return guarded  # type: ignore[return-value]


def next_path(request: HttpRequest) -> str:
    """Where the reader wanted to go: a path of ours, or ""."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.startswith("/") and len(wanted) <= 300 else ""


def address_of(request: HttpRequest) -> str:
    """Where the request comes from. One household has 2⁶⁴ addresses of IPv6: they count as one."""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(chain) >= settings.PROXIES:
            found = chain[-settings.PROXIES]
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return str(found)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
    return str(address)
