"""The money of one order, for its seller: what came, by whom it was noted, what is still to come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from etoko.catalog.access import Selling
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.ordering.access import order_for_seller
from etoko.ordering.models import Order
from etoko.ordering.operations import refuse_report
from etoko.payments.access import payment_for_seller
from etoko.payments.forms import HAND_METHODS, PaymentForm, RefundForm, TermsForm
from etoko.payments.models import Payment
from etoko.payments.operations import mark_paid, record_payment, reverse_payment
from etoko.payments.queries.order import order_money
from etoko.payments.views.common import frame, seller_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def order(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    """The page; sent, all that is left is marked as paid."""
    selling, found = order_for_seller(seller_of(request), shop_id, number)
    if request.method != "POST":
        return order_page(request, selling, found)
    try:
        mark_paid(order=found, by=selling.person, at=timezone.now(), for_name=selling.for_name)
    except UnableTo as problem:
        return order_page(request, selling, found, problem=problem.sentence)
    messages.success(request, _("Pesanan ditandai Lunas."))
    return redirect("ordering:seller_order", shop_id, number)


@never_cache
@login_required
@require_POST
@once
def record(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    selling, found = order_for_seller(seller_of(request), shop_id, number)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return order_page(request, selling, found, form=form)
    try:
        record_payment(
            order=found,
            **form.cleaned_data,
            source=Payment.FORM,
            by=selling.person,
            for_name=selling.for_name,
            at=timezone.now(),
        )
    except UnableTo as problem:
        form.add_error(problem.field or None, problem.sentence)
        return order_page(request, selling, found, form=form)
    messages.success(request, _("Uangnya sudah dicatat."))
    return redirect("payments:order", shop_id, number)


@never_cache
@login_required
@require_POST
@once
def reverse_entry(request: HttpRequest, shop_id: str, number: str, pk: int) -> HttpResponse:
    selling, payment = payment_for_seller(seller_of(request), shop_id, number, pk)
    reason = request.POST.get("reason", "").strip() or request.POST.get("quick", "").strip()
    try:
        reverse_payment(
            payment=payment,
            reason=reason,
            by=selling.person,
            for_name=selling.for_name,
            at=timezone.now(),
        )
    except UnableTo as problem:
        return order_page(request, selling, payment.order, problem=problem.sentence, problem_at=pk)
    messages.success(request, _("Catatan dibatalkan. Keduanya tetap tersimpan."))
    return redirect("payments:order", shop_id, number)


@never_cache
@login_required
@require_POST
@once
def refuse(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    """She has looked: what the buyer reported has not come."""
    selling, found = order_for_seller(seller_of(request), shop_id, number)
    try:
        refuse_report(order=found, by=selling.person, for_name=selling.for_name, at=timezone.now())
    except UnableTo as problem:
        return order_page(request, selling, found, problem=problem.sentence)
    messages.success(request, _("Tercatat: uangnya belum masuk. Kabari pembeli lewat WhatsApp."))
    return redirect("payments:order", shop_id, number)


def order_page(
    request: HttpRequest,
    selling: Selling,
    order: Order,
    *,
    form: PaymentForm | None = None,
    refund_form: RefundForm | None = None,
    terms_form: TermsForm | None = None,
    problem: str = "",
    problem_at: int = 0,
) -> HttpResponse:
    """The money of an order for its seller; a form that was refused comes back with what was typed."""
    at = timezone.now()
    money, today = order_money(order, at=at), timezone.localdate(at)
    method = order.payment if order.payment in dict(HAND_METHODS) else Payment.TRANSFER
    return render(
        request,
        "payments/order.html",
        {
            **frame(selling),
            "money": money,
            "form": form
            or PaymentForm(
                initial={"amount_rp": money.left_rp or "", "method": method, "received_on": today}
            ),
            "refund_form": refund_form
            or RefundForm(initial={"amount_rp": money.owed_rp, "method": method, "returned_on": today}),
            "terms_form": terms_form
            or TermsForm(initial={"kind": TermsForm.DOWN_PAYMENT, "first_on": today}),
            "problem": problem,
            "problem_at": problem_at,
            "opens_terms": "sepakati" in request.GET,
            "typed": request.POST,
        },
        status=422 if problem or form or refund_form or terms_form else 200,
    )
