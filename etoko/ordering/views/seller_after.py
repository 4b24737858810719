"""The seller has less than was ordered, weighs, offers other goods, answers complaints, takes goods back."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.catalog.access import Selling
from etoko.catalog.models import Variant
from etoko.foundation.onetime import once
from etoko.foundation.private_pictures import private_picture
from etoko.foundation.problems import UnableTo
from etoko.ordering.access import order_for_seller, photo_of_order
from etoko.ordering.forms import one_line, read_lines, read_quantity
from etoko.ordering.models import Complaint, GoodsReturn, Order, Proposal
from etoko.ordering.operations import (
    Actor,
    UnableToChange,
    answer_complaint,
    answer_proposal,
    answer_return,
    as_seller,
    propose_substitute,
    receive_return,
    reduce_order,
    take_goods_back,
    weigh_line,
)
from etoko.ordering.queries.after import after_of, pieces_of, substitutes_of
from etoko.ordering.queries.seller import seller_page
from etoko.ordering.states import SELLER
from etoko.ordering.views.speaking import Received, with_photos
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def change(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    """Fewer pieces, a weight, or other goods, as the button says."""
    selling, order = order_for_seller(signed_in(request.user), shop_id, number)
    problem: UnableTo | None = None
    if request.method == "POST":
        try:
            said = _changed(request, order, _actor(selling))
        except UnableTo as refused:
            problem = refused
        else:
            messages.success(request, said)
            return redirect("ordering:seller_order", shop_id, number)
    at = timezone.now()
    return render(
        request,
        "ordering/seller_change.html",
        {
            **_frame(selling, number),
            "order": seller_page(order, at=at),
            "lines": pieces_of(order),
            "substitutes": substitutes_of(order),
            "after": after_of([order], party=SELLER, at=at)[number],
            "problem": problem,
            "problem_at": request.POST.get("deed", "") + request.POST.get("line", ""),
            "typed": request.POST,
        },
        status=422 if problem else 200,
    )


def _changed(request: HttpRequest, order: Order, actor: Actor) -> str:
    at, deed = timezone.now(), request.POST.get("deed", "")
    line_pk = read_quantity(request.POST.get("line", ""))
    if deed == "weigh":
        weighed = _weight(request.POST.get("weighed", ""))
        done = weigh_line(order=order, line_pk=line_pk, weighed=weighed, actor=actor, at=at)
        return (
            _("Harganya naik, jadi pembeli diminta setuju dulu.")
            if done.proposal
            else _("Timbangan tersimpan. Pembeli diberi tahu.")
        )
    if deed == "substitute":
        variant = (
            Variant.objects.select_related("product")
            .filter(pk=read_quantity(request.POST.get("variant", "")))
            .first()
        )
        if variant is None:
            raise UnableToChange(_("Pilih dulu barang penggantinya."), field="variant")
        propose_substitute(
            order=order,
            line_pk=line_pk,
            variant=variant,
            quantity=read_quantity(request.POST.get("quantity", "")),
            note=one_line(request.POST.get("note", "")),
            actor=actor,
            at=at,
        )
        return _("Usulan terkirim. Tidak ada yang berubah sebelum pembeli setuju.")
    reason = one_line(request.POST.get("reason", ""))
    reduce_order(order=order, quantities=read_lines(request.POST), actor=actor, at=at, reason=reason)
    return _("Pesanan dikurangi. Pembeli diberi tahu.")


def _weight(text: str) -> Decimal:
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise UnableToChange(_("Tulis beratnya dengan angka, misalnya 1,15."), field="weighed") from None


@never_cache
@login_required
@require_POST
@once
def withdraw_offer(request: HttpRequest, shop_id: str, number: str, proposal_pk: int) -> HttpResponse:
    selling, order = order_for_seller(signed_in(request.user), shop_id, number)
    proposal = (
        Proposal.objects.select_related("line__variant", "variant__product")
        .filter(pk=proposal_pk, order=order)
        .first()
    )
    if proposal is None:
        raise Http404
    proposal.order = order
    try:
        answer_proposal(proposal=proposal, move="withdraw", actor=_actor(selling), at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    return redirect("ordering:seller_order", shop_id, number)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_photos
def complaint(request: HttpRequest, brought: Received, shop_id: str, number: str) -> HttpResponse:
    selling, order = order_for_seller(signed_in(request.user), shop_id, number)
    found = Complaint.objects.filter(order=order).last()
    if found is None:
        raise Http404
    found.order = order
    problem: UnableTo | None = None
    if request.method == "POST":
        try:
            if brought.problems:
                raise UnableTo(" ".join(brought.problems), field="photos")
            answer_complaint(
                complaint=found,
                text=request.POST.get("text", ""),
                photos=brought.photos,
                actor=_actor(selling),
                at=timezone.now(),
            )
        except UnableTo as refused:
            problem = refused
        else:
            messages.success(request, _("Jawaban terkirim. Kabari juga pembeli lewat WhatsApp."))
            return redirect("ordering:seller_complaint", shop_id, number)
    return render(
        request,
        "ordering/seller_complaint.html",
        {
            **_frame(selling, number),
            "after": after_of([order], party=SELLER, at=timezone.now())[number],
            "kept": brought.tokens if problem else [],
            "problem": problem,
            "typed": request.POST,
        },
        status=422 if problem else 200,
    )


@never_cache
@login_required
@require_safe
def complaint_photo(request: HttpRequest, shop_id: str, number: str, key: str) -> HttpResponse:
    _selling, order = order_for_seller(signed_in(request.user), shop_id, number)
    return private_picture(photo_of_order(order, key))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def goods_back(request: HttpRequest, shop_id: str, number: str) -> HttpResponse:
    """Her answer to a return, the goods that are back, or goods that came back unasked."""
    selling, order = order_for_seller(signed_in(request.user), shop_id, number)
    problem: UnableTo | None = None
    if request.method == "POST":
        try:
            _took_back(request, order, _actor(selling))
        except UnableTo as refused:
            problem = refused
        else:
            messages.success(request, _("Tersimpan. Pembeli diberi tahu."))
            return redirect("ordering:seller_order", shop_id, number)
    return render(
        request,
        "ordering/seller_goods_back.html",
        {
            **_frame(selling, number),
            "lines": pieces_of(order),
            "after": after_of([order], party=SELLER, at=timezone.now())[number],
            "problem": problem,
            "typed": request.POST,
        },
        status=422 if problem else 200,
    )


def _took_back(request: HttpRequest, order: Order, actor: Actor) -> None:
    at, move = timezone.now(), request.POST.get("move", "")
    reason = one_line(request.POST.get("reason", ""))
    again = request.POST.get("again", "") == "yes"
    found = GoodsReturn.objects.filter(order=order, state__in=("asked", "agreed")).last()
    if found is None:
        take_goods_back(
            order=order,
            quantities=read_lines(request.POST),
            reason=reason,
            can_be_sold_again=again,
            actor=actor,
            at=at,
        )
        return
    found.order = order
    if move == "receive":
        receive_return(goods_return=found, can_be_sold_again=again, actor=actor, at=at)
    elif move in ("agree", "refuse"):
        answer_return(goods_return=found, move=move, actor=actor, at=at, reason=reason)
    else:
        raise Http404


def _actor(selling: Selling) -> Actor:
    return as_seller(selling.person, for_name=selling.for_name)


def _frame(selling: Selling, number: str) -> dict[str, object]:
    return {
        "shop_id": selling.shop.public_id,
        "shop_name": selling.shop.name,
        "for_name": selling.for_name,
        "number": number,
        "nav_active": "saya",
    }
