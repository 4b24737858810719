"""What the views of this room share: one way to try a deed, one page for a form."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from etoko.foundation.papers import pdf_response
from etoko.foundation.problems import UnableTo
from etoko.groups.access import Standing
from etoko.groups.queries.groups import may_of
from etoko.groups.sheets import XLSX, Sheet, sheet_pdf

Crumbs = Sequence[tuple[str, str]]
Look = Mapping[str, Mapping[str, Any]]


def done(form: forms.Form, deed: Callable[[], Any]) -> bool:
    """Whether what was typed could be read and the deed was done; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        deed()
    except UnableTo as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        return False
    return True


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    crumbs: Crumbs = (),
    lead: str = "",
    for_name: str = "",
    look: Look | None = None,
    **more: Any,
) -> HttpResponse:
    """A page with one form. `look` says how fields are drawn: words of `fields.html`, by name."""
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "crumbs": crumbs,
        "look": look or {},
        "for_name": for_name,
        "nav_active": "saya",
        **more,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "groups/form_page.html", context, status=status)


def group_render(
    request: HttpRequest,
    template: str,
    standing: Standing,
    context: Mapping[str, Any],
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    shared = {
        "group_id": standing.group.public_id,
        "group_name": standing.group.name,
        "for_name": standing.for_name if standing.assists else "",
        "may": may_of(standing),
        "nav_active": "saya",
    }
    return render(request, template, {**shared, **context}, status=status)


def sheet_file(sheet: Sheet, form: str) -> HttpResponse:
    """`form` is "pdf" or "xlsx"; the addresses know no other."""
    if form == "pdf":
        return pdf_response(sheet_pdf(sheet), sheet.name)
    from etoko.groups.sheets_xlsx import sheet_xlsx  # loads what only this needs

    response = HttpResponse(sheet_xlsx(sheet), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{sheet.name}.xlsx"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
