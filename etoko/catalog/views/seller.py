"""The seller's products and the settings of her shop."""

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

from etoko.catalog import queries
from etoko.catalog.access import (
    Overseeing,
    Selling,
    category_to_sell_in,
    product_for_seller,
    shop_for_officer,
    shop_for_seller,
)
from etoko.catalog.categories import suggest_categories
from etoko.catalog.forms import (
    ContactForm,
    DeliveryForm,
    HolidayForm,
    PaymentForm,
    ProductForm,
    StoryForm,
    SuspensionForm,
    contact_initial,
    delivery_initial,
    payment_initial,
    read_quick_change,
)
from etoko.catalog.models import Product
from etoko.catalog.operations import opening, selling, settings
from etoko.catalog.photos import keep_qris
from etoko.catalog.states import OFFICER as OFFICER_PARTY
from etoko.catalog.states import PRODUCT_FLOW, SHOP_FLOW
from etoko.catalog.views.opening import add_from_form
from etoko.catalog.views.photos import Received, receive_photos
from etoko.foundation.addresses import whole_address
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person

# ------------------------------------------------------------------------------------- products


@never_cache
@login_required
@require_safe
def seller_products(request: HttpRequest, shop_id: str) -> HttpResponse:
    seller = shop_for_seller(_person(request), shop_id)
    return _products_page(request, seller)


def _products_page(
    request: HttpRequest, seller: Selling, *, problem: str = "", problem_at: str = "", status: int = 200
) -> HttpResponse:
    chosen = request.GET.get("keadaan", "")
    page = request.GET.get("hal", "1")
    listed = queries.seller_products(
        seller.shop, status=chosen, page=int(page) if page.isdecimal() and len(page) < 6 else 1
    )
    return render(
        request,
        "catalog/seller_products.html",
        {
            "shop": queries.shop_state(seller.shop, on=timezone.localdate()),
            "for_name": seller.for_name,
            "list": listed,
            "chosen": chosen if chosen in PRODUCT_FLOW.states else "",
            "states": PRODUCT_FLOW.states,
            "problem": problem,
            "problem_at": problem_at,
            "address": whole_address(f"/toko/{seller.shop.slug}/"),
            "typed": request.POST,
        },
        status=status,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_product(request: HttpRequest, shop_id: str) -> HttpResponse:
    seller = shop_for_seller(_person(request), shop_id)
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
            _say(form, problem)
        else:
            words = _("Produk sekarang dijual.") if publish else _("Produk disimpan sebagai konsep.")
            messages.success(request, words)
            return redirect("catalog:seller_products", seller.shop.public_id)
    return _product_page(request, seller, form, received)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_product(request: HttpRequest, shop_id: str, product_id: str) -> HttpResponse:
    seller, product = product_for_seller(_person(request), shop_id, product_id)
    received = receive_photos(request, seller.shop) if request.method == "POST" else Received()
    return _edit_product(request, seller, product, received)


@once
def _edit_product(
    request: HttpRequest, seller: Selling, product: Product, received: Received
) -> HttpResponse:
    stored = queries.product_as_typed(product)
    form = ProductForm(request.POST if request.method == "POST" else None, initial=stored)
    differs = False
    if request.method == "POST" and form.is_valid() and not received.problems:
        try:
            _save(request, seller, product, form, received)
        except selling.UnableToOverwrite as problem:
            differs = True
            form.add_error(None, problem.sentence)
        except UnableTo as problem:
            _say(form, problem)
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
        changed=queries.last_change(product) if differs else None,
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
            "product": queries.product_row(product, list(product.variants.all())) if product else None,
            "photos": queries.product_photos(product) if product else [],
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
    seller, product = product_for_seller(_person(request), shop_id, product_id)
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
    seller, product = product_for_seller(_person(request), shop_id, product_id)
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
        changed = queries.last_change(product)
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
    return JsonResponse([{"slug": slug, "path": queries.category_path(slug)} for slug in slugs], safe=False)


# ------------------------------------------------------------------------------------- settings


@never_cache
@login_required
@require_safe
def shop_settings(request: HttpRequest, shop_id: str) -> HttpResponse:
    return _settings_page(request, shop_for_seller(_person(request), shop_id))


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
            "problem": problem,
        },
        status=status,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def settings_section(request: HttpRequest, shop_id: str, section: str) -> HttpResponse:
    seller = shop_for_seller(_person(request), shop_id)
    form = _section_form(request, seller, section)
    if request.method == "POST" and form.is_valid():
        try:
            _set_section(request, seller, section, form)
        except UnableTo as problem:
            _say(form, problem)
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
            return PaymentForm(sent, request.FILES or None, initial=payment_initial(shop))
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
            qris_image = form.initial.get("qris_image", "")
            if data["qris"]:
                try:
                    qris_image = keep_qris(data["qris"])
                except UnableTo as problem:
                    raise settings.UnableToSetShop(problem.sentence, field="qris") from problem
            settings.set_payment_options(selling=seller, payments=form.payments(qris_image), at=at)
        case "pengantaran":
            settings.set_delivery_options(selling=seller, kinds=data["kinds"], fees_rp=data["fees_rp"], at=at)
        case "libur":
            settings.set_holiday(
                selling=seller,
                from_on=data["from_on"],
                until_on=data["until_on"],
                note=data["note"],
                at=at,
            )


@never_cache
@login_required
@require_POST
@once
def end_holiday(request: HttpRequest, shop_id: str) -> HttpResponse:
    seller = shop_for_seller(_person(request), shop_id)
    settings.end_holiday(selling=seller, at=timezone.now())
    messages.success(request, _("Libur dihapus."))
    return redirect("catalog:shop_settings", seller.shop.public_id)


_SHOP_MOVES = {"open": opening.open_shop, "close": opening.close_shop}


@never_cache
@login_required
@require_POST
@once
def move_shop(request: HttpRequest, shop_id: str) -> HttpResponse:
    seller = shop_for_seller(_person(request), shop_id)
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
    overseeing = shop_for_officer(_person(request), shop_id)
    form = SuspensionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _oversee(overseeing, request.POST.get("move", ""), form.cleaned_data["reason"])
        except UnableTo as problem:
            _say(form, problem)
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


def _say(form: Any, problem: UnableTo) -> None:
    """The sentence beside its field, where the form has such a field."""
    form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
