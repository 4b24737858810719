"""Pictures that show that money went back: drawn anew, without position and camera, where no address leads.

MEDIA_ROOT/refunds/KEY.jpg
"""

import secrets
from pathlib import Path
from typing import IO

from django.conf import settings

from etoko.foundation.pictures import clean_photo, encoded, open_photo, write_all

_WIDEST = 1080


def keep_picture(sent: IO[bytes]) -> str:
    """Its key. Raises UnableToReadPhoto or UnableToKeepPhoto."""
    with open_photo(sent) as image:
        image.draft("RGB", (_WIDEST, _WIDEST))
        upright = clean_photo(image, _WIDEST)
    key = secrets.token_hex(16)
    write_all({picture_path(key): encoded(upright, "JPEG", quality=82, optimize=True)})
    return key


def picture_path(key: str) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "refunds"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{key}.jpg"


def drop_picture(key: str) -> None:
    picture_path(key).unlink(missing_ok=True)
