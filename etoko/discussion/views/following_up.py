"""A post becomes a need, on one page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.discussion.access import post_for, things_to_note_for
from etoko.discussion.forms import NeedOfPostForm
from etoko.discussion.operations import make_need
from etoko.discussion.operations.telling import thread_path
from etoko.discussion.queries import reading
from etoko.discussion.words import MARK
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.needs.forms import SEVERITY_NOTES
from etoko.needs.rubric import KIND_NOTES
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def need(request: HttpRequest, post_id: str) -> HttpResponse:
    standing = post_for(signed_in(request.user), post_id)
    of = {each.thing.public_id: each for each in things_to_note_for(standing)}
    form = NeedOfPostForm(
        request.POST if request.method == "POST" else None,
        things=[(key, each.thing.name) for key, each in of.items()],
        text=MARK.sub("…", standing.post.text)[:1000],
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = make_need(
                standing=standing,
                of=of[given["thing"]],
                kind=given["kind"],
                text=given["text"],
                severity=given["severity"],
                at=timezone.now(),
            )
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("Kebutuhan tercatat, dan pembicaraannya tetap terbuka."))
            return redirect("needs:need", made.need.public_id)
    context = {
        "form": form,
        "post": reading.post_rows([standing.post], standing.post.thread)[0],
        "title": standing.post.thread.title,
        "back": thread_path(standing.post.thread, standing.post.number),
        "kind_notes": KIND_NOTES,
        "severity_notes": SEVERITY_NOTES,
    }
    return render(request, "discussion/need.html", context, status=422 if form.is_bound else 200)
