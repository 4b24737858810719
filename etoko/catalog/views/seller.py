"""The seller's products."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.catalog import queries, queries_products
from etoko.catalog.access import Selling, category_to_sell_in, product_for_seller, shop_for_seller
from etoko.catalog.categories import suggest_categories
from etoko.catalog.forms_product import ProductForm, read_quick_change
from etoko.catalog.models import Product
from etoko.catalog.operations import selling
from etoko.catalog.states import PRODUCT_FLOW
from etoko.catalog.views.common import person_of, say
from etoko.catalog.views.opening import add_from_form
from etoko.catalog.views.photos import Received, receive_photos
from etoko.foundation.addresses import whole_address
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo


@never_cache
@login_required
@require_safe
def seller_products(request: HttpRequest, shop_id: str) -> HttpResponse:
    seller = shop_for_seller(person_of(request), shop_id)
    return _products_page(request, seller)


def _products_page(
    request: HttpRequest, seller: Selling, *, problem: str = "", problem_at: str = "", status: int = 200
) -> HttpResponse:
    chosen = request.GET.get("keadaan", "")
    page = request.GET.get("hal", "1")
    listed = queries_products.seller_products(
        seller.shop, status=chosen, page=int(page) if page.isdecimal() and len(page) < 6 else 1
    )
    return render(
        request,
        "catalog/seller_products.html",
        {
            "shop": queries.shop_state(seller.shop, on=timezone.localdate()),
            "for_name": seller.for_name,
            "list": listed,
            "makes_to_order": any(row.is_made_to_order for row in listed.rows),
            "chosen": chosen if chosen in PRODUCT_FLOW.states else "",
            "states": PRODUCT_FLOW.states,
            "problem": problem,
            "problem_at": problem_at,
            "address": whole_address("/"),
            "typed": request.POST,
        },
        status=status,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_product(request: HttpRequest, shop_id: str) -> HttpResponse:
    seller = shop_for_seller(person_of(request), shop_id)
    received = receive_photos(request, seller.shop) if request.method == "POST" else Received()
    return _new_product(request, seller, received)


@once
def _new_product(request: HttpRequest, seller: Selling, received: Received) -> HttpResponse:
    form = ProductForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not received.problems:
        publish = request.POST.get("deed") != "draft"
        try:
            add_from_form(seller, form, received, publish=publish)
        except UnableTo as problem:
            say(form, problem)
        else:
            words = _("Produk sekarang dijual.") if publish else _("Produk disimpan sebagai konsep.")
            messages.success(request, words)
            return redirect("catalog:seller_products", seller.shop.public_id)
    return _product_page(request, seller, form, received)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_product(request: HttpRequest, shop_id: str, product_id: str) -> HttpResponse:
    seller, product = product_for_seller(person_of(request), shop_id, product_id)
    received = receive_photos(request, seller.shop) if request.method == "POST" else Received()
    return _edit_product(request, seller, product, received)


@once
def _edit_product(
    request: HttpRequest, seller: Selling, product: Product, received: Received
) -> HttpResponse:
    stored = queries_products.product_as_typed(product)
    form = ProductForm(request.POST if request.method == "POST" else None, initial=stored)
    differs = False
    if request.method == "POST" and form.is_valid() and not received.problems:
        try:
            _save(request, seller, product, form, received)
        except selling.UnableToOverwrite as problem:
            differs = True
            form.add_error(None, problem.sentence)
        except UnableTo as problem:
            say(form, problem)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("catalog:seller_products", seller.shop.public_id)
    elif request.method == "POST":
        differs = str(stored["version"]) != request.POST.get("version")
    return _product_page(
        request,
        seller,
        form,
        received,
        product=product,
        stored=stored,
        differs=differs,
        changed=queries_products.last_change(product) if differs else None,
    )


def _save(
    request: HttpRequest, seller: Selling, product: Product, form: ProductForm, received: Received
) -> None:
    data = form.cleaned_data
    category = category_to_sell_in(data["category"])
    if category is None:
        raise selling.UnableToSell(_("Pilih kategorinya dari daftar."), field="category")
    first = request.POST.get("first", "")
    selling.edit_product(
        selling=seller,
        product=product,
        version=data["version"] or 0,
        name=data["name"],
        category=category,
        unit=data["unit"],
        offers=data["offers"],
        supply=data["supply"],
        lead_days=data["lead_days"],
        capacity_per_day=data["capacity_per_day"],
        description=data["description"],
        photos=received.uploads,
        removed_photos=[int(one) for one in request.POST.getlist("remove") if one.isdecimal()],
        first_photo=int(first) if first.isdecimal() else None,
        at=timezone.now(),
    )


def _product_page(
    request: HttpRequest,
    seller: Selling,
    form: ProductForm,
    received: Received,
    *,
    product: Product | None = None,
    **more: Any,
) -> HttpResponse:
    return render(
        request,
        "catalog/seller_product.html",
        {
            "shop": queries.shop_state(seller.shop, on=timezone.localdate()),
            "for_name": seller.for_name,
            "form": form,
            "received": received,
            "product": queries_products.product_row(product, list(product.variants.all()))
            if product
            else None,
            "photos": queries_products.product_photos(product) if product else [],
            "address": whole_address(f"/produk/{product.public_id}/{product.slug}/") if product else "",
            **more,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
    )


@never_cache
@login_required
@require_POST
@once
def move_product(request: HttpRequest, shop_id: str, product_id: str) -> HttpResponse:
    seller, product = product_for_seller(person_of(request), shop_id, product_id)
    deed = selling.MOVES.get(request.POST.get("move", ""))
    if deed is None:
        raise Http404
    try:
        moved = deed(selling=seller, product=product, at=timezone.now())
    except UnableTo as problem:
        return _products_page(
            request, seller, problem=problem.sentence, problem_at=product.public_id, status=409
        )
    messages.success(
        request,
        _("%(name)s: %(state)s.") % {"name": moved.name, "state": PRODUCT_FLOW.states[moved.status]},
    )
    return redirect("catalog:seller_products", seller.shop.public_id)


@never_cache
@login_required
@require_POST
@once
def adjust_product(request: HttpRequest, shop_id: str, product_id: str) -> HttpResponse:
    """Price and stock, from the list."""
    seller, product = product_for_seller(person_of(request), shop_id, product_id)
    try:
        change = read_quick_change(request.POST)
        selling.adjust_product(
            selling=seller,
            product=product,
            version=change.version,
            adjustments=change.adjustments,
            at=timezone.now(),
        )
    except selling.UnableToOverwrite:
        changed = queries_products.last_change(product)
        sentence = _(
            "%(name)s baru saja diubah %(by)s. Harga dan stok sekarang ada di bawah isian; "
            "periksa, lalu simpan lagi."
        ) % {"name": product.name, "by": changed.by_name if changed else ""}
        return _products_page(request, seller, problem=sentence, problem_at=product.public_id, status=409)
    except UnableTo as problem:
        return _products_page(
            request, seller, problem=problem.sentence, problem_at=product.public_id, status=422
        )
    messages.success(request, _("Harga dan stok %(name)s disimpan.") % {"name": product.name})
    return redirect("catalog:seller_products", seller.shop.public_id)


@require_safe
def suggest_category(request: HttpRequest) -> HttpResponse:
    """Categories that a name speaks for, while it is being typed: [{slug, path}]."""
    slugs = suggest_categories(request.GET.get("nama", "")[:200])
    return JsonResponse(
        [{"slug": slug, "path": queries_products.category_path(slug)} for slug in slugs], safe=False
    )
