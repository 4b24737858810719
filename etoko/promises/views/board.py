"""Promises, for everybody: who promised what, for whom, by when, and what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from etoko.foundation.pagecache import cacheable
from etoko.partners.access import public_organisation
from etoko.partners.helices import HELICES
from etoko.partners.queries.directory import row_of
from etoko.partners.views.public import page_of
from etoko.promises.models import Promise
from etoko.promises.queries import board as queries
from etoko.promises.queries.counting import reliability_of


@cacheable(seconds=300)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    shown = request.GET.get("keadaan", "")
    wanted = queries.Wanted(
        helix=request.GET.get("unsur", "")[:12],
        shown=shown if shown in dict(queries.SHOWN) else queries.OPEN,
        origin=request.GET.get("asal", "")[:12],
    )
    return render(
        request,
        "promises/board.html",
        {
            "board": queries.board(wanted, today=timezone.localdate(), page=page_of(request)),
            "wanted": wanted,
            "helices": HELICES,
            "origins": Promise.ORIGINS,
            "nav_active": "usaha",
        },
    )


@cacheable(seconds=300)
@require_safe
def of_partner(request: HttpRequest, organisation_id: str) -> HttpResponse:
    organisation = public_organisation(organisation_id)
    today = timezone.localdate()
    return render(
        request,
        "promises/of_partner.html",
        {
            "partner": row_of(organisation),
            "reliability": reliability_of(organisation, today=today),
            "rows": queries.promises_of(organisation, today=today),
            "nav_active": "usaha",
        },
    )
