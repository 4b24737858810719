"""The API as one thing: its operations, its refusals, its description."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from etoko.exchange.api import own, public
from etoko.exchange.scopes import OWN, REGISTER
from etoko.people.operations.limiting import UnableToTryNow

_ABOUT = (
    "Usaha, toko, dan produk UMKM. Yang terbuka boleh dibaca siapa saja tanpa kunci; yang lain dengan "
    "kunci API yang dibuat pemegangnya di /saya/kunci-api/, sebatas yang boleh dilihatnya sendiri. "
    "Semua jawaban JSON. Isian boleh bertambah; artinya tidak berubah."
)


def build() -> NinjaAPI:
    api = NinjaAPI(
        title=f"e-Toko PKK {settings.HOME_NAME}",
        version="1",
        description=_ABOUT,
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        openapi_extra={"info": {"license": {"name": "CC BY 4.0 (data terbuka)"}}},
    )
    api.add_router("", public.router, tags=["terbuka"])
    api.add_router("saya", own.own_router, tags=[OWN])
    api.add_router("register", own.register_router, tags=[REGISTER])

    def say(request: HttpRequest, sentence: str, status: int, **more: Any) -> HttpResponse:
        return api.create_response(request, {"salah": sentence, "isian": [], **more}, status=status)

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, _problem: Any) -> HttpResponse:
        return say(request, "Tidak ditemukan, atau tidak boleh Anda lihat.", 404)

    @api.exception_handler(ValidationError)
    def not_understood(request: HttpRequest, problem: Any) -> HttpResponse:
        fields = sorted({str(one["loc"][-1]) for one in problem.errors})
        return say(request, f"Periksa lagi: {', '.join(fields)}.", 422, isian=fields)

    @api.exception_handler(AuthenticationError)
    def not_let_in(request: HttpRequest, _problem: Any) -> HttpResponse:
        answer = say(
            request,
            "Kirim kunci API yang masih berlaku di kepala Authorization: Bearer etk_…",
            401,
        )
        answer["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(UnableToTryNow)
    def too_often(request: HttpRequest, problem: Any) -> HttpResponse:
        answer = say(request, problem.sentence, 429)
        answer["Retry-After"] = str(int(problem.wait.total_seconds()) + 1)
        return answer

    return api
