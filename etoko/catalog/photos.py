"""Pictures that people send: checked, turned upright, made small, and freed of all that is not the picture.

A picture is always drawn anew from its pixels, so neither position nor a script hidden in the file survives.
JPEG is made while the sender waits; AVIF and WebP follow in the background (`operations/photographing.py`).
Until then the upright picture lies in `photo-sources/`, which no address leads to; afterwards it is deleted:
the largest size is all that is kept.

    MEDIA_ROOT/photos/KEY-320.jpg KEY-640.jpg KEY-1080.jpg KEY-320.avif …
    MEDIA_ROOT/photos/KEY-qris.png
"""

import os
import secrets
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from etoko.catalog.models import ProductPhoto
from etoko.foundation.full_disk import disk_is_full
from etoko.foundation.problems import UnableTo

WIDTHS = (320, 640, 1080)
MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_PIXELS_DECODED_WHOLE = 25_000_000
"""Only JPEG can be read at a fraction of its size; other formats need the memory for every pixel."""
_READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_SRGB = ImageCms.createProfile("sRGB")
_MODERN = ("avif", "webp")
FILE_NAME = r"[0-9a-z]{20}-(?:\d{2,4}\.(?:jpg|webp|avif)|qris\.png)"
"""The only names that the media address answers to."""


class UnableToReadPhoto(UnableTo):
    """What was sent is no picture that we can show."""


class UnableToKeepPhoto(UnableTo):
    """The disk did not take it; nothing of it is left there."""


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
    with _opened(sent) as image:
        # The smallest fraction that is still larger than needed: twelve megapixels become three before
        # they are ever in memory, whichever way the phone was held.
        image.draft("RGB", (largest, largest))
        upright = _clean(image, largest)
    key = _new_key()
    files = {_source(key): _encoded(upright, "JPEG", quality=92)}
    for size in sizes_of(upright.width):
        picture = upright if size == upright.width else _narrowed(upright, size)
        files[_path(key, size, "jpg")] = _encoded(
            picture, "JPEG", quality=80, progressive=True, optimize=True
        )
    _write_all(files)
    return Upload(key, upright.width, upright.height)


def keep_qris(sent: IO[bytes]) -> str:
    """Keep the picture of a QRIS sharp enough to be scanned. Returns its path below MEDIA_ROOT."""
    with _opened(sent) as image:
        image.draft("RGB", (1080, 1080))
        upright = _clean(image, 1080)
    if min(upright.size) < 150:
        raise UnableToReadPhoto(
            _(
                "Gambar QRIS terlalu kecil untuk dipindai. "
                "Unggah gambar asli dari bank, bukan tangkapan kecil."
            )
        )
    key = _new_key()
    few = upright.quantize(
        64, method=Image.Quantize.MEDIANCUT
    )  # a QR code is few colours: a tenth of the bytes
    _write_all({folder() / f"{key}-qris.png": _encoded(few, "PNG", optimize=True)})
    return f"photos/{key}-qris.png"


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
        picture = upright if size == upright.width else _narrowed(upright, size)
        files[_path(key, size, "avif")] = _encoded(picture, "AVIF", quality=55, speed=8)
        files[_path(key, size, "webp")] = _encoded(picture, "WEBP", quality=75, method=4)
    _write_all(files)
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


# ------------------------------------------------------------------------------------- reading


def _opened(sent: IO[bytes]) -> Image.Image:
    sent.seek(0, os.SEEK_END)
    size = sent.tell()
    sent.seek(0)
    if size > MOST_BYTES:
        raise UnableToReadPhoto(_("Foto ini lebih dari 25 MB. Pilih foto lain, atau kecilkan dulu."))
    head = sent.read(512)
    sent.seek(0)
    if head[4:12] in (
        b"ftypheic",
        b"ftypheix",
        b"ftyphevc",
        b"ftypmif1",
        b"ftypmsf1",
        b"ftypheim",
        b"ftypheis",
    ):
        raise UnableToReadPhoto(
            _(
                "Foto ini berformat HEIC, belum bisa dibaca. Di iPhone: Pengaturan › Kamera › Format › "
                "Paling Kompatibel, lalu foto lagi; atau kirim fotonya ke WhatsApp dan simpan dari sana."
            )
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            image = Image.open(sent, formats=_READ)
    except (
        Image.DecompressionBombError,
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise UnableToReadPhoto(_sentence_for(head, error)) from error
    most = MOST_PIXELS if image.format in ("JPEG", "MPO") else MOST_PIXELS_DECODED_WHOLE
    if image.width * image.height > most:
        raise UnableToReadPhoto(_("Ukuran foto ini terlalu besar. Ambil foto biasa dengan kamera HP."))
    return image


def _sentence_for(head: bytes, error: Exception) -> str:
    start = head.lstrip().lower()
    if isinstance(error, Image.DecompressionBombError):
        return _("Ukuran foto ini terlalu besar. Ambil foto biasa dengan kamera HP.")
    if not head:
        return _("Berkas ini kosong. Ambil fotonya sekali lagi.")
    if start.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html")):
        return _("Berkas ini bukan foto, melainkan gambar atau halaman web. Pilih foto JPG atau PNG.")
    return _("Berkas ini bukan foto yang bisa dibaca. Pilih foto JPG atau PNG dari galeri, atau foto lagi.")


def _clean(image: Image.Image, most_width: int) -> Image.Image:
    """Upright, in sRGB on white, at most so wide, and nothing beside the pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd EXIF and palettes: the pixels decide
            profile = image.info.get("icc_profile")
            image.load()
            upright = ImageOps.exif_transpose(image)
            if upright.width > most_width:
                upright = _narrowed(_resizable(upright), most_width)
            flat = _on_white(_to_srgb(upright, profile))
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise UnableToReadPhoto(
            _("Foto ini tidak utuh, mungkin terputus saat dikirim. Pilih lagi atau foto sekali lagi.")
        ) from error
    # Pillow carries comments, EXIF and profiles along in `info`; a new picture has none.
    clean = Image.new("RGB", flat.size)
    clean.paste(flat)
    return clean


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _resizable(image: Image.Image) -> Image.Image:
    """Palettes and bits cannot be blended."""
    if image.mode in ("P", "PA"):
        return image.convert("RGBA")
    return image.convert("L") if image.mode in ("1", "I;16", "I", "F") else image


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            made = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(BytesIO(profile)), _SRGB, outputMode="RGB"
            )
            return made or image
        except (ImageCms.PyCMSError, OSError):
            return image
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    image = _resizable(image)
    if image.mode in ("RGBA", "LA", "La", "RGBa"):
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        return ground.convert("RGB")
    return image.convert("RGB")


# ------------------------------------------------------------------------------------- writing


def _encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def _write_all(files: Mapping[Path, bytes]) -> None:
    """All of them or none: a page never finds half a picture."""
    written: list[Path] = []
    try:
        for path, content in files.items():
            aside = path.with_name(f".{path.name}.{os.getpid()}")
            written.append(aside)
            aside.write_bytes(content)
        for path in files:
            path.with_name(f".{path.name}.{os.getpid()}").replace(path)
            written.append(path)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        if disk_is_full(error):
            raise UnableToKeepPhoto(
                _(
                    "Tempat penyimpanan sedang penuh, jadi foto belum tersimpan. "
                    "Coba lagi nanti, atau simpan tanpa foto."
                )
            ) from error
        raise
