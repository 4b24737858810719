"""The page cache before Django, and what every answer needs on its way out.

A view opts in with `@cacheable(seconds=…)`. Its page is then kept, compressed, in the memory of the
worker and given to everybody until anything public changes (`generation`) or the seconds are over.
Nothing personal may stand in such a page; a page that looked at the session or sets a cookie is never
kept, whatever it says of itself.
"""

import functools
import gzip
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec
from urllib.parse import parse_qsl, urlencode

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.utils import timezone
from django.utils.text import compress_string

from etoko.foundation.generation import Generation, public_generation
from etoko.foundation.templating import THEME_COOKIE, THEMES

HEADER = "X-Page-Cache"
MOST_BYTES = 24 * 1024 * 1024
LEAST_TO_COMPRESS = 500
VARY = "Accept-Encoding, Cookie, HX-Request, HX-Target, X-Requested-With"

# Hung on links by those who pass them on; they say nothing about the page.
_NOISE = ("utm_", "fbclid", "gclid", "gad_", "igsh", "wbraid", "gbraid", "mibextid", "_gl")
_COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "application/manifest", "image/svg")

log = logging.getLogger(__name__)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]


def cacheable(*, seconds: int, on_the_minute: bool = False) -> Callable[[View[P]], View[P]]:
    """Marks a public page for the page cache, at most `seconds` long.

    `on_the_minute`: at most until the next full minute, for pages that say whether a shop is open now.
    """

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def marked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                left = 60 - timezone.now().second if on_the_minute else seconds
                response.headers[HEADER] = str(min(seconds, left))
                # Kept by the browser too, but asked for each time: the answer is mostly "304, unchanged".
                response.headers.setdefault("Cache-Control", "no-cache")
            return response

        return marked  # type: ignore[return-value]

    return decorate


class _Answer:
    """What the application said, caught before it goes to the server."""

    status = ""
    headers: Headers = []

    def __call__(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass
class _Page:
    generation: int
    expires: float
    etag: str
    headers: Headers
    """Without length and encoding, which each body has for itself."""
    compressible: bool
    bodies: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)
    """By encoding; each is made when it is first asked for."""

    def body(self, encoding: str) -> tuple[Headers, bytes]:
        encoding = encoding if self.compressible else ""
        ready = self.bodies.get(encoding)
        if ready is None:
            other, (_headers, packed) = next(iter(self.bodies.items()))
            ready = self.bodies[encoding] = self.pack(encoding, _unpack(other, packed))
        return ready

    def pack(self, encoding: str, plain: bytes) -> tuple[Headers, bytes]:
        packed = _compress(encoding, plain)
        more = [("Content-Length", str(len(packed)))]
        if encoding:
            more.append(("Content-Encoding", encoding))
        return [*self.headers, *more], packed


class PageCache:
    """Wraps a Django WSGI application."""

    def __init__(
        self,
        application: Callable[[Environ, StartResponse], Iterable[bytes]],
        *,
        generation: Generation | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._application = application
        self._generation = generation or public_generation()
        self._most_bytes = most_bytes
        self._pages: dict[tuple[Any, ...], _Page] = {}
        self._bytes = 0
        self._writing = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = _key(environ) if environ["REQUEST_METHOD"] in ("GET", "HEAD") else None
        if key is not None:
            page = self._pages.get(key)
            if page and page.generation == self._generation.now() and time.monotonic() < page.expires:
                return _give(page, environ, start_response)
            environ["QUERY_STRING"] = key[2]
        # Read before the application reads the database: what changes meanwhile outdates this page.
        generation = self._generation.now()
        answer = _Answer()
        result = self._application(environ, answer)
        if getattr(result, "streaming", True):
            start_response(answer.status, _without(answer.headers, HEADER))
            return result
        try:
            plain = b"".join(result)
        finally:
            result.close()  # type: ignore[attr-defined]
        if key is not None and (seconds := _may_be_kept(answer)):
            page = _page(answer, plain, generation, seconds, environ)
            self._keep(key, page)
            return _give(page, environ, start_response)
        return _pass_on(answer, plain, environ, start_response)

    def _keep(self, key: tuple[Any, ...], page: _Page) -> None:
        with self._writing:
            before = self._pages.pop(key, None)
            self._bytes += _weight(page) - (_weight(before) if before else 0)
            self._pages[key] = page
            # The oldest go first: they are the ones whose time is over anyway.
            while self._bytes > self._most_bytes and len(self._pages) > 1:
                self._bytes -= _weight(self._pages.pop(next(iter(self._pages))))


def _key(environ: Environ) -> tuple[Any, ...] | None:
    """What the page depends on, or None for a request that must reach the application."""
    cookies = environ.get("HTTP_COOKIE", "")
    if "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ or "messages=" in cookies:
        return None  # "messages": the page has to say what just happened
    query = environ.get("QUERY_STRING", "")
    if query:
        query = _known_query(query)
        if query is None:
            return None
    look = _look(cookies) if "bahasa" in cookies or "tema" in cookies else None
    get = environ.get
    return (
        get("HTTP_HOST"),
        environ["PATH_INFO"],
        query,
        look,
        get("HTTP_X_FORWARDED_PROTO") or get("wsgi.url_scheme"),
        get("HTTP_HX_REQUEST"),
        get("HTTP_HX_TARGET"),
        get("HTTP_X_REQUESTED_WITH"),
    )


@functools.lru_cache(maxsize=4096)
def _known_query(query: str) -> str | None:
    """The query as the page will see it, or None when it says something that we do not know.

    Empty values (a form sends all its fields) and what others hang on links are left out.
    """
    if len(query) > 1000:
        return None
    kept = []
    for name, value in parse_qsl(query):
        if name in settings.PAGE_CACHE_QUERY:
            kept.append((name, value))
        elif not name.startswith(_NOISE):
            return None
    return urlencode(sorted(kept, key=lambda pair: pair[0]))


@functools.lru_cache(maxsize=1024)
def _look(cookies: str) -> tuple[str, str]:
    """Language and colours as the middleware and the frame will read them."""
    parsed = parse_cookie(cookies)
    language, theme = parsed.get(settings.LANGUAGE_COOKIE_NAME, ""), parsed.get(THEME_COOKIE, "")
    return (
        language if language in dict(settings.LANGUAGES) else "",
        theme if theme in THEMES else "",
    )


def _may_be_kept(answer: _Answer) -> int:
    """For how many seconds; nought when not at all."""
    seconds = answer.header(HEADER.lower())
    if not seconds or not answer.status.startswith("200"):
        return 0
    if answer.header("set-cookie") or "cookie" in answer.header("vary").lower():
        log.warning("a page that calls itself cacheable looked at its reader and is not kept")
        return 0
    return int(seconds)


def _page(answer: _Answer, plain: bytes, generation: int, seconds: int, environ: Environ) -> _Page:
    etag = f'W/"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"'
    headers = _without(answer.headers, HEADER, "Content-Length", "Vary", "ETag")
    compressible = _compressible(answer, plain)
    page = _Page(
        generation,
        time.monotonic() + seconds,
        etag,
        [*headers, ("ETag", etag), ("Vary", VARY)],
        compressible,
    )
    encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", "")) if compressible else ""
    page.bodies[encoding] = page.pack(encoding, plain)
    return page


def _give(page: _Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    seen = environ.get("HTTP_IF_NONE_MATCH")
    if seen and (page.etag[2:] in seen or seen == "*"):
        start_response("304 Not Modified", _without(page.headers, "Content-Type"))
        return []
    headers, body = page.body(_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _pass_on(
    answer: _Answer, plain: bytes, environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    """An answer that is made for one reader: compressed too, but with a tail of random length.

    A page with a secret that also repeats what was asked must not tell the secret by its length
    (BREACH). Django's tokens are masked anew each time; the tail hides the length of the rest.
    """
    headers = _without(answer.headers, HEADER)
    if answer.status[:3] not in ("204", "304") and _compressible(answer, plain):
        vary = answer.header("vary")
        headers = _without(headers, "Vary")
        headers.append(("Vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"))
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            plain = compress_string(plain, max_random_bytes=100)
            headers = _without(headers, "Content-Length")
            headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(plain)))]
    start_response(answer.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [plain]


def _compressible(answer: _Answer, plain: bytes) -> bool:
    return (
        len(plain) >= LEAST_TO_COMPRESS
        and not answer.header("content-encoding")
        and answer.header("content-type").startswith(_COMPRESSIBLE)
    )


@functools.lru_cache(maxsize=256)
def _encoding(accepted: str) -> str:
    """The best of "br", "gzip" and "" (as it is) that the reader takes."""
    takes = {}
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        takes[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if takes.get(name)), "")


def _compress(encoding: str, plain: bytes) -> bytes:
    if encoding == "br":
        # 5 of 11: three quarters of the work of 6, and one per cent larger.
        packed: bytes = brotli.compress(plain, quality=5)
        return packed
    if encoding == "gzip":
        return gzip.compress(plain, compresslevel=6, mtime=0)
    return plain


def _unpack(encoding: str, packed: bytes) -> bytes:
    if encoding == "br":
        plain: bytes = brotli.decompress(packed)
        return plain
    return gzip.decompress(packed) if encoding == "gzip" else packed


def _weight(page: _Page) -> int:
    # Counted once, with the first body: a second encoding of the same page is of about the same size.
    return 3_000 + 2 * len(next(iter(page.bodies.values()))[1])


def _without(headers: Headers, *names: str) -> Headers:
    unwanted = {name.lower() for name in names}
    return [(name, value) for name, value in headers if name.lower() not in unwanted]
