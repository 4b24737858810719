"""Photos of goods, opened with care (`foundation/pictures.py`), made small, and kept.

JPEG is made while the sender waits; AVIF and WebP follow in the background (`operations/photographing.py`).
Until then the upright picture lies in `photo-sources/`, which no address leads to; afterwards it is deleted:
the largest size is all that is kept.

    MEDIA_ROOT/photos/KEY-320.jpg KEY-640.jpg KEY-1080.jpg KEY-320.avif …
    MEDIA_ROOT/photos/KEY-qris.png
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from etoko.catalog.models import ProductPhoto
from etoko.foundation.pictures import (
    UnableToReadPhoto,
    clean_photo,
    encoded,
    narrowed,
    open_photo,
    write_all,
)
from etoko.foundation.qrcodes import qris_in
from etoko.foundation.qris import Qris

WIDTHS = (320, 640, 1080)
_MODERN = ("avif", "webp")
FILE_NAME = r"[0-9a-z]{20}-(?:\d{2,4}\.(?:jpg|webp|avif)|qris\.png)"
"""The only names that the media address answers to."""


@dataclass(frozen=True)
class Upload:
    """A picture that is kept already but belongs to nothing yet."""

    key: str
    width: int
    height: int


@dataclass(frozen=True)
class Picture:
    """What the component `picture` needs. `avif` and `webp` are srcset texts, empty until they are made."""

    src: str
    small: str
    width: int
    height: int
    alt: str
    avif: str
    webp: str


def photo_sources(photo: Mapping[str, Any]) -> Picture | None:
    """From `Product.photo`; None when there is none and the woven pattern stands in."""
    if not photo:
        return None
    key, width, height = photo["key"], photo["width"], photo["height"]
    sizes = sizes_of(width)
    made = photo.get("formats", ())
    return Picture(
        src=photo_url(key, _nearest(sizes, 640)),
        small=photo_url(key, sizes[0]),
        width=width,
        height=height,
        alt=photo.get("alt", ""),
        **{
            kind: ", ".join(f"{photo_url(key, size, kind)} {size}w" for size in sizes) if kind in made else ""
            for kind in _MODERN
        },
    )


def photo_as_json(photo: ProductPhoto) -> dict[str, Any]:
    """What `Product.photo` holds of its first photo."""
    return {
        "key": photo.key,
        "width": photo.width,
        "height": photo.height,
        "alt": photo.alt,
        "formats": list(_MODERN) if photo.state == ProductPhoto.READY else [],
    }


def sizes_of(width: int) -> list[int]:
    """The widths that a picture is kept in, when it is `width` wide in the largest."""
    return [size for size in WIDTHS if size < width] + [width]


def photo_url(key: str, size: int, kind: str = "jpg") -> str:
    return f"{settings.MEDIA_URL}photos/{key}-{size}.{kind}"


def qris_url(path: str) -> str:
    """From `PaymentOption.qris_image`."""
    return f"{settings.MEDIA_URL}{path}" if path else ""


def _nearest(sizes: list[int], wanted: int) -> int:
    return next((size for size in sizes if size >= wanted), sizes[-1])


# ------------------------------------------------------------------------------------- keeping


def keep_photo(sent: IO[bytes]) -> Upload:
    """Read, turn, shrink and keep a picture; raises UnableToReadPhoto or UnableToKeepPhoto."""
    largest = WIDTHS[-1]
    with open_photo(sent) as image:
        # The smallest fraction that is still larger than needed: twelve megapixels become three before
        # they are ever in memory, whichever way the phone was held.
        image.draft("RGB", (largest, largest))
        upright = clean_photo(image, largest)
    key = _new_key()
    files = {_source(key): encoded(upright, "JPEG", quality=92)}
    for size in sizes_of(upright.width):
        picture = upright if size == upright.width else narrowed(upright, size)
        files[_path(key, size, "jpg")] = encoded(picture, "JPEG", quality=80, progressive=True, optimize=True)
    write_all(files)
    return Upload(key, upright.width, upright.height)


def keep_qris(sent: IO[bytes]) -> str:
    """Keep the picture that a QRIS was read from. Returns its path below MEDIA_ROOT."""
    with open_photo(sent) as image:
        image.draft("RGB", (1080, 1080))
        upright = clean_photo(image, 1080)
    key = _new_key()
    # A QR code is few colours: a tenth of the bytes.
    few = upright.quantize(64, method=Image.Quantize.MEDIANCUT)
    write_all({folder() / f"{key}-qris.png": encoded(few, "PNG", optimize=True)})
    return f"photos/{key}-qris.png"


def read_qris_picture(path: str) -> Qris:
    """From a picture that `keep_qris` kept. Raises UnableToReadPhoto, UnableToReadQris."""
    try:
        content = (Path(settings.MEDIA_ROOT) / path).read_bytes()
    except OSError as error:
        raise UnableToReadPhoto(_("Gambar QRIS ini sudah tidak ada. Unggah sekali lagi.")) from error
    return qris_in(BytesIO(content))


def make_modern_formats(key: str, width: int) -> list[str]:
    """Make AVIF and WebP of a kept picture and drop its source; the second time there is nothing to do."""
    source = _source(key)
    if not source.exists():
        return [kind for kind in _MODERN if all(_path(key, s, kind).exists() for s in sizes_of(width))]
    try:
        with Image.open(source) as image:
            upright = image.convert("RGB")
    except OSError:
        # Half written when the machine went down. What pages show lies beside it and is whole.
        source.unlink(missing_ok=True)
        return []
    files: dict[Path, bytes] = {}
    for size in sizes_of(width):
        picture = upright if size == upright.width else narrowed(upright, size)
        files[_path(key, size, "avif")] = encoded(picture, "AVIF", quality=55, speed=8)
        files[_path(key, size, "webp")] = encoded(picture, "WEBP", quality=75, method=4)
    write_all(files)
    source.unlink(missing_ok=True)
    return list(_MODERN)


def copy_photo(upload: Upload) -> Upload:
    """The same picture under a name of its own, for another product; the files are linked, not copied."""
    key = _new_key()
    for size in sizes_of(upload.width):
        for kind in ("jpg", *_MODERN):
            path = _path(upload.key, size, kind)
            if path.exists():
                _path(key, size, kind).hardlink_to(path)
    return Upload(key, upload.width, upload.height)


def drop_photo(key: str) -> None:
    for path in [*folder().glob(f"{key}-*"), _source(key)]:
        path.unlink(missing_ok=True)


def kept_keys() -> dict[str, float]:
    """Key of every kept picture → when it was last written (seconds)."""
    keys: dict[str, float] = {}
    for path in [*folder().iterdir(), *_sources().iterdir()]:
        if path.name.startswith("."):
            continue
        keys[path.name.split("-")[0].split(".")[0]] = path.stat().st_mtime
    return keys


def is_sweeping_due(at: datetime) -> bool:
    """Once a day: looking at every file there is takes a while."""
    mark = _sources() / ".swept"
    if mark.exists() and mark.stat().st_mtime > (at - timedelta(days=1)).timestamp():
        return False
    mark.touch()
    os.utime(mark, (at.timestamp(), at.timestamp()))
    return True


def folder() -> Path:
    return _made(Path(settings.MEDIA_ROOT) / "photos")


def _sources() -> Path:
    return _made(Path(settings.MEDIA_ROOT) / "photo-sources")


def _made(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _path(key: str, size: int, kind: str) -> Path:
    return folder() / f"{key}-{size}.{kind}"


def _source(key: str) -> Path:
    return _sources() / f"{key}.jpg"


def _new_key() -> str:
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstvwxyz") for _place in range(20))
