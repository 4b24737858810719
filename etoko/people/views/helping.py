"""`/petugas/kode/`: a code read out by the kader who sits beside the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.people import queries
from etoko.people.access import helper_of, person_to_help
from etoko.people.operations.signing_in import make_code_for_helper
from etoko.people.sessions import signed_in

_SHOWN = "shown_code"


@never_cache
@signed_in
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    helper, at = helper_of(request.user), timezone.now()
    words = request.GET.get("q", "").strip()[:100]
    return render(
        request,
        "people/codes.html",
        {
            # Shown on one answer only; whoever reloads makes a new one.
            "shown": request.session.pop(_SHOWN, None),
            "words": words,
            "waiting": queries.codes_waiting(helper, at=at),
            "found": queries.people_to_help(helper, words=words) if words else [],
            "nav_active": "saya",
        },
    )


@never_cache
@signed_in
@require_POST
@once
def make_code(request: HttpRequest, person_id: int) -> HttpResponse:
    helper = helper_of(request.user)
    person = person_to_help(helper, person_id)
    code = make_code_for_helper(person=person, by=helper, at=timezone.now())
    request.session[_SHOWN] = {"name": person.name, "phone": person.phone, "code": code}
    return redirect("people:codes")
