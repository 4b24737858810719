"""`/saya/kunci-api/`: keys for programs that read in one's own name."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from etoko.exchange.forms import TokenForm
from etoko.exchange.scopes import SCOPES
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people.access import token_of
from etoko.people.operations.handing_keys import make_token, revoke_token
from etoko.people.sessions import keep_session
from etoko.registry.access import signed_in

_FRESH = "new_api_token"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def tokens(request: HttpRequest) -> HttpResponse:
    person, at = signed_in(request.user), timezone.now()
    form = TokenForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            said = form.cleaned_data
            try:
                made = make_token(
                    person=person,
                    name=said["name"],
                    scopes=said["scopes"],
                    lasts=timedelta(days=said["lasts"]),
                    at=at,
                )
            except UnableTo as problem:
                form.add_error(problem.field or None, problem.sentence)
            else:
                # Until the next page only: that one shows it, once.
                request.session[_FRESH] = made.secret
                response = redirect("exchange:tokens")
                keep_session(request, response)
                return response
    fresh = request.session.pop(_FRESH, "") if request.method == "GET" else ""
    rows = list(person.api_tokens.all()[:100])
    return render(
        request,
        "exchange/tokens.html",
        {
            "form": form,
            "fresh": fresh,
            "tokens": [
                {
                    "id": one.pk,
                    "name": one.name,
                    "reads": ", ".join(str(SCOPES[scope][0]) for scope in one.scopes if scope in SCOPES),
                    "expires_at": one.expires_at,
                    "last_used_at": one.last_used_at,
                    "is_revoked": one.revoked_at is not None,
                    "is_over": one.expires_at <= at,
                }
                for one in rows
            ],
            "notes": {scope: words[1] for scope, words in SCOPES.items()},
            "nav_active": "saya",
        },
        status=status,
    )


@never_cache
@login_required
@require_POST
@once
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    person = signed_in(request.user)
    token = revoke_token(token=token_of(person, token_id), by=person, at=timezone.now())
    messages.success(
        request,
        _("Kunci “%(name)s” dicabut. Program yang memakainya langsung ditolak.") % {"name": token.name},
    )
    return redirect("exchange:tokens")
