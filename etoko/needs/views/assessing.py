"""The form of a capability assessment."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.needs.access import RECORD, subject_for
from etoko.needs.capability import AXES
from etoko.needs.forms import AssessmentForm
from etoko.needs.operations import assess_capability
from etoko.needs.views.own import about
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def assess(request: HttpRequest, what: str, public_id: str) -> HttpResponse:
    standing = subject_for(signed_in(request.user), what, public_id, RECORD)
    form = AssessmentForm(request.POST if request.method == "POST" else None)
    context = about(standing)
    if request.method == "POST" and form.is_valid():
        try:
            assess_capability(standing=standing, answers=form.cleaned_data, at=timezone.now())
        except UnableTo as problem:
            form.add_error(problem.field or None, problem.sentence)
        else:
            messages.success(request, _("Penilaian tersimpan."))
            return redirect(f"{context['here']}#kemampuan")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    axes = [(name, form.of_axis(axis)) for axis, name in AXES.items()]
    return render(request, "needs/assess.html", context | {"form": form, "axes": axes}, status=status)
