"""The cart, for guests and for who is signed in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import new_key, once
from etoko.ordering.cart import contents_of
from etoko.ordering.forms import read_quantity
from etoko.ordering.operations import (
    UnableToAdd,
    add_to_cart,
    change_quantity,
    take_out,
    take_what_is_left,
)
from etoko.ordering.queries.offers import offer_of
from etoko.ordering.views.carrying import carried_cart, carry_cart, person_of


@never_cache
@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    return _cart_page(request)


def _cart_page(
    request: HttpRequest, *, problem: str = "", problem_at: int = 0, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    contents = contents_of(carried_cart(request, at=at), at=at)
    undo = request.GET.get("urungkan", "")
    response = render(
        request,
        "ordering/cart.html",
        {
            "contents": contents,
            "undo": int(undo) if undo.isascii() and undo.isdecimal() and len(undo) < 18 else 0,
            "undo_quantity": read_quantity(request.GET.get("jumlah", "")) or 1,
            "problem": problem,
            "problem_at": problem_at,
            "nav_active": "keranjang",
        },
        status=status,
    )
    return carry_cart(request, response, count=len(contents.lines))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def add(request: HttpRequest, variant_id: int) -> HttpResponse:
    """The form page that works without script; with it the product page shows the form in a dialog."""
    offer = offer_of(variant_id, at=timezone.now())
    if offer is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            return _added(request, variant_id)
        except UnableToAdd as refused:
            problem = refused.sentence
    chosen = read_quantity(request.POST.get("variant", "")) or variant_id
    return render(
        request,
        "ordering/add_to_cart.html",
        {
            "offer": offer,
            "chosen": chosen,
            "quantity": request.POST.get("quantity", "1"),
            "problem": problem,
            "nav_active": "keranjang",
        },
        status=422 if problem else 200,
    )


def _added(request: HttpRequest, variant_id: int) -> HttpResponse:
    at = timezone.now()
    chosen = request.POST.get("variant", "")
    filled, secret = add_to_cart(
        cart=carried_cart(request, at=at),
        person=person_of(request),
        variant_id=read_quantity(chosen) if chosen else variant_id,
        quantity=read_quantity(request.POST.get("quantity", "1")),
        at=at,
    )
    if request.POST.get("next") == "pesan":
        response = redirect("ordering:checkout")
    else:
        messages.success(request, _("Sudah masuk keranjang."))
        response = redirect("ordering:cart")
    return carry_cart(request, response, secret=secret, count=filled.lines.count())


@never_cache
@require_POST
@once
def change(request: HttpRequest, variant_id: int) -> HttpResponse:
    """Another quantity (nought or "Keluarkan": out of the cart, with a way back)."""
    at = timezone.now()
    mine = carried_cart(request, at=at)
    if mine is None:
        return redirect("ordering:cart")
    out = request.POST.get("deed") == "out"
    quantity = 0 if out else read_quantity(request.POST.get("quantity", ""))
    if quantity <= 0 and not out and request.POST.get("quantity", "").strip() != "0":
        return _cart_page(
            request,
            problem=_("Tulis jumlahnya dengan angka, dari 1 sampai 9.999."),
            problem_at=variant_id,
            status=422,
        )
    before = mine.lines.filter(variant_id=variant_id).values_list("quantity", flat=True).first()
    try:
        if quantity <= 0:
            take_out(cart=mine, variant_id=variant_id, at=at)
        else:
            change_quantity(cart=mine, variant_id=variant_id, quantity=quantity, at=at)
    except UnableToAdd as refused:
        return _cart_page(request, problem=refused.sentence, problem_at=variant_id, status=422)
    response = redirect("ordering:cart")
    if quantity <= 0 and before:
        response["Location"] += f"?urungkan={variant_id}&jumlah={before}"
    elif quantity > 0:
        response["Location"] += f"#barang-{variant_id}"
    return carry_cart(request, response, count=mine.lines.count())


@never_cache
@require_POST
@once
def adjust(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    if mine := carried_cart(request, at=at):
        take_what_is_left(cart=mine, at=at)
    return redirect("ordering:cart")


@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """For a script: how much is in the cart, and what a form that it sends must carry."""
    at = timezone.now()
    mine = carried_cart(request, at=at)
    count = mine.lines.count() if mine else 0
    response = JsonResponse({"cart": count, "csrf": get_token(request), "once": new_key()})
    return carry_cart(request, response, count=count)
