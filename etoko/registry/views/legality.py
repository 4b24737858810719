"""The ladder of licences for the owner and the kader, and the bookings of help with the officers."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people.roles import ASSIST_SELLERS
from etoko.registry.access import areas_of_officer, business_to_act_for, help_for_officer, help_of, signed_in
from etoko.registry.forms_helping import AskHelpForm, DayForm
from etoko.registry.operations import helping
from etoko.registry.queries.legality import helps_in, helps_of, ladder_of
from etoko.registry.states import ASKER


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def legality(request: HttpRequest, public_id: str) -> HttpResponse:
    acting = business_to_act_for(signed_in(request.user), public_id)
    business, today = acting.business, timezone.localdate()
    steps = ladder_of(business, today=today)
    choices = [(step.kind, str(step.name)) for step in steps if not step.has_help]
    form = AskHelpForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            helping.ask_help(
                business=business, **form.cleaned_data, by=acting.person, at=timezone.now(),
                for_name=acting.for_name,
            )  # fmt: skip
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("Permintaan terkirim. Anda dikabari begitu petugas menjawab."))
            return redirect(reverse("registry:legality", args=[public_id]) + "#bantuan")
    home = reverse("registry:my_business", args=[public_id])
    return render(
        request,
        "registry/legality.html",
        {
            "steps": steps,
            "done": sum(1 for step in steps if step.state == "done"),
            "helps": helps_of(business, (ASKER,)),
            "form": form,
            "can_ask": bool(choices),
            "public_id": public_id,
            "business_name": business.name,
            "kind_is_known": business.kind != "unknown",
            "for_name": acting.for_name,
            "home": home,
            "crumbs": [(_("Saya"), "/saya/"), (business.name, home), (_("Legalitas"), "")],
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@never_cache
@login_required
@require_POST
@once
def reply_help(request: HttpRequest, public_id: str, help_id: int) -> HttpResponse:
    """She agrees to the other day, or takes her request back."""
    acting = business_to_act_for(signed_in(request.user), public_id)
    deed = {"accept_day": helping.accept_day, "withdraw": helping.withdraw_help}.get(
        request.POST.get("langkah", "")
    )
    if deed is None:
        raise Http404
    try:
        deed(
            help_=help_of(acting.business, help_id),
            by=acting.person,
            at=timezone.now(),
            for_name=acting.for_name,
        )
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    return redirect(reverse("registry:legality", args=[public_id]) + "#bantuan")


@never_cache
@login_required
@require_safe
def helps(request: HttpRequest) -> HttpResponse:
    codes = areas_of_officer(signed_in(request.user), ASSIST_SELLERS)
    return render(request, "registry/helps.html", {"rows": helps_in(codes), "nav_active": "saya"})


@never_cache
@login_required
@require_POST
@once
def answer_help(request: HttpRequest, help_id: int) -> HttpResponse:
    person = signed_in(request.user)
    help_ = help_for_officer(person, help_id)
    move, at = request.POST.get("langkah", ""), timezone.now()
    try:
        if move == "agree":
            helping.agree_help(help_=help_, by=person, at=at)
        elif move == "finish":
            helping.finish_help(help_=help_, by=person, at=at)
        elif move == "propose_day":
            form = DayForm(request.POST)
            if not form.is_valid():
                messages.error(request, _("Pilih hari yang lain."))
                return redirect("registry:helps")
            helping.propose_day(help_=help_, **form.cleaned_data, by=person, at=at)
        else:
            raise Http404
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("Jawaban Anda dikabarkan kepada pemiliknya."))
    return redirect("registry:helps")
