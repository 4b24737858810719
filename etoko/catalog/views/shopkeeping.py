"""The settings of a shop for its seller, and the page on which an officer suspends it."""

from http import HTTPStatus
from typing import Any

from django.conf import settings as installation
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.catalog import queries
from etoko.catalog.access import Overseeing, Selling, shop_for_officer, shop_for_seller
from etoko.catalog.forms import (
    ContactForm,
    DeliveryForm,
    HolidayForm,
    PaymentForm,
    StoryForm,
    SuspensionForm,
    contact_initial,
    delivery_initial,
    payment_initial,
)
from etoko.catalog.models import Shop
from etoko.catalog.operations import opening, settings
from etoko.catalog.states import OFFICER as OFFICER_PARTY
from etoko.catalog.states import SHOP_FLOW
from etoko.catalog.views.common import person_of, say
from etoko.foundation.addresses import whole_address
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo


@never_cache
@login_required
@require_safe
def shop_settings(request: HttpRequest, shop_id: str) -> HttpResponse:
    return _settings_page(request, shop_for_seller(person_of(request), shop_id))


def _settings_page(
    request: HttpRequest, seller: Selling, *, problem: str = "", status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    return render(
        request,
        "catalog/seller_settings.html",
        {
            "shop": queries.shop_state(seller.shop, on=today),
            "sections": queries.settings_sections(seller.shop, on=today),
            "for_name": seller.for_name,
            "address": whole_address(f"/toko/{seller.shop.slug}/"),
            "takes_midtrans": bool(installation.MIDTRANS),
            "problem": problem,
        },
        status=status,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def settings_section(request: HttpRequest, shop_id: str, section: str) -> HttpResponse:
    seller = shop_for_seller(person_of(request), shop_id)
    form = _section_form(request, seller, section)
    if request.method == "POST" and form.is_valid():
        try:
            _set_section(request, seller, section, form)
        except UnableTo as problem:
            say(form, problem)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("catalog:shop_settings", seller.shop.public_id)
    return render(
        request,
        f"catalog/seller_settings_{section}.html",
        {
            "shop": queries.shop_state(seller.shop, on=timezone.localdate()),
            "for_name": seller.for_name,
            "form": form,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
    )


def _section_form(request: HttpRequest, seller: Selling, section: str) -> Any:
    sent = request.POST if request.method == "POST" else None
    shop = seller.shop
    match section:
        case "nama":
            return StoryForm(sent, initial={"name": shop.name, "story": shop.story})
        case "kontak":
            return ContactForm(sent, initial=contact_initial(shop))
        case "pembayaran":
            return PaymentForm(sent, initial=payment_initial(shop))
        case "pengantaran":
            villages = queries.delivery_fees(shop)
            return DeliveryForm(sent, villages=villages, initial=delivery_initial(shop, villages))
        case "libur":
            return HolidayForm(
                sent,
                initial={
                    "from_on": shop.holiday_from_on,
                    "until_on": shop.holiday_until_on,
                    "note": shop.holiday_note,
                    "hidden": shop.holiday_showing == shop.HIDDEN,
                },
            )
    raise Http404


def _set_section(request: HttpRequest, seller: Selling, section: str, form: Any) -> None:
    data, at = form.cleaned_data, timezone.now()
    match section:
        case "nama":
            settings.describe_shop(selling=seller, name=data["name"], story=data["story"], at=at)
        case "kontak":
            settings.set_contact(selling=seller, whatsapp=data["whatsapp"], hours=data["times"], at=at)
        case "pembayaran":
            settings.set_payment_options(
                selling=seller,
                payments=form.payments(),
                unique_amounts=Shop.ON if data["unique_amounts"] else Shop.OFF,
                at=at,
            )
        case "pengantaran":
            settings.set_delivery_options(selling=seller, kinds=data["kinds"], fees_rp=data["fees_rp"], at=at)
        case "libur":
            settings.set_holiday(
                selling=seller,
                from_on=data["from_on"],
                until_on=data["until_on"],
                note=data["note"],
                hidden=data["hidden"],
                at=at,
            )


@never_cache
@login_required
@require_POST
@once
def end_holiday(request: HttpRequest, shop_id: str) -> HttpResponse:
    seller = shop_for_seller(person_of(request), shop_id)
    settings.end_holiday(selling=seller, at=timezone.now())
    messages.success(request, _("Libur dihapus."))
    return redirect("catalog:shop_settings", seller.shop.public_id)


_SHOP_MOVES = {"open": opening.open_shop, "close": opening.close_shop}


@never_cache
@login_required
@require_POST
@once
def move_shop(request: HttpRequest, shop_id: str) -> HttpResponse:
    seller = shop_for_seller(person_of(request), shop_id)
    deed = _SHOP_MOVES.get(request.POST.get("move", ""))
    if deed is None:
        raise Http404
    try:
        shop = deed(selling=seller, at=timezone.now())
    except UnableTo as problem:
        return _settings_page(request, seller, problem=problem.sentence, status=409)
    messages.success(request, _("Toko: %(state)s.") % {"state": SHOP_FLOW.states[shop.status]})
    return redirect("catalog:shop_settings", shop.public_id)


# -------------------------------------------------------------------------------------- officers


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def oversee_shop(request: HttpRequest, shop_id: str) -> HttpResponse:
    """An officer suspends a shop with a reason, or lets its owner open it again."""
    overseeing = shop_for_officer(person_of(request), shop_id)
    form = SuspensionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _oversee(overseeing, request.POST.get("move", ""), form.cleaned_data["reason"])
        except UnableTo as problem:
            say(form, problem)
        else:
            messages.success(request, _("Tersimpan. Pemilik melihat alasannya di halaman tokonya."))
            return redirect("catalog:oversee_shop", overseeing.shop.public_id)
    return render(
        request,
        "catalog/officer_shop.html",
        {
            "shop": queries.shop_state(overseeing.shop, on=timezone.localdate()),
            "village": overseeing.shop.area.name,
            "moves": SHOP_FLOW.moves_from(overseeing.shop.status, [OFFICER_PARTY]),
            "form": form,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
    )


def _oversee(overseeing: Overseeing, move: str, reason: str) -> None:
    match move:
        case "suspend":
            opening.suspend_shop(overseeing=overseeing, reason=reason, at=timezone.now())
        case "reinstate":
            opening.reinstate_shop(overseeing=overseeing, at=timezone.now())
        case _:
            raise Http404
