"""Links that open something without a session: a few bytes with our signature, for one phone.

Written in letters and figures, because WhatsApp cuts a link that ends in a sign. Nothing is kept when one is
made; that it was used is kept by the room that answers to it.
"""

import hmac
from functools import cache

from django.conf import settings

MARK_BYTES = 6
_SIGN_BYTES = 16
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def signed(body: bytes, *, purpose: str) -> str:
    """The token that stands in the address. `purpose` keeps the links of two rooms apart."""
    raw = body + _sign(body, purpose, _keys()[0])
    value, signs = int.from_bytes(raw, "big"), ""
    while value:
        value, digit = divmod(value, 62)
        signs = _DIGITS[digit] + signs
    return signs.rjust(_length(len(raw)), "0")


def signed_body(token: str, *, size: int, purpose: str) -> bytes | None:
    """The `size` bytes of the body; None for whatever we did not sign."""
    whole = size + _SIGN_BYTES
    if len(token) != _length(whole) or not (token.isascii() and token.isalnum()):
        return None
    value = 0
    for sign in token:
        value = value * 62 + _DIGITS.index(sign)
    if value >= 1 << (whole * 8):
        return None
    raw = value.to_bytes(whole, "big")
    body, sign_of = raw[:size], raw[size:]
    return body if any(hmac.compare_digest(sign_of, _sign(body, purpose, key)) for key in _keys()) else None


def phone_mark(phone: str) -> bytes:
    """Stands in a link for the phone it was sent to, and does not tell it."""
    return _mark(phone, _keys()[0])


def is_mark_of(mark: bytes, phone: str) -> bool:
    return any(hmac.compare_digest(mark, _mark(phone, key)) for key in _keys())


def _keys() -> list[str]:
    return [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _sign(body: bytes, purpose: str, key: str) -> bytes:
    return hmac.digest(f"{purpose}:{key}".encode(), body, "sha256")[:_SIGN_BYTES]


def _mark(phone: str, key: str) -> bytes:
    return hmac.digest(f"etoko.ordering.phone:{key}".encode(), phone.encode(), "sha256")[:MARK_BYTES]


@cache
def _length(size: int) -> int:
    value, digits = (1 << (size * 8)) - 1, 0
    while value:
        value, digits = value // 62, digits + 1
    return digits
