"""The pictures of proofs: drawn anew, without position and camera, in a folder that no address leads to.

MEDIA_ROOT/proofs/KEY.jpg
"""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from PIL import Image

from etoko.foundation.likeness import fingerprint, share_that_differs
from etoko.foundation.pictures import clean_photo, encoded, open_photo, write_all

_WIDEST = 1080
NEARLY_THE_SAME = 0.05


@dataclass(frozen=True, slots=True)
class Kept:
    key: str
    sha256: str
    fingerprint: str


def keep_proof(sent: IO[bytes]) -> Kept:
    """Raises UnableToReadPhoto or UnableToKeepPhoto."""
    sent.seek(0)
    digest = hashlib.file_digest(sent, "sha256").hexdigest()  # type: ignore[arg-type]
    with open_photo(sent) as image:
        image.draft("RGB", (_WIDEST, _WIDEST))
        upright = clean_photo(image, _WIDEST)
    key = secrets.token_hex(16)
    write_all({proof_path(key): encoded(upright, "JPEG", quality=82, optimize=True)})
    return Kept(key, digest, fingerprint(upright))


def proof_path(key: str) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "proofs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{key}.jpg"


def drop_proof(key: str) -> None:
    proof_path(key).unlink(missing_ok=True)


def look_the_same(one: str, other: str) -> bool:
    """By their keys; a picture that is gone is like no other."""
    try:
        with Image.open(proof_path(one)) as first, Image.open(proof_path(other)) as second:
            return share_that_differs(first, second) <= NEARLY_THE_SAME
    except OSError:
        return False
