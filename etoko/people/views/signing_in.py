"""Coming in and going out: by passphrase, by code, by passkey; and joining."""

from http import HTTPStatus

from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from etoko.foundation.onetime import once
from etoko.foundation.personal import show_personal
from etoko.foundation.problems import UnableTo
from etoko.people import forms
from etoko.people.channels import code_channel
from etoko.people.models import Passkey
from etoko.people.operations import joining, securing, signing_in
from etoko.people.operations.limiting import UnableToTryNow
from etoko.people.sessions import address_of, next_path, open_session

_CODE_PHONE = "code_phone"
_PASSKEY_STATE = "passkey_state"
HOME = "/saya/"


@sensitive_post_parameters("passphrase")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(next_path(request) or HOME)
        typed = {"phone": request.GET.get("phone", "")[:60]}
        return _page(request, "people/sign_in.html", forms.SignInForm(initial=typed))
    form = forms.SignInForm(request.POST)
    if form.is_valid():
        at = timezone.now()
        try:
            person = signing_in.check_passphrase(**form.cleaned_data, address=address_of(request), at=at)
        except UnableTo as problem:
            return _refused(request, "people/sign_in.html", form, problem)
        response = redirect(next_path(request) or HOME)
        open_session(request, response, person, at=at, proved=False)
        return response
    return _page(request, "people/sign_in.html", form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def ask_code(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        typed = {"phone": request.GET.get("phone", "")[:60]}
        return _page(request, "people/ask_code.html", forms.PhoneForm(initial=typed))
    form = forms.PhoneForm(request.POST)
    if form.is_valid():
        try:
            signing_in.ask_code(
                phone=form.cleaned_data["phone"], address=address_of(request), at=timezone.now()
            )
        except UnableTo as problem:
            return _refused(request, "people/ask_code.html", form, problem)
        return _to_code_page(request, form.cleaned_data["phone"])
    return _page(request, "people/ask_code.html", form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def enter_code(request: HttpRequest) -> HttpResponse:
    phone = request.session.get(_CODE_PHONE, "")
    if not phone:
        return redirect("people:ask_code")
    words = {"phone": phone, "reaches_phone": code_channel().reaches_phone}
    if request.method != "POST":
        return _page(request, "people/enter_code.html", forms.CodeForm(), **words)
    form = forms.CodeForm(request.POST)
    if form.is_valid():
        at = timezone.now()
        try:
            person = signing_in.use_code(
                phone=phone, code=form.cleaned_data["code"], address=address_of(request), at=at
            )
        except UnableTo as problem:
            return _refused(request, "people/enter_code.html", form, problem, **words)
        request.session.pop(_CODE_PHONE, None)
        response = _after_proof(person.has_usable_password(), next_path(request))
        open_session(request, response, person, at=at, proved=True)
        return response
    return _page(request, "people/enter_code.html", form, **words)


@sensitive_post_parameters("passphrase")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def join(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(next_path(request) or HOME)
    by_code = code_channel().reaches_phone
    kind = forms.JoinByCodeForm if by_code else forms.JoinForm
    if request.method != "POST":
        return _page(request, "people/join.html", kind(), by_code=by_code)
    form = kind(request.POST)
    if form.is_valid():
        at, given = timezone.now(), form.cleaned_data
        try:
            if by_code:
                signing_in.ask_code(
                    phone=given["phone"],
                    address=address_of(request),
                    at=at,
                    new_name=given["name"],
                    new_passphrase=given["passphrase"],
                )
                return _to_code_page(request, given["phone"])
            person = joining.join(**given, address=address_of(request), at=at)
        except UnableTo as problem:
            return _refused(request, "people/join.html", form, problem, by_code=by_code)
        response = redirect(next_path(request) or HOME)
        open_session(request, response, person, at=at, proved=False)
        return response
    return _page(request, "people/join.html", form, by_code=by_code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "people/sign_out.html", {"nav_active": "saya"})
    logout(request)
    response = redirect("/")
    show_personal(request, response, name="", unread=0, acting="")
    return response


@never_cache
@require_POST
def begin_passkey(request: HttpRequest) -> HttpResponse:
    """What the device must sign, for the script of the sign-in page."""
    from etoko.people import passkeys  # heavy, and few come by it

    options, state = passkeys.begin_sign_in(request.get_host())
    request.session[_PASSKEY_STATE] = state
    return JsonResponse(options)


@never_cache
@require_POST
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    from etoko.people import passkeys

    # A state is good for one answer: a caught answer cannot be sent again.
    state = request.session.pop(_PASSKEY_STATE, None)
    answer, at, host = request.POST.get("answer", "")[:20_000], timezone.now(), request.get_host()

    def prove(key: Passkey) -> int:
        return passkeys.finish_sign_in(answer, state, key, host)

    try:
        person = securing.use_passkey(
            credential_id=passkeys.credential_id_of(answer), prove=prove, address=address_of(request), at=at
        )
    except passkeys.NotProven as problem:
        raise BadRequest("no answer of a passkey") from problem
    except UnableTo as problem:
        form = forms.SignInForm()
        return _page(request, "people/sign_in.html", form, status=_status(problem), problem=problem.sentence)
    response = redirect(next_path(request) or HOME)
    open_session(request, response, person, at=at, proved=True)
    return response


def _after_proof(has_passphrase: bool, wanted: str) -> HttpResponse:
    """Who has no passphrase yet is offered one, and may skip it."""
    if has_passphrase:
        return redirect(wanted or HOME)
    return redirect(f"{reverse('people:passphrase')}?{urlencode({'next': wanted or HOME})}")


def _to_code_page(request: HttpRequest, phone: str) -> HttpResponse:
    request.session[_CODE_PHONE] = phone
    wanted = next_path(request)
    return redirect(reverse("people:enter_code") + (f"?{urlencode({'next': wanted})}" if wanted else ""))


def _refused(
    request: HttpRequest, template: str, form: Form, problem: UnableTo, **words: object
) -> HttpResponse:
    form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
    return _page(request, template, form, status=_status(problem), **words)


def _status(problem: UnableTo) -> int:
    if isinstance(problem, UnableToTryNow):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.UNPROCESSABLE_ENTITY


def _page(
    request: HttpRequest, template: str, form: Form, *, status: int | None = None, **words: object
) -> HttpResponse:
    refused = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "next": next_path(request), "nav_active": "saya", **words}
    return render(request, template, context, status=status or refused)
