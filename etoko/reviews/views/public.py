"""Reviews that everybody reads, and the form to report one."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.foundation.onetime import once
from etoko.foundation.pagecache import cacheable
from etoko.foundation.problems import UnableTo
from etoko.registry.access import signed_in
from etoko.reviews import queries
from etoko.reviews.access import review_to_report
from etoko.reviews.models import Review
from etoko.reviews.operations import report_review


@require_safe
@cacheable(seconds=300)
def of_product(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    return _list(request, lambda page: queries.product_reviews(public_id, page=page))


@require_safe
@cacheable(seconds=300)
def of_shop(request: HttpRequest, slug: str) -> HttpResponse:
    return _list(request, lambda page: queries.shop_reviews(slug, page=page))


def _list(request: HttpRequest, ask: Callable[[int], queries.ReviewList | None]) -> HttpResponse:
    number = request.GET.get("hal", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    found = ask(page)
    if found is None:
        raise Http404
    return render(request, "reviews/list.html", {"list": found})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def report(request: HttpRequest, review_id: str) -> HttpResponse:
    review = review_to_report(review_id)
    problem = ""
    if request.method == "POST":
        try:
            report_review(
                review=review,
                reason=request.POST.get("other", "") or request.POST.get("reason", ""),
                by=signed_in(request.user),
                at=timezone.now(),
            )
        except UnableTo as refused:
            problem = refused.sentence
        else:
            messages.success(request, _("Terima kasih. Petugas akan memeriksanya."))
            return redirect(_back(review))
    return render(
        request,
        "reviews/report.html",
        {
            "review": queries.row_of(review),
            "problem": problem,
            "typed": request.POST,
            "back": _back(review),
        },
        status=422 if problem else 200,
    )


def _back(review: Review) -> str:
    if review.product:
        return f"/produk/{review.product.public_id}/{review.product.slug}/ulasan/"
    return f"/toko/{review.shop.slug}/ulasan/"
