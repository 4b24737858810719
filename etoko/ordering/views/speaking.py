"""What the pages of complaints share: pictures that came with a form, and the words of the refusal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from etoko.foundation.onetime import once
from etoko.foundation.private_pictures import PrivatePhoto, keep_private, photo_of, token_of
from etoko.foundation.problems import UnableTo
from etoko.ordering.operations import MOST_PHOTOS

_PURPOSE = "complaint"
P = ParamSpec("P")


@dataclass(frozen=True)
class Received:
    """Pictures that are kept; `tokens` bring them back with a form that was refused."""

    photos: list[PrivatePhoto] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def tokens(self) -> list[str]:
        return [token_of(photo, purpose=_PURPOSE) for photo in self.photos]


def with_photos(
    view: Callable[Concatenate[HttpRequest, Received, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Pictures are made small before the one-time key is taken: nobody else waits for the database
    meanwhile. A form that is sent twice leaves its pictures a second time; no address leads to them."""

    def received(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        brought = _received(request) if request.method == "POST" else Received()

        @once
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(request, brought, *args, **kwargs)

        return guarded(request, *args, **kwargs)

    return received


def _received(request: HttpRequest) -> Received:
    tokens = request.POST.getlist("kept")
    photos = [photo for token in tokens if (photo := photo_of(token, purpose=_PURPOSE))]
    problems: list[str] = []
    for sent in request.FILES.getlist("photos"):
        if len(photos) >= MOST_PHOTOS:
            break
        try:
            photos.append(keep_private(sent))
        except UnableTo as problem:
            problems.append(problem.sentence)
    return Received(photos, list(dict.fromkeys(problems)))
