"""Indonesian phone numbers: one canonical form (E.164, "+62812…") for every spelling people use."""

import re
from urllib.parse import quote

import phonenumbers
from django.utils.translation import gettext as _

from etoko.foundation.problems import UnableTo


class UnableToReadPhone(UnableTo):
    pass


def read_phone(text: str, *, field: str = "") -> str:
    """ "0812-3456-7890", "62812…", "812…", "wa.me/62812…" → "+6281234567890"."""
    cleaned = re.sub(r"^(?:https?://)?(?:api\.whatsapp\.com/send\?phone=|wa\.me/)", "", text.strip().lower())
    cleaned = re.sub(r"^\(?\+?\s*62[)\s]*\(?0?\)?(?=\s*\d)", "+62", re.split(r"[?&]", cleaned)[0])
    if re.match(r"8\d", cleaned):
        cleaned = "0" + cleaned
    try:
        number = phonenumbers.parse(cleaned, "ID")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise UnableToReadPhone(
            _("Nomor ini tidak dikenali. Tulis nomor HP yang lengkap, misalnya 0812-3456-7890."), field=field
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(e164: str) -> str:
    """ "+6281234567890" → "0812-3456-7890"."""
    if not e164.startswith("+62"):
        return e164
    digits = "0" + e164[3:]
    if not digits.startswith("08"):
        return digits
    return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)


def mask_phone(e164: str) -> str:
    """ "+6281234567890" → "0812-••••-•890", for those who may not see the whole number."""
    shown = show_phone(e164)
    return shown[:4] + re.sub(r"\d", "•", shown[4:-3]) + shown[-3:]


def whatsapp_link(e164: str, text: str = "") -> str:
    """A wa.me address: digits only, without plus or leading nought, the words percent-encoded."""
    query = f"?text={quote(text, safe='')}" if text else ""
    return f"https://wa.me/{re.sub(r'[^0-9]', '', e164)}{query}"
