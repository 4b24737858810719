"""Bank statements: the file comes in, its lines stand in groups, each group has one button."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from etoko.catalog.access import Selling, shop_for_seller
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.foundation.tables.reading import read_rows, too_large
from etoko.payments.access import line_for_seller, statement_for_seller
from etoko.payments.models import Statement
from etoko.payments.operations.booking import book_lines, release_line, set_lines_aside, tie_lines
from etoko.payments.operations.importing import Imported, choose_columns, import_statement
from etoko.payments.queries.statement import statement_page
from etoko.payments.statements.layouts import Layout
from etoko.payments.statements.matching import DUPLICATE, MATCHED, NO_MATCH, OVERPAID, UNDERPAID
from etoko.payments.views.common import frame, seller_of

MOST_BYTES = 5 * 1024 * 1024
_PREVIEWED = 12
ROLES = [
    ("date", gettext_lazy("Tanggal")),
    ("text", gettext_lazy("Keterangan")),
    ("credit", gettext_lazy("Uang masuk")),
    ("amount", gettext_lazy("Jumlah (masuk dan keluar)")),
    ("sign", gettext_lazy("Tanda CR/DB")),
]
TITLES = {
    MATCHED: gettext_lazy("Cocok"),
    DUPLICATE: gettext_lazy("Sudah pernah dicatat"),
    UNDERPAID: gettext_lazy("Kurang bayar"),
    OVERPAID: gettext_lazy("Lebih bayar"),
    NO_MATCH: gettext_lazy("Belum ketemu pesanannya"),
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def statements(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling = shop_for_seller(seller_of(request), shop_id)
    if request.method != "POST":
        return _page(request, selling)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, selling, problem=_("Pilih dulu berkas mutasi dari bank Anda."))
    try:
        imported = import_statement(
            selling=selling, name=file.name or "mutasi", rows=_rows_of(file), at=timezone.now()
        )
    except UnableTo as problem:
        return _page(request, selling, problem=problem.sentence)
    if imported.read is None:
        return redirect("payments:statement_columns", shop_id, imported.statement.public_id)
    messages.success(request, _said(imported))
    return redirect("payments:statements", shop_id)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def columns(request: HttpRequest, shop_id: str, statement_id: str) -> HttpResponse:
    """Which column is which, where the file does not say it in words we know."""
    selling, statement = statement_for_seller(seller_of(request), shop_id, statement_id)
    if statement.rows is None:
        return redirect("payments:statements", shop_id)
    if request.method != "POST":
        return _columns_page(request, selling, statement)
    layout = _layout(request)
    if layout is None:
        problem = _(
            "Pilih kolom tanggal, keterangan, dan uang masuk atau jumlah; masing-masing kolomnya sendiri."
        )
        return _columns_page(request, selling, statement, problem=problem)
    try:
        imported = choose_columns(selling=selling, statement=statement, layout=layout, at=timezone.now())
    except UnableTo as refused:
        return _columns_page(request, selling, statement, problem=refused.sentence)
    messages.success(request, _said(imported))
    return redirect("payments:statements", shop_id)


@never_cache
@login_required
@require_POST
@once
def book(request: HttpRequest, shop_id: str) -> HttpResponse:
    """What was ticked in one group is done, whichever button of it was pressed."""
    selling = shop_for_seller(seller_of(request), shop_id)
    lines, at = _numbers(request.POST.getlist("line")), timezone.now()
    try:
        if "aside" in request.POST:
            said = _("%(number)s baris disisihkan.") % {
                "number": set_lines_aside(selling=selling, lines=lines, at=at)
            }
        elif request.POST.get("group") == DUPLICATE:
            chosen = _chosen(request, lines, "payment")
            said = _("%(number)s baris dicocokkan dengan yang sudah dicatat.") % {
                "number": tie_lines(selling=selling, chosen=chosen)
            }
        else:
            booked = book_lines(selling=selling, chosen=_chosen(request, lines, "order"), at=at)
            said = _("%(number)s pembayaran dicatat.") % {"number": booked}
    except UnableTo as problem:
        return _page(request, selling, problem=problem.sentence)
    messages.success(request, said)
    return redirect("payments:statements", shop_id)


@never_cache
@login_required
@require_POST
@once
def release(request: HttpRequest, shop_id: str, pk: int) -> HttpResponse:
    selling, line = line_for_seller(seller_of(request), shop_id, pk)
    try:
        release_line(selling=selling, line=line, at=timezone.now())
    except UnableTo as problem:
        return _page(request, selling, problem=problem.sentence)
    messages.success(request, _("Sudah diurungkan. Barisnya menunggu lagi."))
    return redirect("payments:statements", shop_id)


def _page(request: HttpRequest, selling: Selling, *, problem: str = "") -> HttpResponse:
    return render(
        request,
        "payments/statements.html",
        {
            **frame(selling),
            "page": statement_page(selling.shop, at=timezone.now()),
            "titles": TITLES,
            "problem": problem,
        },
        status=422 if problem else 200,
    )


def _columns_page(
    request: HttpRequest, selling: Selling, statement: Statement, *, problem: str = ""
) -> HttpResponse:
    rows = [row for row in statement.rows or [] if any(row)]
    width = max((len(row) for row in rows), default=0)
    samples = [
        [row[at] for row in rows[:200] if at < len(row) and row[at]][:_PREVIEWED] for at in range(width)
    ]
    return render(
        request,
        "payments/columns.html",
        {
            **frame(selling),
            "statement_name": statement.name,
            "columns": [
                (at, found[0], found[-3:], request.POST.get(f"column-{at}", ""))
                for at, found in enumerate(samples)
                if found
            ],
            "roles": ROLES,
            "problem": problem,
        },
        status=422 if problem else 200,
    )


def _layout(request: HttpRequest) -> Layout | None:
    found: dict[str, list[int]] = {}
    for name, role in request.POST.items():
        at = name.removeprefix("column-")
        if name.startswith("column-") and role and at.isascii() and at.isdecimal():
            found.setdefault(str(role), []).append(int(at[:4]))
    one_of_each = all(len(found.get(role, ())) <= 1 for role in ("date", "credit", "amount", "sign"))
    if not one_of_each or "date" not in found or "text" not in found or not {"credit", "amount"} & set(found):
        return None
    return Layout(
        date=found["date"][0],
        texts=tuple(found["text"]),
        amount=None if "credit" in found else found["amount"][0],
        sign=found["sign"][0] if "sign" in found and "credit" not in found else None,
        credit=found["credit"][0] if "credit" in found else None,
    )


def _rows_of(file: UploadedFile[Any]) -> list[list[str]]:
    if (file.size or 0) > MOST_BYTES:
        raise too_large(file.size or 0, most=MOST_BYTES)
    with tempfile.TemporaryDirectory(prefix="mutasi-") as folder:
        path = Path(folder) / "mutasi"
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        return read_rows(path, name=file.name or "").rows


def _said(imported: Imported) -> str:
    statement, read = imported.statement, imported.read
    words = [_("%(new)s uang masuk baru dibaca.") % {"new": statement.new_lines}]
    if statement.known_lines:
        words.append(_("%(known)s sudah pernah dibaca.") % {"known": statement.known_lines})
    if read and read.pending:
        words.append(_("%(number)s belum dibukukan bank; unduh lagi besok.") % {"number": read.pending})
    return " ".join(words)


def _chosen(request: HttpRequest, lines: list[int], what: str) -> dict[int, int]:
    found = {line: _numbers([request.POST.get(f"{what}-{line}", "")]) for line in lines}
    return {line: numbers[0] for line, numbers in found.items() if numbers}


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 18]
