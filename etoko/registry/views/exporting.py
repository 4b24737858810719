"""Downloads of the register. Each is a POST, for it leaves a trace."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from etoko.foundation.long_reads import long_read
from etoko.foundation.tables.sending import send_chunks, send_written
from etoko.people.access import areas_with, covers, within
from etoko.people.models import Person
from etoko.people.roles import SEE_OWNER_DETAILS
from etoko.places.models import Area
from etoko.registry.access import areas_of_officer, signed_in
from etoko.registry.operations import exporting
from etoko.registry.queries import office
from etoko.registry.sidt_form import sidt_csv, sidt_rows, sidt_xlsx
from etoko.registry.spreadsheets import register_csv, register_xlsx
from etoko.registry.views.officer import wanted_of


@never_cache
@login_required
@require_POST
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The register as the officer has filtered it, as our own sheet."""
    person = signed_in(request.user)
    codes = areas_of_officer(person)
    found = office.register_rows(codes, wanted_of(request))
    _record(person, codes, wanted_of(request), found, form)
    name = _name("register", form)
    if form == "xlsx":
        return send_written(lambda file: register_xlsx(found, file), name=name)
    return send_chunks(register_csv(found), name=name)


@never_cache
@login_required
@require_POST
def export_sidt(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same in the form of the national register. The owners' details stand in it only where the officer
    may see them; a NIK never whole."""
    person = signed_in(request.user)
    codes = areas_of_officer(person)
    details_in = areas_with(person, SEE_OWNER_DETAILS)
    found = office.register_rows(codes, wanted_of(request))
    may_see = not found.exclude(within(details_in)).exists() if details_in else False
    rows = sidt_rows(found, with_details=may_see)
    _record(person, codes, wanted_of(request), found, f"SIDT {form}")
    name = _name("sidt-kumkm", form)
    if form == "xlsx":
        return send_written(lambda file: sidt_xlsx(rows, file), name=name)
    return send_chunks(sidt_csv(rows), name=name)


def _record(
    person: Person, codes: list[str], wanted: office.RegisterFilter, found: QuerySet[Any], form: str
) -> None:
    with long_read():
        rows = found.count()
    narrowed = (
        [wanted.village] if wanted.village and any(covers(code, wanted.village) for code in codes) else codes
    )
    exporting.record_export(
        areas=list(Area.objects.filter(pk__in=[code for code in narrowed if code] or [settings.HOME_AREA])),
        rows=rows,
        form=form,
        by=person,
        at=timezone.now(),
    )


def _name(stem: str, form: str) -> str:
    return f"{stem}-{timezone.localdate():%Y-%m-%d}.{form}"
