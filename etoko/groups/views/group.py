"""`/kelompok/`: which groups there are, one of them, and what is said of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.onetime import once
from etoko.groups.access import JUDGE, LEAD, areas_to, group_for
from etoko.groups.forms import GroupForm, LevelForm
from etoko.groups.models import PEMULA, Group
from etoko.groups.operations.founding import GroupFacts, change_group, found_group, set_level
from etoko.groups.queries import groups as queries
from etoko.groups.queries.books import totals_of
from etoko.groups.views.common import Look, done, form_page, group_render
from etoko.people.access import areas_with
from etoko.people.roles import ASSIST_GROUPS, SEE_GROUPS
from etoko.places.models import Area
from etoko.registry.access import signed_in

_LOOK: Look = {
    "monthly_saving_rp": {"type": "money"},
    "monthly_dues_rp": {"type": "money"},
    "charge_percent": {"type": "number", "suffix": "%", "short": True},
    "founded_on": {"type": "date"},
}


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    village, page = request.GET.get("desa", ""), request.GET.get("hal", "")
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    return render(
        request,
        "groups/home.html",
        {
            "home": queries.home(person, village=village, page=number),
            "village": village,
            "may_found": bool(areas_with(person, ASSIST_GROUPS)),
            "is_office": bool(areas_with(person, SEE_GROUPS)),
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_group(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    villages = queries.villages_within(areas_to(person, ASSIST_GROUPS))
    form = GroupForm(
        request.POST if request.method == "POST" else None, villages=villages, initial={"level": PEMULA}
    )
    made: list[Group] = []

    def found() -> None:
        data = form.cleaned_data
        area = Area.objects.get(code=data["area"])
        made.append(
            found_group(facts=form.facts(), area=area, level=data["level"], by=person, at=timezone.now())
        )

    if request.method == "POST" and done(form, found):
        messages.success(request, _("%(name)s terdaftar. Sekarang tambahkan anggotanya.") % {"name": made[0]})
        return redirect("groups:members", made[0].public_id)
    return form_page(
        request,
        form,
        title=_("Daftarkan kelompok"),
        lead=_("Nama dan desanya cukup; sisanya boleh nanti."),
        button=_("Daftarkan"),
        crumbs=[(_("Kelompok"), reverse("groups:home")), (_("Kelompok baru"), "")],
        look=_LOOK,
    )


@never_cache
@login_required
@require_safe
def group(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id)
    page = queries.group_page(standing.group, today=timezone.localdate())
    own = standing.member.number if standing.member else None
    return group_render(
        request,
        "groups/group.html",
        standing,
        {"page": page, "own_number": own, "totals": totals_of(standing.group)},
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, LEAD)
    group = standing.group
    initial = {name: getattr(group, name) for name in GroupFacts.__slots__}
    initial |= {
        "business": group.business.public_id if group.business else "",
        "charge_percent": f"{group.charge_percent.normalize():f}".replace(".", ","),
    }
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        businesses=queries.businesses_in(group.area_id, to=standing.person, besides=group.business),
        initial=initial,
    )
    if request.method == "POST" and done(
        form, lambda: change_group(standing=standing, facts=form.facts(), at=timezone.now())
    ):
        messages.success(request, _("Data kelompok tersimpan."))
        return redirect("groups:group", group_id)
    return form_page(
        request,
        form,
        title=_("Data kelompok"),
        button=_("Simpan"),
        crumbs=[(group.name, reverse("groups:group", args=[group_id])), (_("Data kelompok"), "")],
        look=_LOOK,
        for_name=standing.for_name,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def level(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, JUDGE)
    form = LevelForm(
        request.POST if request.method == "POST" else None,
        initial={"level": standing.group.level, "from_on": timezone.localdate()},
    )
    if request.method == "POST" and done(
        form, lambda: set_level(standing=standing, at=timezone.now(), **form.cleaned_data)
    ):
        messages.success(request, _("Tingkat kelompok diganti."))
        return redirect("groups:group", group_id)
    return form_page(
        request,
        form,
        title=_("Tetapkan tingkat"),
        lead=_("Perubahan dicatat dengan hari dan alasannya, dan masuk ke Lampiran 4.22."),
        button=_("Tetapkan"),
        crumbs=[(standing.group.name, reverse("groups:group", args=[group_id])), (_("Tingkat"), "")],
        look={"from_on": {"type": "date"}},
    )
