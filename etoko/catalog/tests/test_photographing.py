import errno
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image

from etoko.catalog import photos
from etoko.catalog.models import Product, ProductPhoto, Shop
from etoko.catalog.operations.photographing import finish_in_background, finish_photo, sweep_photos
from etoko.catalog.photos import keep_photo, photo_sources
from etoko.catalog.tests.pictures import held_sideways, picture
from etoko.catalog.tests.stall import put_on_sale
from etoko.foundation.pictures import UnableToKeepPhoto, UnableToReadPhoto
from etoko.people.models import Person
from tests.cast import NOW


def kept(name: str) -> Image.Image:
    image = Image.open(Path(settings.MEDIA_ROOT) / "photos" / name)
    image.load()
    return image


def files() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_photo_held_sideways_stands_upright_and_tells_nothing_of_where_it_was_taken() -> None:
    upload = keep_photo(BytesIO(held_sideways()))
    assert (upload.width, upload.height) == (900, 1200)
    image = kept(f"{upload.key}-900.jpg")
    top, bottom = image.getpixel((450, 100)), image.getpixel((450, 1100))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert (top[0] > 200, top[2] < 60) == (True, True)
    assert (bottom[2] > 200, bottom[0] < 60) == (True, True)
    assert not image.getexif()
    for name in files():
        content = (Path(settings.MEDIA_ROOT) / name).read_bytes()
        assert b"KameraRahasia" not in content
        assert b"catatan rahasia" not in content
        assert b"Exif" not in content


def test_twelve_megapixels_become_three_widths_quickly() -> None:
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    out = BytesIO()
    noise.save(out, "JPEG", quality=90)
    started = time.process_time()
    upload = keep_photo(out)
    assert time.process_time() - started < 3
    assert (upload.width, upload.height) == (1080, 810)
    assert files() == [f"photo-sources/{upload.key}.jpg"] + [
        f"photos/{upload.key}-{width}.jpg" for width in (1080, 320, 640)
    ]


def test_a_small_photo_is_not_blown_up() -> None:
    upload = keep_photo(BytesIO(picture((500, 400))))
    assert photos.sizes_of(upload.width) == [320, 500]
    assert kept(f"{upload.key}-500.jpg").size == (500, 400)


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (picture(mode="RGBA", colour=(255, 0, 0, 0), kind="PNG"), (255, 255, 255)),
        (picture(mode="CMYK", colour=(0, 255, 255, 0)), (255, 0, 0)),
        (picture(mode="P", colour=0, kind="GIF"), (0, 0, 0)),
        (picture(mode="LA", colour=(0, 255), kind="PNG"), (0, 0, 0)),
        (picture(mode="1", colour=1, kind="PNG"), (255, 255, 255)),
        (picture(mode="I;16", colour=0, kind="PNG"), (0, 0, 0)),
        (picture(colour="blue", kind="WEBP", lossless=True), (0, 0, 255)),
        (picture(colour="blue", kind="AVIF"), (0, 0, 255)),
    ],
    ids=["see-through PNG", "CMYK", "GIF", "grey with alpha", "black and white", "16 bits", "WebP", "AVIF"],
)
def test_every_kind_that_phones_send_is_taken(content: bytes, colour: tuple[int, int, int]) -> None:
    upload = keep_photo(BytesIO(content))
    shown = kept(f"{upload.key}-320.jpg").getpixel((10, 10))
    assert isinstance(shown, tuple)
    assert all(abs(is_ - wanted) <= 8 for is_, wanted in zip(shown, colour, strict=True)), shown


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"halo, ini teks", "bukan foto yang bisa dibaca"),
        (b"<svg onload='alert(1)'/>", "gambar atau halaman web"),
        (b"\n<!doctype html><script>1</script>", "gambar atau halaman web"),
        (b"PK\x03\x04rest of a zip", "bukan foto yang bisa dibaca"),
        (b"%PDF-1.7", "bukan foto yang bisa dibaca"),
        (b"GIF89a/*<script>alert(1)</script>*/", "terlalu besar|tidak utuh|bukan foto"),
        (picture()[:4000], "tidak utuh"),
        (picture(kind="PNG")[:200], "tidak utuh|bukan foto"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (picture((9000, 9000), mode="L", colour=0), "terlalu besar"),
        (picture((6000, 5000), mode="1", colour=0, kind="PNG"), "terlalu besar"),
    ],
    ids=[
        "empty",
        "text",
        "SVG",
        "HTML",
        "zip",
        "PDF",
        "GIF script",
        "cut JPEG",
        "cut PNG",
        "HEIC",
        "81 MP",
        "bomb",
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence_and_nothing_is_kept(
    content: bytes, sentence: str
) -> None:
    with pytest.raises(UnableToReadPhoto, match=sentence):
        keep_photo(BytesIO(content))
    assert files() == []


def test_a_photo_of_more_than_25_mb_is_refused() -> None:
    with pytest.raises(UnableToReadPhoto, match="25 MB"):
        keep_photo(BytesIO(b"\xff\xd8" + b"0" * 26 * 1024 * 1024))


def test_what_hides_behind_a_photo_is_not_kept() -> None:
    upload = keep_photo(BytesIO(picture() + b"<script>alert(1)</script>PK\x03\x04"))
    assert upload.width == 1080
    for name in files():
        assert b"<script" not in (Path(settings.MEDIA_ROOT) / name).read_bytes()


def test_a_full_disk_says_so_and_leaves_nothing_half_written(monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes
    written: list[Path] = []

    def full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 3:
            write(path, content[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UnableToKeepPhoto, match="penyimpanan sedang penuh"):
        keep_photo(BytesIO(picture()))
    assert files() == []


def test_the_page_shows_jpeg_at_once_and_modern_formats_when_the_worker_is_done(
    draft_shop: Shop, rahma: Person
) -> None:
    upload = keep_photo(BytesIO(picture()))
    product = put_on_sale(draft_shop, rahma, photos=[upload])
    product.refresh_from_db()
    at_once = photo_sources(product.photo)
    assert at_once is not None
    assert at_once.src == f"/media/photos/{upload.key}-640.jpg"
    assert (at_once.avif, at_once.webp) == ("", "")
    assert DBTaskResult.objects.get().args_kwargs["args"] == [upload.key]
    finish_in_background.call(upload.key)
    product.refresh_from_db()
    done = photo_sources(product.photo)
    assert done is not None
    assert done.avif == ", ".join(f"/media/photos/{upload.key}-{w}.avif {w}w" for w in (320, 640, 1080))
    assert kept(f"{upload.key}-640.avif").size == (640, 480)
    assert f"photo-sources/{upload.key}.jpg" not in files()
    before = files()
    finish_photo(key=upload.key, at=NOW)
    assert files() == before


def test_a_photo_that_is_gone_before_the_worker_comes_does_no_harm(db: None) -> None:
    finish_photo(key="gone", at=NOW)


def test_pictures_that_nobody_names_are_swept_after_two_days(draft_shop: Shop, rahma: Person) -> None:
    from django.utils import timezone

    used = keep_photo(BytesIO(picture()))
    put_on_sale(draft_shop, rahma, photos=[used])
    unused = keep_photo(BytesIO(picture()))
    finish_photo(key=used.key, at=NOW)
    now = timezone.now()
    assert sweep_photos(at=now) == 0
    assert sweep_photos(at=now + timedelta(hours=23)) == 0
    assert sweep_photos(at=now + timedelta(days=3)) == 1
    assert not any(unused.key in name for name in files())
    assert any(used.key in name for name in files())


def test_what_a_killed_worker_left_is_finished_later(draft_shop: Shop, rahma: Person) -> None:
    from django.utils import timezone

    put_on_sale(draft_shop, rahma, photos=[keep_photo(BytesIO(picture()))])
    assert sweep_photos(at=timezone.now()) == 0
    assert ProductPhoto.objects.get().state == ProductPhoto.WAITING
    assert sweep_photos(at=timezone.now() + timedelta(hours=1)) == 1
    assert ProductPhoto.objects.get().state == ProductPhoto.READY
    assert Product.objects.get().photo["formats"] == ["avif", "webp"]
    assert sweep_photos(at=timezone.now() + timedelta(hours=1)) == 0


def test_a_source_that_is_broken_leaves_the_jpeg_and_is_not_tried_for_ever(
    draft_shop: Shop, rahma: Person
) -> None:
    upload = keep_photo(BytesIO(picture()))
    put_on_sale(draft_shop, rahma, photos=[upload])
    source = Path(settings.MEDIA_ROOT) / "photo-sources" / f"{upload.key}.jpg"
    source.write_bytes(source.read_bytes()[:100])
    finish_photo(key=upload.key, at=NOW)
    assert ProductPhoto.objects.get().state == ProductPhoto.FAILED
    shown = photo_sources(Product.objects.get().photo)
    assert shown is not None
    assert (shown.src, shown.avif) == (f"/media/photos/{upload.key}-640.jpg", "")


def test_photos_are_given_out_for_ever_and_nothing_else_is(client: Client, db: None) -> None:
    upload = keep_photo(BytesIO(picture()))
    answer = client.get(f"/media/photos/{upload.key}-640.jpg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in (
        f"/media/photo-sources/{upload.key}.jpg",
        f"/media/photos/../photo-sources/{upload.key}.jpg",
        f"/media/photos/%2e%2e/photo-sources/{upload.key}.jpg",
        f"/media/photos/{upload.key}-640.svg",
        f"/media/photos/{'a' * 20}-640.jpg",
        "/media/photos/",
    ):
        assert client.get(path).status_code == 404, path


def test_photos_are_removed_and_put_in_front(
    client: Client, rahma: Person, draft_shop: Shop, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = keep_photo(BytesIO(picture())), keep_photo(BytesIO(picture(colour="blue")))
    product = put_on_sale(draft_shop, rahma, photos=[first, second])
    variant = product.variants.get()
    old, front = product.photos.all()
    client.force_login(rahma)
    form = {
        "name": product.name, "unit": "bungkus", "supply": "stock", "category": "kerupuk",
        "version": Product.objects.get().version, "v0-id": variant.pk, "v0-seen_on_hand": 10,
        "v0-on_hand": 10, "v0-price": "12.000", "first": front.pk,
    }  # fmt: skip
    address = f"/jualan/{draft_shop.public_id}/produk/{product.public_id}/"
    client.post(address, form)
    assert Product.objects.get().photo["key"] == second.key
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, form | {"version": Product.objects.get().version, "remove": [old.pk]})
    assert [photo.key for photo in ProductPhoto.objects.all()] == [second.key]
    assert not any(first.key in name for name in files())
