"""Birth, schooling, disability and home of an owner: for herself, and for those who may see them."""

import json
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.foundation.onetime import once
from etoko.people.access import may
from etoko.people.roles import EDIT_REGISTER, SEE_OWNER_DETAILS
from etoko.registry.access import business_to_act_for, record_for_officer, signed_in
from etoko.registry.forms_owners import OwnerDetailsForm
from etoko.registry.models import Business, Owner, OwnerDetails
from etoko.registry.operations import owner_details
from etoko.registry.operations.editing import ChangedMeanwhile
from etoko.registry.sections import FIELD_NAMES, as_text
from etoko.registry.views._editing import seen_by


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def of_record(request: HttpRequest, public_id: str, owner_id: int) -> HttpResponse:
    held = record_for_officer(signed_in(request.user), public_id, right=SEE_OWNER_DETAILS)
    if not held.may_edit:
        raise Http404
    return _page(request, held.business, owner_id, reverse("registry:record", args=[public_id]), "")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def of_own(request: HttpRequest, public_id: str, owner_id: int) -> HttpResponse:
    """Herself; a kader who helps needs the right besides. Staff are none of the owners."""
    acting = business_to_act_for(signed_in(request.user), public_id)
    owner = _owner(acting.business, owner_id)
    is_herself = owner.person_id == acting.person.pk
    area = acting.business.area_id
    if not is_herself and not all(may(acting.person, r, area) for r in (SEE_OWNER_DETAILS, EDIT_REGISTER)):
        raise Http404
    home = reverse("registry:my_business", args=[public_id])
    return _page(request, acting.business, owner_id, home, acting.for_name)


def _owner(business: Business, owner_id: int) -> Owner:
    owner = business.owners.filter(pk=owner_id).select_related("business").first()
    if owner is None:
        raise Http404
    return owner


def _page(request: HttpRequest, business: Business, owner_id: int, home: str, for_name: str) -> HttpResponse:
    owner = _owner(business, owner_id)
    details = OwnerDetails.objects.filter(owner=owner).first() or OwnerDetails(owner=owner)
    now = owner_details.details_now(details)
    sent = request.method == "POST"
    form = OwnerDetailsForm(
        request.POST if sent else None,
        initial={name: getattr(details, name) for name in owner_details.FIELDS},
    )
    conflict: list[tuple[str, str, str]] = []
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    if sent and form.is_valid():
        try:
            owner_details.set_owner_details(
                owner=owner,
                values=form.cleaned_data,
                seen=seen_by(request),
                by=signed_in(request.user),
                at=timezone.now(),
                for_name=for_name,
            )
        except ChangedMeanwhile as problem:
            now, status = problem.now, HTTPStatus.CONFLICT
            conflict = [
                (str(FIELD_NAMES[name]), problem.now[name], as_text(form.cleaned_data[name]))
                for name in problem.fields
            ]
        else:
            messages.success(request, _("Tersimpan."))
            return redirect(f"{home}#kontak")
    return render(
        request,
        "registry/owner_details.html",
        {
            "form": form,
            "section": {"title": _("Data pribadi %(name)s") % {"name": owner.name}},
            "business_name": business.name,
            "seen": json.dumps(now),
            "conflict": conflict,
            "home": home,
            "crumbs": [(business.name, home), (owner.name, "")],
            "for_name": for_name,
            "nav_active": "saya",
        },
        status=status,
    )
