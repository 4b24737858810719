"""`/kelompok/formulir/`: the PKK's forms of a village or a wider area, filled, printed, and typed into."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.onetime import once
from etoko.groups.access import areas_to
from etoko.groups.operations.filling import UnableToFill, fill_form, mark_of
from etoko.groups.pkk_forms import FORMS, POKJA_II, FormSpec
from etoko.groups.queries import forms as queries
from etoko.groups.sheets import Sheet
from etoko.groups.views.common import sheet_file
from etoko.people.access import area_with, may
from etoko.people.models import Person
from etoko.people.roles import ASSIST_GROUPS, SEE_GROUPS, SEE_OWNER_DETAILS
from etoko.places.models import VILLAGE, Area
from etoko.registry.access import signed_in

EMPTY_ROWS = 4
FIRST_YEAR = 2020


@never_cache
@login_required
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    person = signed_in(request.user)
    areas = queries.areas_of_forms(areas_to(person, SEE_GROUPS))
    today = timezone.localdate()
    wanted, year = request.GET.get("wilayah", ""), request.GET.get("tahun", "")
    area = next((one for one in areas if one.code == wanted), areas[0] if areas else None)
    if area is None:
        raise Http404
    context = {
        "areas": areas,
        "area": area,
        "year": int(year) if year.isdecimal() and _is_year(int(year[:5])) else today.year,
        "years": range(today.year, today.year - 5, -1),
        "forms": list(FORMS.values()),
        "nav_active": "saya",
    }
    return render(request, "groups/forms.html", context)


@never_cache
@login_required
@require_safe
def form(request: HttpRequest, code: str, year: int, form: str) -> HttpResponse:
    person, area, spec = _gate(request, code, year, form)
    context = {
        "sheet": _sheet(person, area, spec, year),
        "may_fill": may(person, ASSIST_GROUPS, area.code) and _can_be_filled(spec, area),
        "villages": queries.villages_of(area) if area.level != VILLAGE else [],
        **_shared(area, spec, year),
    }
    return render(request, "groups/form.html", context)


@never_cache
@login_required
@require_safe
def form_file(request: HttpRequest, code: str, year: int, form: str, kind: str) -> HttpResponse:
    person, area, spec = _gate(request, code, year, form)
    return sheet_file(_sheet(person, area, spec, year), kind)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def fill(request: HttpRequest, code: str, year: int, form: str) -> HttpResponse:
    """What only people know is typed here. A refused form keeps all of it."""
    person, area, spec = _gate(request, code, year, form, right=ASSIST_GROUPS)
    if not _can_be_filled(spec, area):
        raise Http404
    stored = queries.typed_rows(form, [area], year).get(area.pk, [])
    rows = [{int(column): text for column, text in row.cells.items()} for row in stored]
    problem, status = None, 200
    if request.method == "POST":
        rows = _typed(request, spec)
        try:
            fill_form(
                area=area,
                form=form,
                year=year,
                rows=rows,
                seen=request.POST.get("seen", ""),
                by=person,
                at=timezone.now(),
            )
        except UnableToFill as refused:
            problem, status = refused, 422
        else:
            messages.success(request, _("Tersimpan untuk %(area)s, %(year)s.") % {"area": area, "year": year})
            return redirect("groups:form", code, year, form)
    blank: list[dict[int, str]] = [{} for _row in range(1 if spec.number == POKJA_II else EMPTY_ROWS)]
    context = {
        "rows": (rows or blank[:1]) if spec.number == POKJA_II else rows + blank,
        "fields": [
            (column, word, column in spec.figures)
            for column, word in zip(spec.typed, spec.words, strict=True)
        ],
        "seen": mark_of(stored),
        "problem": problem,
        **_shared(area, spec, year),
    }
    return render(request, "groups/form_fill.html", context, status=status)


def _typed(request: HttpRequest, spec: FormSpec) -> list[dict[int, str]]:
    """Fields are called row-column ("2-5"); a row is there when any of its fields was sent."""
    count = request.POST.get("rows", "")
    rows = min(int(count), 300) if count.isdecimal() and len(count) < 4 else 0
    return [{column: request.POST.get(f"{row}-{column}", "") for column in spec.typed} for row in range(rows)]


def _gate(
    request: HttpRequest, code: str, year: int, form: str, *, right: str = SEE_GROUPS
) -> tuple[Person, Area, FormSpec]:
    person = signed_in(request.user)
    area = area_with(person, right, code)
    if form not in FORMS or not _is_year(year):
        raise Http404
    return person, area, FORMS[form]


def _sheet(person: Person, area: Area, spec: FormSpec, year: int) -> Sheet:
    return queries.form_sheet(
        spec.number,
        area,
        year,
        today=timezone.localdate(),
        names_owners=may(person, SEE_OWNER_DETAILS, area.code),
    )


def _can_be_filled(spec: FormSpec, area: Area) -> bool:
    """4.22 of a wider area is the sum of its villages; nobody types over it."""
    return spec.number != POKJA_II or area.level == VILLAGE


def _is_year(year: int) -> bool:
    return FIRST_YEAR <= year <= timezone.localdate().year


def _shared(area: Area, spec: FormSpec, year: int) -> dict[str, Any]:
    return {"area": area, "spec": spec, "year": year, "nav_active": "saya"}
