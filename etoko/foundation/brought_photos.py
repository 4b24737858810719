"""A private picture that may come with a form, as `photo`: made small before the one-time key is taken, kept
over a refusal (the form then carries `kept`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from etoko.foundation.onetime import once
from etoko.foundation.private_pictures import PrivatePhoto, keep_private, photo_of, token_of
from etoko.foundation.problems import UnableTo

P = ParamSpec("P")


@dataclass(frozen=True)
class Received:
    purpose: str
    photo: PrivatePhoto | None = None
    problem: str = ""

    @property
    def token(self) -> str:
        """Brings it back with a form that was refused."""
        return token_of(self.photo, purpose=self.purpose) if self.photo else ""


def with_photo(
    purpose: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Received, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """For a view that takes what was brought as its second argument; it is `once` besides."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Received, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        def received(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            brought = _received(request, purpose) if request.method == "POST" else Received(purpose)

            @once
            def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
                return view(request, brought, *args, **kwargs)

            return guarded(request, *args, **kwargs)

        return received

    return decorate


def _received(request: HttpRequest, purpose: str) -> Received:
    kept = photo_of(request.POST.get("kept", ""), purpose=purpose)
    sent = request.FILES.get("photo")
    if sent is None:
        return Received(purpose, kept)
    try:
        return Received(purpose, keep_private(sent))
    except UnableTo as problem:
        return Received(purpose, kept, problem.sentence)
