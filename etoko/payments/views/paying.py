"""Paying one order: the page behind the buyer's private link, and the same code on the seller's phone."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.foundation.qrdrawings import qr_png
from etoko.ordering.access import order_by_link, order_for_seller
from etoko.ordering.models import Order
from etoko.payments.forms_proofs import ProofForm
from etoko.payments.queries.paying import pay_page
from etoko.payments.queries.proofs import proofs_of_order
from etoko.payments.reading import reader
from etoko.payments.views.common import frame, private, seller_of


@never_cache
@require_safe
def pay(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    return pay_response(request, order_by_link(secret, number), secret)


def pay_response(
    request: HttpRequest, order: Order, secret: str, *, form: ProofForm | None = None
) -> HttpResponse:
    """`form` is one that was refused."""
    at = timezone.now()
    context = {
        "pay": pay_page(order),
        "proofs": proofs_of_order(order, at=at),
        "form": form or ProofForm(initial={"told_on": timezone.localdate(at)}),
        "reads_pictures": reader() is not None,
        "secret": secret,
        "nav_active": "pesanan",
    }
    return private(render(request, "payments/pay.html", context, status=422 if form else 200))


@never_cache
@require_safe
def qris_picture(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    """To be kept on the phone and opened from the bank app."""
    return private(_png(order_by_link(secret, number)))


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    """At the stall: the seller holds up her phone, the buyer scans it."""
    selling, order = order_for_seller(seller_of(request), shop_id, number)
    return render(request, "payments/show.html", {**frame(selling), "pay": pay_page(order)})


def _png(order: Order) -> HttpResponse:
    page = pay_page(order)
    if not page.payload or not page.can_pay:
        raise Http404
    response = HttpResponse(qr_png(page.payload), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="QRIS-{page.number}-{page.left_rp}.png"'
    return response
