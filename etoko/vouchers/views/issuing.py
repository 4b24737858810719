"""Vouchers as their issuer sees them: one set of pages for sellers (`shop_id`) and for officers (none)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.registry.access import signed_in
from etoko.vouchers import queries
from etoko.vouchers.access import Issuing, issuing_for_platform, issuing_for_shop, voucher_of
from etoko.vouchers.codes import suggest_code
from etoko.vouchers.forms import VoucherForm, as_typed, usual
from etoko.vouchers.models import Voucher
from etoko.vouchers.operations import issue_voucher, move_voucher
from etoko.vouchers.states import DRAFT, ISSUER, VOUCHER_FLOW


@never_cache
@login_required
@require_safe
def vouchers(request: HttpRequest, shop_id: str = "") -> HttpResponse:
    issuing = _issuing(request, shop_id)
    rows = queries.voucher_rows(issuing, on=timezone.localdate())
    return _page(request, "vouchers/vouchers.html", issuing, {"rows": rows})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_voucher(request: HttpRequest, shop_id: str = "") -> HttpResponse:
    """POST saves; with the button "lihat" it only shows the sentence that buyers will read."""
    issuing = _issuing(request, shop_id)
    return _form_page(request, issuing, None)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def issued_voucher(request: HttpRequest, voucher_id: str, shop_id: str = "") -> HttpResponse:
    """A draft is still a form; what runs is shown with its uses."""
    issuing = _issuing(request, shop_id)
    voucher = voucher_of(issuing, voucher_id)
    if voucher.status == DRAFT:
        return _form_page(request, issuing, voucher)
    if request.method == "POST":
        raise Http404
    return _voucher_page(request, issuing, voucher)


@never_cache
@login_required
@require_POST
@once
def move(request: HttpRequest, voucher_id: str, move: str, shop_id: str = "") -> HttpResponse:
    issuing = _issuing(request, shop_id)
    voucher = voucher_of(issuing, voucher_id)
    if move not in VOUCHER_FLOW.moves or ISSUER not in VOUCHER_FLOW.moves[move].by:
        raise Http404
    try:
        moved = move_voucher(issuing=issuing, voucher=voucher, move=move, at=timezone.now())
    except UnableTo as problem:
        return _voucher_page(request, issuing, voucher, problem=problem.sentence, status=409)
    messages.success(
        request,
        _("Voucher %(code)s: %(state)s.") % {"code": moved.code, "state": VOUCHER_FLOW.states[moved.status]},
    )
    return redirect(_address(issuing))


def _issuing(request: HttpRequest, shop_id: str) -> Issuing:
    person = signed_in(request.user)
    return issuing_for_shop(person, shop_id) if shop_id else issuing_for_platform(person)


def _form_page(request: HttpRequest, issuing: Issuing, voucher: Voucher | None) -> HttpResponse:
    today = timezone.localdate()
    initial = (
        as_typed(queries.terms_of([voucher])[0], showing=voucher.showing)
        if voucher
        else usual(on=today, code=suggest_code())
    )
    choices: dict[str, Any] = {
        "issuing": issuing,
        "products": queries.products_to_choose(issuing),
        "villages": queries.villages_to_choose(issuing),
    }
    form = VoucherForm(request.POST if request.method == "POST" else None, initial=initial, **choices)
    looks_only = "lihat" in request.POST
    if request.method == "POST" and not looks_only and form.is_valid():
        try:
            saved = issue_voucher(
                issuing=issuing,
                voucher=voucher,
                draft=form.draft(),
                activate=request.POST.get("deed") != "draft",
                at=timezone.now(),
            )
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("Voucher %(code)s disimpan.") % {"code": saved.code})
            return redirect(f"{_address(issuing)}{saved.public_id}/")
    shown = form if form.is_bound else VoucherForm(initial, **choices)
    preview = queries.sentence_of(issuing, shown.draft(), on=today) if shown.is_valid() else ""
    refused = form.is_bound and not looks_only
    return _page(
        request,
        "vouchers/voucher_form.html",
        issuing,
        {
            "form": form,
            "voucher": queries.voucher_row(issuing, voucher, on=today) if voucher else None,
            "preview": preview,
            "show_errors": refused,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )


def _voucher_page(
    request: HttpRequest, issuing: Issuing, voucher: Voucher, *, problem: str = "", status: int = 200
) -> HttpResponse:
    return _page(
        request,
        "vouchers/issued.html",
        issuing,
        {
            "voucher": queries.voucher_row(issuing, voucher, on=timezone.localdate()),
            "sponsor": voucher.sponsor,
            "uses": queries.uses_of_voucher(voucher),
            "debts": queries.debts_of_sponsor(voucher) if voucher.sponsor else [],
            "problem": problem,
        },
        status=status,
    )


def _page(
    request: HttpRequest, template: str, issuing: Issuing, more: dict[str, object], *, status: int = 200
) -> HttpResponse:
    shop = issuing.shop
    return render(
        request,
        template,
        {
            "shop_id": shop.public_id if shop else "",
            "shop_name": shop.name if shop else "",
            "area_name": issuing.area.name,
            "for_name": issuing.for_name,
            "here": _address(issuing),
            **more,
        },
        status=status,
    )


def _address(issuing: Issuing) -> str:
    if issuing.shop:
        return reverse("vouchers:of_shop", args=[issuing.shop.public_id])
    return reverse("vouchers:of_platform")
