"""One-time codes by WhatsApp: `ETOKO_CODE_CHANNEL=whatsapp`."""

from datetime import datetime

from etoko.notices.channels import Accepted
from etoko.notices.channels.whatsapp import code_template, post_message

PATIENCE = (3.0, 8.0)
"""Seconds; somebody sits before the page."""


class WhatsAppCodes:
    """A channel of `people/channels.py`. Past the outbox: a code is wanted now or not at all, at any hour."""

    reaches_phone = True

    def send(self, *, phone: str, code: str, at: datetime) -> None:
        outcome = post_message(to=phone, message=code_template(code), timeout=PATIENCE)
        if not isinstance(outcome, Accepted):
            raise OSError(getattr(outcome, "reason", ""))
