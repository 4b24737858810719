"""Photos of reviews: modern formats in the background, and which pictures must not be swept away."""

from collections.abc import Iterable

from django.db import transaction
from django_tasks import task

from etoko.catalog.photos import make_modern_formats
from etoko.reviews.models import Review, ReviewVersion


@transaction.atomic
def finish_photo(*, review_id: int, key: str) -> None:
    """Let pages use the modern formats. Twice, or after the photo is gone, does no harm."""
    review = Review.objects.select_for_update().filter(pk=review_id).first()
    photo = next((photo for photo in review.photos if photo["key"] == key), None) if review else None
    if review is None or photo is None:
        return
    photo["formats"] = make_modern_formats(key, photo["width"])
    review.save(update_fields=["photos"])


@task()
def finish_in_background(review_id: int, key: str) -> None:
    finish_photo(review_id=review_id, key=key)


def kept_photos() -> Iterable[str]:
    """Keys of the pictures that some version of a review names."""
    for photos in ReviewVersion.objects.exclude(photos=[]).values_list("photos", flat=True):
        yield from (photo["key"] for photo in photos)
