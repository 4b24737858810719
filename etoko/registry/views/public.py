"""`/usaha/`: what everybody may see of the register."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from etoko.foundation.addresses import whole_address
from etoko.foundation.pagecache import cacheable
from etoko.registry.consent_texts import TEXTS
from etoko.registry.kinds import KIND_BY_SLUG
from etoko.registry.maps import Spot, spot_map
from etoko.registry.queries import directory as asked
from etoko.registry.queries.published import PublicBusiness, public_business


@require_safe
@cacheable(seconds=600)
def directory(request: HttpRequest) -> HttpResponse:
    typed, village, kind = _wanted(request)
    page = request.GET.get("hal", "")
    found = asked.directory(
        typed=typed, village=village, kind=kind, page=int(page) if page.isdecimal() and len(page) < 7 else 1
    )
    return render(
        request,
        "registry/directory.html",
        {
            "found": found,
            "village": village,
            "kind": kind,
            "tail": lambda **changes: _tail(typed, village, kind, **changes),
            "nav_active": "usaha",
        },
    )


@require_safe
@cacheable(seconds=3600)
def consent_texts(request: HttpRequest) -> HttpResponse:
    """Every wording that owners were ever asked with, the one of now first."""
    return render(request, "registry/consent_texts.html", {"texts": TEXTS[::-1], "nav_active": "usaha"})


@require_safe
@cacheable(seconds=600)
def business(request: HttpRequest, public_id: str) -> HttpResponse:
    shown = public_business(public_id)
    if shown is None:
        if (now_in := asked.now_part_of(public_id)) is not None:
            return redirect("registry:business", now_in)
        raise Http404
    neighbours = asked.neighbours_on_map(shown)
    drawing = spot_map(
        _("Letak %(name)s") % {"name": shown.name},
        [
            Spot(
                one.name,
                one.latitude,
                one.longitude,
                href=one.href,
                is_here=one.href == request.path,
            )
            for one in neighbours
        ],
    )
    return render(
        request,
        "registry/business.html",
        {
            "business": shown,
            "map": drawing,
            "facts_for_machines": _json_ld(shown),
            "nav_active": "usaha",
        },
    )


@require_safe
@cacheable(seconds=600)
def business_map(request: HttpRequest) -> HttpResponse:
    _typed, village, kind = _wanted(request)
    villages = asked.map_areas(chosen=village, kind=kind)
    shown = sum(one.count for one in villages)
    draws_dots = shown <= asked.MOST_DRAWN
    points = asked.map_points(village=village, kind=kind) if draws_dots else []
    most = max((one.count for one in villages), default=1)
    drawing = spot_map(
        _("Peta usaha"),
        [Spot(one.name, one.latitude, one.longitude, href=one.href) for one in points]
        or [
            Spot(
                one.name,
                one.latitude,
                one.longitude,
                href=_tail("", one.code, kind),
                share=1,
                size=one.count / most,
                note=ngettext("%(num)s usaha", "%(num)s usaha", one.count) % {"num": one.count},
            )
            for one in villages
        ],
    )
    response = render(
        request,
        "registry/map.html",
        {
            "points": points,
            "places": villages,
            "shown": shown,
            "map": drawing,
            "villages": asked.area_chips(village),
            "village": village,
            "feed": reverse("registry:geojson") + _tail("", village, kind),
            "tiles": settings.TILES,
            "tiles_credit": settings.TILES_CREDIT,
            "tail": lambda **changes: _tail("", village, kind, **changes),
            "nav_active": "usaha",
        },
    )
    if settings.TILES:
        # Only this page loads pictures from a stranger, and only if the office has chosen one.
        response._csp_update = {"img-src": [settings.TILES_HOST]}  # type: ignore[attr-defined]
    return response


@require_safe
@cacheable(seconds=600)
def geojson(request: HttpRequest) -> HttpResponse:
    """The same points as GeoJSON, for the map and for anybody who makes one."""
    _typed, village, kind = _wanted(request)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.longitude, one.latitude]},
            "properties": {
                "nama": one.name,
                "desa": one.place,
                "jenis": str(one.kind),
                "alamat_laman": whole_address(one.href),
                "tautan": one.href,
            },
        }
        for one in asked.map_points(village=village, kind=kind)
    ]
    response = JsonResponse({"type": "FeatureCollection", "features": features})
    response["Content-Type"] = "application/geo+json"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _wanted(request: HttpRequest) -> tuple[str, str, str]:
    given = request.GET
    kind = given.get("jenis", "")
    village = "".join(sign for sign in given.get("desa", "")[:13] if sign.isdecimal() or sign == ".")
    return given.get("q", "").replace("\x00", "").strip()[:100], village, kind if kind in KIND_BY_SLUG else ""


def _tail(typed: str, village: str, kind: str, **changes: str) -> str:
    facts = {"q": typed, "desa": village, "jenis": kind} | changes
    tail = urlencode({name: value for name, value in facts.items() if value})
    return f"?{tail}" if tail else "?"


def _json_ld(shown: PublicBusiness) -> dict[str, object]:
    """schema.org/LocalBusiness, with nothing in it that the page does not show."""
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": shown.name,
        "url": whole_address(reverse("registry:business", args=[shown.public_id])),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": shown.place,
            "addressRegion": shown.district,
            "addressCountry": "ID",
            **({"streetAddress": shown.address} if shown.address else {}),
            **({"postalCode": shown.postal_code} if shown.postal_code else {}),
        },
    }
    if shown.phone:
        facts["telephone"] = shown.phone
    if shown.latitude is not None and shown.longitude is not None:
        facts["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(shown.latitude),
            "longitude": float(shown.longitude),
        }
    if shown.products:
        facts["makesOffer"] = [{"@type": "Offer", "itemOffered": one} for one in shown.products[:20]]
    return facts
