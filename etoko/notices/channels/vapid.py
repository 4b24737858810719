"""The key by which push services know this installation (VAPID, RFC 8292): made once, kept with the data.

A new key would silence every device that asked to be told, so it belongs into every backup.
"""

import base64
import contextlib
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings


def key_file() -> Path:
    kept = Path(settings.DATA_DIR) / "vapid.pem"
    if not kept.exists():
        # Here and below: only who needs curves loads them, 35 ms of the start of a worker.
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        fresh = kept.with_name(f"vapid.pem.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(
            ec.generate_private_key(ec.SECP256R1()).private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        # Two processes that begin together must end with one key.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, kept)
        fresh.unlink()
    return kept


def public_key() -> str:
    """As `pushManager.subscribe` wants it: the uncompressed point, base64url."""
    return _public_key(key_file())


@lru_cache(maxsize=4)
def _public_key(file: Path) -> str:
    from cryptography.hazmat.primitives import serialization

    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    point = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
