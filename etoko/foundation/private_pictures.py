"""Pictures that only some people may see: of a complaint, of a payment. No address leads to them.

The room that keeps one names it in a row of its own and gives it out through its gate (`private_picture`).

    MEDIA_ROOT/private-photos/KEY.jpg
"""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse

from etoko.foundation.pictures import clean_photo, encoded, open_photo, write_all

WIDTH = 1280
"""Wide enough to read a receipt."""
_KEY = re.compile(r"[0-9a-z]{24,32}")


@dataclass(frozen=True, slots=True)
class PrivatePhoto:
    key: str
    width: int
    height: int


def keep_private(sent: IO[bytes]) -> PrivatePhoto:
    """Read, turn, shrink and keep a picture, without place and time of its taking.

    To be called before the transaction of the deed: making a picture small takes a while. Raises
    UnableToReadPhoto or UnableToKeepPhoto.
    """
    with open_photo(sent) as image:
        image.draft("RGB", (WIDTH, WIDTH))
        upright = clean_photo(image, WIDTH)
    key = "".join(secrets.choice("23456789abcdefghjkmnpqrstvwxyz") for _place in range(24))
    write_all({private_path(key): encoded(upright, "JPEG", quality=82, progressive=True, optimize=True)})
    return PrivatePhoto(key, upright.width, upright.height)


def drop_private(key: str) -> None:
    """A deed that was refused, or nobody may need it any more; the second time there is nothing to do."""
    private_path(key).unlink(missing_ok=True)


def private_picture(key: str) -> HttpResponse:
    """The answer of a view whose gate has let the reader through; no cache on the way keeps it. An empty key
    is that of a picture which was forgotten."""
    try:
        content = private_path(key).read_bytes()
    except (OSError, ValueError) as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Robots-Tag"] = "noindex"
    return response


def token_of(photo: PrivatePhoto, *, purpose: str) -> str:
    """For a form that was refused: names the picture that it brought, and that we kept it for this."""
    return signing.dumps([photo.key, photo.width, photo.height], salt=f"private photo {purpose}")


def photo_of(token: str, *, purpose: str) -> PrivatePhoto | None:
    try:
        key, width, height = signing.loads(token, salt=f"private photo {purpose}", max_age=86_400)
    except signing.BadSignature:
        return None
    return PrivatePhoto(key, width, height)


def private_path(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise ValueError("no key of a private picture")
    folder = Path(settings.MEDIA_ROOT) / "private-photos"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{key}.jpg"
