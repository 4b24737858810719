"""The stock of a product: what is there, what moved it, more of it, counted anew."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.catalog import making, queries, queries_stock
from etoko.catalog.access import Selling, product_for_seller, shop_for_seller
from etoko.catalog.forms_stock import AddStockForm, LowMarkForm, RecountForm
from etoko.catalog.models import Product
from etoko.catalog.operations import shelving
from etoko.catalog.views.common import person_of, say
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo

DEEDS: dict[str, tuple[type[forms.Form], Callable[..., Any], Any]] = {
    "tambah": (AddStockForm, shelving.add_stock, gettext_lazy("Stok ditambah.")),
    "hitung-ulang": (RecountForm, shelving.recount_stock, gettext_lazy("Stok dihitung ulang.")),
    "kabari": (LowMarkForm, shelving.set_low_mark, gettext_lazy("Kabar stok menipis diatur.")),
}


@never_cache
@login_required
@require_safe
def stock(request: HttpRequest, shop_id: str, product_id: str) -> HttpResponse:
    seller, product = product_for_seller(person_of(request), shop_id, product_id)
    return _page(request, seller, product)


@never_cache
@login_required
@require_POST
@once
def change(request: HttpRequest, shop_id: str, product_id: str, deed: str) -> HttpResponse:
    seller, product = product_for_seller(person_of(request), shop_id, product_id)
    variant_id = request.POST.get("variant", "")
    if deed not in DEEDS or not (variant_id.isdecimal() and len(variant_id) < 19):
        raise Http404
    form_class, door, done = DEEDS[deed]
    form = form_class(request.POST)
    if form.is_valid():
        try:
            door(
                selling=seller,
                product=product,
                variant_id=int(variant_id),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except UnableTo as problem:
            say(form, problem)
        else:
            messages.success(request, done)
            return redirect("catalog:stock", shop_id, product_id)
    return _page(request, seller, product, refused=(deed, int(variant_id), form))


@never_cache
@login_required
@require_safe
def to_make(request: HttpRequest, shop_id: str) -> HttpResponse:
    """What was ordered to be made, day by day."""
    seller = shop_for_seller(person_of(request), shop_id)
    today = timezone.localdate()
    return render(
        request,
        "catalog/seller_to_make.html",
        {
            "shop": queries.shop_state(seller.shop, on=today),
            "for_name": seller.for_name,
            "days": making.to_make(seller.shop, since=today - timedelta(days=1)),
            "today": today,
        },
    )


def _page(
    request: HttpRequest,
    seller: Selling,
    product: Product,
    *,
    refused: tuple[str, int, forms.Form] | None = None,
) -> HttpResponse:
    page = request.GET.get("hal", "1")
    rows = queries_stock.stock_of(product)
    return render(
        request,
        "catalog/seller_stock.html",
        {
            "shop": queries.shop_state(seller.shop, on=timezone.localdate()),
            "for_name": seller.for_name,
            "product_id": product.public_id,
            "name": product.name,
            "unit": product.unit,
            "has_stock": product.supply == Product.STOCK,
            "rows": [(row, _forms(row, refused)) for row in rows],
            "refused_deed": refused[0] if refused else "",
            "refused_variant": refused[1] if refused else 0,
            "history": queries_stock.stock_history(
                product,
                page=int(page) if page.isdecimal() and len(page) < 6 else 1,
                shown=request.GET.get("tampil", ""),
            ),
            "title": _("Stok %(name)s") % {"name": product.name},
        },
        status=422 if refused else 200,
    )


def _forms(row: queries_stock.StockRow, refused: tuple[str, int, forms.Form] | None) -> dict[str, forms.Form]:
    """The three little forms of a variant; the one that was refused keeps what was typed."""
    auto_id = f"id_%s_{row.id}"
    made: dict[str, forms.Form] = {
        "tambah": AddStockForm(auto_id=auto_id),
        "hitung-ulang": RecountForm(auto_id=auto_id, initial={"on_hand": row.on_hand}),
        "kabari": LowMarkForm(
            auto_id=auto_id, initial={"low_at": "" if row.low_at is None else str(row.low_at)}
        ),
    }
    if refused and refused[1] == row.id:
        refused[2].auto_id = auto_id
        made[refused[0]] = refused[2]
    return made
