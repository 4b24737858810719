"""An officer looks at what was reported."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.access import signed_in
from etoko.reviews import queries
from etoko.reviews.access import areas_to_moderate, review_for_moderator
from etoko.reviews.operations import hide_review, keep_review, restore_review


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return _desk(request, signed_in(request.user))


@never_cache
@login_required
@require_POST
@once
def moderate(request: HttpRequest, review_id: str) -> HttpResponse:
    person = signed_in(request.user)
    moderating = review_for_moderator(person, review_id)
    at = timezone.now()
    try:
        match request.POST.get("move"):
            case "hide":
                reason = request.POST.get("other", "").strip() or request.POST.get("reason", "")
                hide_review(moderating=moderating, reason=reason, at=at)
            case "restore":
                restore_review(moderating=moderating, at=at)
            case "keep":
                keep_review(moderating=moderating, at=at)
            case _unknown:
                raise Http404
    except UnableTo as problem:
        return _desk(request, person, problem=problem.sentence, problem_at=review_id)
    messages.success(request, _("Tersimpan."))
    return redirect("reviews:desk")


def _desk(request: HttpRequest, person: Person, *, problem: str = "", problem_at: str = "") -> HttpResponse:
    return render(
        request,
        "reviews/desk.html",
        {
            "desk": queries.moderation_desk(areas_to_moderate(person)),
            "problem": problem,
            "problem_at": problem_at,
        },
        status=422 if problem else 200,
    )
