"""Public names of things: short, unguessable where guessing would tell something."""

import hashlib
import hmac
import secrets

from django.conf import settings

# No vowels (no words by accident) and nothing that is misread aloud or in handwriting: 0 O, 1 I L.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_public_id(length: int = 10) -> str:
    """Random, for addresses. Ten signs of 28 are 48 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length)).lower()


def new_secret() -> str:
    """256 bits, for links that open something. Keep only `secret_hash` of it."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def number_from_sequence(sequence: int, *, purpose: str) -> str:
    """A number that can be read aloud ("K7M-2QX") and does not tell how many came before.

    A keyed permutation of 0…28⁶−1 (four Feistel rounds over two halves of 28³), so two different
    sequence numbers never give the same text as long as there are fewer than 481,890,304 of them.
    """
    half = 28**3
    left, right = divmod(sequence % (half * half), half)
    for round_ in range(4):
        message = f"{purpose}:{round_}:{right}".encode()
        digest = hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")
        left, right = right, (left + int.from_bytes(digest[:8], "big")) % half
    value, signs = left * half + right, ""
    for _ in range(6):
        value, sign = divmod(value, 28)
        signs = _LETTERS[sign] + signs
    return f"{signs[:3]}-{signs[3:]}"
