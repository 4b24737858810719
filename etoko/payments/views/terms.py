"""What belongs to the money of an order besides the ledger: terms, money that goes back, kwitansi."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.papers import pdf_response
from etoko.foundation.private_pictures import drop_private, keep_private, private_picture
from etoko.foundation.problems import UnableTo
from etoko.ordering.access import order_for_seller
from etoko.ordering.models import Order
from etoko.payments.access import payment_for_seller, refund_of
from etoko.payments.forms import RefundForm, TermsForm
from etoko.payments.models import Payment, Receipt
from etoko.payments.operations import agree_terms, end_terms, issue_receipt, pay_back
from etoko.payments.receipts import receipt_paper
from etoko.payments.views.common import seller_of
from etoko.payments.views.order import order_page


@never_cache
@login_required
@require_POST
@once
def refund(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    selling, found = order_for_seller(seller_of(request), shop_id, number)
    form = RefundForm(request.POST, request.FILES)
    if not form.is_valid():
        return order_page(request, selling, found, refund_form=form)
    given: dict[str, Any] = form.cleaned_data
    key = ""
    try:
        if sent := given.pop("picture"):
            key = keep_private(sent).key
        pay_back(
            order=found,
            **given,
            picture=key,
            by=selling.person,
            for_name=selling.for_name,
            at=timezone.now(),
        )
    except UnableTo as problem:
        if key:
            drop_private(key)
        form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        return order_page(request, selling, found, refund_form=form)
    messages.success(request, _("Tercatat. Pembeli diberi tahu bahwa uangnya sudah dikembalikan."))
    return redirect("payments:order", shop_id, number)


@never_cache
@login_required
@require_POST
@once
def terms(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    selling, found = order_for_seller(seller_of(request), shop_id, number)
    if "end" in request.POST:
        end_terms(order=found, by=selling.person, for_name=selling.for_name, at=timezone.now())
        messages.success(request, _("Kesepakatan dihapus. Sisanya dibayar seperti biasa."))
        return redirect("payments:order", shop_id, number)
    form = TermsForm(request.POST)
    if not form.is_valid():
        return order_page(request, selling, found, terms_form=form)
    try:
        agree_terms(
            order=found,
            parts=form.parts(found.due_rp),
            by=selling.person,
            for_name=selling.for_name,
            at=timezone.now(),
        )
    except UnableTo as problem:
        form.add_error(problem.field or None, problem.sentence)
        return order_page(request, selling, found, terms_form=form)
    messages.success(request, _("Cara bayar disepakati. Pembeli diberi tahu."))
    return redirect("payments:order", shop_id, number)


@never_cache
@login_required
@require_POST
@once
def make_receipt(request: HttpRequest, shop_id: str, number: str, pk: int) -> HttpResponse:
    selling, payment = payment_for_seller(seller_of(request), shop_id, number, pk)
    try:
        issued = issue_receipt(payment=payment, at=timezone.now())
    except UnableTo as problem:
        return order_page(request, selling, payment.order, problem=problem.sentence)
    messages.success(request, _("Kwitansi %(number)s dibuat.") % {"number": issued})
    return redirect("payments:order", shop_id, number)


@never_cache
@login_required
@require_safe
def receipt(request: HttpRequest, shop_id: str, number: str, pk: int) -> HttpResponse:
    _selling, payment = payment_for_seller(seller_of(request), shop_id, number, pk)
    return receipt_of(payment)


@never_cache
@login_required
@require_safe
def picture(request: HttpRequest, shop_id: str, number: str, pk: int) -> HttpResponse:
    _selling, payment = payment_for_seller(seller_of(request), shop_id, number, pk)
    return picture_of(payment)


def receipt_of(payment: Payment) -> HttpResponse:
    found = Receipt.objects.select_related("payment").filter(payment=payment).first()
    if found is None:
        raise Http404
    order = Order.objects.select_related("group", "shop__area").get(pk=payment.order_id)
    return pdf_response(receipt_paper(found, order), str(found).replace("/", "-"))


def picture_of(payment: Payment) -> HttpResponse:
    return private_picture(refund_of(payment).picture)
