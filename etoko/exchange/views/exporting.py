"""`/data/` for everybody and `/petugas/data/` for officers: tables to take along."""

from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.catalog.queries_public import home_villages
from etoko.exchange import access
from etoko.exchange.datasets import OF_OFFICERS, OPEN, Dataset
from etoko.exchange.metadata import metadata
from etoko.exchange.packing import chunks_of, forms_of
from etoko.exchange.views._open import for_any_site
from etoko.foundation.long_reads import long_read
from etoko.foundation.pagecache import cacheable
from etoko.foundation.tables.sending import send_chunks
from etoko.people.operations.limiting import UnableToTryNow, count_try
from etoko.people.sessions import address_of
from etoko.places.models import Area
from etoko.places.names import full_name
from etoko.registry.access import signed_in
from etoko.registry.operations.exporting import record_export


@require_safe
@cacheable(seconds=3600)
def open_data(request: HttpRequest) -> HttpResponse:
    return _open_page(request, request.GET.get("desa", ""))


@require_safe
@cacheable(seconds=300)
def open_metadata(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    wanted = access.open_table(slug, code)
    files = [f"{slug}-{code}.{form}" for form in forms_of(wanted.dataset)]
    told = metadata(wanted.dataset, wanted.area, at=timezone.now(), rows=None, files=files)
    told.pop("jumlah_baris")
    return for_any_site(JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1}))


@require_safe
def open_file(request: HttpRequest, slug: str, code: str, form: str) -> HttpResponseBase:
    """Whatever stands in it is public; it is only not made for the same reader without end."""
    wanted = access.open_table(slug, code, form)
    at = timezone.now()
    try:
        count_try("open_data_address", address_of(request), at=at)
    except UnableToTryNow as problem:
        page = _open_page(request, code, problem=problem.sentence)
        page.status_code = HTTPStatus.TOO_MANY_REQUESTS
        page["Retry-After"] = str(int(problem.wait.total_seconds()) + 1)
        return page
    return for_any_site(
        send_chunks(chunks_of(wanted.dataset, wanted.area, form, at=at), name=_name(wanted, form, at))
    )


@never_cache
@login_required
@require_safe
def officers_data(request: HttpRequest) -> HttpResponse:
    areas = access.areas_to_take(signed_in(request.user))
    chosen = next((one for one in areas if one.code == request.GET.get("desa")), areas[0] if areas else None)
    return render(
        request,
        "exchange/officers_data.html",
        {
            "areas": [(one.code, _full(one)) for one in areas],
            "chosen": chosen.code if chosen else "",
            "place": _full(chosen) if chosen else "",
            "tables": [_row(dataset) for dataset in OF_OFFICERS.values()],
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_POST
def officers_file(request: HttpRequest, slug: str, code: str, form: str) -> HttpResponseBase:
    person = signed_in(request.user)
    wanted = access.officers_table(person, slug, code, form)
    at = timezone.now()
    with long_read():
        rows = wanted.dataset.count(wanted.area)
    record_export(areas=[wanted.area], rows=rows, form=form, by=person, at=at)
    chunks = chunks_of(wanted.dataset, wanted.area, form, at=at, taken_by=person.name)
    return send_chunks(chunks, name=_name(wanted, form, at))


def _open_page(request: HttpRequest, code: str, *, problem: str = "") -> HttpResponse:
    area = Area.objects.filter(pk=code or settings.HOME_AREA).first()
    if area is None:
        raise Http404
    home = Area.objects.filter(pk=settings.HOME_AREA).first()
    return render(
        request,
        "exchange/open_data.html",
        {
            "problem": problem,
            "areas": [
                *([(home.code, _full(home))] if home else []),
                *(village.pair for village in home_villages()),
            ],
            "chosen": area.code,
            "place": _full(area),
            "tables": [_row(dataset) for dataset in OPEN.values()],
        },
    )


def _row(dataset: Dataset) -> dict[str, object]:
    return {
        "slug": dataset.slug,
        "title": dataset.title,
        "about": dataset.about,
        "forms": forms_of(dataset),
        "columns": [column.described() for column in dataset.columns],
        "remarks": dataset.remarks,
        "licence": dataset.licence,
    }


def _full(area: Area) -> str:
    return full_name(area.kind, area.name)


def _name(wanted: access.Wanted, form: str, at: datetime) -> str:
    return f"{wanted.dataset.slug}-{wanted.area.code}-{timezone.localdate(at):%Y-%m-%d}.{form}"
