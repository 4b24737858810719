"""Pictures: received with a form, kept while the form is refused, given out for ever."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from etoko.catalog.models import Shop
from etoko.catalog.operations.photographing import MOST_PHOTOS
from etoko.catalog.photos import Picture, Upload, keep_photo, photo_sources
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person

_TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png"}


@dataclass(frozen=True)
class KeptPhoto:
    """A picture that waits for its form to be accepted; the token in the form names it."""

    token: str
    upload: Upload
    picture: Picture | None


@dataclass(frozen=True)
class Received:
    kept: list[KeptPhoto] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def uploads(self) -> list[Upload]:
        return [photo.upload for photo in self.kept]


def receive_photos(request: HttpRequest, whose: Shop | Person, *, most: int = MOST_PHOTOS) -> Received:
    """What the form brings, and what an earlier refused one had brought already.

    To be called before the one-time key is taken: making pictures small takes a while, and nobody else
    should wait for the database meanwhile.
    """
    kept = [photo for token in request.POST.getlist("kept") if (photo := _from_token(token, whose))]
    problems: list[str] = []
    for name in ("camera", "photos"):
        for sent in request.FILES.getlist(name):
            if len(kept) >= most:
                break
            try:
                kept.append(_keep(keep_photo(sent), whose))
            except UnableTo as problem:
                problems.append(problem.sentence)
    return Received(kept, _unlike(problems))


def _keep(upload: Upload, whose: Shop | Person) -> KeptPhoto:
    token = signing.dumps([upload.key, upload.width, upload.height], salt=_salt(whose))
    return KeptPhoto(token, upload, _picture(upload))


def _from_token(token: str, whose: Shop | Person) -> KeptPhoto | None:
    try:
        key, width, height = signing.loads(token, salt=_salt(whose))
    except signing.BadSignature:
        return None
    upload = Upload(key, width, height)
    return KeptPhoto(token, upload, _picture(upload))


def _picture(upload: Upload) -> Picture | None:
    return photo_sources({"key": upload.key, "width": upload.width, "height": upload.height})


def _salt(whose: Shop | Person) -> str:
    return f"photo of {whose.public_id}" if isinstance(whose, Shop) else f"photo of person {whose.pk}"


def _unlike(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))


@require_safe
def photo(request: HttpRequest, name: str) -> HttpResponse:
    """A picture; its name never comes to mean another one. The address lets no other name through."""
    path = Path(settings.MEDIA_ROOT) / "photos" / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=_TYPES[path.suffix[1:]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
