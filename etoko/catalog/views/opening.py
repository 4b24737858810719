"""Opening a shop in three screens, by its owner or by the kader beside her."""

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

from etoko.catalog import queries, queries_products
from etoko.catalog.access import Selling, category_to_sell_in
from etoko.catalog.forms import OpeningContactForm, StoryForm, contact_initial
from etoko.catalog.forms_product import ProductForm
from etoko.catalog.hours import show_hours
from etoko.catalog.models import Shop
from etoko.catalog.operations import opening, selling, settings
from etoko.catalog.states import SHOP_DRAFT
from etoko.catalog.views.common import person_of
from etoko.catalog.views.photos import Received, receive_photos
from etoko.foundation.addresses import whole_address
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.registry.access import Acting, business_to_act_for
from etoko.registry.consent_texts import text_now

NAME, CONTACT, PRODUCT, DONE = "nama", "kontak", "produk", "selesai"
STEPS = (NAME, CONTACT, PRODUCT)


@never_cache
@login_required
@require_safe
def open_shop(request: HttpRequest, business_id: str) -> HttpResponse:
    """Where the activation link leads: the first screen that is not filled yet."""
    acting = _acting(request, business_id)
    shop = _shop_of(acting)
    return _to(acting, _first_unfinished(shop))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, business_id: str, step: str) -> HttpResponse:
    acting = _acting(request, business_id)
    shop = _shop_of(acting)
    if step == NAME:
        return _name(request, acting, shop)
    if shop is None:
        return _to(acting, NAME)
    if step == CONTACT:
        return _contact(request, acting, shop)
    if step == PRODUCT:
        received = receive_photos(request, shop) if request.method == "POST" else Received()
        return _product(request, acting, shop, received)
    if step == DONE:
        return _done(request, acting, shop)
    raise Http404


@never_cache
@login_required
@require_POST
@once
def finish(request: HttpRequest, business_id: str) -> HttpResponse:
    """Open what is complete; for who came back after something was missing."""
    acting = _acting(request, business_id)
    shop = _shop_of(acting)
    if shop is None:
        return _to(acting, NAME)
    _try_to_open(request, Selling(shop, acting))
    return _to(acting, DONE)


@once
def _name(request: HttpRequest, acting: Acting, shop: Shop | None) -> HttpResponse:
    initial = (
        {"name": shop.name, "story": shop.story}
        if shop
        else {"name": acting.business.name, "story": acting.business.profile}
    )
    form = StoryForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = {"name": form.cleaned_data["name"], "story": form.cleaned_data["story"]}
        if shop is None:
            opening.start_shop(acting=acting, at=timezone.now(), **words)
        else:
            settings.describe_shop(selling=Selling(shop, acting), at=timezone.now(), **words)
        return _to(acting, CONTACT)
    return _page(request, acting, NAME, form)


@once
def _contact(request: HttpRequest, acting: Acting, shop: Shop) -> HttpResponse:
    initial = contact_initial(shop) | {"agree": queries.may_be_shown(shop)}
    form = OpeningContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        seller, agreed_to = Selling(shop, acting), form.cleaned_data["text_version"]
        try:
            opening.let_be_shown(selling=seller, at=timezone.now(), text_version=agreed_to)
        except UnableTo as problem:
            form.add_error(None, problem.sentence)
        else:
            settings.set_contact(
                selling=seller,
                whatsapp=form.cleaned_data["whatsapp"],
                hours=form.cleaned_data["times"],
                at=timezone.now(),
            )
            return _to(acting, PRODUCT)
    return _page(request, acting, CONTACT, form, text=text_now())


@once
def _product(request: HttpRequest, acting: Acting, shop: Shop, received: Received) -> HttpResponse:
    form = ProductForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not received.problems:
        seller = Selling(shop, acting)
        try:
            add_from_form(seller, form, received, publish=True)
        except UnableTo as problem:
            form.add_error(None, problem.sentence)
        else:
            _try_to_open(request, seller)
            return _to(acting, DONE)
    return _page(
        request,
        acting,
        PRODUCT,
        form,
        received=received,
        products=queries_products.seller_products(shop).rows,
    )


def _done(request: HttpRequest, acting: Acting, shop: Shop) -> HttpResponse:
    state = queries.shop_state(shop, on=timezone.localdate())
    address = whole_address(f"/toko/{shop.slug}/")
    return render(
        request,
        "catalog/open_done.html",
        {
            "acting": acting,
            "shop": state,
            "village": shop.area.name,
            "hours": show_hours(shop.hours),
            "address": address,
            "share_text": _("Toko kami sudah buka di e-Toko PKK: %(name)s, Desa %(village)s. Silakan mampir:")
            % {"name": shop.name, "village": shop.area.name},
            "products": queries_products.seller_products(shop).rows[:4],
        },
    )


def add_from_form(seller: Selling, form: ProductForm, received: Received, *, publish: bool) -> None:
    data = form.cleaned_data
    category = category_to_sell_in(data["category"])
    if category is None:
        raise selling.UnableToSell(_("Pilih kategorinya dari daftar."), field="category")
    selling.add_product(
        selling=seller,
        name=data["name"],
        category=category,
        unit=data["unit"],
        offers=data["offers"],
        supply=data["supply"],
        lead_days=data["lead_days"],
        capacity_per_day=data["capacity_per_day"],
        description=data["description"],
        photos=received.uploads,
        publish=publish,
        at=timezone.now(),
    )


def _try_to_open(request: HttpRequest, seller: Selling) -> None:
    """The last page says what is missing, so a shop that cannot open yet is no error here."""
    if seller.shop.status != SHOP_DRAFT:
        return
    try:
        opening.open_shop(selling=seller, at=timezone.now())
    except opening.UnableToOpenShop as problem:
        messages.warning(request, problem.sentence)


def _page(request: HttpRequest, acting: Acting, at: str, form: Any, **more: Any) -> HttpResponse:
    position = STEPS.index(at)
    back = reverse("catalog:open_shop_step", args=[acting.business.public_id, STEPS[position - 1]])
    is_refused = form.is_bound
    return render(
        request,
        f"catalog/open_{at}.html",
        {
            "acting": acting,
            "form": form,
            "at": position + 1,
            "steps": [_("Nama dan cerita"), _("WhatsApp dan jam buka"), _("Produk pertama")],
            "back": back if position else "",
            **more,
        },
        status=422 if is_refused else 200,
    )


def _acting(request: HttpRequest, business_id: str) -> Acting:
    return business_to_act_for(person_of(request), business_id)


def _shop_of(acting: Acting) -> Shop | None:
    return Shop.objects.select_related("business__area", "area").filter(business=acting.business).first()


def _first_unfinished(shop: Shop | None) -> str:
    if shop is None:
        return NAME
    if not shop.whatsapp:
        return CONTACT
    return DONE if shop.products.exists() else PRODUCT


def _to(acting: Acting, step: str) -> HttpResponse:
    return redirect("catalog:open_shop_step", acting.business.public_id, step)
