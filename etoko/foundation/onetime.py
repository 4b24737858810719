"""One-time keys: the same form sent ten times does one thing, and every sender gets the same answer."""

import functools
import secrets
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from etoko.foundation.models import OneTimeKey

FIELD = "once"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def new_key() -> str:
    return secrets.token_urlsafe(16)


def once(view: View[P]) -> View[P]:
    """For a view whose POST writes. The form must carry a hidden field `once` (`once_input()`).

    The key's row is inserted first, in the same transaction as the deed: a second sender waits for
    the first (a unique index on PostgreSQL, the write lock on SQLite) and then gets the stored
    answer. An answer that is not a redirect means that the form was refused: the key stays free.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        key = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            row, is_first = OneTimeKey.objects.get_or_create(
                key=key[:64], defaults={"path": request.path[:300]}
            )
            if not is_first:
                return _answer_again(row)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                row.location = response["Location"]
                row.cookies = [morsel.OutputString() for morsel in response.cookies.values()]
                row.save(update_fields=["location", "cookies"])
            else:
                row.delete()
        return response

    return guarded  # type: ignore[return-value]


def _answer_again(row: OneTimeKey) -> HttpResponse:
    response = HttpResponseRedirect(row.location or row.path)
    for text in row.cookies:
        cookie: SimpleCookie = SimpleCookie(text)
        response.cookies.update(cookie)
    return response
