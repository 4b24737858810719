"""The buyer's orders: by her private link, by her account, by her browser."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.foundation.addresses import whole_address
from etoko.foundation.onetime import once
from etoko.foundation.phones import whatsapp_link
from etoko.foundation.problems import UnableTo
from etoko.notices.queries import last_told
from etoko.ordering.access import group_by_link, groups_of_buyer, hers_to_merge, order_by_link
from etoko.ordering.models import Order, OrderGroup
from etoko.ordering.operations import move_order, report_payment
from etoko.ordering.operations.telling import about_seller
from etoko.ordering.queries.after import after_of
from etoko.ordering.queries.buyer import group_rows, orders_of_group
from etoko.ordering.queries.rows import PAGE_SIZE, pages_of_found
from etoko.ordering.states import AWAITING_CONFIRMATION, BUYER, ORDER_FLOW
from etoko.ordering.views.carrying import carried_groups, person_of


@never_cache
@require_safe
def my_orders(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    asked = request.GET.get("hal", "1")
    page = int(asked) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 5 else 1
    groups = OrderGroup.objects.filter(public_id__in=carried_groups(request))
    if person is not None:
        groups = groups_of_buyer(person)
    rows = group_rows(groups, person=person, at=timezone.now(), page=max(1, page))
    return render(
        request,
        "ordering/my_orders.html",
        {
            "groups": rows[:PAGE_SIZE],
            "has_more": len(rows) > PAGE_SIZE,
            "page": max(1, page),
            "is_guest": person is None,
            "nav_active": "pesanan",
        },
    )


@never_cache
@require_safe
def order_group(request: HttpRequest, secret: str) -> HttpResponse:
    return _group_page(request, secret)


def _group_page(
    request: HttpRequest, secret: str, *, problem: str = "", problem_at: str = "", status: int = 200
) -> HttpResponse:
    group = group_by_link(secret)
    at = timezone.now()
    found = orders_of_group(group)
    orders = pages_of_found(found, party=BUYER, at=at)
    told = last_told([about_seller(order.row.number) for order in orders])
    address = whole_address(request.path if request.method == "GET" else f"/pesanan/{secret}/")
    response = render(
        request,
        "ordering/order_group.html",
        {
            "orders": orders,
            "told": {order.row.number: told.get(about_seller(order.row.number)) for order in orders},
            "after": after_of(found, party=BUYER, at=at, hers=_hers(request, found)),
            "name": group.name,
            "created_at": group.created_at,
            "total_rp": group.total_rp,
            "secret": secret,
            "address": address,
            "to_myself": whatsapp_link(group.phone, _("Pesanan saya di e-Toko PKK: %s") % address),
            "just_placed": group.created_at > timezone.now() - timedelta(minutes=30)
            and all(order.row.state == AWAITING_CONFIRMATION for order in orders),
            "problem": problem,
            "problem_at": problem_at,
            "nav_active": "pesanan",
        },
        status=status,
    )
    # The address is the key. "no-referrer" would be stricter, but then browsers send "Origin: null"
    # with our own forms, and Django refuses them.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _hers(request: HttpRequest, orders: Sequence[Order]) -> list[Order]:
    """Her other orders that could join these, asked only where one could."""
    waiting = [order for order in orders if order.state == AWAITING_CONFIRMATION]
    carried = carried_groups(request)
    return [
        other
        for order in waiting
        for other in hers_to_merge(order, person=person_of(request), carried=carried)
    ]


@never_cache
@require_POST
@once
def move(request: HttpRequest, secret: str, number: str, move: str) -> HttpResponse:
    order = order_by_link(secret, number)
    if move not in ORDER_FLOW.moves:
        raise Http404
    person = person_of(request)
    try:
        move_order(
            order=order,
            move=move,
            party=BUYER,
            by=person,
            by_name=order.group.name,
            at=timezone.now(),
            reason=request.POST.get("reason", ""),
        )
    except UnableTo as problem:
        return _group_page(request, secret, problem=problem.sentence, problem_at=number, status=422)
    messages.success(
        request,
        _("Terima kasih, pesanan %s selesai.") % number
        if move == "confirm_received"
        else _("Pesanan %s dibatalkan.") % number,
    )
    return redirect("ordering:order_group", secret)


@never_cache
@require_POST
@once
def paid(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    order = order_by_link(secret, number)
    try:
        report_payment(order=order, by=person_of(request), by_name=order.group.name, at=timezone.now())
    except UnableTo as problem:
        return _group_page(request, secret, problem=problem.sentence, problem_at=number, status=422)
    messages.success(request, _("Penjual sudah diberi tahu. Ia akan memeriksa uangnya."))
    return redirect("ordering:order_group", secret)
