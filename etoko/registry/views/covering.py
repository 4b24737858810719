"""`/petugas/cakupan/`: how far the register has got in each village."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.foundation.onetime import once
from etoko.people.access import areas_with
from etoko.people.roles import EDIT_REGISTER
from etoko.registry.access import area_for_officer, areas_of_officer, signed_in
from etoko.registry.maps import Spot, spot_map
from etoko.registry.operations.covering import set_village_target
from etoko.registry.queries.coverage import coverage as coverage_of

MOST_TARGET = 100_000


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def coverage(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    codes = areas_of_officer(person)
    rows = coverage_of(codes, areas_with(person, EDIT_REGISTER))
    typed = {row.code: request.POST.get(f"target_{row.code}", "").strip() for row in rows if row.may_set}
    problems = {code: text for code, text in typed.items() if text and not _is_target(text)}
    if request.method == "POST":
        # Each village is asked for anew: the list was drawn by right of reading.
        areas = {code: area_for_officer(person, code, EDIT_REGISTER) for code in typed}
        if not problems:
            with transaction.atomic():
                for code, text in typed.items():
                    set_village_target(
                        area=areas[code],
                        businesses=int(text) if text else None,
                        by=person,
                        at=timezone.now(),
                    )
            messages.success(request, _("Target tersimpan."))
            return redirect("registry:coverage")
    most = max((row.registered for row in rows), default=0) or 1
    placed = [row for row in rows if row.latitude is not None and row.longitude is not None]
    return render(
        request,
        "registry/coverage.html",
        {
            "rows": rows,
            "typed": typed if request.method == "POST" else {},
            "problems": problems,
            "may_set": any(row.may_set for row in rows),
            "registered": sum(row.registered for row in rows),
            "verified": sum(row.verified for row in rows),
            "target": sum(row.target or 0 for row in rows),
            # A map of a few of the villages would look like a map of all.
            "map": spot_map(
                _("Cakupan per desa"),
                [
                    Spot(
                        row.name,
                        row.latitude or 0,
                        row.longitude or 0,
                        href=row.href,
                        share=row.verified / (row.target or row.registered or 1),
                        size=row.registered / most,
                        note=_("%(verified)s terverifikasi dari %(registered)s terdata")
                        % {"verified": row.verified, "registered": row.registered},
                    )
                    for row in placed
                ],
            )
            if placed and len(placed) == len(rows)
            else "",
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK,
    )


def _is_target(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= MOST_TARGET
