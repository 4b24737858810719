"""A mandate is given, ended, and what hangs on it handed over."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.foundation.onetime import once
from etoko.groups.views.common import Look, done, form_page
from etoko.partners.access import Keeping, mandate_to_keep, organisation_to_keep
from etoko.partners.forms import KIND_NOTES, EndForm, MandateForm
from etoko.partners.models import Mandate
from etoko.partners.operations import MandateFacts, UnableToMandate, end_mandate, give_mandate
from etoko.partners.queries.keeping import handover_page
from etoko.people.models import Person
from etoko.people.operations.joining import ensure_person

_LOOK: Look = {
    "phone": {"type": "tel", "autocomplete": "off"},
    "name": {"autocomplete": "off"},
    "kind": {"notes": KIND_NOTES},
    "starts_on": {"type": "date", "short": True},
    "ends_on": {"type": "date", "short": True},
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def give(request: HttpRequest, organisation_id: str) -> HttpResponse:
    keeping = organisation_to_keep(request.user, organisation_id)
    form = MandateForm(
        request.POST if request.method == "POST" else None,
        initial={"starts_on": timezone.localdate().isoformat(), "kind": Mandate.SPEAKER},
    )
    if request.method == "POST" and done(form, lambda: _give(form, keeping)):
        messages.success(request, _("Mandat diberikan; yang menerimanya dikabari."))
        return redirect("partners:keep", organisation_id)
    return form_page(
        request,
        form,
        title=_("Beri mandat"),
        lead=_("Siapa boleh bicara atas nama %(name)s, dengan surat apa, dan sampai kapan.")
        % {"name": keeping.organisation.title},
        button=_("Beri mandat"),
        crumbs=_crumbs(keeping, _("Beri mandat")),
        look=_LOOK,
        for_name=keeping.for_name,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def end(request: HttpRequest, mandate_id: int) -> HttpResponse:
    keeping, mandate = mandate_to_keep(request.user, mandate_id)
    page = handover_page(mandate)
    form = EndForm(request.POST if request.method == "POST" else None, successors=page.successors)

    def deed() -> None:
        chosen = form.cleaned_data.get("successor") or 0
        end_mandate(
            keeping=keeping,
            mandate=mandate,
            successor=Mandate.objects.filter(pk=chosen).select_related("person").first(),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )

    if request.method == "POST" and done(form, deed):
        messages.success(request, _("Mandat %(name)s berakhir.") % {"name": page.person})
        return redirect("partners:keep", keeping.organisation.public_id)
    return render(
        request,
        "partners/end_mandate.html",
        {
            "page": page,
            "form": form,
            "crumbs": _crumbs(keeping, _("Akhiri mandat")),
            "organisation": keeping.organisation.title,
            "give_path": reverse("partners:give_mandate", args=[keeping.organisation.public_id]),
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
    )


@transaction.atomic
def _give(form: MandateForm, keeping: Keeping) -> None:
    """The account is made where there is none; both or neither."""
    given, at = dict(form.cleaned_data), timezone.now()
    phone, name = given.pop("phone"), given.pop("name")
    if not name and not Person.objects.filter(phone=phone).exists():
        raise UnableToMandate(_("Nomor ini belum punya akun. Tulis juga namanya."), field="name")
    person = ensure_person(
        phone=phone, name=name, home_area=keeping.organisation.area, by=keeping.person, at=at
    )
    give_mandate(keeping=keeping, person=person, facts=MandateFacts(**given), at=at)


def _crumbs(keeping: Keeping, here: str) -> list[tuple[str, str]]:
    path = reverse("partners:keep", args=[keeping.organisation.public_id])
    return [(_("Mitra"), reverse("partners:directory")), (keeping.organisation.title, path), (here, "")]
