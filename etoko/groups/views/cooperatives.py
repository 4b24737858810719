"""`/kelompok/koperasi/`: cooperatives, their yearly meeting, and what they sell for members."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.catalog.models import Product
from etoko.foundation.charts import Series, line_chart
from etoko.foundation.days import INDONESIAN_MONTHS, show_month
from etoko.foundation.money import show_rupiah_short
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.groups.access import areas_to
from etoko.groups.access_cooperatives import (
    Keeping,
    cooperative_for,
    cooperatives_seen_by,
    permission_for_member,
    permissions_of,
)
from etoko.groups.forms_cooperatives import CooperativeForm, ProposalForm, YearlyMeetingForm
from etoko.groups.models_cooperatives import Cooperative
from etoko.groups.operations.cooperating import (
    CooperativeFacts,
    answer_sale,
    change_cooperative,
    end_sale,
    fill_up,
    found_cooperative,
    propose_sale,
    record_yearly_meeting,
    shop_of,
)
from etoko.groups.queries import cooperatives as queries
from etoko.groups.queries.groups import businesses_in, villages_within
from etoko.groups.states import AGREED, PROPOSED
from etoko.groups.views.common import Crumbs, Look, done, form_page
from etoko.people.access import areas_with
from etoko.people.roles import ASSIST_GROUPS, SEE_GROUPS
from etoko.places.models import Area
from etoko.registry.access import signed_in

_LOOK: Look = {
    "services": {"two": True},
    "founded_on": {"type": "date"},
    "held_on": {"type": "date"},
    **{
        name: {"type": "number", "inputmode": "numeric", "short": True}
        for name in ("women", "men", "present", "about_year")
    },
    **{name: {"type": "money"} for name in ("turnover_rp", "surplus_rp", "member_rp")},
}


@never_cache
@login_required
@require_safe
def cooperatives(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    found = cooperatives_seen_by(person).select_related("area").order_by("area_id", "name")
    context = {
        "cooperatives": queries.cooperative_rows(found),
        "permissions": queries.permission_rows(
            permissions_of(person).select_related("business", "answered_by")
        ),
        "may_found": bool(areas_with(person, ASSIST_GROUPS)),
        "is_office": bool(areas_with(person, SEE_GROUPS)),
        "nav_active": "saya",
    }
    return render(request, "groups/cooperatives.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_cooperative(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    villages = villages_within(areas_to(person, ASSIST_GROUPS))
    form = CooperativeForm(request.POST if request.method == "POST" else None, villages=villages)
    made: list[Cooperative] = []

    def found() -> None:
        area = Area.objects.get(code=form.cleaned_data["area"])
        made.append(found_cooperative(facts=form.facts(), area=area, by=person, at=timezone.now()))

    if request.method == "POST" and done(form, found):
        messages.success(request, _("%(name)s tercatat.") % {"name": made[0]})
        return redirect("groups:cooperative", made[0].public_id)
    return form_page(
        request,
        form,
        title=_("Catat koperasi"),
        button=_("Simpan"),
        crumbs=[(_("Koperasi"), reverse("groups:cooperatives")), (_("Catat koperasi"), "")],
        look=_LOOK,
    )


@never_cache
@login_required
@require_safe
def cooperative(request: HttpRequest, cooperative_id: str) -> HttpResponse:
    keeping = cooperative_for(signed_in(request.user), cooperative_id)
    page = queries.cooperative_page(keeping.cooperative, today=timezone.localdate())
    context = {
        "page": page,
        "may_keep": keeping.may_keep,
        "may_see_money": keeping.may_keep or keeping.sees,
        "month": INDONESIAN_MONTHS[page.rat_month - 1],
        "by_year": _turnover_chart(page),
        "by_month": _sales_chart(page),
        "nav_active": "saya",
    }
    return render(request, "groups/cooperative.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit_cooperative(request: HttpRequest, cooperative_id: str) -> HttpResponse:
    keeping = cooperative_for(signed_in(request.user), cooperative_id, to_keep=True)
    one = keeping.cooperative
    initial = {name: getattr(one, name) for name in CooperativeFacts.__slots__}
    initial["business"] = one.business.public_id if one.business else ""
    form = CooperativeForm(
        request.POST if request.method == "POST" else None,
        businesses=businesses_in(one.area_id, to=keeping.person, besides=one.business),
        initial=initial,
    )
    if request.method == "POST" and done(
        form, lambda: change_cooperative(keeping=keeping, facts=form.facts(), at=timezone.now())
    ):
        messages.success(request, _("Data koperasi tersimpan."))
        return redirect("groups:cooperative", cooperative_id)
    return _page(request, form, keeping, title=_("Data koperasi"), button=_("Simpan"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def yearly_meeting(request: HttpRequest, cooperative_id: str) -> HttpResponse:
    keeping = cooperative_for(signed_in(request.user), cooperative_id, to_keep=True)
    today = timezone.localdate()
    form = YearlyMeetingForm(
        request.POST if request.method == "POST" else None,
        initial={"about_year": today.year - 1, "held_on": today},
    )

    def deed() -> None:
        data = dict(form.cleaned_data)
        for name in ("turnover_rp", "surplus_rp"):  # empty is unknown, never nought
            data[name] = data[name] if request.POST.get(name, "").strip() else None
        record_yearly_meeting(keeping=keeping, at=timezone.now(), **data)

    if request.method == "POST" and done(form, deed):
        messages.success(request, _("RAT tercatat."))
        return redirect("groups:cooperative", cooperative_id)
    return _page(request, form, keeping, title=_("Catat RAT"), button=_("Simpan"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def propose(request: HttpRequest, cooperative_id: str) -> HttpResponse:
    keeping = cooperative_for(signed_in(request.user), cooperative_id, to_keep=True)
    one = keeping.cooperative
    businesses = [each for each in businesses_in(one.area_id, to=keeping.person) if each != one.business]
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        products=queries.products_to_propose(shop_of(one)),
        businesses=businesses,
    )

    def deed() -> None:
        data = dict(form.cleaned_data)
        propose_sale(
            keeping=keeping,
            product=get_object_or_404(Product, pk=data.pop("product")),
            business=form.businesses[data.pop("business")],
            at=timezone.now(),
            **data,
        )

    if request.method == "POST" and done(form, deed):
        messages.success(
            request, _("Anggota dimintai izin. Barangnya baru disebut buatannya kalau ia setuju.")
        )
        return redirect("groups:cooperative", cooperative_id)
    return _page(
        request,
        form,
        keeping,
        title=_("Jualkan barang anggota"),
        button=_("Minta izin"),
        lead=_("Tulis untuk siapa uangnya, apa yang ia lihat, dan siapa yang boleh mengubah."),
    )


@never_cache
@login_required
@require_POST
@once
def end_permission(request: HttpRequest, cooperative_id: str, permission_id: int) -> HttpResponse:
    keeping = cooperative_for(signed_in(request.user), cooperative_id, to_keep=True)
    permission = keeping.cooperative.permissions.filter(pk=permission_id).first()
    if permission is None:
        raise Http404
    try:
        end_sale(by=keeping, permission=permission, at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("Izin berakhir. Barangnya disembunyikan dari toko."))
    return redirect("groups:cooperative", cooperative_id)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def permission(request: HttpRequest, permission_id: int) -> HttpResponse:
    """The member's page: what she is asked, what she answered, what was sold, and the way out."""
    acting, found = permission_for_member(signed_in(request.user), permission_id)
    problem = ""
    if request.method == "POST":
        try:
            said = _member_deed(request, acting, found)
        except UnableTo as refused:
            problem = refused.sentence
        else:
            messages.success(request, said)
            return redirect("groups:permission", permission_id)
    agreed = found.state == AGREED
    context = {
        "row": queries.permission_row(found),
        "sales": queries.sales_of(found) if agreed else None,
        "variants": queries.variants_of(found) if agreed and found.edits == found.STOCK else [],
        "is_asked": found.state == PROPOSED,
        "is_agreed": agreed,
        "for_name": acting.for_name,
        "problem": problem,
        "nav_active": "saya",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "groups/permission.html", context, status=status)


def _member_deed(request: HttpRequest, acting: Any, found: Any) -> str:
    deed, now = request.POST.get("langkah", ""), timezone.now()
    if deed in ("izinkan", "jangan"):
        answer_sale(acting=acting, permission=found, agrees=deed == "izinkan", at=now)
        return _("Jawaban Anda tersimpan.")
    if deed == "akhiri":
        end_sale(by=acting, permission=found, at=now)
        return _("Izin berakhir. Barangnya disembunyikan dari toko.")
    if deed == "stok":
        variant, quantity = request.POST.get("variant", ""), request.POST.get("quantity", "").strip()
        if not (variant.isdecimal() and quantity.isdecimal() and 0 < int(quantity[:7]) <= 100_000):
            raise UnableTo(_("Tulis berapa yang ditambah, dengan angka."))
        fill_up(acting=acting, permission=found, variant_id=int(variant), quantity=int(quantity), at=now)
        return _("Stok bertambah.")
    raise Http404


def _turnover_chart(page: queries.CooperativePage) -> Any:
    known = [(one.about_year, one.turnover_rp) for one in page.meetings if one.turnover_rp is not None]
    if len(known) < 2:
        return ""
    return line_chart(
        _("Omzet menurut RAT"),
        [str(year) for year, _rp in known],
        [Series(_("Omzet"), [rp for _year, rp in known])],
        show=lambda value: show_rupiah_short(int(value)),
        heading=_("Tahun buku"),
    )


def _sales_chart(page: queries.CooperativePage) -> Any:
    if not page.sales:
        return ""
    return line_chart(
        _("Penjualan toko per bulan"),
        [show_month(month) for month, _rp in page.sales],
        [Series(_("Pesanan selesai"), [rp for _month, rp in page.sales])],
        show=lambda value: show_rupiah_short(int(value)),
        heading=_("Bulan"),
    )


def _page(
    request: HttpRequest, form: Any, keeping: Keeping, *, title: str, button: str, lead: str = ""
) -> HttpResponse:
    one = keeping.cooperative
    crumbs: Crumbs = [
        (_("Koperasi"), reverse("groups:cooperatives")),
        (one.name, reverse("groups:cooperative", args=[one.public_id])),
        (title, ""),
    ]
    return form_page(
        request,
        form,
        title=title,
        button=button,
        lead=lead,
        crumbs=crumbs,
        look=_LOOK,
        for_name=keeping.for_name,
    )
