"""The buyer pays online: the way to the page at Midtrans, and what became of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from etoko.foundation.addresses import whole_address
from etoko.foundation.problems import UnableTo
from etoko.midtrans.access import order_to_pay_online
from etoko.midtrans.client import MidtransIsAway
from etoko.midtrans.models import Charge
from etoko.midtrans.operations import follow_charge, start_charge
from etoko.midtrans.states import PENDING
from etoko.ordering.models import Order
from etoko.ordering.states import AWAITING_CONFIRMATION


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def charge(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    """Not `@once`: that would hold a transaction while Midtrans is called. Pressed twice it is one charge."""
    order = order_to_pay_online(secret, number)
    if request.method != "POST":
        return _page(request, secret, order)
    now = timezone.now()
    if request.POST.get("deed") == "check":
        return _check(request, secret, order)
    try:
        start_charge(order=order, back=whole_address(request.path), at=now)
    except UnableTo as problem:
        return _page(request, secret, order, problem=problem.sentence)
    return redirect("midtrans:charge", secret, number)


def _check(request: HttpRequest, secret: str, order: Order) -> HttpResponse:
    found = Charge.objects.select_related("account").filter(order=order, state=PENDING).last()
    try:
        if found and follow_charge(charge=found, at=timezone.now()).state == PENDING:
            messages.info(request, _("Midtrans belum menerima pembayarannya. Coba periksa lagi nanti."))
    except MidtransIsAway:
        return _page(
            request, secret, order, problem=_("Midtrans sedang tidak bisa dihubungi. Coba lagi nanti.")
        )
    return redirect("midtrans:charge", secret, order.number)


def _page(request: HttpRequest, secret: str, order: Order, *, problem: str = "") -> HttpResponse:
    order.refresh_from_db(fields=["state", "total_rp", "paid_rp"])
    found = Charge.objects.filter(order=order, state=PENDING, expires_at__gt=timezone.now()).last()
    return render(
        request,
        "midtrans/charge.html",
        {
            "secret": secret,
            "number": order.number,
            "shop_name": order.shop.name,
            "left_rp": order.left_rp,
            "paid_rp": order.paid_rp,
            "must_wait": order.state == AWAITING_CONFIRMATION,
            "page": found.page if found and found.amount_rp == order.left_rp else "",
            "until": found.expires_at if found else None,
            "problem": problem,
            "nav_active": "pesanan",
        },
        status=422 if problem else 200,
    )
