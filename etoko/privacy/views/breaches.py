"""The register of breaches: for those who have to tell everybody within three days."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.papers import pdf_response
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.privacy.access import Handling, area_to_handle, breach_to_handle, breaches_to_handle
from etoko.privacy.forms import BreachForm
from etoko.privacy.letters import breach_letter, letter_text
from etoko.privacy.models import Breach
from etoko.privacy.operations import close_breach, record_breach, tell_agency, tell_people
from etoko.privacy.states import OPEN
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    rows = [_row(breach) for breach in breaches_to_handle(signed_in(request.user))]
    return render(request, "privacy/breaches.html", {"rows": rows})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    person, at = signed_in(request.user), timezone.now()
    area = area_to_handle(person)
    form = BreachForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            try:
                breach = record_breach(area=area, by=person, at=at, **form.cleaned_data)
            except UnableTo as problem:
                form.add_error(problem.field or None, problem.sentence)
            else:
                messages.success(request, _("Tercatat. Tiga hari mulai berjalan sejak diketahui."))
                return redirect("privacy:breach", breach.public_id)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    now = timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
    return render(
        request, "privacy/new_breach.html", {"form": form, "area": area.name, "now": now}, status=status
    )


@never_cache
@login_required
@require_safe
def breach(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, breach_to_handle(signed_in(request.user), public_id))


@never_cache
@login_required
@require_safe
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    handling = breach_to_handle(signed_in(request.user), public_id)
    return pdf_response(breach_letter(handling.breach, at=timezone.now()), f"surat-{public_id}")


@never_cache
@login_required
@require_POST
@once
def move(request: HttpRequest, public_id: str, move: str) -> HttpResponse:
    handling = breach_to_handle(signed_in(request.user), public_id)
    told: dict[str, Any] = {"breach": handling.breach, "by": handling.person, "at": timezone.now()}
    try:
        match move:
            case "lembaga":
                tell_agency(**told)
            case "orang":
                tell_people(**told)
            case "selesai":
                close_breach(reason=request.POST.get("reason", ""), **told)
            case _unknown:
                raise Http404
    except UnableTo as problem:
        return _page(request, handling, problem=problem.sentence)
    messages.success(request, _("Tersimpan."))
    return redirect("privacy:breach", public_id)


def _page(request: HttpRequest, handling: Handling, *, problem: str = "") -> HttpResponse:
    return render(
        request,
        "privacy/breach.html",
        {
            "row": _row(handling.breach),
            "text": letter_text(handling.breach),
            "problem": problem,
            "typed": request.POST.get("reason", ""),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
    )


def _row(breach: Breach) -> dict[str, Any]:
    left = breach.tell_by_at - timezone.now()
    untold = breach.agency_told_at is None or breach.people_told_at is None
    return {
        "breach": breach,
        "state": breach.get_state_display(),
        "is_open": breach.state == OPEN,
        "untold": untold,
        "is_late": untold and left.total_seconds() < 0,
        "hours_left": max(0, int(left.total_seconds() // 3600)),
        "by": breach.recorded_by.name if isinstance(breach.recorded_by, Person) else "",
    }
