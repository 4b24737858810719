"""What a business or a group needs: its own page, for its people and those who look after it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.brought_photos import Received, with_photo
from etoko.foundation.problems import UnableTo
from etoko.needs.access import RECORD, Standing, subject_for
from etoko.needs.forms import SEVERITY_NOTES, NeedForm
from etoko.needs.models import FIELDS
from etoko.needs.operations import say_need
from etoko.needs.queries import assessments
from etoko.needs.queries import needs as queries
from etoko.needs.queries.readiness import ladder_of
from etoko.needs.rubric import KIND_NOTES
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    subjects = queries.own_subjects(signed_in(request.user))
    return render(request, "needs/mine.html", {"subjects": subjects, "nav_active": "saya"})


@never_cache
@login_required
@require_safe
def subject(request: HttpRequest, what: str, public_id: str) -> HttpResponse:
    standing = subject_for(signed_in(request.user), what, public_id)
    needs = queries.needs_of(standing.thing, at=timezone.now())
    context = {
        "needs": needs,
        "open_kinds": {one.kind for one in needs if one.is_open},
        "ladder": ladder_of(standing.business) if standing.business else None,
        "assessed": assessments.newest_of(standing.thing),
    }
    return render(request, "needs/subject.html", about(standing) | context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_photo("need")
def new_need(request: HttpRequest, brought: Received, what: str, public_id: str) -> HttpResponse:
    standing = subject_for(signed_in(request.user), what, public_id, RECORD)
    proposed = assessments.proposal_of(standing.thing) if request.GET.get("dari") == "penilaian" else None
    form = NeedForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": proposed.kind, "text": proposed.text} if proposed else None,
    )
    if request.method == "POST" and form.is_valid() and not brought.problem:
        try:
            need = say_need(standing=standing, photo=brought.photo, at=timezone.now(), **form.cleaned_data)
        except UnableTo as problem:
            form.add_error(problem.field or None, problem.sentence)
        else:
            messages.success(request, _("Kebutuhan tercatat. Kader akan mengeceknya."))
            return redirect("needs:need", need.public_id)
    return render(
        request,
        "needs/new_need.html",
        about(standing)
        | {
            "form": form,
            "photo_problem": brought.problem,
            "kept": brought.token,
            "kind_notes": KIND_NOTES,
            "severity_notes": SEVERITY_NOTES,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
    )


def about(standing: Standing) -> dict[str, object]:
    """What every page about one business or group says of it."""
    which = FIELDS[type(standing.thing)]
    thing_id = standing.thing.public_id
    return {
        "name": standing.thing.name,
        "village": standing.thing.area.name,
        "what": standing.what,
        "is_own": standing.is_own,
        "for_name": standing.for_name if standing.may_record else "",
        "may_record": standing.may_record,
        "here": reverse(f"needs:{which}", args=[thing_id]),
        "assess_path": reverse(f"needs:assess_{which}", args=[thing_id]),
        "new_path": reverse(f"needs:new_of_{which}", args=[thing_id]),
        "nav_active": "saya",
    }
