"""Pictures as they come from phones, and what only calls itself one."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ORIENTATION, GPS = 0x0112, 0x8825


def picture(
    size: tuple[int, int] = (1200, 900),
    mode: str = "RGB",
    colour: Any = "tomato",
    kind: str = "JPEG",
    **how: Any,
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind, **how)
    return out.getvalue()


def held_sideways(size: tuple[int, int] = (1200, 900)) -> bytes:
    """Left half red, right half blue, with EXIF that says: turn by 90° clockwise; and where it was taken."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "KameraRahasia"
    place = exif.get_ifd(GPS)
    place[1], place[2] = "S", (6.0, 18.0, 30.0)
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"catatan rahasia")
    return out.getvalue()


def sent(content: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)
