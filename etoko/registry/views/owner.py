"""`/saya/usaha/`: her own business in the register, for the owner, her staff, or a kader who helps."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.phones import show_phone
from etoko.foundation.problems import UnableTo
from etoko.people.access import may
from etoko.people.roles import SEE_OWNER_DETAILS, VERIFY_BUSINESSES
from etoko.registry.access import business_to_act_for, licence_of, signed_in
from etoko.registry.forms import NewBusinessForm
from etoko.registry.models import UNKNOWN
from etoko.registry.operations import registering
from etoko.registry.operations.consenting import BY_KADER, BY_SELF
from etoko.registry.queries import office
from etoko.registry.queries.history import history_of
from etoko.registry.queries.records import record_of
from etoko.registry.shops import shop_paths
from etoko.registry.views._consenting import consent_page
from etoko.registry.views._editing import Editor, edit_section_page, licence_page, scan_file
from etoko.registry.views.officer import with_own


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def register_own(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    sent = request.method == "POST"
    home = person.home_area
    form = NewBusinessForm(
        request.POST if sent else None,
        villages=office.villages_of([settings.HOME_AREA]),
        initial={
            "kind": UNKNOWN,
            "owner_name": person.name,
            "phone": show_phone(person.phone),
            "area": home.pk if home else "",
        },
    )
    suspects: list[registering.Suspect] = []
    if sent and form.is_valid():
        try:
            business = registering.register_business(
                **form.cleaned_data,
                by=person,
                at=timezone.now(),
                is_owner=True,
                is_another="bukan_sama" in request.POST,
            )
        except registering.MaybeTheSame as problem:
            suspects = problem.suspects
        except UnableTo as problem:
            form.add_error(problem.field or None, problem.sentence)
        else:
            messages.success(request, _("%(name)s terdaftar.") % {"name": business.name})
            return redirect("registry:my_business", business.public_id)
    return render(
        request,
        "registry/new_business.html",
        {"form": form, "suspects": suspects, "is_owner": True, "nav_active": "saya"},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK,
    )


@never_cache
@login_required
@require_safe
def my_business(request: HttpRequest, public_id: str) -> HttpResponse:
    acting = business_to_act_for(signed_in(request.user), public_id)
    business = acting.business
    record = record_of(business, today=timezone.localdate())
    sees_all = acting.is_assisting and may(acting.person, SEE_OWNER_DETAILS, business.area_id)
    return render(
        request,
        "registry/my_business.html",
        {
            "record": record,
            "details": [
                (
                    _("Data pribadi %(name)s") % {"name": owner.name},
                    reverse("registry:own_owner_details", args=[public_id, owner.id]),
                )
                for owner in record.owners
                if sees_all or owner.person_id == acting.person.pk
            ],
            "for_name": acting.for_name,
            "shop_path": shop_paths([business.pk]).get(business.pk, ""),
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    acting = business_to_act_for(signed_in(request.user), public_id)
    home = reverse("registry:my_business", args=[public_id])
    return render(
        request,
        "registry/history.html",
        {
            "history": history_of(acting.business, field=request.GET.get("isian", "")[:40]),
            "field": request.GET.get("isian", "")[:40],
            "business_name": acting.business.name,
            "home": home,
            "crumbs": [(_("Saya"), "/saya/"), (acting.business.name, home), (_("Riwayat"), "")],
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    return edit_section_page(request, _editor(request, public_id), slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def licence(request: HttpRequest, public_id: str, licence_id: int | None = None) -> HttpResponse:
    return licence_page(request, _editor(request, public_id), licence_id)


@never_cache
@login_required
@require_safe
def licence_scan(request: HttpRequest, public_id: str, licence_id: int) -> FileResponse:
    acting = business_to_act_for(signed_in(request.user), public_id)
    return scan_file(licence_of(acting.business, licence_id))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def consents(request: HttpRequest, public_id: str) -> HttpResponse:
    """Her consents: given and taken back by herself, at once."""
    acting = business_to_act_for(signed_in(request.user), public_id)
    home = reverse("registry:my_business", args=[public_id])
    return consent_page(
        request,
        acting.business,
        how=BY_KADER if acting.is_assisting else BY_SELF,
        by=acting.person,
        for_name=acting.for_name,
        home=home,
        crumbs=[(_("Saya"), "/saya/"), (acting.business.name, home)],
    )


def _editor(request: HttpRequest, public_id: str) -> Editor:
    acting = business_to_act_for(signed_in(request.user), public_id)
    home = reverse("registry:my_business", args=[public_id])
    return Editor(
        business=acting.business,
        person=acting.person,
        for_name=acting.for_name,
        is_verifier=acting.is_assisting and may(acting.person, VERIFY_BUSINESSES, acting.business.area_id),
        home=home,
        crumbs=[(_("Saya"), "/saya/"), (acting.business.name, home)],
        villages=with_own(office.villages_of([settings.HOME_AREA]), acting.business),
    )
