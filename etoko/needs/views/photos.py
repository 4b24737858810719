"""The picture that may come with a need: made small before the one-time key is taken, kept over a refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from etoko.foundation.onetime import once
from etoko.foundation.private_pictures import PrivatePhoto, keep_private, photo_of, token_of
from etoko.foundation.problems import UnableTo

_PURPOSE = "need"
P = ParamSpec("P")


@dataclass(frozen=True)
class Received:
    photo: PrivatePhoto | None = None
    problem: str = ""

    @property
    def token(self) -> str:
        """Brings it back with a form that was refused."""
        return token_of(self.photo, purpose=_PURPOSE) if self.photo else ""


def with_photo(
    view: Callable[Concatenate[HttpRequest, Received, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    def received(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        brought = _received(request) if request.method == "POST" else Received()

        @once
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(request, brought, *args, **kwargs)

        return guarded(request, *args, **kwargs)

    return received


def _received(request: HttpRequest) -> Received:
    kept = photo_of(request.POST.get("kept", ""), purpose=_PURPOSE)
    sent = request.FILES.get("photo")
    if sent is None:
        return Received(kept)
    try:
        return Received(keep_private(sent))
    except UnableTo as problem:
        return Received(kept, problem.sentence)
