"""For machines: JSON that any site may read, without a key."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from etoko.exchange.queries import businesses_feed, goods_feed, village_of
from etoko.exchange.views._open import for_any_site
from etoko.foundation.addresses import whole_address
from etoko.foundation.pagecache import cacheable

SECONDS = 300


@require_safe
@cacheable(seconds=SECONDS)
def products(request: HttpRequest) -> HttpResponse:
    return _feed(request, goods_feed)


@require_safe
@cacheable(seconds=SECONDS)
def businesses(request: HttpRequest) -> HttpResponse:
    return _feed(request, businesses_feed)


def _feed(request: HttpRequest, rows_of: Callable[..., dict[str, Any]]) -> HttpResponse:
    code = request.GET.get("desa", "")
    village = village_of(code)
    if code and village is None:
        unknown = _("Tidak ada desa dengan kode %s. Pakai kode Kemendagri, misalnya 36.03.04.2004.")
        return for_any_site(JsonResponse({"salah": unknown % code[:20]}, status=404))
    page = rows_of(code, after=request.GET.get("setelah", "")[:220])
    after = page.pop("setelah")
    told = {
        "sumber": f"e-Toko PKK {settings.HOME_NAME}",
        "alamat": whole_address("/"),
        "desa": {"kode": village.code, "nama": village.name} if village else None,
        **page,
        "berikutnya": _next(request.path, code, after) if after else None,
    }
    return for_any_site(JsonResponse(told, json_dumps_params={"ensure_ascii": False}))


def _next(path: str, code: str, after: str) -> str:
    asked = {"desa": code, "setelah": after} if code else {"setelah": after}
    return whole_address(f"{path}?{urlencode(asked)}")
