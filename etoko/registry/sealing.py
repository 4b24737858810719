"""NIKs are kept encrypted, and compared by a keyed hash: a copy of the database alone opens neither."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(text: str) -> bytes:
    return _box().encrypt(text.encode())


def unseal(sealed: bytes) -> str:
    return _box().decrypt(bytes(sealed)).decode()


def keyed_hash(text: str) -> str:
    return hmac.new(_key(settings.SECRET_KEY, b"nik-hash"), text.encode(), hashlib.sha256).hexdigest()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(key, b"nik-seal"))) for key in keys])


def _key(secret: str | bytes, purpose: bytes) -> bytes:
    return hmac.new(force_bytes(secret), b"etoko:" + purpose, hashlib.sha256).digest()
