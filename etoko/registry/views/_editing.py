"""Editing a part of a record and a licence: the same for an officer and for the owner, who differ in the
gate they pass and in where they go afterwards."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import licence_of
from etoko.registry.forms import (
    MOST_PHONES,
    SECTION_FORMS,
    ContactsForm,
    LicenceForm,
    PlaceForm,
    section_initial,
)
from etoko.registry.importing.fields import DISABLED_PARTS, WORKER_PARTS
from etoko.registry.kbli import search_kbli
from etoko.registry.models import Business, Licence
from etoko.registry.operations import editing, licensing
from etoko.registry.queries.history import shown_value
from etoko.registry.sections import FIELD_NAMES, SECTIONS, as_text


@dataclass(frozen=True)
class Editor:
    """Who edits, how she came in, and where she goes when it is done."""

    business: Business
    person: Person
    for_name: str
    is_verifier: bool
    home: str
    """Address of the record as she sees it."""
    crumbs: Sequence[tuple[str, str]]
    villages: Sequence[Area]


def edit_section_page(request: HttpRequest, editor: Editor, slug: str) -> HttpResponse:
    section = SECTIONS.get(slug)
    if section is None:
        raise Http404
    business = editor.business
    now = editing.section_now(business, section)
    status, conflict = HTTPStatus.OK, []
    searching = request.method == "POST" and "cari" in request.POST
    form = _form(editor, slug, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not searching:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                _save(request, editor, slug, form)
            except editing.ChangedMeanwhile as problem:
                conflict = _differences(slug, form, problem)
                now, status = problem.now, HTTPStatus.CONFLICT
                form = _merged(request, editor, slug, form, problem)
            except UnableTo as problem:
                form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
            else:
                messages.success(request, _("Tersimpan."))
                return redirect(f"{editor.home}#{slug}")
    return render(
        request,
        f"registry/edit_{slug}.html",
        {
            "form": form,
            "section": section,
            "business_name": business.name,
            "seen": json.dumps(now),
            "conflict": conflict,
            "home": editor.home,
            "crumbs": [*editor.crumbs, (section.title, "")],
            "for_name": editor.for_name,
            "codes": _codes(request, business) if slug == "produk" else [],
            "sought": request.POST.get("kbli_cari", ""),
            "owner_rows": range(1, getattr(form, "owner_rows", 0) + 1),
            "phone_rows": range(1, MOST_PHONES + 1),
            "worker_parts": (*WORKER_PARTS, *DISABLED_PARTS),
            "nav_active": "saya",
        },
        status=status,
    )


def _form(editor: Editor, slug: str, data: Any) -> Any:
    if slug == "kontak":
        return ContactsForm(data, business=editor.business)
    initial = section_initial(editor.business, SECTIONS[slug].fields)
    if slug == "alamat":
        return PlaceForm(data, initial=initial, villages=editor.villages)
    return SECTION_FORMS[slug](data, initial=initial)


def _save(request: HttpRequest, editor: Editor, slug: str, form: Any) -> None:
    known: dict[str, Any] = {
        "business": editor.business,
        "seen": seen_by(request),
        "by": editor.person,
        "at": timezone.now(),
        "for_name": editor.for_name,
        "is_verifier": editor.is_verifier,
    }
    if slug == "kontak":
        owners, phones = form.entries()
        editing.edit_contacts(owners=owners, phones=phones, **known)
    else:
        editing.edit_section(section=SECTIONS[slug], values=form.cleaned_data, **known)


def seen_by(request: HttpRequest) -> dict[str, str]:
    """What stood there when the page was opened. Whatever cannot be read counts as not seen."""
    try:
        seen = json.loads(request.POST.get("seen", ""))
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in seen.items()} if isinstance(seen, dict) else {}


def _differences(slug: str, form: Any, problem: editing.ChangedMeanwhile) -> list[tuple[str, str, str]]:
    """(field, as it stands now, as she typed it)."""
    if slug == "kontak":
        owners, phones = form.entries()
        typed = {
            "owners": "; ".join(one.name for one in owners),
            "phones": "; ".join(f"{one.phone} {one.note}".strip() for one in phones),
        }
    else:
        typed = {field: as_text(form.cleaned_data.get(field)) for field in problem.fields}
    return [
        (
            str(FIELD_NAMES.get(field, field)),
            shown_value(field, problem.now[field]),
            shown_value(field, typed.get(field, "")),
        )
        for field in problem.fields
    ]


def _merged(
    request: HttpRequest, editor: Editor, slug: str, form: Any, problem: editing.ChangedMeanwhile
) -> Any:
    """The form once more: what she did not touch takes what stands there now, what she typed stays."""
    editor.business.refresh_from_db()
    if slug == "kontak":
        # Rows may have moved: her words stand beside the fields, not in somebody else's row.
        return _form(editor, slug, None)
    data, seen = request.POST.copy(), seen_by(request)
    for field in problem.fields:
        if field in form.fields and as_text(form.cleaned_data.get(field)) == seen.get(field):
            data[field] = problem.now[field]
    if slug == "produk" and not ({"kbli_code", "kbli_edition"} - set(problem.fields)):
        code = problem.now["kbli_code"]
        if as_text(form.cleaned_data.get("kbli_code")) == seen.get("kbli_code"):
            data["kbli"] = f"{problem.now['kbli_edition']}:{code}" if code else ""
    merged = _form(editor, slug, data)
    merged.is_valid()
    return merged


def _codes(request: HttpRequest, business: Business) -> list[tuple[str, str]]:
    """What to choose a KBLI code from: the chosen one, and what fits the words."""
    words = request.POST.get("kbli_cari", "").strip() or business.products_text.split(",")[0] or business.name
    found = [(f"{one.edition}:{one.code}", f"{one.code} · {one.title}") for one in search_kbli(words[:100])]
    chosen = request.POST.get("kbli", f"{business.kbli_edition}:{business.kbli_code}")
    edition, _colon, code = chosen.partition(":")
    if code and edition.isdigit() and chosen not in dict(found):
        found = [
            *(
                (chosen, f"{one.code} · {one.title}")
                for one in search_kbli(code, edition=int(edition), limit=1)
            ),
            *found,
        ]
    return found


def licence_page(request: HttpRequest, editor: Editor, licence_id: int | None) -> HttpResponse:
    licence = licence_of(editor.business, licence_id) if licence_id is not None else None
    fields = ("kind", "status", "number", "issuer", "issued_on", "expires_on")
    initial = {field: getattr(licence, field) for field in fields} if licence else {"status": "held"}
    sent = request.method == "POST"
    form = LicenceForm(request.POST if sent else None, request.FILES if sent else None, initial=initial)
    if sent and form.is_valid():
        given = form.cleaned_data
        try:
            licensing.save_licence(
                business=editor.business,
                licence=licence,
                **{field: given[field] for field in fields},
                scan=given["scan"],
                by=editor.person,
                at=timezone.now(),
                for_name=editor.for_name,
            )
        except UnableTo as problem:
            form.add_error(problem.field or None, problem.sentence)
        else:
            messages.success(request, _("Izin tersimpan."))
            return redirect(f"{editor.home}#izin")
    return render(
        request,
        "registry/licence.html",
        {
            "form": form,
            "business_name": editor.business.name,
            "is_new": licence is None,
            "has_scan": bool(licence and licence.scan),
            "home": editor.home,
            "crumbs": [*editor.crumbs, (_("Izin"), "")],
            "nav_active": "saya",
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def scan_file(licence: Licence) -> FileResponse:
    """The scan, shown by itself and unable to do anything: it came from outside."""
    if not licence.scan:
        raise Http404
    response = FileResponse(licence.scan.open("rb"))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
