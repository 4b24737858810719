"""`/saya/kepentingan/`: what ties her to partners and businesses, as she declares it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.groups.views.common import done
from etoko.partners.access import own_interest, public_organisation
from etoko.partners.forms import InterestForm
from etoko.partners.models import Organisation
from etoko.partners.operations import declare_interest, end_interest
from etoko.partners.queries.keeping import find_towards, own_interests
from etoko.registry.access import signed_in
from etoko.registry.models import LISTED, Business


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:80]
    return render(
        request,
        "partners/interests.html",
        {
            "rows": own_interests(signed_in(request.user)),
            "typed": typed,
            "found": find_towards(typed),
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def declare(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    chosen = request.GET.get("kepada", "")
    towards = _towards(chosen)
    form = InterestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(
        form,
        lambda: declare_interest(person=person, towards=towards, at=timezone.now(), **form.cleaned_data),
    ):
        messages.success(request, _("Tercatat. Terima kasih sudah terbuka."))
        return redirect("partners:interests")
    return render(
        request,
        "partners/declare.html",
        {"form": form, "towards": str(towards), "nav_active": "saya"},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
    )


@never_cache
@login_required
@require_POST
@once
def end(request: HttpRequest, interest_id: int) -> HttpResponse:
    end_interest(interest=own_interest(signed_in(request.user), interest_id), at=timezone.now())
    messages.success(request, _("Tercatat: hubungan ini sudah berakhir."))
    return redirect("partners:interests")


def _towards(chosen: str) -> Organisation | Business:
    what, _colon, public_id = chosen.partition(":")
    if what == "mitra":
        return public_organisation(public_id)
    found = Business.objects.filter(public_id=public_id, listing=LISTED, merged_into__isnull=True).first()
    if what != "usaha" or found is None:
        raise Http404
    return found
