"""The money of one order behind the buyer's private link."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.ordering.access import order_by_link
from etoko.ordering.models import Order
from etoko.ordering.views.carrying import person_of
from etoko.payments.access import payment_by_link, refund_of
from etoko.payments.models import Refund
from etoko.payments.operations import answer_refund
from etoko.payments.queries.order import order_money
from etoko.payments.views.common import private
from etoko.payments.views.terms import picture_of, receipt_of

_ANSWERS = {"sudah": Refund.ARRIVED, "belum": Refund.MISSING}


@never_cache
@require_safe
def money(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    return _page(request, secret, order_by_link(secret, number))


@never_cache
@require_POST
@once
def answer(request: HttpRequest, secret: str, number: str, pk: int) -> HttpResponse:
    """Whether the money that went back has come."""
    payment = payment_by_link(secret, number, pk)
    refund = refund_of(payment)
    said = _ANSWERS.get(request.POST.get("answer", ""))
    if said is None:
        raise Http404
    try:
        answer_refund(refund=refund, answer=said, by=person_of(request), at=timezone.now())
    except UnableTo as problem:
        return _page(request, secret, payment.order, problem=problem.sentence)
    messages.success(
        request,
        _("Terima kasih. Penjual bisa melihat jawaban Anda.")
        if said == Refund.ARRIVED
        else _("Penjual diberi tahu bahwa uangnya belum Anda terima."),
    )
    return redirect("payments:buyer_money", secret, number)


@never_cache
@require_safe
def receipt(request: HttpRequest, secret: str, number: str, pk: int) -> HttpResponse:
    return private(receipt_of(payment_by_link(secret, number, pk)))


@never_cache
@require_safe
def picture(request: HttpRequest, secret: str, number: str, pk: int) -> HttpResponse:
    return picture_of(payment_by_link(secret, number, pk))


def _page(request: HttpRequest, secret: str, order: Order, *, problem: str = "") -> HttpResponse:
    return private(
        render(
            request,
            "payments/buyer_money.html",
            {
                "money": order_money(order, at=timezone.now()),
                "secret": secret,
                "problem": problem,
                "nav_active": "pesanan",
            },
            status=422 if problem else 200,
        )
    )
