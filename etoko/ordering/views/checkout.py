"""One screen from cart to orders."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.foundation.onetime import once
from etoko.foundation.phones import UnableToReadPhone, read_phone, show_phone
from etoko.foundation.problems import UnableTo
from etoko.ordering.access import link_secret
from etoko.ordering.cart import Contents, contents_of
from etoko.ordering.discounting import with_voucher
from etoko.ordering.forms import ReceiverForm, area_named, read_choices
from etoko.ordering.models import Cart
from etoko.ordering.operations import place_orders, take_what_is_left
from etoko.ordering.queries.buyer import home_villages
from etoko.ordering.quoting import quote_of
from etoko.ordering.views.carrying import carried_cart, carry_cart, carry_group, person_of
from etoko.people.access import areas_with
from etoko.people.models import Person
from etoko.people.roles import ASSIST_SELLERS
from etoko.vouchers.carrying import carried_code


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def checkout(request: HttpRequest) -> HttpResponse:
    """POST orders; with the button "hitung" it only reckons anew, with "sesuaikan" it takes what is left."""
    at = timezone.now()
    person = person_of(request)
    cart = carried_cart(request, at=at)
    villages = home_villages()
    may_help = bool(person and areas_with(person, ASSIST_SELLERS))
    if request.method != "POST":
        contents = contents_of(cart, at=at)
        if not contents.orderable:
            return redirect("ordering:cart")
        form = ReceiverForm(initial=_known_of(person), villages=villages)
        return _page(request, cart, form, may_help, contents=contents)

    form = ReceiverForm(request.POST, villages=villages)
    if "sesuaikan" in request.POST and cart is not None:
        take_what_is_left(cart=cart, at=at)
    if "hitung" in request.POST or "sesuaikan" in request.POST or not form.is_valid():
        is_order = "hitung" not in request.POST and "sesuaikan" not in request.POST
        return _page(request, cart, form, may_help, status=422 if is_order else 200, show_errors=is_order)
    for_other = may_help and form.cleaned_data["for_other"]
    try:
        if cart is None:
            return redirect("ordering:cart")
        placed = place_orders(
            cart=cart,
            receiver=form.receiver(),
            choices=read_choices(request.POST),
            shown=request.POST.get("shown", "")[:20_000],
            by=person,
            at=at,
            for_somebody_else=for_other,
            voucher=request.POST.get("voucher", ""),
        )
    except UnableTo as problem:
        return _page(request, cart, form, may_help, problem=problem, status=422)
    response = redirect("ordering:order_group", link_secret(placed.group))
    carry_group(request, response, placed.group)
    return carry_cart(request, response, count=placed.left_in_cart)


def _page(
    request: HttpRequest,
    cart: Cart | None,
    form: ReceiverForm,
    may_help: bool,
    *,
    problem: UnableTo | None = None,
    status: int = 200,
    show_errors: bool = True,
    contents: Contents | None = None,
) -> HttpResponse:
    at = timezone.now()
    contents = contents or contents_of(cart, at=at)
    typed = str(form.data.get("village", "") if form.is_bound else form.initial.get("village", ""))
    area = area_named(typed, form.villages)
    area_code = area.code if area else ""
    quote = quote_of(contents, read_choices(request.POST), area_code=area_code)
    code = request.POST.get("voucher", "")[:60] if request.method == "POST" else carried_code(request)
    discounted = with_voucher(quote, code=code, phone=_phone_in(form), area_code=area_code, at=at)
    if request.method != "POST" and discounted.voucher and discounted.voucher.problem:
        code = ""  # a code from a link that does not fit this cart: she has not asked for it here
    else:
        quote = discounted
    if show_errors is False:
        # Reckoning anew is not sending: what is still empty is no mistake yet.
        form = ReceiverForm(initial=form.data.dict(), villages=form.villages)  # type: ignore[attr-defined]
    return render(
        request,
        "ordering/checkout.html",
        {
            "quote": quote,
            "form": form,
            "villages": [village.name for village in form.villages],
            "may_help": may_help,
            "problem": problem,
            "problem_field": problem.field if problem else "",
            "voucher_typed": quote.voucher.code if quote.voucher and not quote.voucher.problem else code,
            "changes": getattr(problem, "changes", []),
            "is_short": bool(quote.contents.short),
            "nav_active": "keranjang",
        },
        status=status,
    )


def _phone_in(form: ReceiverForm) -> str:
    """The number as far as it can be read; what is wrong with it is said when she sends the form."""
    typed = form.data.get("phone", "") if form.is_bound else form.initial.get("phone", "")
    try:
        return read_phone(str(typed))
    except UnableToReadPhone:
        return ""


def _known_of(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    home = person.home_area
    return {
        "name": person.name,
        "phone": show_phone(person.phone),
        "village": home.name if home and home.level == 4 else "",
    }
