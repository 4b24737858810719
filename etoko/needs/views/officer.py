"""What is lacking where, for those who do something about it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.needs.access import areas_to_see
from etoko.needs.ladder import MEANINGS, STEPS
from etoko.needs.queries import needs as queries
from etoko.needs.queries import readiness
from etoko.needs.rubric import KINDS, SEVERITIES
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    codes = areas_to_see(signed_in(request.user))
    wanted = queries.Filter(
        village=request.GET.get("desa", ""),
        kind=request.GET.get("jenis", ""),
        state=request.GET.get("keadaan", ""),
        least_days=_number(request.GET.get("umur", "")),
    )
    page = _number(request.GET.get("hal", "")) or 1
    return render(
        request,
        "needs/worklist.html",
        {
            "list": queries.worklist(codes, wanted, at=timezone.now(), page=page),
            "wanted": wanted,
            "villages": queries.villages_within(codes),
            "kinds": KINDS,
            "states": queries.STATE_CHIPS,
            "severities": list(SEVERITIES.values()),
        },
    )


@never_cache
@login_required
@require_safe
def villages(request: HttpRequest) -> HttpResponse:
    codes = areas_to_see(signed_in(request.user))
    rows = queries.village_table(codes, at=timezone.now())
    return render(request, "needs/villages.html", {"rows": rows, "kinds": KINDS})


@never_cache
@login_required
@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    codes = areas_to_see(signed_in(request.user))
    context = {"rows": readiness.village_steps(codes), "steps": STEPS, "meanings": MEANINGS}
    return render(request, "needs/steps.html", context)


@never_cache
@login_required
@require_safe
def climbers(request: HttpRequest) -> HttpResponse:
    codes = areas_to_see(signed_in(request.user))
    wanted = _number(request.GET.get("tahap", ""))
    step, village = (wanted if wanted in STEPS else 0), request.GET.get("desa", "")
    page = _number(request.GET.get("hal", "")) or 1
    context = {
        "list": readiness.climbers(codes, step=step, village=village, page=page),
        "step": step,
        "village": village,
        "villages": queries.villages_within(codes),
        "steps": STEPS,
        "meaning": MEANINGS[step],
    }
    return render(request, "needs/climbers.html", context)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
