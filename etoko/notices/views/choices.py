"""`/saya/kabar/`: how somebody wants to be told, and when not."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.assets import find_asset
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.notices.channels import configured
from etoko.notices.channels.vapid import public_key
from etoko.notices.forms import DeviceForm, MailForm, WishesForm
from etoko.notices.models import Reach, WhatsAppContact
from etoko.notices.operations import choosing
from etoko.notices.personal import DEVICE_COOKIE
from etoko.people.models import Person
from etoko.people.sessions import signed_in


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def choices(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = WishesForm(request.POST or None, reach=_reach(person), has_stopped=_has_stopped(person))
    if request.method == "POST" and form.is_valid():
        try:
            choosing.choose_reach(person=person, wishes=form.wishes(), at=timezone.now())
        except UnableTo as problem:
            form.add_error(problem.field or None, problem.sentence)
        else:
            messages.success(request, _("Tersimpan. Berlaku mulai kabar berikutnya."))
            return redirect("notices:choices")
    return _page(request, person, form=form)


@never_cache
@signed_in
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Not under a one-time key: it would take back the count of tries. Sent twice, two mails say the same."""
    person, at = _person(request), timezone.now()
    if request.POST.get("deed") == "remove":
        choosing.remove_mail(person=person, at=at)
        messages.success(request, _("Alamat surel dihapus."))
        return redirect("notices:choices")
    form = MailForm(request.POST)
    if not form.is_valid():
        return _page(request, person, mail_form=form)
    try:
        choosing.ask_mail_proof(person=person, mail=form.cleaned_data["address"], at=at)
    except UnableTo as problem:
        form.add_error("address", problem.sentence)
        return _page(request, person, mail_form=form)
    messages.success(
        request, _("Kami mengirim surel. Buka tautan di dalamnya untuk menyalakan kabar lewat surel.")
    )
    return redirect("notices:choices")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Looking shows what will happen: programs that open every link of a mail must not act."""
    status, problem, mail_address = HTTPStatus.OK, "", ""
    is_proved = False
    try:
        _id, mail_address = choosing.read_mail_proof(token)
        if request.method == "POST":
            choosing.prove_mail(token=token, at=timezone.now())
            is_proved = True
    except UnableTo as refusal:
        status, problem = HTTPStatus.UNPROCESSABLE_ENTITY, refusal.sentence
    response = render(
        request,
        "notices/prove_mail.html",
        {"problem": problem, "mail": mail_address, "is_proved": is_proved, "nav_active": "saya"},
        status=status,
    )
    response["Referrer-Policy"] = "same-origin"
    return response


@never_cache
@signed_in
@require_POST
@once
def add_device(request: HttpRequest) -> HttpResponse:
    person, form = _person(request), DeviceForm(request.POST)
    if not form.is_valid():
        return _page(request, person, problem=_("Pemberitahuan belum menyala. Coba lagi."))
    try:
        device = choosing.add_push_device(
            person=person,
            **form.cleaned_data["subscription"],
            name=form.cleaned_data["name"],
            at=timezone.now(),
        )
    except UnableTo as problem:
        return _page(request, person, problem=problem.sentence)
    messages.success(request, _("Pemberitahuan di perangkat ini menyala."))
    response = redirect("notices:choices")
    response.set_cookie(
        DEVICE_COOKIE,
        str(device.pk),
        max_age=settings.SESSION_COOKIE_AGE,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    return response


@never_cache
@signed_in
@require_POST
@once
def remove_device(request: HttpRequest, device_id: int) -> HttpResponse:
    choosing.remove_push_device(person=_person(request), device_id=device_id, at=timezone.now())
    messages.success(request, _("Perangkat itu tidak dikabari lagi."))
    return redirect("notices:choices")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it may show news whichever page is open."""
    asset = find_asset("notices/sw.js")
    assert asset is not None
    response = HttpResponse(asset.content, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _page(
    request: HttpRequest,
    person: Person,
    *,
    form: WishesForm | None = None,
    mail_form: MailForm | None = None,
    problem: str = "",
) -> HttpResponse:
    reach = _reach(person)
    refused = problem or any(one and one.errors for one in (form, mail_form))
    return render(
        request,
        "notices/choices.html",
        {
            "form": form or WishesForm(None, reach=reach, has_stopped=_has_stopped(person)),
            "mail_form": mail_form or MailForm(initial={"address": reach.mail_address if reach else ""}),
            "ways": configured(),
            "mail": reach.mail_address if reach else "",
            "mail_is_proved": bool(reach and reach.mail_proved_at),
            "phone": person.phone,
            "phone_is_proved": person.phone_verified_at is not None,
            "devices": list(
                person.push_devices.order_by("id").values("id", "name", "created_at", "endpoint_hash")
            ),
            "key": public_key(),
            "problem": problem,
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )


def _reach(person: Person) -> Reach | None:
    return Reach.objects.filter(person=person).first()


def _has_stopped(person: Person) -> bool:
    return WhatsAppContact.objects.filter(phone=person.phone, stopped_at__isnull=False).exists()


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
