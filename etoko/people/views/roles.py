"""`/petugas/peran/`: who holds which role where; given and ended."""

from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people import queries
from etoko.people.access import area_with, grantable_roles, granter_of, role_to_end
from etoko.people.forms import GrantForm
from etoko.people.models import Person
from etoko.people.operations import granting, joining
from etoko.people.roles import GRANT_ROLES
from etoko.people.sessions import signed_in
from etoko.places.models import Area


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def roles(request: HttpRequest) -> HttpResponse:
    granter = granter_of(request.user)
    code = request.GET.get("wilayah", "")[:13]
    if not code:
        tops = queries.top_areas(granter, GRANT_ROLES)
        if len(tops) == 1:
            return redirect(f"{request.path}?wilayah={tops[0].code}")
        return render(request, "people/roles_where.html", {"areas": tops, "nav_active": "saya"})
    area = area_with(granter, GRANT_ROLES, code)
    may_give = grantable_roles(granter, area)
    if request.method == "POST":
        form = GrantForm(request.POST, roles=may_give)
        if form.is_valid() and _grant(form, area, granter):
            messages.success(request, _("Peran diberikan."))
            return redirect(f"{request.path}?wilayah={area.code}")
    else:
        form = GrantForm(roles=may_give, initial={"starts_on": timezone.localdate().isoformat()})
    return render(
        request,
        "people/roles.html",
        {
            "form": form,
            "area": queries.area_row(area),
            "above": queries.areas_above(area, granter, GRANT_ROLES),
            "inside": queries.areas_inside(area),
            "may_give": may_give,
            "rows": queries.roles_in(area, seen_by=granter),
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


@never_cache
@signed_in
@require_POST
@once
def end_role(request: HttpRequest, role_id: int) -> HttpResponse:
    granter = granter_of(request.user)
    granted = role_to_end(granter, role_id)
    try:
        granting.end_role(granted=granted, by=granter, at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("Peran %(name)s diakhiri.") % {"name": granted.person.name})
    return redirect(f"{reverse('people:roles')}?wilayah={granted.area_id}")


def _grant(form: GrantForm, area: Area, granter: Person) -> bool:
    """The account is made where there is none; both or neither."""
    given, at = form.cleaned_data, timezone.now()
    if not given["name"] and not Person.objects.filter(phone=given["phone"]).exists():
        form.add_error("name", _("Nomor ini belum punya akun. Tulis juga namanya."))
        return False
    try:
        with transaction.atomic():
            person = joining.ensure_person(
                phone=given["phone"], name=given["name"], home_area=area, by=granter, at=at
            )
            granting.grant_role(
                person=person,
                area=area,
                role=given["role"],
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
                by=granter,
                at=at,
            )
    except UnableTo as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        return False
    return True
