"""The same server with nothing behind it: as many bytes as asked for; or a trivial Django view."""

import os
from collections.abc import Callable, Iterable
from typing import Any

BYTES: dict[int, bytes] = {}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    size = int(environ["PATH_INFO"].strip("/") or 0)
    body = BYTES.get(size) or BYTES.setdefault(size, os.urandom(size))
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(size))])
    return [body]


def trivial() -> Any:
    """A Django of one view and no middleware."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    def hello(request: HttpRequest) -> HttpResponse:
        return HttpResponse("Halo", headers={"Content-Length": "4"})

    settings.configure(ROOT_URLCONF=(path("", hello),), SECRET_KEY="bench", ALLOWED_HOSTS=["*"])
    return get_wsgi_application()


if os.environ.get("ETOKO_BENCH_TRIVIAL"):
    application = trivial()
