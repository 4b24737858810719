"""The readable cookie `tk`: what the frame of every page shows of its reader.

Pages come from a cache that everybody shares, so nothing personal stands in them. The script fills in
the number of things in the cart (`cart`), the first name (`name`), the unread news (`unread`) and for whom
she acts (`acting`).
It is decoration: nothing is ever decided by it.
"""

from urllib.parse import parse_qsl, quote, unquote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "tk"
KEYS = ("cart", "name", "unread", "acting")


def show_personal(request: HttpRequest, response: HttpResponse, **values: str | int) -> None:
    """Set some of these KEYS and keep the others; an empty value or nought leaves one out."""
    known = _known(
        response.cookies[COOKIE].value if COOKIE in response.cookies else request.COOKIES.get(COOKIE)
    )
    before = dict(known)
    known.update({key: str(value)[:60] for key, value in values.items()})
    kept = {key: known[key] for key in KEYS if known.get(key) not in (None, "", "0")}
    if kept == before:
        return
    if kept:
        response.set_cookie(
            COOKIE,
            # Encoded twice: "=" and "&" would make Python put the value in quotes, and the browser keep them.
            quote(urlencode(kept), safe=""),
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.HTTPS,
            samesite="Lax",
        )
    else:
        response.delete_cookie(COOKIE)


def _known(cookie: str | None) -> dict[str, str]:
    return dict(parse_qsl(unquote((cookie or "").strip('"'))))
