"""Whole addresses, for what leaves the page: texts for WhatsApp, QR codes, feeds."""

from urllib.parse import urljoin

from django.conf import settings


def whole_address(path: str) -> str:
    """ "/pesanan/" → "https://…/pesanan/". The name comes from the settings, never from the request:
    a forged Host header must not put a stranger's address into somebody's WhatsApp."""
    return urljoin(settings.ADDRESS, path)
