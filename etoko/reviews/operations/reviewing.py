"""A buyer says what she thinks, and may say it otherwise for a while. Each version is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.operations.rating import rate_product, rate_shop
from etoko.catalog.photos import Upload
from etoko.catalog.rating import LEAST, MOST
from etoko.foundation.problems import UnableTo
from etoko.ordering.models import Order, OrderLine
from etoko.ordering.states import COMPLETED
from etoko.people.models import Person
from etoko.reviews.models import Review, ReviewVersion
from etoko.reviews.operations.photographing import finish_in_background
from etoko.reviews.operations.telling import tell_seller_of_review
from etoko.reviews.states import HIDDEN

EDITABLE_FOR = timedelta(days=30)
LONGEST_TEXT = 2_000
MOST_PHOTOS = 4


class UnableToReview(UnableTo):
    pass


@transaction.atomic
def write_review(
    *,
    order: Order,
    line: OrderLine | None,
    stars: int,
    text: str = "",
    naming: str = Review.UNNAMED,
    photos: Sequence[Upload] = (),
    removed_photos: Sequence[str] = (),
    by: Person | None,
    at: datetime,
) -> Review:
    """The buyer's word on a line of a completed order, or on its seller (`line` None); or another word.

    `photos` are added to those there are, less those whose keys are removed. Raises UnableToReview.
    """
    # Two tabs that say it at once wait here: the second then changes what the first said.
    locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    review = Review.objects.select_for_update().filter(order=locked, line=line).first()
    _check_subject(locked, line, review, at)
    _check_words(stars, text)
    kept = [photo for photo in review.photos if photo["key"] not in removed_photos] if review else []
    fresh: list[dict[str, Any]] = [{"key": up.key, "width": up.width, "height": up.height} for up in photos]
    said: dict[str, Any] = {
        "stars": stars,
        "text": text.strip(),
        "photos": (kept + fresh)[:MOST_PHOTOS],
        "naming": naming,
    }
    if review is None:
        review = _new(order, line, said, at)
        changed_by = (1, stars)
        tell_seller_of_review(review=review, at=at)
    else:
        changed_by = (0, stars - review.stars)
        review = _changed(review, said, at)
    ReviewVersion.objects.create(review=review, number=review.version, at=at, **said)
    count(review, *changed_by)
    for photo in fresh:
        finish_in_background.enqueue(review.pk, photo["key"])
    record_deed(
        deed="write_review",
        subject=review,
        by=by,
        at=at,
        area_code=review.area_code,
        changes={"stars": (stars - changed_by[1] if review.version > 1 else 0, stars)},
    )
    return review


def count(review: Review, count_by: int, stars_by: int) -> None:
    """Keeps the sums of the goods, or of the shop, in step."""
    if not (count_by or stars_by):
        return
    if review.product_id:
        rate_product(product_id=review.product_id, count_by=count_by, stars_by=stars_by)
    else:
        rate_shop(shop_id=review.shop_id, count_by=count_by, stars_by=stars_by)


def _check_subject(order: Order, line: OrderLine | None, review: Review | None, at: datetime) -> None:
    if order.state != COMPLETED:
        raise UnableToReview(_("Ulasan bisa ditulis setelah pesanan selesai."))
    if line is not None and (line.order_id != order.pk or not line.quantity):
        raise UnableToReview(_("Barang itu tidak ada di pesanan ini. Muat ulang halaman."))
    if review is not None and review.status == HIDDEN:
        raise UnableToReview(_("Ulasan ini disembunyikan petugas, jadi tidak bisa diubah."))
    if review is not None and at > review.created_at + EDITABLE_FOR:
        raise UnableToReview(_("Ulasan hanya bisa diubah selama 30 hari, dan itu sudah lewat."))


def _check_words(stars: int, text: str) -> None:
    if not LEAST <= stars <= MOST:
        raise UnableToReview(_("Ketuk bintangnya dulu, satu sampai lima."), field="stars")
    if len(text) > LONGEST_TEXT:
        raise UnableToReview(_("Tulis paling banyak 2.000 huruf."), field="text")


def _new(order: Order, line: OrderLine | None, said: dict[str, Any], at: datetime) -> Review:
    return Review.objects.create(
        order=order,
        line=line,
        shop=order.shop,
        product_id=line.variant.product_id if line else None,
        area_code=order.area_code,
        author_name=order.group.name.split()[0][:60],
        author_village=order.group.village,
        created_at=at,
        changed_at=at,
        **said,
    )


def _changed(review: Review, said: dict[str, Any], at: datetime) -> Review:
    for field, value in said.items():
        setattr(review, field, value)
    review.version += 1
    review.changed_at = at
    review.save(update_fields=[*said, "version", "changed_at"])
    return review
