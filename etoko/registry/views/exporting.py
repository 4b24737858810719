"""Downloads of the register. Each is a POST, for it leaves a trace."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from etoko.foundation.onetime import once
from etoko.people.access import areas_with, within
from etoko.people.models import Person
from etoko.people.roles import SEE_OWNER_DETAILS
from etoko.places.models import Area
from etoko.registry.access import areas_of_officer, signed_in
from etoko.registry.operations import exporting
from etoko.registry.queries import office
from etoko.registry.sidt_form import sidt_csv, sidt_rows, sidt_xlsx
from etoko.registry.spreadsheets import register_csv, register_xlsx
from etoko.registry.views.officer import wanted_of

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@never_cache
@login_required
@require_POST
@once
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The register as the officer has filtered it, as our own sheet."""
    person = signed_in(request.user)
    codes = areas_of_officer(person)
    make = register_xlsx if form == "xlsx" else register_csv
    content, count = make(office.register_rows(codes, wanted_of(request)))
    _record(person, codes, count, form)
    return _file(content, "register", form)


@never_cache
@login_required
@require_POST
@once
def export_sidt(request: HttpRequest, form: str) -> HttpResponse:
    """The same in the form of the national register. The owners' details stand in it only where the officer
    may see them; a NIK never whole."""
    person = signed_in(request.user)
    codes = areas_of_officer(person)
    details_in = areas_with(person, SEE_OWNER_DETAILS)
    found = office.register_rows(codes, wanted_of(request))
    may_see = not found.exclude(within(details_in)).exists() if details_in else False
    rows = sidt_rows(found, with_details=may_see)
    content = sidt_xlsx(rows) if form == "xlsx" else b"".join(sidt_csv(rows))
    _record(person, codes, found.count(), f"SIDT {form}")
    return _file(content, "sidt-kumkm", form)


def _record(person: Person, codes: list[str], count: int, form: str) -> None:
    exporting.record_export(
        areas=list(Area.objects.filter(pk__in=[code for code in codes if code] or [settings.HOME_AREA])),
        rows=count,
        form=form,
        by=person,
        at=timezone.now(),
    )


def _file(content: bytes, stem: str, form: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_TYPES[form])
    name = f"{stem}-{timezone.localdate():%Y-%m-%d}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
