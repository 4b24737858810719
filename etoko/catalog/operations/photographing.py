"""Photos of products: hung on them, taken off, finished in the background, swept away when unused."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import task

from etoko.catalog.facts import ProductChanged
from etoko.catalog.models import PaymentOption, Product, ProductPhoto, QrisCode
from etoko.catalog.photos import (
    Upload,
    drop_photo,
    is_sweeping_due,
    kept_keys,
    make_modern_formats,
    photo_as_json,
)
from etoko.foundation.effects import announce

MOST_PHOTOS = 6
_KEPT_UNUSED = timedelta(days=2)
_FINISHED_WITHIN = timedelta(minutes=10)
_FINISHED_AT_ONCE = 20


def hang_photos(
    *, product: Product, uploads: Sequence[Upload], removed: Sequence[int] = (), first: int | None = None
) -> tuple[list[str], list[str]]:
    """Part of the deeds that add and edit a product: runs in their transaction, with the product locked.

    `removed` and `first` are ids of photos it has already. Returns the keys before and afterwards. The
    files of removed photos go once the change is certain.
    """
    before = list(product.photos.all())
    kept = [photo for photo in before if photo.pk not in removed]
    kept.sort(key=lambda photo: photo.pk != first)
    fresh = [
        ProductPhoto.objects.create(
            product=product, key=upload.key, width=upload.width, height=upload.height, alt=product.name[:200]
        )
        for upload in uploads[: MOST_PHOTOS - len(kept)]
    ]
    for gone in before:
        if gone.pk in removed:
            gone.delete()
            transaction.on_commit(lambda key=gone.key: drop_photo(key))  # type: ignore[misc]
    after = kept + fresh
    for position, photo in enumerate(after):
        photo.position = position
        photo.save(update_fields=["position"])
    product.photo = photo_as_json(after[0]) if after else {}
    product.save(update_fields=["photo"])
    for photo in fresh:
        # A row in the same database: it is there exactly when the photo is.
        finish_in_background.enqueue(photo.key)
    return [photo.key for photo in before], [photo.key for photo in after]


@transaction.atomic
def finish_photo(*, key: str, at: datetime) -> None:
    """Make the modern formats and let pages use them. Twice, or after the photo is gone, does no harm."""
    photo = ProductPhoto.objects.filter(key=key, state=ProductPhoto.WAITING).first()
    if photo is None:
        return
    made = make_modern_formats(key, photo.width)
    product = Product.objects.select_for_update().get(pk=photo.product_id)
    photo.state = ProductPhoto.READY if len(made) == 2 else ProductPhoto.FAILED
    photo.save(update_fields=["state"])
    if product.photo.get("key") == key:
        product.photo = photo_as_json(photo)
        product.save(update_fields=["photo"])
        announce(ProductChanged(product.pk))


@task()
def finish_in_background(key: str) -> None:
    from django.utils import timezone

    finish_photo(key=key, at=timezone.now())


def sweep_photos(*, at: datetime) -> int:
    """Finish what a killed worker left lying, and once a day throw away pictures that no row names, of forms
    that were never sent. The worker calls it with every tick. Returns how many pictures it touched."""
    waiting = ProductPhoto.objects.filter(
        state=ProductPhoto.WAITING, created_at__lt=at - _FINISHED_WITHIN
    ).order_by("id")[:_FINISHED_AT_ONCE]
    keys = list(waiting.values_list("key", flat=True))
    for key in keys:
        finish_photo(key=key, at=at)
    return len(keys) + (_throw_away_unused(at) if is_sweeping_due(at) else 0)


NamedPhotos = Callable[[], Iterable[str]]
_named_above: list[NamedPhotos] = []


def keep_photos_of(*providers: NamedPhotos) -> None:
    """Rooms above hang photos too. Each provider gives the keys that its rows name, so that they are not
    swept away; told once, when the rooms are loaded (`config/apps.py`)."""
    _named_above[:] = providers


def _throw_away_unused(at: datetime) -> int:
    named = set(ProductPhoto.objects.values_list("key", flat=True))
    for paths in (
        PaymentOption.objects.exclude(qris_image="").values_list("qris_image", flat=True),
        QrisCode.objects.exclude(image="").values_list("image", flat=True),
    ):
        named.update(path.removeprefix("photos/").split("-")[0] for path in paths)
    for provider in _named_above:
        named.update(provider())
    oldest = (at - _KEPT_UNUSED).timestamp()
    unused = [key for key, written_at in kept_keys().items() if key not in named and written_at < oldest]
    for key in unused:
        drop_photo(key)
    return len(unused)
