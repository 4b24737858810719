"""The front door, help, and what machines read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from etoko.catalog import queries_public as catalog
from etoko.catalog.queries_cards import newest_cards, open_shops
from etoko.foundation.addresses import whole_address
from etoko.foundation.pagecache import cacheable
from etoko.portal import queries


@require_safe
@cacheable(seconds=60, on_the_minute=True)
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return render(
        request,
        "portal/home.html",
        {
            "groups": [row for row in catalog.categories() if row.parent_id is None],
            "newest": newest_cards(8),
            "shops": open_shops(at=now, most=6),
            "villages": catalog.home_villages(),
            "address": whole_address("/"),
            "nav_active": "beranda",
        },
    )


@require_safe
@cacheable(seconds=3600)
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html", {"address": whole_address("/bantuan/")})


@require_safe
@cacheable(seconds=3600)
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html", {"address": whole_address("/tentang/")})


@require_safe
@cacheable(seconds=3600)
def robots(request: HttpRequest) -> HttpResponse:
    closed = (
        "/keranjang/",
        "/pesan/",
        "/pesanan/",
        "/jualan/",
        "/petugas/",
        "/pendataan/",
        "/saya/",
        "/masuk/",
        "/kabar/",
    )
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {whole_address('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cacheable(seconds=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of the parts of the map: one file of addresses may hold 50,000 of them."""
    parts = [whole_address(f"/sitemap-{part}.xml") for part in range(1, queries.map_parts() + 1)]
    return render(request, "portal/sitemap_index.xml", {"parts": parts}, content_type="application/xml")


@require_safe
@cacheable(seconds=3600)
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    addresses = queries.map_part(part)
    return render(request, "portal/sitemap.xml", {"addresses": addresses}, content_type="application/xml")
