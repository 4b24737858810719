"""A post is reported, looked at, hidden, appealed; and the list of whoever looks after the discussions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.discussion.access import areas_to_tend, own_post, post_for, post_to_tend
from etoko.discussion.operations import (
    appeal_post,
    decide_appeal,
    hide_post,
    keep_post,
    report_post,
    restore_post,
)
from etoko.discussion.operations.telling import thread_path
from etoko.discussion.queries import fates, reading
from etoko.discussion.states import VISIBLE
from etoko.discussion.views.writing import post_page
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people.sessions import signed_in as sign_in_first
from etoko.registry.access import signed_in


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
@once
def report(request: HttpRequest, post_id: str) -> HttpResponse:
    standing = post_for(signed_in(request.user), post_id)
    if standing.post.state != VISIBLE:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            report_post(standing=standing, reason=_reason(request), at=timezone.now())
        except UnableTo as refused:
            problem = refused.sentence
        else:
            messages.success(request, _("Terima kasih. Laporan Anda diperiksa, dan hasilnya dikabarkan."))
            return redirect(thread_path(standing.post.thread))
    context: dict[str, Any] = {
        "post": reading.post_rows([standing.post], standing.post.thread)[0],
        "title": standing.post.thread.title,
        "back": thread_path(standing.post.thread, standing.post.number),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "discussion/report.html", context, status=422 if problem else 200)


@never_cache
@login_required
@require_POST
@once
def appeal(request: HttpRequest, post_id: str) -> HttpResponse:
    standing = own_post(signed_in(request.user), post_id)
    try:
        appeal_post(standing=standing, reason=request.POST.get("reason", ""), at=timezone.now())
    except UnableTo as problem:
        return post_page(request, post_id, problem=problem)
    messages.success(request, _("Keberatan Anda terkirim. Orang lain yang memutuskan, dan Anda dikabari."))
    return redirect("discussion:post", post_id)


@never_cache
@login_required
@require_POST
@once
def moderate(request: HttpRequest, post_id: str) -> HttpResponse:
    standing = post_to_tend(signed_in(request.user), post_id)
    at, reason = timezone.now(), _reason(request)
    try:
        match request.POST.get("move"):
            case "hide":
                hide_post(standing=standing, reason=reason, at=at)
            case "restore":
                restore_post(standing=standing, at=at)
            case "keep":
                keep_post(standing=standing, at=at)
            case "grant" | "uphold" as decided:
                decide_appeal(standing=standing, granted=decided == "grant", reason=reason, at=at)
            case _unknown:
                raise Http404
    except UnableTo as problem:
        return post_page(request, post_id, problem=problem)
    messages.success(request, _("Tersimpan. Yang menulis dan yang melaporkan dikabari."))
    return redirect("discussion:desk")


@never_cache
@sign_in_first
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    codes = areas_to_tend(signed_in(request.user))
    return render(request, "discussion/desk.html", {"desk": fates.desk(codes, at=timezone.now())})


def _reason(request: HttpRequest) -> str:
    return request.POST.get("other", "").strip() or request.POST.get("reason", "")
