"""A partner in the hands of who keeps it: officers of its place, and its own leaders."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.onetime import once
from etoko.groups.models import Group
from etoko.groups.models_cooperatives import Cooperative
from etoko.groups.views.common import Look, done, form_page
from etoko.partners.access import areas_to_keep, organisation_to_keep
from etoko.partners.forms import OrganisationForm
from etoko.partners.helices import BUSINESS, COMMUNITY, HELIX_NOTES, OF_VILLAGE, REACHES
from etoko.partners.models import Organisation, Record
from etoko.partners.operations import OrganisationFacts, change_organisation, register_organisation
from etoko.partners.queries import directory as directories
from etoko.partners.queries import keeping as queries
from etoko.partners.views.public import page_of, wanted_of
from etoko.people.access import covers, within
from etoko.places.choosing import areas_to_choose
from etoko.places.models import Area
from etoko.places.names import full_name
from etoko.registry.access import signed_in
from etoko.registry.models import Business

_LOOK: Look = {
    "helix": {"notes": HELIX_NOTES},
    "reach": {"two": True},
    **{name: {"type": "textarea", "rows": 3} for name in ("about", "offers", "wants")},
    "phone": {"type": "tel"},
    "mail": {"type": "email"},
    "website": {"inputmode": "url"},
}
_RECORDS: dict[str, type[Record]] = {"usaha": Business, "kelompok": Group, "koperasi": Cooperative}


@never_cache
@login_required
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    codes = areas_to_keep(request.user)
    wanted = wanted_of(request)
    return render(
        request,
        "partners/worklist.html",
        {
            "found": directories.directory(wanted, page=page_of(request), codes=codes),
            "wanted": wanted,
            "reaches": REACHES,
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def register(request: HttpRequest) -> HttpResponse:
    codes = areas_to_keep(request.user)
    record = _record(codes, request.GET.get("dari", "")) if request.GET.get("dari") else None
    areas = None if record else _areas(codes)
    initial = {"reach": OF_VILLAGE, "helix": COMMUNITY, "kind": _("Kelompok UP2K")}
    if isinstance(record, Business):
        initial |= {"helix": BUSINESS, "kind": _("UMKM")}
    elif isinstance(record, Cooperative):
        initial |= {"helix": BUSINESS, "kind": _("Koperasi")}
    form = OrganisationForm(
        request.POST if request.method == "POST" else None,
        areas=areas,
        record_name=record.name if record else "",
        initial=initial if record else None,
    )
    made: list[Organisation] = []

    def deed() -> None:
        given = dict(form.cleaned_data)
        area = record.area if record else Area.objects.get(pk=given.pop("area"))
        facts = OrganisationFacts(**({"name": ""} | given))
        made.append(
            register_organisation(
                facts=facts, area=area, record=record, by=signed_in(request.user), at=timezone.now()
            )
        )

    if request.method == "POST" and done(form, deed):
        messages.success(request, _("Mitra terdaftar. Beri mandat kepada yang bicara atas namanya."))
        return redirect("partners:keep", made[0].public_id)
    return form_page(
        request,
        form,
        title=_("Jadikan %(name)s mitra") % {"name": record.name} if record else _("Daftarkan mitra"),
        lead=""
        if record
        else _("Kantor, kampus, perusahaan, komunitas, atau media yang bekerja sama dengan kita."),
        button=_("Daftarkan"),
        crumbs=[*_to_worklist(), (_("Daftarkan"), "")],
        look=_LOOK,
    )


@never_cache
@login_required
@require_safe
def from_register(request: HttpRequest) -> HttpResponse:
    codes = areas_to_keep(request.user)
    typed = request.GET.get("q", "").strip()[:80]
    return render(
        request,
        "partners/from_register.html",
        {"rows": queries.find_records(codes, typed), "typed": typed, "nav_active": "saya"},
    )


@never_cache
@login_required
@require_safe
def keep(request: HttpRequest, organisation_id: str) -> HttpResponse:
    keeping = organisation_to_keep(request.user, organisation_id)
    return render(
        request,
        "partners/keep.html",
        {
            "page": directories.organisation_page(keeping.organisation),
            "mandates": queries.mandate_rows(keeping),
            "interests": queries.interests_around(keeping.organisation) if keeping.is_officer else [],
            "is_officer": keeping.is_officer,
            "for_name": keeping.for_name,
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def change(request: HttpRequest, organisation_id: str) -> HttpResponse:
    keeping = organisation_to_keep(request.user, organisation_id)
    organisation = keeping.organisation
    names = list(OrganisationFacts.__dataclass_fields__)
    now: dict[str, Any] = {name: getattr(organisation, name) for name in names}
    form = OrganisationForm(
        request.POST if request.method == "POST" else None,
        record_name=organisation.title if organisation.record else "",
        with_helix=keeping.is_officer,
        initial=now,
    )

    def deed() -> None:
        fixed = {name: now[name] for name in ("name", "helix")}
        change_organisation(
            keeping=keeping, facts=OrganisationFacts(**(fixed | form.cleaned_data)), at=timezone.now()
        )

    if request.method == "POST" and done(form, deed):
        messages.success(request, _("Tersimpan."))
        return redirect("partners:keep", organisation_id)
    return form_page(
        request,
        form,
        title=_("Ubah data %(name)s") % {"name": organisation.title},
        button=_("Simpan"),
        crumbs=[
            (_("Mitra"), reverse("partners:directory")),
            (organisation.title, reverse("partners:keep", args=[organisation_id])),
            (_("Ubah"), ""),
        ],
        look=_LOOK,
        for_name=keeping.for_name,
    )


def _areas(codes: list[str]) -> list[tuple[str, str]]:
    """Her own areas, and those one step further down."""
    own = Area.objects.filter(pk__in=[code for code in codes if code])
    found = {area.pk: area for area in (*own, *areas_to_choose(codes))}
    if "" in codes and found:  # a superuser: what is around the first one besides
        inside = next(iter(found))
        around = Area.objects.filter(pk__in=[inside[:8], inside[:5], inside[:2]])
        found = {area.pk: area for area in around} | found
    return [(area.pk, full_name(area.kind, area.name)) for area in sorted(found.values(), key=lambda a: a.pk)]


def _record(codes: list[str], chosen: str) -> Record:
    what, _colon, public_id = chosen.partition(":")
    if what not in _RECORDS:
        raise Http404
    found = (
        _RECORDS[what]
        ._default_manager.filter(within(codes), public_id=public_id)
        .select_related("area")
        .first()
    )
    if found is None or not any(covers(code, found.area_id) for code in codes):
        raise Http404
    return found


def _to_worklist() -> list[tuple[str, str]]:
    return [(_("Petugas"), "/petugas/"), (_("Mitra"), reverse("partners:worklist"))]
