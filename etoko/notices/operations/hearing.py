"""What WhatsApp reports by its webhook. It may come twice, late, in any order, and again after months.

Nothing here depends on the order of arrival: each report only ever adds what it proves, by the moment that
WhatsApp gives it. So a call that is repeated changes nothing.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from etoko.foundation.phones import read_phone
from etoko.foundation.problems import UnableTo
from etoko.notices.channels.whatsapp import WINDOW_IS_CLOSED, failure_words
from etoko.notices.models import Delivery, WhatsAppContact
from etoko.notices.operations.delivering import move_deliveries

STOP_WORDS = {"berhenti", "stop", "unsubscribe"}
START_WORDS = {"mulai", "start"}
AHEAD = timedelta(minutes=5)
"""Clocks differ; what lies further ahead than this is not believed."""


@transaction.atomic
def hear_whatsapp(*, call: dict[str, Any], at: datetime) -> int:
    """One call of the webhook, its signature already checked. Returns how much of it was news.

    What has not the documented form is passed over: WhatsApp adds fields and kinds without asking.
    """
    news = 0
    for value in _values(call):
        for status in _rows(value, "statuses"):
            news += _hear_status(status, at)
        for message in _rows(value, "messages"):
            news += _hear_message(message, at)
    return news


def _hear_status(status: dict[str, Any], at: datetime) -> int:
    happened_at = _moment(status.get("timestamp"), at)
    kind, wamid = status.get("status"), str(status.get("id") or "")[:200]
    if not wamid or happened_at is None:
        return 0
    rows, is_this_attempt = _deliveries(status, wamid)
    match kind:
        case "sent":
            return move_deliveries(rows, "accept", sent_at=happened_at, provider_id=wamid, reason="")
        case "delivered" | "read":
            field = f"{kind}_at"
            moved = move_deliveries(
                rows,
                "be_read" if kind == "read" else "arrive",
                provider_id=wamid,
                reason="",
                failed_at=None,
                **{field: happened_at},
            )
            # Read before it arrived, as it seems: the moment is still worth keeping.
            return moved or rows.filter(**{f"{field}__isnull": True}).update(**{field: happened_at})
        case "failed" if is_this_attempt:
            return _hear_failure(rows, status, happened_at, at)
    return 0


def _hear_failure(
    rows: "QuerySet[Delivery]", status: dict[str, Any], happened_at: datetime, at: datetime
) -> int:
    code = next((error.get("code") for error in _rows(status, "errors")), None)
    code = code if isinstance(code, int) else None
    if code == WINDOW_IS_CLOSED:
        # Free words came too late. It certainly did not arrive, and goes as a template now.
        phones = list(rows.filter(state="sent").values_list("address", flat=True))
        WhatsAppContact.objects.filter(phone__in=phones).update(heard_at=None)
        return move_deliveries(rows, "send_again", next_try_at=at, provider_id="")
    return move_deliveries(rows, "bounce", failed_at=happened_at, reason=failure_words(code)[:200])


def _hear_message(message: dict[str, Any], at: datetime) -> int:
    """She wrote: for a day we may answer freely. Her words are read for BERHENTI and MULAI, and not kept."""
    happened_at = _moment(message.get("timestamp"), at)
    try:
        phone = read_phone(f"+{message.get('from')}")
    except UnableTo:
        return 0
    if happened_at is None:
        return 0
    WhatsAppContact.objects.bulk_create([WhatsAppContact(phone=phone)], ignore_conflicts=True)
    contact = WhatsAppContact.objects.filter(phone=phone)
    news = contact.filter(Q(heard_at__isnull=True) | Q(heard_at__lt=happened_at)).update(heard_at=happened_at)
    word = _word(message)
    if word in STOP_WORDS | START_WORDS:
        newer = contact.filter(Q(word_at__isnull=True) | Q(word_at__lt=happened_at))
        newer.update(word_at=happened_at, stopped_at=happened_at if word in STOP_WORDS else None)
    return news


def _deliveries(status: dict[str, Any], wamid: str) -> tuple["QuerySet[Delivery]", bool]:
    """Whose status it is: by the id that WhatsApp gave the message; else by the reference that we sent with
    it, when our process died before it knew that id. And whether it speaks of the newest attempt."""
    all_ = Delivery.objects.filter(channel=Delivery.WHATSAPP)
    if all_.filter(provider_id=wamid).exists():
        return all_.filter(provider_id=wamid), True
    pk, _dash, attempt = str(status.get("biz_opaque_callback_data") or "").partition("-")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19 and attempt.isascii() and attempt.isdecimal()):
        return all_.none(), False
    same_phone = all_.filter(pk=int(pk), address=f"+{status.get('recipient_id')}")
    return same_phone, same_phone.filter(provider_id="", attempts=int(attempt[:4])).exists()


def _values(call: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if call.get("object") != "whatsapp_business_account":
        return
    for entry in _rows(call, "entry"):
        for change in _rows(entry, "changes"):
            value = change.get("value")
            if change.get("field") == "messages" and isinstance(value, dict):
                yield value


def _rows(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = holder.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _moment(text: object, at: datetime) -> datetime | None:
    """Seconds since 1970, as a string. None where it is none, or lies ahead."""
    if not isinstance(text, str | int) or not str(text).isascii() or not str(text).isdecimal():
        return None
    seconds = int(str(text)[:11])
    found = datetime.fromtimestamp(seconds, tz=UTC)
    return found if found <= at + AHEAD else None


def _word(message: dict[str, Any]) -> str:
    text = message.get("text")
    body = text.get("body") if isinstance(text, dict) else ""
    return body.strip().strip(".!").lower() if isinstance(body, str) else ""
