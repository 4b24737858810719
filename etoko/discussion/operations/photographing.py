"""Pictures of posts: modern formats in the background, and which must not be swept away."""

from collections.abc import Iterable

from django.db import transaction
from django_tasks import task

from etoko.catalog.photos import make_modern_formats
from etoko.discussion.models import Post
from etoko.discussion.states import UPHELD, WITHDRAWN


@transaction.atomic
def finish_photo(*, post_id: int, key: str) -> None:
    """Let pages use the modern formats. Twice, or after the photo is gone, does no harm."""
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    photo = next((photo for photo in post.photos if photo["key"] == key), None) if post else None
    if post is None or photo is None:
        return
    photo["formats"] = make_modern_formats(key, photo["width"])
    post.save(update_fields=["photos"])


@task()
def finish_in_background(post_id: int, key: str) -> None:
    finish_photo(post_id=post_id, key=key)


def kept_photos() -> Iterable[str]:
    """Keys of those that may still be shown: what was taken back or stays hidden for good is swept away."""
    kept = Post.objects.exclude(photos=[]).exclude(state__in=(UPHELD, WITHDRAWN))
    for photos in kept.values_list("photos", flat=True):
        yield from (photo["key"] for photo in photos)
