"""One's own keys: passphrase and passkeys."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people.forms import PasskeyForm, PassphraseForm
from etoko.people.models import Person
from etoko.people.operations import securing
from etoko.people.sessions import address_of, has_proved_lately, keep_session, next_path, signed_in

_STATE = "new_passkey_state"


@never_cache
@signed_in
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    return _security_page(request)


@sensitive_post_parameters("passphrase", "current")
@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def passphrase(request: HttpRequest) -> HttpResponse:
    """Set or change it; after a first visit by link or code it may be skipped."""
    person, at = _person(request), timezone.now()
    wanted = next_path(request)
    asks_current = person.has_usable_password() and not has_proved_lately(request, at=at)
    form = PassphraseForm(request.POST or None, phone=person.phone, asks_current=asks_current)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            try:
                securing.change_passphrase(
                    person=person,
                    passphrase=form.cleaned_data["passphrase"],
                    current=form.cleaned_data["current"] if asks_current else None,
                    address=address_of(request),
                    at=at,
                )
            except UnableTo as problem:
                form.add_error(problem.field or None, problem.sentence)
            else:
                update_session_auth_hash(request, person)
                messages.success(request, _("Kata sandi tersimpan."))
                response = redirect(wanted or "people:security")
                keep_session(request, response)
                return response
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(
        request,
        "people/passphrase.html",
        {"form": form, "next": wanted, "phone": person.phone, "is_new": not person.has_usable_password()},
        status=status,
    )


@never_cache
@signed_in
@require_POST
def begin_passkey(request: HttpRequest) -> HttpResponse:
    from etoko.people import passkeys

    person = _person(request)
    options, state = passkeys.begin_registration(person, list(person.passkeys.all()), request.get_host())
    request.session[_STATE] = state
    return JsonResponse(options)


@never_cache
@signed_in
@require_POST
@once
def add_passkey(request: HttpRequest) -> HttpResponse:
    from etoko.people import passkeys

    form = PasskeyForm(request.POST)
    state = request.session.pop(_STATE, None)
    if not form.is_valid():
        return _security_page(request, " ".join(map(str, form.errors.get("name", [_not_made()]))))
    try:
        key = passkeys.finish_registration(form.cleaned_data["answer"], state, request.get_host())
        securing.add_passkey(
            person=_person(request),
            credential_id=key.credential_id,
            credential=key.credential,
            sign_count=key.sign_count,
            name=form.cleaned_data["name"],
            at=timezone.now(),
        )
    except passkeys.NotProven:
        return _security_page(request, _not_made())
    except UnableTo as problem:
        return _security_page(request, problem.sentence)
    messages.success(request, _("Kunci sandi tersimpan. Lain kali Anda bisa masuk tanpa mengetik."))
    return redirect("people:security")


@never_cache
@signed_in
@require_POST
@once
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    securing.remove_passkey(person=_person(request), passkey_id=passkey_id, at=timezone.now())
    messages.success(request, _("Kunci sandi dihapus."))
    return redirect("people:security")


def _security_page(request: HttpRequest, problem: str = "") -> HttpResponse:
    person = _person(request)
    return render(
        request,
        "people/security.html",
        {
            "phone": person.phone,
            "is_verified": person.phone_verified_at is not None,
            "has_passphrase": person.has_usable_password(),
            "passkeys": list(person.passkeys.values("id", "name", "created_at", "last_used_at")),
            "problem": problem,
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
    )


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _not_made() -> str:
    return _("Kunci sandi belum jadi. Coba lagi, dan buka kunci layar saat diminta.")
