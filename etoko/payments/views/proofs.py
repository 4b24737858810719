"""Proofs: sent by buyer or seller, looked through at the desk, and shown behind a gate."""

import functools
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.catalog.access import Selling, shop_for_seller
from etoko.foundation.onetime import once
from etoko.foundation.private_pictures import drop_private, private_picture
from etoko.foundation.problems import UnableTo
from etoko.ordering.access import order_by_link, order_for_seller
from etoko.ordering.states import BUYER
from etoko.ordering.views.carrying import person_of
from etoko.payments.access import proof_for_buyer, proof_for_seller
from etoko.payments.forms_proofs import AcceptForm, ProofForm
from etoko.payments.models import PaymentProof
from etoko.payments.operations.proving import accept_proof, refuse_proof, send_proof
from etoko.payments.proofs import keep_proof
from etoko.payments.queries.proofs import PAGE_SIZE, answered_proofs, open_proofs, proofs_of_order
from etoko.payments.states import SELLER
from etoko.payments.views.common import frame, seller_of
from etoko.payments.views.paying import pay_response

Answer = Callable[[ProofForm], HttpResponse]


@never_cache
@require_POST
def send_by_buyer(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    order = order_by_link(secret, number)

    def sent(form: ProofForm) -> HttpResponse:
        messages.success(request, _("Bukti terkirim. Penjual memeriksa uangnya, lalu Anda dikabari."))
        return redirect("payments:pay", secret, number)

    person = person_of(request)
    return _receive(
        request,
        functools.partial(send_proof, order=order, party=BUYER, by=person, by_name=order.group.name),
        refused=lambda form: pay_response(request, order, secret, form=form),
        sent=sent,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order_proofs(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    """What was sent for one order; the seller adds what came by WhatsApp."""
    selling, order = order_for_seller(seller_of(request), shop_id, number)

    def page(form: ProofForm) -> HttpResponse:
        context = {
            **frame(selling),
            "number": order.number,
            "left_rp": order.left_rp,
            "proofs": proofs_of_order(order, at=timezone.now()),
            "form": form,
        }
        return render(request, "payments/order_proofs.html", context, status=422 if form.is_bound else 200)

    def sent(form: ProofForm) -> HttpResponse:
        messages.success(request, _("Bukti disimpan. Cocokkan dulu dengan aplikasi bank Anda."))
        return redirect("payments:proofs", shop_id)

    if request.method != "POST":
        return page(ProofForm(initial={"told_on": timezone.localdate()}))
    send = functools.partial(send_proof, order=order, party=SELLER, by=selling.person, by_name="")
    return _receive(request, send, refused=page, sent=sent)


def _receive(
    request: HttpRequest, send: Callable[..., PaymentProof], *, refused: Answer, sent: Answer
) -> HttpResponse:
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        return refused(form)
    # Before the one-time key: nobody else should wait for the database while a picture is drawn anew.
    try:
        kept = keep_proof(form.cleaned_data["picture"])
    except UnableTo as problem:
        form.add_error("picture", problem.sentence)
        return refused(form)
    told = {"told_rp": form.cleaned_data["told_rp"], "told_on": form.cleaned_data["told_on"]}
    try:
        return _send(request, functools.partial(send, kept=kept, **told), form, refused, sent)
    finally:
        # Refused, or sent twice: the picture is nobody's.
        if not PaymentProof.objects.filter(key=kept.key).exists():
            drop_private(kept.key)


@once
def _send(
    request: HttpRequest,
    send: Callable[..., PaymentProof],
    form: ProofForm,
    refused: Answer,
    sent: Answer,
) -> HttpResponse:
    try:
        send(at=timezone.now())
    except UnableTo as problem:
        form.add_error(None, problem.sentence)
        return refused(form)
    return sent(form)


# ------------------------------------------------------------------------------------------ the desk


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest, shop_id: str) -> HttpResponse:
    return _desk(request, shop_for_seller(seller_of(request), shop_id))


@never_cache
@login_required
@require_POST
@once
def accept(request: HttpRequest, shop_id: str, proof_id: str) -> HttpResponse:
    selling, proof = proof_for_seller(seller_of(request), shop_id, proof_id)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _desk(request, selling, at=proof_id, problem=str(next(iter(form.errors.values()))[0]))
    try:
        accept_proof(
            proof=proof,
            **form.cleaned_data,
            by=selling.person,
            for_name=selling.for_name,
            at=timezone.now(),
        )
    except UnableTo as problem:
        return _desk(request, selling, at=proof_id, problem=problem.sentence)
    messages.success(request, _("Uangnya dicatat untuk pesanan %s.") % proof.order.number)
    return redirect("payments:proofs", shop_id)


@never_cache
@login_required
@require_POST
@once
def refuse(request: HttpRequest, shop_id: str, proof_id: str) -> HttpResponse:
    selling, proof = proof_for_seller(seller_of(request), shop_id, proof_id)
    reason = request.POST.get("reason", "").strip() or request.POST.get("quick", "").strip()
    try:
        refuse_proof(
            proof=proof, reason=reason, by=selling.person, for_name=selling.for_name, at=timezone.now()
        )
    except UnableTo as problem:
        return _desk(request, selling, at=proof_id, problem=problem.sentence)
    messages.success(request, _("Pembeli dikabari bahwa uangnya belum masuk."))
    return redirect("payments:proofs", shop_id)


def _desk(request: HttpRequest, selling: Selling, *, at: str = "", problem: str = "") -> HttpResponse:
    now = timezone.now()
    asked = request.GET.get("hal", "1")
    page = int(asked) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 5 else 1
    rows = open_proofs(selling.shop, at=now, page=max(1, page))
    return render(
        request,
        "payments/proofs.html",
        {
            **frame(selling),
            "proofs": rows[:PAGE_SIZE],
            "has_more": len(rows) > PAGE_SIZE,
            "page": max(1, page),
            "answered": answered_proofs(selling.shop, at=now),
            "today": timezone.localdate(now),
            "problem": problem,
            "problem_at": at,
            "typed": request.POST,
        },
        status=422 if problem else 200,
    )


# --------------------------------------------------------------------------------------- the picture


@never_cache
@require_safe
def picture_for_buyer(request: HttpRequest, secret: str, number: str, proof_id: str) -> HttpResponse:
    return private_picture(proof_for_buyer(secret, number, proof_id).key or "")


@never_cache
@login_required
@require_safe
def picture_for_seller(request: HttpRequest, shop_id: str, proof_id: str) -> HttpResponse:
    _selling, proof = proof_for_seller(seller_of(request), shop_id, proof_id)
    return private_picture(proof.key or "")
