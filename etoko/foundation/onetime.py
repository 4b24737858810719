"""One-time keys: the same form sent ten times does one thing, and every sender gets the same answer."""

import functools
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase

from etoko.foundation.ids import secret_hash
from etoko.foundation.models import OneTimeKey

FIELD = "once"
KEPT_FOR = timedelta(days=30)
"""A form that stays open in a tab longer than this may act again."""
_LONGEST_LOCATION = 500

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
                key=_kept_key(request.path, key), defaults={"path": request.path[:300]}
            )
            if not is_first:
                return _answer_again(row)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirectBase):
                location = response["Location"]
                row.location = location if len(location) <= _LONGEST_LOCATION else ""
                row.cookies = [morsel.OutputString() for morsel in response.cookies.values()]
                row.save(update_fields=["location", "cookies"])
            else:
                row.delete()
        return response

    return guarded  # type: ignore[return-value]


def forget_old_keys(*, at: datetime) -> int:
    """Keys older than KEPT_FOR; they would else pile up for ever. Returns how many."""
    return OneTimeKey.objects.filter(created_at__lt=at - KEPT_FOR).delete()[0]


def _kept_key(path: str, key: str) -> str:
    # Several forms of a page that is drawn again after a refusal carry the same key. Each address is
    # therefore its own, or the second form would be answered with what the first one did.
    return secret_hash(f"{path}\n{key}")


def _answer_again(row: OneTimeKey) -> HttpResponse:
    response = HttpResponseRedirect(row.location or row.path)
    for text in row.cookies:
        cookie: SimpleCookie = SimpleCookie(text)
        response.cookies.update(cookie)
    return response
