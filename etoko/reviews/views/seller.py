"""The seller reads and answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from etoko.catalog.access import Selling, shop_for_seller
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.registry.access import signed_in
from etoko.reviews import queries
from etoko.reviews.access import review_for_seller
from etoko.reviews.operations import reply_to_review


@never_cache
@login_required
@require_safe
def reviews(request: HttpRequest, shop_id: str) -> HttpResponse:
    return _page(request, shop_for_seller(signed_in(request.user), shop_id))


@never_cache
@login_required
@require_POST
@once
def reply(request: HttpRequest, shop_id: str, review_id: str) -> HttpResponse:
    selling, review = review_for_seller(signed_in(request.user), shop_id, review_id)
    try:
        reply_to_review(selling=selling, review=review, text=request.POST.get("reply", ""), at=timezone.now())
    except UnableTo as problem:
        return _page(request, selling, problem=problem.sentence, problem_at=review_id)
    messages.success(request, _("Balasan Anda sudah tampil."))
    return redirect("reviews:of_seller", shop_id)


def _page(request: HttpRequest, selling: Selling, *, problem: str = "", problem_at: str = "") -> HttpResponse:
    number = request.GET.get("hal", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    return render(
        request,
        "reviews/of_seller.html",
        {
            "shop_id": selling.shop.public_id,
            "shop_name": selling.shop.name,
            "for_name": selling.for_name,
            "list": queries.seller_reviews(selling.shop, page=page),
            "problem": problem,
            "problem_at": problem_at,
            "typed": request.POST.get("reply", ""),
        },
        status=422 if problem else 200,
    )
