"""Style sheets, scripts and icons: addresses that carry a fingerprint of the file, and their answers.

No step collects or compresses files beforehand: a file is read, fingerprinted and packed when it is first
asked for, and then kept. A browser that has it never asks again, because a changed file has a new address.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseNotModified

FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
PACKED = ("text/", "application/javascript", "application/json", "image/svg+xml")


class UnknownAsset(LookupError):
    """A page names a file that no room has: a slip of the author, to be seen at once."""


@dataclass(frozen=True)
class Asset:
    content: bytes
    brotli: bytes
    gzip: bytes
    """Both empty for what is packed already, such as pictures."""
    type: str
    fingerprint: str


class AssetStorage(StaticFilesStorage):
    """`static("etoko/etoko.css")` → `/static/etoko/etoko.css?v=3f2a…`."""

    def url(self, name: str | None) -> str:
        return self._url(name or "") if settings.DEBUG else self._url_once(name or "")

    @lru_cache(maxsize=512)  # noqa: B019  there is one storage, and it lives as long as the server
    def _url_once(self, name: str) -> str:
        return self._url(name)

    def _url(self, name: str) -> str:
        asset = find_asset(name)
        if asset is None:
            raise UnknownAsset(name)
        return f"{super().url(name)}?v={asset.fingerprint}"


def assets_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answers for the files before anything else is done: no session, no language, no database."""
    prefix: str = settings.STATIC_URL

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(prefix) or request.method not in ("GET", "HEAD"):
            return get_response(request)
        asset = find_asset(request.path.removeprefix(prefix))
        return answer_asset(request, asset) if asset else HttpResponseNotFound(content_type="text/plain")

    return middleware


def answer_asset(request: HttpRequest, asset: Asset) -> HttpResponse:
    """The file, packed as the browser likes it, to be kept for ever at the address that `static()` gives."""
    etag = f'"{asset.fingerprint}"'
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        accepted = request.headers.get("Accept-Encoding", "")
        name, content = next(
            (name, packed)
            for name, packed in (("br", asset.brotli), ("gzip", asset.gzip), ("", asset.content))
            if not name or (packed and name in accepted)
        )
        response = HttpResponse(content, content_type=asset.type)
        response["Content-Length"] = len(content)
        if name:
            response["Content-Encoding"] = name
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = FOR_EVER if request.GET.get("v") == asset.fingerprint else FOR_AN_HOUR
    return response


def find_asset(name: str) -> Asset | None:
    """None when no room has such a file."""
    return _find(name) if settings.DEBUG else _find_once(name)


def _find(name: str) -> Asset | None:
    try:
        found = finders.find(name)
    except SuspiciousFileOperation:
        return None
    if not found or not Path(found).is_file():
        return None
    return _read(found, Path(found).stat().st_mtime_ns)


# Files do not change under a running server; names that nobody has are remembered too.
_find_once = lru_cache(maxsize=2048)(_find)


@lru_cache(maxsize=512)
def _read(path: str, _changed_at: int) -> Asset:
    content = Path(path).read_bytes()
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    packed = kind.startswith(PACKED)
    return Asset(
        content=content,
        brotli=brotli.compress(content) if packed else b"",
        gzip=gzip.compress(content, mtime=0) if packed else b"",
        type=f"{kind}; charset=utf-8" if packed else kind,
        fingerprint=hashlib.blake2b(content, digest_size=8).hexdigest(),
    )
