"""The buyer changes her order, answers what the seller proposes, complains, gives goods back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.private_pictures import private_picture
from etoko.foundation.problems import UnableTo
from etoko.ordering.access import hers_to_merge, order_by_link, photo_of_order
from etoko.ordering.forms import area_named, one_line, read_lines
from etoko.ordering.models import Complaint, GoodsReturn, Order, Proposal
from etoko.ordering.operations import (
    Destination,
    answer_complaint,
    answer_proposal,
    answer_return,
    as_buyer,
    ask_return,
    change_order,
    complain,
    escalate_complaint,
    merge_orders,
    settle_complaint,
)
from etoko.ordering.queries.after import after_of, pieces_of
from etoko.ordering.queries.buyer import home_villages
from etoko.ordering.queries.rows import pages_of
from etoko.ordering.quoting import DELIVERY_NAMES
from etoko.ordering.states import AWAITING_CONFIRMATION, BUYER
from etoko.ordering.views.carrying import carried_groups, person_of
from etoko.ordering.views.speaking import Received, with_photos


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def change(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    order = order_by_link(secret, number)
    if order.state != AWAITING_CONFIRMATION:
        return redirect("ordering:order_group", secret)
    problem: UnableTo | None = None
    if request.method == "POST":
        village = one_line(request.POST.get("village", ""))[:120]
        area = area_named(village, home_villages())
        try:
            change_order(
                order=order,
                quantities=read_lines(request.POST),
                delivery=request.POST.get("delivery", order.delivery),
                destination=Destination(
                    area.name if area else village,
                    area,
                    one_line(request.POST.get("street", ""))[:300],
                    one_line(request.POST.get("landmark", ""))[:200],
                ),
                note=one_line(request.POST.get("note", "")),
                actor=as_buyer(order, person_of(request)),
                at=timezone.now(),
            )
        except UnableTo as refused:
            problem = refused
            order = order_by_link(secret, number)
        else:
            messages.success(request, _("Pesanan %s sudah diubah. Penjual diberi tahu.") % number)
            return redirect("ordering:order_group", secret)
    return _private(
        request,
        "ordering/change_order.html",
        {
            "secret": secret,
            "order": pages_of(Order.objects.filter(pk=order.pk), party=BUYER, at=timezone.now())[0],
            "lines": pieces_of(order),
            "group": order.group,
            "deliveries": [
                (kind, str(DELIVERY_NAMES[kind]))
                for kind in order.shop.delivery_options.values_list("kind", flat=True)
            ],
            "villages": home_villages(),
            "problem": problem,
            "typed": request.POST,
        },
        refused=problem is not None,
    )


@never_cache
@require_POST
@once
def answer_offer(request: HttpRequest, secret: str, number: str, proposal_pk: int) -> HttpResponse:
    order = order_by_link(secret, number)
    proposal = (
        Proposal.objects.select_related("line__variant", "variant__product")
        .filter(pk=proposal_pk, order=order)
        .first()
    )
    move = request.POST.get("move", "")
    if proposal is None or move not in ("agree", "refuse"):
        raise Http404
    proposal.order = order
    actor = as_buyer(order, person_of(request))
    try:
        answer_proposal(proposal=proposal, move=move, actor=actor, at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(
            request,
            _("Anda setuju. Penjual diberi tahu.")
            if move == "agree"
            else _("Anda tidak setuju. Pesanan tetap seperti semula; penjual diberi tahu."),
        )
    return redirect("ordering:order_group", secret)


@never_cache
@require_POST
@once
def merge(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    order = order_by_link(secret, number)
    person = person_of(request)
    hers = hers_to_merge(order, person=person, carried=carried_groups(request))
    other = next((each for each in hers if each.number == request.POST.get("other", "")), None)
    if other is None:
        raise Http404
    try:
        merge_orders(first=order, second=other, actor=as_buyer(order, person), at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("Dua pesanan digabung: satu paket, satu ongkir."))
    return redirect("ordering:order_group", secret)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_photos
def complaint(request: HttpRequest, brought: Received, secret: str, number: str) -> HttpResponse:
    """The thread of an order's complaint; the first post opens it."""
    order = order_by_link(secret, number)
    problem: UnableTo | None = None
    if request.method == "POST":
        try:
            if brought.problems:
                raise UnableTo(" ".join(brought.problems), field="photos")
            _speak(request, order, brought)
        except UnableTo as refused:
            problem = refused
        else:
            messages.success(request, _("Terkirim. Penjual diberi tahu."))
            return redirect("ordering:complaint", secret, number)
    return _private(
        request,
        "ordering/complaint.html",
        {
            "secret": secret,
            "number": number,
            "shop_name": order.shop.name,
            "after": after_of([order], party=BUYER, at=timezone.now())[number],
            "kinds": Complaint.KINDS,
            "kept": brought.tokens if problem else [],
            "problem": problem,
            "typed": request.POST,
        },
        refused=problem is not None,
    )


def _speak(request: HttpRequest, order: Order, brought: Received) -> None:
    open_one = Complaint.objects.filter(order=order, state__in=("open", "answered")).last()
    actor, at = as_buyer(order, person_of(request)), timezone.now()
    text, photos = request.POST.get("text", ""), brought.photos
    if open_one is None:
        kind = request.POST.get("kind", "")
        complain(order=order, kind=kind, text=text, photos=photos, actor=actor, at=at)
    else:
        open_one.order = order
        answer_complaint(complaint=open_one, text=text, photos=photos, actor=actor, at=at)


@never_cache
@require_POST
@once
def move_complaint(request: HttpRequest, secret: str, number: str, move: str) -> HttpResponse:
    order = order_by_link(secret, number)
    found = Complaint.objects.filter(order=order).last()
    deed = {"settle": settle_complaint, "escalate": escalate_complaint}.get(move)
    if found is None or deed is None:
        raise Http404
    found.order = order
    try:
        deed(complaint=found, actor=as_buyer(order, person_of(request)), at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(
            request,
            _("Terima kasih. Penjual diberi tahu bahwa sudah beres.")
            if move == "settle"
            else _("Diteruskan. Penjual juga diberi tahu."),
        )
    return redirect("ordering:complaint", secret, number)


@never_cache
@require_safe
def complaint_photo(request: HttpRequest, secret: str, number: str, key: str) -> HttpResponse:
    return private_picture(photo_of_order(order_by_link(secret, number), key))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def give_back(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    order = order_by_link(secret, number)
    problem: UnableTo | None = None
    if request.method == "POST":
        try:
            ask_return(
                order=order,
                quantities=read_lines(request.POST),
                reason=one_line(request.POST.get("reason", "")),
                actor=as_buyer(order, person_of(request)),
                at=timezone.now(),
            )
        except UnableTo as refused:
            problem = refused
        else:
            messages.success(request, _("Permintaan terkirim. Tunggu jawaban penjual."))
            return redirect("ordering:order_group", secret)
    return _private(
        request,
        "ordering/give_back.html",
        {
            "secret": secret,
            "number": number,
            "shop_name": order.shop.name,
            "lines": pieces_of(order),
            "after": after_of([order], party=BUYER, at=timezone.now())[number],
            "problem": problem,
            "typed": request.POST,
        },
        refused=problem is not None,
    )


@never_cache
@require_POST
@once
def withdraw_return(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    order = order_by_link(secret, number)
    found = GoodsReturn.objects.filter(order=order).last()
    if found is None:
        raise Http404
    found.order = order
    actor = as_buyer(order, person_of(request))
    try:
        answer_return(goods_return=found, move="withdraw", actor=actor, at=timezone.now())
    except UnableTo as problem:
        messages.error(request, problem.sentence)
    return redirect("ordering:order_group", secret)


def _private(
    request: HttpRequest, template: str, context: dict[str, object], *, refused: bool
) -> HttpResponse:
    response = render(request, template, {**context, "nav_active": "pesanan"}, status=422 if refused else 200)
    response["Referrer-Policy"] = "same-origin"  # as on her private page
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
