"""QR codes in photos and screenshots: found also where the picture is large, dim, askew or blurred."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

import zxingcpp
from django.utils.translation import gettext as _
from PIL import Image, ImageFilter, ImageOps

from etoko.foundation.pictures import flat_grey, open_photo
from etoko.foundation.qris import Qris, UnableToReadQris, read_qris

_LONGEST_SIDE = 4_200
"""A photo of twelve megapixels is looked at as it is; larger ones are made smaller while they are read."""
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_SMALL = 1_000
"""Below this, a code may be so small that a picture twice as large helps."""


@dataclass(frozen=True, slots=True)
class Seen:
    texts: tuple[str, ...]
    """What the codes say, each once."""
    has_unreadable: bool
    """There is a code, but too blurred or cut off to be read."""


def qris_in(sent: IO[bytes]) -> Qris:
    """The one QRIS in the picture. Raises UnableToReadPhoto, or UnableToReadQris with what was seen."""
    seen = codes_in(sent)
    found: dict[str, Qris] = {}
    problems: list[UnableToReadQris] = []
    # A broken QRIS tells more than the web address beside it.
    for text in sorted(seen.texts, key=lambda text: not text.startswith("0002")):
        try:
            qris = read_qris(text)
        except UnableToReadQris as problem:
            problems.append(problem)
        else:
            found[qris.payload] = qris
    if len(found) > 1:
        raise UnableToReadQris(
            _(
                "Di gambar ini ada %(count)d QRIS yang berbeda: %(names)s. "
                "Potong gambarnya sampai tinggal QRIS Anda."
            )
            % {"count": len(found), "names": ", ".join(qris.name for qris in found.values())}
        )
    if found:
        return next(iter(found.values()))
    if problems:
        raise problems[0]
    if seen.has_unreadable:
        raise UnableToReadQris(
            _(
                "Ada kode QR di gambar ini, tetapi terlalu buram atau terpotong untuk dibaca. "
                "Foto lagi dari dekat, lurus, tanpa pantulan cahaya."
            )
        )
    raise UnableToReadQris(
        _(
            "Tidak terlihat kode QR di gambar ini. Foto QRIS-nya sampai memenuhi layar, di tempat terang; "
            "atau unggah gambar dari aplikasi bank."
        )
    )


def codes_in(sent: IO[bytes]) -> Seen:
    """All QR codes; as soon as one way of looking finds any, the others are not tried."""
    image = open_photo(sent)
    image.draft("L", (_LONGEST_SIDE, _LONGEST_SIDE))
    grey = flat_grey(image)
    grey.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    has_unreadable = False
    for look in _WAYS:
        found = _read(look(grey))
        texts = tuple(dict.fromkeys(_text_of(code) for code in found if code.valid))
        if texts:
            return Seen(texts, False)
        has_unreadable = has_unreadable or bool(found)
    return Seen((), has_unreadable)


def _read(grey: Image.Image) -> Iterable[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(grey, formats=_QR, return_errors=True)


def _text_of(code: zxingcpp.Barcode) -> str:
    """QR codes seldom say which letters they use: UTF-8 is tried before the reader's guess."""
    try:
        return bytes(code.bytes).decode()
    except UnicodeDecodeError:
        return str(code.text)


def _stretched(grey: Image.Image) -> Image.Image:
    return ImageOps.autocontrast(grey, cutoff=1)


_WAYS: tuple[Callable[[Image.Image], Image.Image], ...] = (
    lambda grey: grey,
    _stretched,
    lambda grey: grey.filter(ImageFilter.UnsharpMask(6, 300, 0)),
    lambda grey: grey.filter(ImageFilter.MedianFilter(3)),
    lambda grey: _stretched(grey.reduce(3 if max(grey.size) > _SMALL else 1)),
    lambda grey: ImageOps.scale(_stretched(grey), 2) if max(grey.size) <= _SMALL else grey.reduce(2),
    lambda grey: grey.rotate(30, expand=True, fillcolor=255),
)
