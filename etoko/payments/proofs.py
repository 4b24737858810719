"""The pictures of proofs: kept as other private pictures are, and known again when shown once more."""

import hashlib
from dataclasses import dataclass
from typing import IO

from PIL import Image

from etoko.foundation.likeness import fingerprint, share_that_differs
from etoko.foundation.private_pictures import keep_private, private_path

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
    key = keep_private(sent).key
    with Image.open(private_path(key)) as picture:
        return Kept(key, digest, fingerprint(picture))


def look_the_same(one: str, other: str) -> bool:
    """By their keys; a picture that is gone is like no other."""
    try:
        with Image.open(private_path(one)) as first, Image.open(private_path(other)) as second:
            return share_that_differs(first, second) <= NEARLY_THE_SAME
    except OSError:
        return False
