"""Pictures that people send, opened with care: limits, upright, in sRGB, and nothing beside the pixels.

A picture is always drawn anew, so neither its position nor a script hidden in the file survives.
"""

import os
import warnings
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from etoko.foundation.full_disk import disk_is_full
from etoko.foundation.problems import UnableTo

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_PIXELS_DECODED_WHOLE = 25_000_000
"""Only JPEG can be read at a fraction of its size; other formats need the memory for every pixel."""
_READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_SRGB = ImageCms.createProfile("sRGB")


class UnableToReadPhoto(UnableTo):
    """What was sent is no picture that we can show."""


class UnableToKeepPhoto(UnableTo):
    """The disk did not take it; nothing of it is left there."""


# ------------------------------------------------------------------------------------- reading


def open_photo(sent: IO[bytes]) -> Image.Image:
    """The picture, within our limits and not decoded yet. Raises UnableToReadPhoto."""
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


def clean_photo(image: Image.Image, most_width: int) -> Image.Image:
    """Upright, in sRGB on white, at most so wide, and nothing beside the pixels. Raises UnableToReadPhoto."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd EXIF and palettes: the pixels decide
            profile = image.info.get("icc_profile")
            image.load()
            upright = ImageOps.exif_transpose(image)
            if upright.width > most_width:
                upright = narrowed(_resizable(upright), most_width)
            flat = _on_white(_to_srgb(upright, profile))
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise UnableToReadPhoto(_not_whole()) from error
    # Pillow carries comments, EXIF and profiles along in `info`; a new picture has none.
    clean = Image.new("RGB", flat.size)
    clean.paste(flat)
    return clean


def _not_whole() -> str:
    return _("Foto ini tidak utuh, mungkin terputus saat dikirim. Pilih lagi atau foto sekali lagi.")


def flat_grey(image: Image.Image) -> Image.Image:
    """Grey, transparent parts white; for looking at, not for keeping. Raises UnableToReadPhoto."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
            return _on_white(image).convert("L")
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise UnableToReadPhoto(_not_whole()) from error


def narrowed(image: Image.Image, width: int) -> Image.Image:
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


def encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def write_all(files: Mapping[Path, bytes]) -> None:
    """All of them or none: a page never finds half a picture. Raises UnableToKeepPhoto on a full disk."""
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
