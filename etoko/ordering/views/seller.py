"""The seller's day: what came, what to pack, what to hand over."""

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.catalog.access import Selling, shop_for_seller
from etoko.foundation.onetime import once
from etoko.foundation.phones import whatsapp_link
from etoko.foundation.problems import UnableTo
from etoko.notices.queries import last_told
from etoko.ordering.access import order_for_seller
from etoko.ordering.documents import label_text, nota_text
from etoko.ordering.models import Order
from etoko.ordering.operations import (
    move_order,
    move_to_take_back,
    take_back_move,
)
from etoko.ordering.operations.telling import about_buyer
from etoko.ordering.queries import seller as queries
from etoko.ordering.queries.after import after_of
from etoko.ordering.queries.rows import OrderPage
from etoko.ordering.states import ORDER_FLOW, SELLER
from etoko.ordering.views.carrying import person_of
from etoko.people.access import areas_with
from etoko.people.models import Person
from etoko.people.roles import ASSIST_SELLERS


@never_cache
@login_required
@require_safe
def selling_home(request: HttpRequest) -> HttpResponse:
    """Her only shop at once; a list where there are more, or for a kader who helps."""
    person = _person(request)
    own = queries.shops_of_seller(person)
    helps_in = areas_with(person, ASSIST_SELLERS)
    if len(own) == 1 and not helps_in:
        return redirect("ordering:seller_day", own[0].public_id)
    text = request.GET.get("q", "").strip()[:80]
    return render(
        request,
        "ordering/selling_home.html",
        {
            "own": own,
            "to_assist": queries.shops_to_assist(helps_in, text=text) if helps_in else [],
            "is_helper": bool(helps_in),
            "text": text,
            "nav_active": "saya",
        },
    )


@never_cache
@login_required
@require_safe
def seller_day(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling = shop_for_seller(_person(request), shop_id)
    day = queries.seller_day(selling.shop, at=timezone.now())
    return render(request, "ordering/seller_day.html", {**_frame(selling), "day": day})


@never_cache
@login_required
@require_safe
def history(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling = shop_for_seller(_person(request), shop_id)
    state = request.GET.get("keadaan", "")
    state = state if state in ORDER_FLOW.states else ""
    page = request.GET.get("hal", "1")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    return render(
        request,
        "ordering/seller_history.html",
        {
            **_frame(selling),
            "history": queries.seller_history(selling.shop, at=timezone.now(), state=state, page=number),
            "chosen": state,
            "states": ORDER_FLOW.states,
        },
    )


@never_cache
@login_required
@require_safe
def packing_list(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling = shop_for_seller(_person(request), shop_id)
    at, number = timezone.now(), request.GET.get("nomor", "")[:10]
    orders = queries.packing_pages(selling.shop, at=at, number=number)
    return render(request, "ordering/packing_list.html", {**_frame(selling), "orders": orders, "at": at})


@never_cache
@login_required
@require_safe
def seller_order(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    selling, order = order_for_seller(_person(request), shop_id, number)
    return _order_page(request, selling, order)


def _order_page(
    request: HttpRequest,
    selling: Selling,
    order: Order,
    *,
    problem: str = "",
    problem_at: str = "",
    status: int = 200,
) -> HttpResponse:
    number = order.number or ""
    page = queries.seller_page(order, at=timezone.now())
    return render(
        request,
        "ordering/seller_order.html",
        {
            **_frame(selling),
            "order": page,
            "after": after_of([order], party=SELLER, at=timezone.now())[order.number or ""],
            "papers": _papers(order, page),
            "undoes": move_to_take_back(order, at=timezone.now()),
            "told": last_told([about_buyer(number)]).get(about_buyer(number)),
            "problem": problem,
            "problem_at": problem_at,
            "typed": request.POST,
        },
        status=status,
    )


@never_cache
@login_required
@require_POST
@once
def move(request: HttpRequest, shop_id: str, number: str, move: str) -> HttpResponse:
    selling, order = order_for_seller(_person(request), shop_id, number)
    if move not in ORDER_FLOW.moves:
        raise Http404
    reason = request.POST.get("reason", "").strip() or request.POST.get("quick", "").strip()
    try:
        moved = move_order(
            order=order,
            move=move,
            party=SELLER,
            by=selling.person,
            at=timezone.now(),
            reason=reason,
            for_name=selling.for_name,
        )
    except UnableTo as problem:
        return _order_page(request, selling, order, problem=problem.sentence, problem_at=move, status=422)
    messages.success(
        request,
        _("Pesanan %(number)s: %(state)s. Kabari pembeli lewat WhatsApp.")
        % {"number": number, "state": ORDER_FLOW.states[moved.state]},
    )
    return redirect("ordering:seller_order", shop_id, number)


@never_cache
@login_required
@require_POST
@once
def take_back(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    """Her last step, made by mistake, for ten minutes."""
    selling, order = order_for_seller(_person(request), shop_id, number)
    try:
        take_back_move(
            order=order,
            move=request.POST.get("move", ""),
            by=selling.person,
            at=timezone.now(),
            for_name=selling.for_name,
        )
    except UnableTo as problem:
        return _order_page(
            request, selling, order, problem=problem.sentence, problem_at="take_back", status=422
        )
    messages.success(request, _("Sudah diurungkan. Pembeli diberi tahu."))
    return redirect("ordering:seller_order", shop_id, number)


def _frame(selling: Selling) -> dict[str, object]:
    return {
        "shop_id": selling.shop.public_id,
        "shop_name": selling.shop.name,
        "for_name": selling.for_name,
        "nav_active": "saya",
    }


def _person(request: HttpRequest) -> Person:
    person = person_of(request)
    assert person is not None  # login_required stands before
    return person


def _papers(order: Order, page: OrderPage) -> dict[str, str]:
    """Addresses that open WhatsApp: the nota for the buyer, the label for whom she chooses."""
    return {
        "nota": whatsapp_link(order.group.phone, nota_text(order, page)),
        "label": f"https://wa.me/?text={quote(label_text(order, page))}",
    }
