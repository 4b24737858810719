"""One promise: what it is, what became of it, and the steps that are the reader's to make."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.foundation.brought_photos import Received, with_photo
from etoko.foundation.onetime import once
from etoko.foundation.personal import show_personal
from etoko.foundation.private_pictures import private_picture
from etoko.foundation.problems import UnableTo
from etoko.promises import operations
from etoko.promises.access import Standing, evidence_for, promise_for
from etoko.promises.forms import ObjectionForm, ReportForm
from etoko.promises.models import Objection
from etoko.promises.queries.board import promise_page
from etoko.promises.states import COUNTERPARTY, OBJECTION_FLOW, PROMISE_FLOW, PROMISER


@never_cache
@require_safe
def promise(request: HttpRequest, promise_id: str) -> HttpResponse:
    return _page(request, promise_for(request, promise_id))


@never_cache
@login_required
@require_safe
def evidence(request: HttpRequest, promise_id: str, step_id: int) -> HttpResponse:
    return private_picture(evidence_for(request, promise_id, step_id).photo_key)


@never_cache
@login_required
@require_POST
@with_photo("promise")
def report(request: HttpRequest, brought: Received, promise_id: str) -> HttpResponse:
    standing = _of_party(request, promise_id, {PROMISER})
    form = ReportForm(request.POST)
    if form.is_valid() and not brought.problem:
        try:
            operations.report_promise(
                standing=standing, photo=brought.photo, at=timezone.now(), **form.cleaned_data
            )
        except UnableTo as problem:
            form.add_error(problem.field or None, problem.sentence)
        else:
            messages.success(request, _("Terlaporkan. Yang menerima janji dikabari untuk menilainya."))
            return redirect("promises:promise", promise_id)
    return _page(request, standing, report=form, photo_problem=brought.problem, kept=brought.token)


@never_cache
@login_required
@require_POST
@once
def move(request: HttpRequest, promise_id: str, move: str) -> HttpResponse:
    row = PROMISE_FLOW.moves.get(move)
    if row is None or row.only_in:
        raise Http404
    standing = _of_party(request, promise_id, set(row.by))
    reason = request.POST.get("reason", "")
    try:
        operations.move_promise(standing=standing, move=move, reason=reason, at=timezone.now())
    except UnableTo as problem:
        standing.promise.refresh_from_db(fields=["state"])
        return _page(request, standing, refused=_refused(move, problem, reason))
    messages.success(request, _("Tersimpan."))
    return redirect("promises:promise", promise_id)


@never_cache
@login_required
@require_POST
@once
def object_to(request: HttpRequest, promise_id: str) -> HttpResponse:
    standing = _of_party(request, promise_id, {PROMISER})
    form = ObjectionForm(request.POST)
    if form.is_valid():
        try:
            operations.object_to_count(standing=standing, at=timezone.now(), **form.cleaned_data)
        except UnableTo as problem:
            form.add_error(problem.field or None, problem.sentence)
        else:
            messages.success(request, _("Keberatan diajukan. Pihak lain yang memutuskannya."))
            return redirect("promises:promise", promise_id)
    return _page(request, standing, objecting=form)


@never_cache
@login_required
@require_POST
@once
def answer_objection(request: HttpRequest, promise_id: str, move: str) -> HttpResponse:
    standing = _of_party(request, promise_id, {COUNTERPARTY})
    objection = Objection.objects.filter(promise=standing.promise).first()
    if objection is None or move not in OBJECTION_FLOW.moves:
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        operations.answer_objection(
            standing=standing, objection=objection, move=move, reason=reason, at=timezone.now()
        )
    except UnableTo as problem:
        return _page(request, standing, refused=_refused(f"keberatan-{move}", problem, reason))
    messages.success(request, _("Tersimpan."))
    return redirect("promises:promise", promise_id)


def _of_party(request: HttpRequest, promise_id: str, parties: set[str]) -> Standing:
    standing = promise_for(request, promise_id)
    if not parties & set(standing.parties):
        raise Http404
    return standing


def _refused(move: str, problem: UnableTo, reason: str) -> dict[str, str]:
    return {"move": move, "sentence": problem.sentence, "reason": reason}


def _page(request: HttpRequest, standing: Standing, **more: Any) -> HttpResponse:
    """`more` are the forms that were refused, and why."""
    context = {
        "page": promise_page(standing),
        "report": ReportForm(),
        "objecting": ObjectionForm(),
        "signed_in": standing.person is not None,
        "acting": standing.voice.organisation.title if standing.voice else "",
        "here": request.path if request.method == "GET" else f"/janji/{standing.promise.public_id}/",
        "nav_active": "usaha",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if more else HTTPStatus.OK
    response = render(request, "promises/promise.html", context | more, status=status)
    if standing.person is not None:
        show_personal(request, response, acting=str(context["acting"]))
    return response
