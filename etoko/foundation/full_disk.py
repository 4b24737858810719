"""A full disk is told as what it is, whichever deed meets it: nothing was written, and what to do."""

import errno
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# What SQLite, the system and PostgreSQL say.
_WORDS = ("disk is full", "No space left", "could not extend file")


def disk_is_full(problem: BaseException) -> bool:
    if not isinstance(problem, OperationalError | OSError):
        return False
    return getattr(problem, "errno", 0) in (errno.ENOSPC, errno.EDQUOT) or any(
        words in str(problem) for words in _WORDS
    )


class FullDiskMiddleware:
    """Deeds run in transactions, so all that is left to do is to say it; the browser keeps the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return render(request, "507.html", status=507) if disk_is_full(problem) else None
