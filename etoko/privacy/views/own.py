"""`/saya/data/`: what is kept about oneself, to take along, to take back, to end."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.personal import show_personal
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.people.operations.signing_in import check_passphrase
from etoko.people.sessions import address_of, has_proved_lately, signed_in
from etoko.privacy.forms import ClosingForm
from etoko.privacy.operations import close_account, take_away, withdraw_everything
from etoko.privacy.queries import own_data

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@never_cache
@signed_in
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    return _held(request)


@never_cache
@signed_in
@require_POST
@once
def download(request: HttpRequest) -> HttpResponse:
    form = "json" if request.POST.get("form") == "json" else "xlsx"
    at = timezone.now()
    response = HttpResponse(take_away(person=_person(request), form=form, at=at), content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="data-saya-{timezone.localdate(at)}.{form}"'
    return response


@never_cache
@signed_in
@require_POST
@once
def withdraw(request: HttpRequest) -> HttpResponse:
    try:
        withdraw_everything(person=_person(request), at=timezone.now())
    except UnableTo as problem:
        return _held(request, problem=problem.sentence)
    messages.success(request, _("Semua persetujuan ditarik. Usaha dan toko Anda tidak dilihat umum lagi."))
    return redirect("privacy:held")


@sensitive_post_parameters("passphrase")
@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def close(request: HttpRequest) -> HttpResponse:
    person, at = _person(request), timezone.now()
    asks = person.has_usable_password() and not has_proved_lately(request, at=at)
    form = ClosingForm(request.POST or None, asks_passphrase=asks)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            try:
                if asks:
                    given = form.cleaned_data["passphrase"]
                    check_passphrase(phone=person.phone, passphrase=given, address=address_of(request), at=at)
                close_account(person=person, forget_owner=form.cleaned_data["forget_owner"], at=at)
            except UnableTo as problem:
                form.add_error(None, problem.sentence)
            else:
                logout(request)
                messages.success(request, _("Akun Anda sudah ditutup. Terima kasih sudah bersama kami."))
                response = redirect("portal:home")
                show_personal(request, response, name="", unread=0)
                return response
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    own = own_data(person)
    return render(
        request,
        "privacy/close.html",
        {"form": form, "has_business": bool(own.businesses), "nav_active": "saya"},
        status=status,
    )


def _held(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    return render(
        request,
        "privacy/held.html",
        {"own": own_data(_person(request)), "problem": problem, "nav_active": "saya"},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
    )


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
