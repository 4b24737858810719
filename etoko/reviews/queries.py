"""Questions about reviews: plain rows for the buyer, the seller, the officer and everybody."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.access import may_be_seen
from etoko.catalog.models import Product, Shop
from etoko.catalog.photos import Picture, photo_sources
from etoko.catalog.rating import LEAST, MOST, Rating, rating_of
from etoko.catalog.states import PUBLISHED, SHOP_CLOSED, SHOP_OPEN
from etoko.foundation.days import show_day
from etoko.ordering.models import Order, OrderLine
from etoko.people.access import within
from etoko.reviews.models import Review, ReviewReport
from etoko.reviews.operations.reviewing import EDITABLE_FOR
from etoko.reviews.states import HIDDEN, REVIEW_FLOW, VISIBLE

PER_PAGE = 10
STAR_WORDS: dict[int, Promise] = {
    1: gettext_lazy("Buruk"),
    2: gettext_lazy("Kurang"),
    3: gettext_lazy("Cukup"),
    4: gettext_lazy("Bagus"),
    5: gettext_lazy("Bagus sekali"),
}
SELLER = "penjual"
"""What a review is of, as it stands in an address: this, or the id of a line."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    public_id: str
    stars: int
    word: str
    text: str
    pictures: list[Picture]
    author: str
    """ "Siti, Taban" where she agreed, else "Pembeli"."""
    at: str
    is_changed: bool
    about: str
    """What she bought."""
    reply: str
    replied_at: str
    shop_name: str


def row_of(review: Review, about: str = "") -> ReviewRow:
    """`shop` must have been read along."""
    return ReviewRow(
        public_id=review.public_id,
        stars=review.stars,
        word=str(STAR_WORDS[review.stars]),
        text=review.text,
        pictures=[picture for photo in review.photos if (picture := photo_sources(photo))],
        author=author_of(review),
        at=show_day(timezone.localdate(review.created_at)),
        is_changed=review.version > 1,
        about=about,
        reply=review.reply,
        replied_at=show_day(timezone.localdate(review.replied_at)) if review.replied_at else "",
        shop_name=review.shop.name,
    )


def author_of(review: Review) -> str:
    if review.naming != Review.NAMED:
        return _("Pembeli")
    return ", ".join(part for part in (review.author_name, review.author_village) if part)


# ------------------------------------------------------------------------------------- for everybody


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave so many stars."""

    stars: int
    count: int


@dataclass(frozen=True, slots=True)
class ReviewList:
    title: str
    href: str
    """The page of what it is about."""
    place: str
    rating: Rating | None
    bars: list[Bar]
    rows: list[ReviewRow]
    page: int
    pages: int


def product_reviews(public_id: str, *, page: int) -> ReviewList | None:
    """None for goods that nobody can see. Three queries."""
    product = (
        Product.objects.select_related("shop__area", "shop__business")
        .filter(public_id=public_id, status=PUBLISHED, shop__status__in=(SHOP_OPEN, SHOP_CLOSED))
        .first()
    )
    if product is None or not may_be_seen(product.shop):
        return None
    return _list(
        Review.objects.filter(product=product),
        rating_of(product.rating_count, product.rating_sum),
        page,
        title=product.name,
        href=f"/produk/{product.public_id}/{product.slug}/",
        place=f"{product.shop.name}, {product.shop.area.name}",
    )


def shop_reviews(slug: str, *, page: int) -> ReviewList | None:
    """Of the shop itself; those of its goods stand with the goods. Three queries."""
    seen = Shop.objects.select_related("area", "business").filter(status__in=(SHOP_OPEN, SHOP_CLOSED))
    shop = seen.filter(slug=slug).first()
    if shop is None or not may_be_seen(shop):
        return None
    return _list(
        Review.objects.filter(shop=shop, line=None),
        rating_of(shop.rating_count, shop.rating_sum),
        page,
        title=shop.name,
        href=f"/toko/{shop.slug}/",
        place=shop.area.name,
    )


def _list(
    reviews: QuerySet[Review], rating: Rating | None, page: int, *, title: str, href: str, place: str
) -> ReviewList:
    shown = reviews.filter(status=VISIBLE)
    given = dict(shown.order_by().values_list("stars").annotate(number=Count("pk")))
    pages = max(1, math.ceil(sum(given.values()) / PER_PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * PER_PAGE
    found = shown.select_related("shop", "line").order_by("-created_at", "-id")[start : start + PER_PAGE]
    return ReviewList(
        title=title,
        href=href,
        place=place,
        rating=rating,
        bars=[Bar(stars, given.get(stars, 0)) for stars in range(MOST, LEAST - 1, -1)],
        rows=[row_of(review, review.line.variant_name if review.line else "") for review in found],
        page=page,
        pages=pages,
    )


def first_reviews(product_id: int) -> list[ReviewRow]:
    """Two with words, the newest. One query."""
    found = (
        Review.objects.filter(product_id=product_id, status=VISIBLE)
        .exclude(text="")
        .select_related("shop")
        .order_by("-created_at", "-id")[:2]
    )
    return [row_of(review) for review in found]


# -------------------------------------------------------------------------------------- the buyer


def name_of_buyer(order: Order) -> str:
    """As it would stand beside her review if she agrees."""
    parts = (order.group.name.split()[0], order.group.village)
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something of an order that can be reviewed."""

    key: str
    title: str
    sub: str
    review: ReviewRow | None
    is_hidden: bool
    hidden_reason: str
    is_editable: bool


def subjects_of(order: Order, *, at: datetime) -> list[Subject]:
    """Its goods, then its seller. Two queries."""
    reviews = {review.line_id: review for review in Review.objects.filter(order=order).select_related("shop")}
    lines = OrderLine.objects.filter(order=order, quantity__gt=0)
    rows = [
        _subject(str(line.pk), line.product_name, line.variant_name, reviews.get(line.pk), at)
        for line in lines
    ]
    return [*rows, _subject(SELLER, order.shop.name, _("Penjualnya"), reviews.get(None), at)]


def _subject(key: str, title: str, sub: str, review: Review | None, at: datetime) -> Subject:
    hidden = review is not None and review.status == HIDDEN
    return Subject(
        key=key,
        title=title,
        sub=sub,
        review=row_of(review) if review else None,
        is_hidden=hidden,
        hidden_reason=review.hidden_reason if review else "",
        is_editable=not hidden and (review is None or at <= review.created_at + EDITABLE_FOR),
    )


def line_of(order: Order, key: str) -> OrderLine | None:
    """The line that the address names; None for the seller. Raises LookupError for neither."""
    if key == SELLER:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise LookupError(key)
    line = (
        OrderLine.objects.select_related("variant").filter(order=order, pk=int(key), quantity__gt=0).first()
    )
    if line is None:
        raise LookupError(key)
    return line


def review_of(order: Order, line: OrderLine | None) -> Review | None:
    return Review.objects.select_related("shop").filter(order=order, line=line).first()


def said_before(review: Review | None) -> dict[str, Any]:
    """What her form starts from."""
    if review is None:
        return {}
    return {"stars": review.stars, "text": review.text, "named": review.naming == Review.NAMED}


# ------------------------------------------------------------------------------------- the seller


@dataclass(frozen=True, slots=True)
class SellerReviews:
    rating: Rating | None
    rows: list[ReviewRow]
    page: int
    pages: int
    unanswered: int


def seller_reviews(shop: Shop, *, page: int) -> SellerReviews:
    """Of her goods and of herself, those without a reply first. Three queries."""
    reviews = Review.objects.filter(shop=shop, status=VISIBLE)
    counted = reviews.aggregate(all=Count("pk"), open=Count("pk", filter=Q(replied_at=None)))
    pages = max(1, math.ceil(counted["all"] / PER_PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * PER_PAGE
    found = (
        reviews.select_related("shop", "line")
        .annotate(answered=Case(When(replied_at=None, then=0), default=1))
        .order_by("answered", "-created_at", "-id")[start : start + PER_PAGE]
    )
    return SellerReviews(
        rating=rating_of(shop.rating_count, shop.rating_sum),
        rows=[row_of(review, _about(review)) for review in found],
        page=page,
        pages=pages,
        unanswered=counted["open"],
    )


def _about(review: Review) -> str:
    return review.line.product_name if review.line else _("Tentang toko")


# ------------------------------------------------------------------------------------ the officer


@dataclass(frozen=True, slots=True)
class Reported:
    review: ReviewRow
    village: str
    reasons: list[str]
    status: str
    hidden_reason: str
    moves: list[Any]


@dataclass(frozen=True, slots=True)
class Desk:
    open: list[Reported]
    """With reports that nobody has looked at."""
    hidden: list[Reported]
    newest: list[Reported]


def moderation_desk(codes: list[str]) -> Desk:
    """At most fifty of each. Four queries."""
    here = Review.objects.filter(within(codes, "area_code")).select_related("shop__area", "line")
    reported = list(
        here.filter(status=VISIBLE, reports__settled_at=None, reports__isnull=False)
        .distinct()
        .order_by("pk")[:50]
    )
    reasons: dict[int, list[str]] = {review.pk: [] for review in reported}
    for report in ReviewReport.objects.filter(review__in=reported, settled_at=None).order_by("pk"):
        reasons[report.review_id].append(report.reason)
    hidden = here.filter(status=HIDDEN).order_by("-changed_at", "-pk")[:50]
    newest = here.filter(status=VISIBLE).order_by("-created_at", "-pk")[:20]
    return Desk(
        [_reported(review, reasons[review.pk]) for review in reported],
        [_reported(review, []) for review in hidden],
        [_reported(review, []) for review in newest],
    )


def _reported(review: Review, reasons: list[str]) -> Reported:
    return Reported(
        review=row_of(review, _about(review)),
        village=review.shop.area.name,
        reasons=reasons,
        status=review.status,
        hidden_reason=review.hidden_reason,
        moves=REVIEW_FLOW.moves_from(review.status, ["officer"]),
    )
