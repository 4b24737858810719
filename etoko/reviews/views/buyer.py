"""The buyer reviews what she received, through the private link of her order."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from etoko.catalog.photos import photo_sources
from etoko.catalog.views.photos import Received, receive_photos
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.ordering.access import order_by_link
from etoko.ordering.models import Order, OrderLine
from etoko.ordering.states import COMPLETED
from etoko.ordering.views.carrying import person_of
from etoko.reviews import queries
from etoko.reviews.forms import ReviewForm
from etoko.reviews.models import Review
from etoko.reviews.operations import write_review
from etoko.reviews.operations.reviewing import MOST_PHOTOS


@never_cache
@require_safe
def of_order(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    """What of the order can be reviewed, and what she said already."""
    order = order_by_link(secret, number)
    return _private(
        render(
            request,
            "reviews/of_order.html",
            {
                "secret": secret,
                "number": number,
                "shop_name": order.shop.name,
                "is_completed": order.state == COMPLETED,
                "subjects": queries.subjects_of(order, at=timezone.now()),
                "nav_active": "pesanan",
            },
        )
    )


@dataclass(frozen=True)
class Asked:
    """What the address and the form bring."""

    secret: str
    order: Order
    line: OrderLine | None
    received: Received


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, secret: str, number: str, subject: str) -> HttpResponse:
    order = order_by_link(secret, number)
    # Before the one-time key is taken: making pictures small takes a while, and nobody should wait for it.
    received = Received()
    if request.method == "POST":
        received = receive_photos(request, order.shop, most=MOST_PHOTOS)
    return _review(request, Asked(secret, order, _line(order, subject), received))


@once
def _review(request: HttpRequest, asked: Asked) -> HttpResponse:
    written = queries.review_of(asked.order, asked.line)
    form = ReviewForm(
        request.POST if request.method == "POST" else None, initial=queries.said_before(written)
    )
    if request.method == "POST" and form.is_valid() and not asked.received.problems:
        try:
            write_review(
                order=asked.order,
                line=asked.line,
                stars=form.cleaned_data["stars"],
                text=form.cleaned_data["text"],
                naming=Review.NAMED if form.cleaned_data["named"] else Review.UNNAMED,
                photos=asked.received.uploads,
                removed_photos=request.POST.getlist("remove"),
                by=person_of(request),
                at=timezone.now(),
            )
        except UnableTo as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("Terima kasih, ulasan Anda sudah tampil."))
            return redirect("reviews:of_order", asked.secret, asked.order.number)
    return _form_page(request, asked, form, written)


def _form_page(request: HttpRequest, asked: Asked, form: ReviewForm, written: Review | None) -> HttpResponse:
    order, line = asked.order, asked.line
    context: dict[str, Any] = {
        "secret": asked.secret,
        "number": order.number,
        "title": line.product_name if line else order.shop.name,
        "is_of_seller": line is None,
        "form": form,
        "chosen": str(form["stars"].value() or ""),
        "star_words": queries.STAR_WORDS,
        "named_as": queries.name_of_buyer(order),
        "photos": [
            {"id": photo["key"], "picture": photo_sources(photo)}
            for photo in (written.photos if written else [])
        ],
        "received": asked.received,
        "nav_active": "pesanan",
    }
    return _private(render(request, "reviews/review.html", context, status=422 if form.is_bound else 200))


def _line(order: Order, subject: str) -> OrderLine | None:
    try:
        return queries.line_of(order, subject)
    except LookupError as unknown:
        raise Http404 from unknown


def _private(response: HttpResponse) -> HttpResponse:
    """The address is the key, as that of the order itself."""
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
