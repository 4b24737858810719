"""What came in: one's own receipts, the visits at a business, and their photos."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.census.access import photo_to_see, surveyor
from etoko.census.queries import receipts_of, visits_at
from etoko.foundation.private_pictures import private_picture
from etoko.registry.access import record_for_officer, signed_in


@never_cache
@login_required
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    held = surveyor(request.user)
    return render(
        request, "census/receipts.html", {"receipts": receipts_of(held.person), "nav_active": "saya"}
    )


@never_cache
@login_required
@require_safe
def visits(request: HttpRequest, public_id: str) -> HttpResponse:
    business = record_for_officer(signed_in(request.user), public_id).business
    return render(
        request,
        "census/visits.html",
        {"business": business, "visits": visits_at(business), "nav_active": "saya"},
    )


@never_cache
@login_required
@require_safe
def photo(request: HttpRequest, photo_id: int) -> HttpResponse:
    return private_picture(photo_to_see(signed_in(request.user), photo_id).picture)
