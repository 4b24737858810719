"""Gates of reviews. Whoever has the private link of an order may review it; no account is needed."""

from dataclasses import dataclass

from django.http import Http404

from etoko.catalog.access import Selling, shop_for_seller
from etoko.people.access import areas_with, may
from etoko.people.models import Person
from etoko.people.roles import MODERATE_REVIEWS
from etoko.reviews.models import Review
from etoko.reviews.states import VISIBLE


def review_for_seller(person: Person, shop_id: str, public_id: str) -> tuple[Selling, Review]:
    selling = shop_for_seller(person, shop_id)
    return selling, _found(public_id, shop=selling.shop)


def review_to_report(public_id: str) -> Review:
    """One that everybody sees."""
    return _found(public_id, status=VISIBLE)


@dataclass(frozen=True)
class Moderating:
    review: Review
    person: Person


def review_for_moderator(person: Person, public_id: str) -> Moderating:
    review = _found(public_id)
    if not may(person, MODERATE_REVIEWS, review.area_code):
        raise Http404
    return Moderating(review, person)


def areas_to_moderate(person: Person) -> list[str]:
    codes = areas_with(person, MODERATE_REVIEWS) if person.is_authenticated else []
    if not codes:
        raise Http404
    return codes


def _found(public_id: str, **more: object) -> Review:
    review = (
        Review.objects.select_related("shop", "product", "order__group__buyer")
        .filter(public_id=public_id, **more)
        .first()
    )
    if review is None:
        raise Http404
    return review
