"""The directory of partners, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from etoko.foundation.pagecache import cacheable
from etoko.partners.access import public_organisation
from etoko.partners.helices import REACHES
from etoko.partners.queries import directory as queries


@cacheable(seconds=300)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    wanted = wanted_of(request)
    return render(
        request,
        "partners/directory.html",
        {
            "found": queries.directory(wanted, page=page_of(request)),
            "wanted": wanted,
            "reaches": REACHES,
            "nav_active": "usaha",
        },
    )


@cacheable(seconds=300)
@require_safe
def organisation(request: HttpRequest, organisation_id: str) -> HttpResponse:
    found = public_organisation(organisation_id)
    return render(
        request,
        "partners/organisation.html",
        {"page": queries.organisation_page(found), "nav_active": "usaha"},
    )


def wanted_of(request: HttpRequest) -> queries.Wanted:
    return queries.Wanted(
        helix=request.GET.get("unsur", "")[:12],
        reach=request.GET.get("tingkat", "")[:12],
        typed=request.GET.get("q", "").strip()[:80],
    )


def page_of(request: HttpRequest) -> int:
    typed = request.GET.get("hal", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
