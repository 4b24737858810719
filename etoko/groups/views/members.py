"""Members: who is in the group, since when, with which office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.onetime import once
from etoko.groups.access import LEAD, Standing, group_for, member_for
from etoko.groups.forms import LeaveForm, MemberForm, OfficeForm
from etoko.groups.models import Member
from etoko.groups.operations.joining import add_member, change_member, end_membership, give_office
from etoko.groups.queries import groups as queries
from etoko.groups.queries.books import member_money
from etoko.groups.views.common import Crumbs, Look, done, form_page, group_render
from etoko.registry.access import signed_in

_LOOK: Look = {"phone": {"type": "tel"}, "joined_on": {"type": "date"}, "gender": {"two": True}}


@never_cache
@login_required
@require_safe
def members(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id)
    now, before = queries.member_rows(standing.group)
    return group_render(
        request,
        "groups/members.html",
        standing,
        {"members": now, "past": before, "own": standing.member.number if standing.member else 0},
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_member(request: HttpRequest, group_id: str) -> HttpResponse:
    standing = group_for(signed_in(request.user), group_id, LEAD)
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        businesses=queries.businesses_in(standing.group.area_id, to=standing.person),
        initial={"joined_on": timezone.localdate()},
    )
    if request.method == "POST" and done(
        form,
        lambda: add_member(
            standing=standing,
            facts=form.facts(),
            joined_on=form.cleaned_data["joined_on"],
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("%(name)s jadi anggota.") % {"name": form.cleaned_data["name"]})
        return redirect("groups:new_member" if "lagi" in request.POST else "groups:members", group_id)
    return form_page(
        request,
        form,
        title=_("Tambah anggota"),
        button=_("Simpan"),
        again=_("Simpan, lalu tambah lagi"),
        crumbs=_crumbs(standing, _("Anggota baru")),
        look=_LOOK,
        for_name=standing.for_name,
    )


@never_cache
@login_required
@require_safe
def member(request: HttpRequest, group_id: str, number: int) -> HttpResponse:
    standing, found = member_for(signed_in(request.user), group_id, number)
    return group_render(
        request,
        "groups/member.html",
        standing,
        {"row": queries.member_row(found), "money": member_money(found)},
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit_member(request: HttpRequest, group_id: str, number: int) -> HttpResponse:
    standing, found = member_for(signed_in(request.user), group_id, number, LEAD)
    initial = {
        "name": found.name,
        "gender": found.gender,
        "phone": found.phone,
        "business": found.business.public_id if found.business else "",
    }
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        businesses=queries.businesses_in(standing.group.area_id, to=standing.person, besides=found.business),
        initial=initial,
    )
    del form.fields["joined_on"]
    if request.method == "POST" and done(
        form,
        lambda: change_member(standing=standing, member=found, facts=form.facts(), at=timezone.now()),
    ):
        messages.success(request, _("Data anggota tersimpan."))
        return redirect("groups:member", group_id, number)
    return form_page(
        request,
        form,
        title=_("Data anggota"),
        button=_("Simpan"),
        crumbs=_crumbs(standing, found.name, found),
        look=_LOOK,
        for_name=standing.for_name,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def office(request: HttpRequest, group_id: str, number: int) -> HttpResponse:
    standing, found = member_for(signed_in(request.user), group_id, number, LEAD)
    held = found.offices.filter(ends_on__isnull=True).first()
    form = OfficeForm(
        request.POST if request.method == "POST" else None, initial={"office": held.office if held else ""}
    )
    if request.method == "POST" and done(
        form,
        lambda: give_office(
            standing=standing, member=found, office=form.cleaned_data["office"], at=timezone.now()
        ),
    ):
        messages.success(request, _("Jabatan diganti."))
        return redirect("groups:members", group_id)
    return form_page(
        request,
        form,
        title=_("Jabatan %(name)s") % {"name": found.name},
        button=_("Simpan"),
        crumbs=_crumbs(standing, found.name, found),
        for_name=standing.for_name,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def leave(request: HttpRequest, group_id: str, number: int) -> HttpResponse:
    standing, found = member_for(signed_in(request.user), group_id, number, LEAD)
    form = LeaveForm(
        request.POST if request.method == "POST" else None, initial={"left_on": timezone.localdate()}
    )
    if request.method == "POST" and done(
        form,
        lambda: end_membership(
            standing=standing, member=found, left_on=form.cleaned_data["left_on"], at=timezone.now()
        ),
    ):
        messages.success(request, _("%(name)s tercatat keluar.") % {"name": found.name})
        return redirect("groups:members", group_id)
    return form_page(
        request,
        form,
        title=_("%(name)s keluar") % {"name": found.name},
        lead=_("Namanya tetap ada di buku-buku yang lama."),
        button=_("Catat keluar"),
        crumbs=_crumbs(standing, found.name, found),
        look={"left_on": {"type": "date"}},
        for_name=standing.for_name,
    )


def _crumbs(standing: Standing, last: str, member: Member | None = None) -> Crumbs:
    group_id = standing.group.public_id
    own = reverse("groups:member", args=[group_id, member.number]) if member else ""
    return [
        (standing.group.name, reverse("groups:group", args=[group_id])),
        (_("Anggota"), reverse("groups:members", args=[group_id])),
        (last, own),
    ]
