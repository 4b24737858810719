"""`/petugas/`: the register in the hands of those who keep it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.phones import UnableToReadPhone, read_phone
from etoko.foundation.problems import UnableTo
from etoko.people.roles import ASSIST_SELLERS, EDIT_REGISTER, VERIFY_BUSINESSES
from etoko.people.views.activating import hand_out
from etoko.places.choosing import areas_to_choose
from etoko.places.models import Area
from etoko.registry.access import areas_of_officer, licence_of, record_for_officer, signed_in
from etoko.registry.forms import NewBusinessForm
from etoko.registry.models import UNKNOWN, Business
from etoko.registry.operations import inviting, licensing, registering
from etoko.registry.queries import office
from etoko.registry.queries.history import history_of
from etoko.registry.queries.licences import licence_rows
from etoko.registry.queries.records import record_of
from etoko.registry.states import VERIFICATION_FLOW, VERIFIER
from etoko.registry.views._editing import Editor, edit_section_page, licence_page, scan_file


@never_cache
@login_required
@require_safe
def officer_home(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    codes = areas_of_officer(person)
    return render(
        request,
        "registry/officer_home.html",
        {
            "day": office.officer_day(codes, today=timezone.localdate()),
            "name": person.name,
            "place": office.names_of(codes),
            "may": office.rights_of(person),
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    codes = areas_of_officer(person)
    wanted = wanted_of(request)
    page = request.GET.get("hal", "")
    return render(
        request,
        "registry/register.html",
        {
            "found": office.register_page(
                codes, wanted, page=int(page) if page.isdecimal() and len(page) < 7 else 1
            ),
            "wanted": wanted,
            "villages": areas_to_choose(codes, wanted.village),
            "states": list(VERIFICATION_FLOW.states.items()),
            "lacks": [(slug, str(word)) for slug, word in office.LACKING.items()],
            "may": office.rights_of(person),
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_safe
def licence_list(request: HttpRequest) -> HttpResponse:
    codes = areas_of_officer(signed_in(request.user))
    which = "periksa" if request.GET.get("pilih") == "periksa" else "habis"
    rows = licence_rows(codes, which, today=timezone.localdate())
    return render(request, "registry/licences.html", {"rows": rows, "which": which, "nav_active": "saya"})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_business(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    villages = office.villages_of(areas_of_officer(person, EDIT_REGISTER))
    sent = request.method == "POST"
    form = NewBusinessForm(
        request.POST if sent else None,
        villages=villages,
        initial={"kind": UNKNOWN, "area": request.GET.get("desa", "")},
    )
    suspects: list[registering.Suspect] = []
    if sent and form.is_valid():
        try:
            business = registering.register_business(
                **form.cleaned_data,
                by=person,
                at=timezone.now(),
                is_another="bukan_sama" in request.POST,
            )
        except registering.MaybeTheSame as problem:
            suspects = problem.suspects
        except UnableTo as problem:
            form.add_error(problem.field or None, problem.sentence)
        else:
            messages.success(request, _("%(name)s terdaftar.") % {"name": business.name})
            return redirect("registry:record", business.public_id)
    return render(
        request,
        "registry/new_business.html",
        {"form": form, "suspects": suspects, "is_owner": False, "nav_active": "saya"},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK,
    )


@never_cache
@login_required
@require_safe
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    held = record_for_officer(signed_in(request.user), public_id)
    business = held.business
    shown = record_of(business, today=timezone.localdate())
    return render(
        request,
        "registry/record.html",
        {
            "record": shown,
            "held": held,
            "now_in": business.merged_into,
            "details": [
                (
                    _("Data pribadi %(name)s") % {"name": owner.name},
                    reverse("registry:owner_details", args=[public_id, owner.id]),
                )
                for owner in shown.owners
            ]
            if held.may_see_details
            else [],
            "moves": VERIFICATION_FLOW.moves_from(
                business.verification, (VERIFIER,) if held.may_verify else ()
            ),
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    held = record_for_officer(signed_in(request.user), public_id)
    return render(
        request,
        "registry/history.html",
        {
            "history": history_of(held.business, field=request.GET.get("isian", "")[:40]),
            "field": request.GET.get("isian", "")[:40],
            "business_name": held.business.name,
            "home": reverse("registry:record", args=[public_id]),
            "crumbs": [
                (_("Petugas"), reverse("registry:officer_home")),
                (held.business.name, reverse("registry:record", args=[public_id])),
                (_("Riwayat"), ""),
            ],
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
    held = record_for_officer(signed_in(request.user), public_id)
    return scan_file(licence_of(held.business, licence_id))


@never_cache
@login_required
@require_POST
@once
def check_licence(request: HttpRequest, public_id: str, licence_id: int) -> HttpResponse:
    held = record_for_officer(signed_in(request.user), public_id, right=VERIFY_BUSINESSES)
    licensing.check_licence(
        licence=licence_of(held.business, licence_id),
        is_right=request.POST.get("sesuai") == "ya",
        by=held.person,
        at=timezone.now(),
    )
    return redirect(reverse("registry:record", args=[public_id]) + "#izin")


@never_cache
@login_required
@require_POST
@once
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """An account and a link for the owner; the slip with the WhatsApp button is the people's page."""
    held = record_for_officer(signed_in(request.user), public_id, right=ASSIST_SELLERS)
    owner = request.POST.get("owner", "")
    try:
        invitation = inviting.invite_owner(
            business=held.business,
            owner_id=int(owner) if owner.isdecimal() and len(owner) < 19 else 0,
            phone=read_phone(request.POST.get("phone", "")),
            by=held.person,
            at=timezone.now(),
        )
    except UnableToReadPhone:
        messages.error(request, _("Isi nomor WhatsApp pemilik dulu, supaya tautannya bisa dikirim."))
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        hand_out(request, invitation.new)
        return redirect("people:slips")
    return redirect(reverse("registry:record", args=[public_id]) + "#toko")


def _editor(request: HttpRequest, public_id: str) -> Editor:
    held = record_for_officer(signed_in(request.user), public_id, right=EDIT_REGISTER)
    return Editor(
        business=held.business,
        person=held.person,
        for_name="",
        is_verifier=held.may_verify,
        home=reverse("registry:record", args=[public_id]),
        crumbs=[
            (_("Petugas"), reverse("registry:officer_home")),
            (held.business.name, reverse("registry:record", args=[public_id])),
        ],
        villages=with_own(office.villages_of(areas_of_officer(held.person, EDIT_REGISTER)), held.business),
    )


def with_own(villages: list[Area], business: Business) -> list[Area]:
    """The villages to choose from, the one the business has among them."""
    known = {village.pk for village in villages}
    return villages if business.area_id in known else [business.area, *villages]


def wanted_of(request: HttpRequest) -> office.RegisterFilter:
    given = request.GET
    return office.RegisterFilter(
        typed=given.get("q", "").replace("\x00", "").strip()[:100],
        village="".join(sign for sign in given.get("desa", "")[:13] if sign.isdecimal() or sign == "."),
        state=given.get("status", "")[:20],
        kind=given.get("jenis", "")[:40],
        lacking=given.get("kurang", "")[:20],
    )
