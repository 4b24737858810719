"""`/petugas/verifikasi/`: look at one record after the other, and say whether it is so."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.counting import count_of
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people.roles import VERIFY_BUSINESSES
from etoko.registry.access import areas_of_officer, record_for_officer, signed_in
from etoko.registry.consent_texts import text_now
from etoko.registry.forms import ConsentForm, ReasonForm
from etoko.registry.operations import registering, verifying
from etoko.registry.operations.consenting import BY_KADER
from etoko.registry.queries import office
from etoko.registry.queries.records import record_of
from etoko.registry.queries.waiting import next_to_verify, waiting_by_area, waiting_in
from etoko.registry.states import DRAFT
from etoko.registry.views._consenting import consent_page


@never_cache
@login_required
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    codes = areas_of_officer(signed_in(request.user), VERIFY_BUSINESSES)
    village = request.GET.get("desa", "")[:13]
    page = request.GET.get("hal", "")
    return render(
        request,
        "registry/worklist.html",
        {
            "villages": waiting_by_area(codes, village),
            "village": village,
            "first": next_to_verify(codes, village),
            "found": office.register_page(
                codes,
                office.RegisterFilter(village=village, state=DRAFT),
                page=int(page) if page.isdecimal() and len(page) < 7 else 1,
            ),
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_safe
def look(request: HttpRequest, public_id: str) -> HttpResponse:
    """One record to be looked at, with what is asked of the owner at the same visit."""
    held = record_for_officer(signed_in(request.user), public_id, right=VERIFY_BUSINESSES)
    return _look_page(request, public_id, held.business.pk)


def _look_page(
    request: HttpRequest, public_id: str, business_id: int, *, reason: ReasonForm | None = None
) -> HttpResponse:
    held = record_for_officer(signed_in(request.user), public_id, right=VERIFY_BUSINESSES)
    codes = areas_of_officer(held.person, VERIFY_BUSINESSES)
    village = request.GET.get("desa", "")[:13]
    business = held.business
    following = next_to_verify(codes, village, after=business_id)
    return render(
        request,
        "registry/look.html",
        {
            "record": record_of(business, today=timezone.localdate()),
            "suspects": registering.look_alikes(
                name=business.name,
                area=business.area,
                phone=business.phones.values_list("phone", flat=True).first() or "",
                besides=business.pk,
            ),
            "reason": reason or ReasonForm(),
            "consent_text": text_now(),
            "village": village,
            "left": count_of(waiting_in(codes, village)),
            "next": following,
            "may_edit": held.may_edit,
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if reason else HTTPStatus.OK,
    )


@never_cache
@login_required
@require_POST
@once
def verify(request: HttpRequest, public_id: str) -> HttpResponse:
    """One tap; with the consents if the page asked for them ("tanya"). The next record follows."""
    held = record_for_officer(signed_in(request.user), public_id, right=VERIFY_BUSINESSES)
    form = ConsentForm(request.POST)
    asked = "tanya" in request.POST and form.is_valid()
    try:
        verifying.verify_business(
            business=held.business,
            shown=form.cleaned_data["shown"] if asked else None,
            how=form.cleaned_data["how"] or BY_KADER if asked else "",
            by=held.person,
            at=timezone.now(),
            text_version=form.cleaned_data["text_version"] if asked else "",
        )
    except UnableTo as problem:
        messages.error(request, problem.sentence)
        return redirect("registry:record", public_id)
    messages.success(request, _("%(name)s terverifikasi.") % {"name": held.business.name})
    return _onwards(request, public_id, held.business.pk)


@never_cache
@login_required
@require_POST
@once
def ask_correction(request: HttpRequest, public_id: str) -> HttpResponse:
    held = record_for_officer(signed_in(request.user), public_id, right=VERIFY_BUSINESSES)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            verifying.ask_correction(
                business=held.business, reason=form.cleaned_data["reason"], by=held.person, at=timezone.now()
            )
        except UnableTo as problem:
            form.add_error("reason", problem.sentence)
        else:
            messages.success(request, _("%(name)s perlu perbaikan.") % {"name": held.business.name})
            return _onwards(request, public_id, held.business.pk)
    return _look_page(request, public_id, held.business.pk, reason=form)


@never_cache
@login_required
@require_POST
@once
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    held = record_for_officer(signed_in(request.user), public_id, right=VERIFY_BUSINESSES)
    try:
        verifying.reopen_verification(business=held.business, by=held.person, at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    return redirect("registry:record", public_id)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def consents(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the owner agreed to show, recorded by whoever asked her."""
    held = record_for_officer(signed_in(request.user), public_id, right=VERIFY_BUSINESSES)
    home = reverse("registry:record", args=[public_id])
    return consent_page(
        request,
        held.business,
        how="",
        by=held.person,
        for_name=held.business.name,
        home=home,
        crumbs=[(_("Petugas"), reverse("registry:officer_home")), (held.business.name, home)],
    )


def _onwards(request: HttpRequest, public_id: str, business_id: int) -> HttpResponse:
    """To the next that waits in the same list; back to the record when she came from there."""
    if "lanjut" not in request.POST:
        return redirect("registry:record", public_id)
    codes = areas_of_officer(signed_in(request.user), VERIFY_BUSINESSES)
    village = request.POST.get("desa", "")[:13]
    following = next_to_verify(codes, village, after=business_id)
    tail = f"?{urlencode({'desa': village})}" if village else ""
    if following is None:
        return redirect(reverse("registry:worklist") + tail)
    return redirect(reverse("registry:look", args=[following.public_id]) + tail)
