"""`/api/v1/`: the door of the read API, its description for machines and for people."""

import functools
import hashlib
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import URLResolver
from django.urls.exceptions import Resolver404
from django.urls.resolvers import RegexPattern
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from etoko.exchange.scopes import SCOPES
from etoko.exchange.views._open import for_any_site
from etoko.foundation.addresses import whole_address
from etoko.foundation.pagecache import HEADER, cacheable

if TYPE_CHECKING:
    from ninja import NinjaAPI

ROOT = "/api/v1/"


@csrf_exempt  # it only reads, and takes no cookie for an answer
def answer(request: HttpRequest, rest: str) -> HttpResponseBase:
    try:
        found = _resolver().resolve(rest)
    except Resolver404:
        return for_any_site(
            JsonResponse({"salah": "Tidak ada di API ini. Lihat /data/api/.", "isian": []}, status=404)
        )
    # Sentences and names are Indonesian in any language, as the fields are.
    with translation.override("id"):
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    response.headers.setdefault("Cache-Control", "no-cache" if HEADER in response else "private, no-cache")
    answered: HttpResponse = _with_etag(request, response)
    return for_any_site(answered)


@require_safe
@cacheable(seconds=3600)
def openapi(request: HttpRequest) -> HttpResponse:
    return for_any_site(JsonResponse(_described(), json_dumps_params={"ensure_ascii": False}))


@require_safe
@cacheable(seconds=3600)
def guide(request: HttpRequest) -> HttpResponse:
    """The description as a page: the same facts, so that it can never say something else."""
    told = _described()
    return render(
        request,
        "exchange/api_guide.html",
        {
            "about": told["info"]["description"],
            "root": whole_address(ROOT),
            "openapi": whole_address(f"{ROOT}openapi.json"),
            "open": [one for one in _operations(told) if not one["is_closed"]],
            "closed": [one for one in _operations(told) if one["is_closed"]],
            "scopes": list(SCOPES.values()),
            "example": f'curl "{whole_address(ROOT)}produk"',
            "example_with_key": f'curl -H "Authorization: Bearer etk_…" "{whole_address(ROOT)}saya/usaha"',
        },
    )


def _with_etag(request: HttpRequest, response: HttpResponse) -> Any:
    """Whoever asks again with what she has gets 304 and no body. Pages that are kept get theirs there."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or HEADER in response:
        return response
    response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


@functools.cache
def _api() -> "NinjaAPI":
    # ninja and pydantic cost a worker a third of its start; most workers never answer a program.
    from etoko.exchange.api.building import build

    return build()


@functools.cache
def _resolver() -> URLResolver:
    patterns, _app, _namespace = _api().urls
    return URLResolver(RegexPattern(r"^"), patterns)


@functools.cache
def _described() -> dict[str, Any]:
    with translation.override("id"):
        told: dict[str, Any] = _api().get_openapi_schema(path_prefix=ROOT)
    return told


def _operations(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": said["summary"],
            "about": said.get("description", ""),
            "asked": [
                (one["name"], one["schema"].get("description") or one.get("description", ""))
                for one in said.get("parameters", ())
                if one["in"] == "query"
            ],
            "fields": _fields(told, said),
            "is_closed": bool(said.get("security")),
        }
        for path, methods in told["paths"].items()
        for method, said in methods.items()
    ]


def _fields(told: dict[str, Any], said: dict[str, Any]) -> list[tuple[str, str]]:
    """Of the answer, or of one of its rows."""
    schemas = told["components"]["schemas"]
    name = said["responses"][200]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    fields = schemas[name]["properties"]
    if "data" in fields:
        fields = schemas[fields["data"]["items"]["$ref"].rpartition("/")[2]]["properties"]
    return [(field, facts.get("description", "")) for field, facts in fields.items()]
