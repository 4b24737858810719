"""One need: what it is, what became of it, and the steps that are hers to make."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.private_pictures import private_picture
from etoko.foundation.problems import UnableTo
from etoko.needs.access import Standing, need_for
from etoko.needs.forms import SEVERITY_NOTES, VerifyForm
from etoko.needs.models import Need
from etoko.needs.operations import move_need, verify_need
from etoko.needs.queries.needs import need_page
from etoko.needs.states import NEED_FLOW
from etoko.needs.views.own import about
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_safe
def need(request: HttpRequest, need_id: str) -> HttpResponse:
    standing, found = need_for(signed_in(request.user), need_id)
    return _page(request, standing, found, VerifyForm(initial={"severity": found.severity}))


@never_cache
@login_required
@require_safe
def photo(request: HttpRequest, need_id: str) -> HttpResponse:
    _standing, found = need_for(signed_in(request.user), need_id)
    return private_picture(found.photo_key)


@never_cache
@login_required
@require_POST
@once
def verify(request: HttpRequest, need_id: str) -> HttpResponse:
    standing, found = need_for(signed_in(request.user), need_id)
    if not standing.may_care:
        raise Http404
    form = VerifyForm(request.POST)
    if form.is_valid():
        try:
            verify_need(standing=standing, need=found, at=timezone.now(), **form.cleaned_data)
        except UnableTo as problem:
            form.add_error(problem.field or None, problem.sentence)
        else:
            messages.success(request, _("Tercatat sudah dicek."))
            return redirect("needs:need", need_id)
    return _page(request, standing, found, form)


@never_cache
@login_required
@require_POST
@once
def move(request: HttpRequest, need_id: str, move: str) -> HttpResponse:
    standing, found = need_for(signed_in(request.user), need_id)
    if move not in NEED_FLOW.moves or not set(NEED_FLOW.moves[move].by) & set(standing.parties):
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        move_need(standing=standing, need=found, move=move, reason=reason, at=timezone.now())
    except UnableTo as problem:
        refused = {"move": move, "sentence": problem.sentence, "reason": reason}
        found.refresh_from_db(fields=["state"])
        form = VerifyForm(initial={"severity": found.severity})
        return _page(request, standing, found, form, refused=refused)
    messages.success(request, _("Tersimpan."))
    return redirect("needs:need", need_id)


def _page(
    request: HttpRequest,
    standing: Standing,
    found: Need,
    form: VerifyForm,
    *,
    refused: dict[str, str] | None = None,
) -> HttpResponse:
    context = {
        "page": need_page(found, standing, at=timezone.now()),
        "form": form,
        "severity_notes": SEVERITY_NOTES,
        "refused": refused,
        "helps": standing.may_answer and not standing.is_own,
        "is_office": standing.may_care,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused or form.is_bound else HTTPStatus.OK
    return render(request, "needs/need.html", about(standing) | context, status=status)
