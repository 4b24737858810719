"""Titip jual: what is where, bringing goods, counting them, and the money."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.catalog.access import Selling, shop_for_seller
from etoko.consignment import queries
from etoko.consignment.access import consignment_for_seller
from etoko.consignment.forms import (
    NEW,
    NONE,
    ConsigningForm,
    DayForm,
    PaymentForm,
    read_bearer,
    read_counts,
    read_goods,
)
from etoko.consignment.models import PERCENT, Consignment, Place
from etoko.consignment.operations.consigning import (
    NewPlace,
    consign_goods,
    counted_of,
    put_off_settlement,
    record_consignment_payment,
    settle_consignment,
)
from etoko.consignment.papers_of import note_paper
from etoko.consignment.rules import Sums, check_counted, sums_of
from etoko.foundation.onetime import once
from etoko.foundation.papers import pdf_response
from etoko.foundation.problems import UnableTo
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_safe
def consignments(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling = shop_for_seller(signed_in(request.user), shop_id)
    listed = queries.overview(selling.shop, today=timezone.localdate())
    return _render(request, "consignment/consignments.html", selling, {"list": listed})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_consignment(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling = shop_for_seller(signed_in(request.user), shop_id)
    places = queries.places_of(selling.shop)
    goods = queries.goods_to_consign(selling.shop)
    form = ConsigningForm(
        request.POST if request.method == "POST" else None,
        places=[(str(place.id), place.name) for place in places],
        initial=None if places else {"place": NEW},
    )
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = _consign(selling, form, read_goods(request.POST, goods))
        except UnableTo as refused:
            if refused.field in form.fields:
                form.add_error(refused.field, refused.sentence)
            else:
                problem = refused.sentence
        else:
            messages.success(request, _("Titipan %(number)s tercatat.") % {"number": made.number})
            return redirect("consignment:consignment", shop_id, made.number)
    context = {
        "form": form,
        "places": places,
        "goods": goods,
        "problem": problem,
        "typed": request.POST,
        "today": timezone.localdate(),
    }
    return _render(request, "consignment/new.html", selling, context, status=422 if form.is_bound else 200)


def _consign(selling: Selling, form: ConsigningForm, goods: list[Any]) -> Consignment:
    data = form.cleaned_data
    place: Place | NewPlace
    if data["place"] == NEW:
        business = queries.registered_as(data["name"], selling.shop)
        village = data["village"] or (business.area.name if business else "")
        place = NewPlace(data["name"], data["phone"], village, business)
    else:
        place = Place.objects.get(pk=int(data["place"]), shop=selling.shop)
    return consign_goods(
        selling=selling,
        place=place,
        goods=goods,
        commission=PERCENT if data["commission"] == NONE else data["commission"],
        commission_value=data["value"],
        settle_by_on=data["settle_by_on"],
        note=data["note"],
        at=timezone.now(),
    )


@never_cache
@login_required
@require_safe
def consignment(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    selling, found = consignment_for_seller(signed_in(request.user), shop_id, number)
    return _page(request, selling, found)


@never_cache
@login_required
@require_safe
def note(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    _selling, found = consignment_for_seller(signed_in(request.user), shop_id, number)
    page = queries.consignment_page(found, today=timezone.localdate())
    return pdf_response(note_paper(page, found.shop), f"nota-titip-{number}")


@never_cache
@login_required
@require_POST
@once
def settle(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    """With the button "lihat" it only shows what it comes to."""
    selling, found = consignment_for_seller(signed_in(request.user), shop_id, number)
    lines = queries.consignment_page(found, today=timezone.localdate()).lines
    bearer = read_bearer(request.POST)
    try:
        counts = read_counts(request.POST, lines)
        counted = counted_of(list(found.lines.order_by("id")), counts)
        check_counted(counted)
        if "lihat" in request.POST:
            sums = sums_of(
                counted, commission=found.commission, value=found.commission_value, damage_borne_by=bearer
            )
            told = {line.id: count for line, count in zip(lines, counted, strict=True)}
            return _page(request, selling, found, sums=sums, told=told)
        settle_consignment(
            selling=selling, consignment=found, counts=counts, damage_borne_by=bearer, at=timezone.now()
        )
    except UnableTo as problem:
        return _page(request, selling, found, problem=problem, problem_in="hitung", status=422)
    messages.success(request, _("Hasil titipan tersimpan."))
    return redirect("consignment:consignment", shop_id, number)


@never_cache
@login_required
@require_POST
@once
def put_off(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    selling, found = consignment_for_seller(signed_in(request.user), shop_id, number)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            put_off_settlement(
                selling=selling,
                consignment=found,
                settle_by_on=form.cleaned_data["settle_by_on"],
                at=timezone.now(),
            )
        except UnableTo as problem:
            form.add_error("settle_by_on", problem.sentence)
        else:
            messages.success(request, _("Hari menghitung diganti."))
            return redirect("consignment:consignment", shop_id, number)
    return _page(request, selling, found, day_form=form, problem_in="undur", status=422)


@never_cache
@login_required
@require_POST
@once
def pay(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    return _note_money(request, shop_id, number, sign=1)


@never_cache
@login_required
@require_POST
@once
def correct(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    """A payment that was noted by mistake is taken back by its opposite."""
    return _note_money(request, shop_id, number, sign=-1)


def _note_money(request: HttpRequest, shop_id: str, number: str, *, sign: int) -> HttpResponse:
    selling, found = consignment_for_seller(signed_in(request.user), shop_id, number)
    form = PaymentForm(request.POST)
    if form.is_valid():
        try:
            record_consignment_payment(
                selling=selling,
                consignment=found,
                amount_rp=sign * form.cleaned_data["amount"],
                way=form.cleaned_data["way"],
                note=form.cleaned_data["note"],
                at=timezone.now(),
            )
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("Pembayaran tercatat.") if sign > 0 else _("Ralat tercatat."))
            return redirect("consignment:consignment", shop_id, number)
    which = "bayar" if sign > 0 else "ralat"
    return _page(request, selling, found, money_form=form, problem_in=which, status=422)


def _page(
    request: HttpRequest,
    selling: Selling,
    found: Consignment,
    *,
    problem: UnableTo | None = None,
    problem_in: str = "",
    sums: Sums | None = None,
    told: dict[int, Any] | None = None,
    money_form: PaymentForm | None = None,
    day_form: DayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = queries.consignment_page(found, today=timezone.localdate())
    context = {
        "page": page,
        "problem": problem,
        "problem_in": problem_in,
        "sums": sums,
        "told": told or {},
        "typed": request.POST,
        "bearer": read_bearer(request.POST),
        "pay_form": money_form
        if money_form and problem_in == "bayar"
        else PaymentForm(initial={"amount": page.left_rp or ""}),
        "correct_form": money_form if money_form and problem_in == "ralat" else PaymentForm(),
        "day_form": day_form or DayForm(),
    }
    return _render(request, "consignment/consignment.html", selling, context, status=status)


def _render(
    request: HttpRequest, template: str, selling: Selling, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shared = {
        "shop_id": selling.shop.public_id,
        "shop_name": selling.shop.name,
        "for_name": selling.for_name,
        "nav_active": "saya",
    }
    return render(request, template, shared | context, status=status)
