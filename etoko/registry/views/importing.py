import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.foundation.tables.reading import MOST_BYTES, too_large
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.places.names import full_name
from etoko.registry import access_importing as gates
from etoko.registry import queries_importing as queries
from etoko.registry.importing.columns import Column, NotARegister, refuse_what_is_no_register
from etoko.registry.importing.fields import FIELDS
from etoko.registry.models import ImportBatch
from etoko.registry.operations import (
    deciding_duplicates,
    finding_duplicates,
    importing,
    previewing,
    undoing_imports,
)
from etoko.registry.states import COMMITTED, PREVIEWED

PER_PAGE = 20
FORM_EXTRA = 64 * 1024
"""What a form weighs beside its file."""
UNITS = [
    (0, gettext_lazy("Tidak diketahui")),
    (1, gettext_lazy("Rupiah")),
    (1_000, gettext_lazy("Ribu rupiah")),
    (1_000_000, gettext_lazy("Juta rupiah")),
]
TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


# The size is looked at before anything of the body is read: the check against forged forms reads it whole.
@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
@login_required
def import_list(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    codes = gates.areas_to_import(person)
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = 0
    if request.method == "POST" and size > MOST_BYTES + FORM_EXTRA:
        # Django reads the body of a POST as soon as anybody, even a template, looks at what it holds.
        request.method = "GET"
        return _list_page(request, codes, problem=too_large(size).sentence, status=413)
    return _import_list(request)


@csrf_protect
@once
def _import_list(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    codes = gates.areas_to_import(person)
    if request.method == "GET":
        return _list_page(request, codes)
    area = gates.area_to_import(person, request.POST.get("area", ""))
    file = request.FILES.get("file")
    if file is None:
        return _list_page(request, codes, problem=_("Pilih dulu berkas daftar usahanya."), status=422)
    keeps_nik = request.POST.get("keeps_nik") == "yes"
    try:
        with tempfile.TemporaryDirectory(prefix="impor-") as folder:
            upload = previewing.read_upload(
                path=_on_disk(file, Path(folder)),
                name=file.name or "berkas",
                within=area.code,
                keeps_nik=keeps_nik,
                keeps_owner=request.POST.get("keeps_owner") == "yes",
            )
        if _refusal(upload):
            return _list_page(request, codes, problem=_refusal(upload), status=422)
        batch = importing.keep_upload(
            upload=upload, area=area, keeps_nik=keeps_nik, by=person, at=timezone.now()
        )
        if any(column.by != "memory" for column in upload.columns if column.field):
            return redirect("registry:import_columns", batch.public_id)
        _look(batch)
    except UnableTo as problem:
        return _list_page(request, codes, problem=problem.sentence, status=422)
    return redirect("registry:import_batch", batch.public_id)


@previewing.told_when_disk_is_full
def _on_disk(file: UploadedFile[bytes], folder: Path) -> Path:
    path = folder / "berkas"
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return path


def _refusal(upload: previewing.Upload) -> str:
    """Why this can never be a register; a missing name can still be pointed out on the next page."""
    try:
        refuse_what_is_no_register(upload.table, upload.columns)
    except NotARegister as problem:
        if upload.table.rows and not _is_statistics(upload):
            return ""
        return problem.sentence
    return ""


def _is_statistics(upload: previewing.Upload) -> bool:
    named = [Column(c.position, c.header, "name", (), "") for c in upload.columns[:1]]
    try:
        refuse_what_is_no_register(upload.table, [*named, *upload.columns])
    except NotARegister:
        return True
    return "jumlah" in " ".join(upload.table.headers).lower()


def _list_page(
    request: HttpRequest, codes: list[str], *, problem: str = "", status: int = 200
) -> HttpResponse:
    chosen = request.POST.get("area", "")
    person = _person(request)
    areas = [(area.code, _full_name(area)) for area in _areas(codes)]
    home = person.home_area_id or ""
    best = chosen or next((code for code, _name in areas if home.startswith(code)), "")
    return render(
        request,
        "registry/import_list.html",
        {
            "batches": queries.batches_in(codes),
            "areas": areas,
            "chosen": best or (areas[0][0] if areas else ""),
            "keeps_nik": request.POST.get("keeps_nik") == "yes",
            "keeps_owner": request.POST.get("keeps_owner") == "yes",
            "problem": problem,
            "most_mb": MOST_BYTES // 1_048_576,
        },
        status=status,
    )


def _areas(codes: list[str]) -> list[Area]:
    """Where one may import: the areas of the roles, and the sub-districts and villages a step below them."""
    if "" in codes:
        wide = list(Area.objects.filter(level__lte=2).order_by("code"))
        home = Area.objects.filter(code__startswith="36.03.04").order_by("code")
        return [*home, *wide]
    found = list(Area.objects.filter(code__in=codes).order_by("code"))
    below = Area.objects.filter(parent_id__in=codes).order_by("code")
    return [*found, *below]


def _full_name(area: Area) -> str:
    return full_name(area.kind, area.name)


def _look(batch: ImportBatch) -> None:
    seen = previewing.preview(upload=importing.upload_of(batch), within=batch.area_id or "")
    importing.keep_summary(batch=batch, seen=seen)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@once
def import_columns(request: HttpRequest, public_id: str) -> HttpResponse:
    person = _person(request)
    batch = gates.batch_for(person, public_id)
    if batch.state != PREVIEWED:
        return redirect("registry:import_batch", public_id)
    problem, status = "", 200
    chosen = dict(batch.columns)
    unit = batch.money_unit
    if request.method == "POST":
        known = {field.slug for field in FIELDS}
        for i, header in enumerate(batch.headers):
            given = request.POST.get(f"kolom-{i}", "")
            chosen[header] = given if given in known else ""
        given_unit = request.POST.get("satuan", "0")
        unit = int(given_unit) if given_unit in {str(value) for value, _name in UNITS} else 0
        try:
            batch = importing.set_columns(
                batch=batch, columns=chosen, money_unit=unit, by=person, at=timezone.now()
            )
            _look(batch)
            return redirect("registry:import_batch", public_id)
        except UnableTo as refused:
            problem, status = refused.sentence, 422
    upload = importing.upload_of(batch)
    columns = [
        {
            "position": c.position,
            "header": c.header,
            "samples": [sample for sample in c.samples if sample != previewing.HIDDEN],
            "field": chosen.get(c.header, ""),
        }
        for c in upload.columns
    ]
    return render(
        request,
        "registry/import_columns.html",
        {
            "batch": _shown(batch),
            "columns": columns,
            "fields": [("", _("Tidak dikenali")), *[(field.slug, field.name) for field in FIELDS]],
            "units": UNITS,
            "unit": unit,
            "has_money": any(value in ("turnover", "turnover_month", "capital") for value in chosen.values()),
            "problem": problem,
            "rows": len(upload.table.rows),
        },
        status=status,
    )


@never_cache
@require_GET
@login_required
def import_batch(request: HttpRequest, public_id: str) -> HttpResponse:
    batch = gates.batch_for(_person(request), public_id)
    if batch.state == PREVIEWED and not batch.summary:
        try:
            _look(batch)
        except UnableTo:
            return redirect("registry:import_columns", public_id)
    return _batch_page(request, batch)


def _batch_page(
    request: HttpRequest, batch: ImportBatch, *, problem: str = "", status: int = 200
) -> HttpResponse:
    summary: dict[str, Any] = batch.summary
    return render(
        request,
        "registry/import_batch.html",
        {
            "batch": _shown(batch),
            "summary": summary,
            "returned": queries.returned_rows(batch),
            "differing": queries.differing_rows(batch) if batch.state == COMMITTED else [],
            "pairs": summary.get("pairs", []),
            "problem": problem,
        },
        status=status,
    )


def _shown(batch: ImportBatch) -> dict[str, Any]:
    return {
        "public_id": batch.public_id,
        "file_name": batch.file_name,
        "state": batch.state,
        "state_name": batch.get_state_display(),
        "area_name": _full_name(batch.area) if batch.area else "",
        "remarks": batch.remarks,
        "uploaded_at": batch.uploaded_at,
        "committed_at": batch.committed_at,
        "undone_at": batch.undone_at,
        "undo_report": batch.undo_report,
        "keeps_nik": batch.keeps_nik == "yes",
    }


@require_POST
@login_required
@once
def commit_import(request: HttpRequest, public_id: str) -> HttpResponse:
    person = _person(request)
    batch = gates.batch_for(person, public_id)
    try:
        done = importing.commit_batch(batch=batch, by=person, at=timezone.now())
    except UnableTo as problem:
        return _batch_page(request, batch, problem=problem.sentence, status=422)
    messages.success(request, _("%(count)s usaha baru masuk.") % {"count": done.new_count})
    return redirect("registry:import_batch", public_id)


@require_POST
@login_required
@once
def undo_import(request: HttpRequest, public_id: str) -> HttpResponse:
    person = _person(request)
    batch = gates.batch_for(person, public_id)
    try:
        undoing_imports.undo_import(batch=batch, by=person, at=timezone.now())
    except UnableTo as problem:
        return _batch_page(request, batch, problem=problem.sentence, status=422)
    messages.success(request, _("Impor ini sudah dibatalkan."))
    return redirect("registry:import_batch", public_id)


@require_POST
@login_required
@once
def discard_import(request: HttpRequest, public_id: str) -> HttpResponse:
    person = _person(request)
    batch = gates.batch_for(person, public_id)
    try:
        importing.discard_preview(batch=batch, by=person, at=timezone.now())
    except UnableTo as problem:
        return _batch_page(request, batch, problem=problem.sentence, status=422)
    messages.success(request, _("Berkas tidak jadi diimpor; tidak ada yang berubah."))
    return redirect("registry:import_list")


@never_cache
@require_GET
@login_required
def import_report(request: HttpRequest, public_id: str) -> HttpResponse:
    batch = gates.batch_for(_person(request), public_id)
    stem = "".join(c if c.isalnum() or c in "-_" else "-" for c in Path(batch.file_name).stem)[:60] or "impor"
    response = HttpResponse(queries.report_of(batch), content_type=TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="laporan-{stem}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_GET
@login_required
def suspicions(request: HttpRequest) -> HttpResponse:
    codes = gates.areas_to_decide(_person(request))
    return _suspicions_page(request, codes)


def _suspicions_page(
    request: HttpRequest, codes: list[str], *, problem: str = "", status: int = 200
) -> HttpResponse:
    given = request.GET.get("hal", "1")
    page = max(1, int(given)) if given.isdigit() and len(given) < 6 else 1
    pairs, count = queries.open_pairs(codes, start=(page - 1) * PER_PAGE, most=PER_PAGE)
    return render(
        request,
        "registry/import_suspicions.html",
        {"pairs": pairs, "count": count, "page": page, "last": -(-count // PER_PAGE), "problem": problem},
        status=status,
    )


@require_POST
@login_required
@once
def find_suspicions(request: HttpRequest) -> HttpResponse:
    """Search the officer's areas; everywhere means the home area."""
    person = _person(request)
    codes = [code or settings.HOME_AREA for code in gates.areas_to_decide(person)]
    count = 0
    for area in Area.objects.filter(pk__in=codes):
        count += finding_duplicates.find_duplicates(area=area, by=person, at=timezone.now())
    messages.success(
        request,
        ngettext("%(num)s pasang baru ditemukan.", "%(num)s pasang baru ditemukan.", count) % {"num": count}
        if count
        else _("Tidak ada pasangan baru yang mirip."),
    )
    return redirect("registry:import_suspicions")


@require_POST
@login_required
@once
def decide_suspicion(request: HttpRequest, suspicion_id: int) -> HttpResponse:
    person = _person(request)
    pair = gates.suspicion_for(person, suspicion_id)
    answer = request.POST.get("jawaban", "")
    kept = {"pertama": pair.first, "kedua": pair.second}.get(answer)
    if kept is None and answer != "berbeda":
        raise Http404
    try:
        if kept is None:
            deciding_duplicates.keep_apart(suspicion=pair, by=person, at=timezone.now())
        else:
            deciding_duplicates.join(suspicion=pair, kept=kept, by=person, at=timezone.now())
    except UnableTo as problem:
        codes = gates.areas_to_decide(person)
        return _suspicions_page(request, codes, problem=problem.sentence, status=422)
    messages.success(request, _("Keputusan Anda tersimpan."))
    return redirect("registry:import_suspicions")


def _person(request: HttpRequest) -> Person:
    person: Any = request.user
    return person  # type: ignore[no-any-return]
