"""What belongs to the look of every page and is not a page of a room: woven pictures, colours, language."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.templating import THEME_COOKIE, THEMES
from etoko.foundation.weave import weave_image

WEEK = 7 * 24 * 3600
YEAR = 365 * 24 * 3600


@require_safe
def woven_picture(request: HttpRequest, slug: str) -> HttpResponse:
    response = HttpResponse(weave_image(slug), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={WEEK}, stale-while-revalidate={YEAR}"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the shop on its home screen."""
    icons = [
        {"src": static(f"etoko/icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
        for side in (192, 512)
    ]
    response = JsonResponse(
        {
            "id": "/",
            "name": "e-Toko PKK",
            "short_name": "e-Toko PKK",
            "description": _("Belanja langsung dari usaha kecil di kecamatan kita."),
            "lang": "id",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#fbf8f1",
            "theme_color": "#134d31",
            "icons": [*icons, {**icons[-1], "purpose": "maskable"}],
            "shortcuts": [
                {"name": _("Cari barang"), "url": "/cari/"},
                {"name": _("Pesanan"), "url": "/pesanan/"},
            ],
        },
        content_type="application/manifest+json",
    )
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Language and colours, chosen without an account and without script; kept in two cookies."""
    if request.method != "POST":
        return render(
            request,
            "foundation/look.html",
            {
                "back": _way_back(request, urlsplit(request.headers.get("Referer", "")).path),
                "chosen_theme": request.GET.get("tema", request.COOKIES.get(THEME_COOKIE, "")),
            },
        )
    response = redirect(_way_back(request, request.POST.get("kembali", "")))
    language = request.POST.get("bahasa", "")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    theme = request.POST.get("tema", "")
    if theme in THEMES:
        _keep(response, THEME_COOKIE, theme)
    elif theme == "":
        response.delete_cookie(THEME_COOKIE)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    # Not HttpOnly: etoko.js reads the colours, because pages from the cache cannot carry them.
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)


def _way_back(request: HttpRequest, address: str) -> str:
    """Only to a page of ours, and not to this one again."""
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if ours and address.startswith("/") and address != request.path else "/"
