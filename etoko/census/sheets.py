"""From what a phone sends, or what was typed from paper, to a sheet that the door understands."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from etoko.census.forms import MOVED, SheetForm
from etoko.census.operations.receiving import Filled
from etoko.foundation.problems import UnableTo
from etoko.places.models import Area
from etoko.registry.consent_texts import text_now
from etoko.registry.models import Business

MOST_PHOTOS = 6
KEY = re.compile(r"[0-9A-Za-z_-]{8,60}")
SHA256 = re.compile(r"[0-9a-f]{64}")


class UnableToRead(UnableTo):
    """What was sent is no sheet."""


def form_of(values: Any) -> SheetForm:
    """The form over the values of a JSON sheet: texts, and a list of what may be shown."""
    if not isinstance(values, dict):
        raise UnableToRead(_("Catatan ini tidak terbaca. Perbarui aplikasinya, lalu kirim lagi."))
    return SheetForm({str(name): value for name, value in values.items() if isinstance(value, str | list)})


def read_sheet(
    *, key: str, sent: Mapping[str, Any], form: SheetForm, business: Business | None, area: Area, at: datetime
) -> Filled:
    """`form` is valid. Raises UnableToRead for what no phone of ours sends."""
    photos = sent.get("photos", [])
    if not KEY.fullmatch(key) or not isinstance(photos, list) or len(photos) > MOST_PHOTOS:
        raise UnableToRead(_("Catatan ini tidak terbaca. Perbarui aplikasinya, lalu kirim lagi."))
    if not all(isinstance(one, str) and SHA256.fullmatch(one) for one in photos):
        raise UnableToRead(_("Foto pada catatan ini tidak terbaca. Ambil lagi fotonya."))
    given = form.cleaned_data
    # What the answer of the office depends on, and nothing else: what was seen is no part of what she says.
    told = {name: sent.get(name) for name in ("values", "photos", "filled_at", "accuracy_m")}
    accuracy = sent.get("accuracy_m")
    return Filled(
        key=key,
        digest=hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest(),
        origin=str(sent.get("origin", "app")),
        business=business,
        area=area,
        facts=form.facts(),
        seen=seen_in(sent),
        filled_at=_moment(sent.get("filled_at"), at),
        how=given["how"],
        consent_version=str(sent.get("consent_version") or text_now().version)[:20],
        moved_to=given["moved_to"] if given["status"] == MOVED else "",
        is_right=given["is_right"],
        is_another=sent.get("is_another") is True,
        accuracy_m=accuracy if isinstance(accuracy, int) and 0 <= accuracy < 100_000 else None,
        photos=photos,
    )


def seen_in(sent: Mapping[str, Any]) -> dict[str, str]:
    seen = sent.get("seen")
    return {str(name): str(value) for name, value in seen.items()} if isinstance(seen, dict) else {}


def _moment(text: Any, at: datetime) -> datetime:
    """By the phone's clock, unless that clock is wrong: nobody filled in a sheet tomorrow."""
    try:
        told = parse_datetime(str(text))
    except ValueError:
        told = None
    if told is None:
        return at
    told = told if told.tzinfo else timezone.make_aware(told)
    return told if at - timedelta(days=400) < told <= at + timedelta(minutes=5) else at
