"""Emptying the outbox: each delivery is claimed by one worker, sent, and its outcome noted.

What is sent leaves the machine outside of any transaction. Between sending and noting a process may die; what
then happens to the delivery is decided by its channel (docs/decisions/outbox.md).
"""

import logging
import secrets
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.notices.channels import (
    Accepted,
    Later,
    Needless,
    Outcome,
    Refused,
    Unknown,
    channel,
    configured,
)
from etoko.notices.hours import QUIET_FROM, QUIET_UNTIL, first_moment
from etoko.notices.models import Delivery, Notice, PushDevice, Reach
from etoko.notices.states import DELIVERY_FLOW, SENDING, WAITING
from etoko.people.models import Person

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
MOST_ATTEMPTS = len(BACK_OFF) + 1
CLAIMED_FOR = timedelta(minutes=2)
"""Longer than any provider is waited for."""
AT_ONCE = 100
SECONDS = 60.0
"""One round ends after so long, so that the next may begin with what is more urgent."""

logger = logging.getLogger("etoko.outbox")


def send_deliveries(*, at: datetime) -> int:
    """Send what is due, the longest waiting first. Returns how many were tried."""
    settle_lost_deliveries(at=at)
    began = time.monotonic()
    due = Delivery.objects.filter(state=WAITING, next_try_at__lte=at).order_by("next_try_at", "id")
    down: set[str] = set()
    tried = 0
    for pk, way in list(due.values_list("pk", "channel")[:AT_ONCE]):
        passed = time.monotonic() - began
        if passed > SECONDS:
            break
        if way in down:
            continue
        delivery = claim_delivery(pk=pk, at=at + timedelta(seconds=passed))
        if delivery is None:
            continue  # another worker has it
        tried += 1
        outcome = _send(delivery, at=at)
        note_outcome(delivery=delivery, outcome=outcome, at=at + timedelta(seconds=time.monotonic() - began))
        if isinstance(outcome, Later) and outcome.channel_is_down:
            down.add(way)
    return tried


def claim_delivery(*, pk: int, at: datetime) -> Delivery | None:
    """None when somebody else has it: one UPDATE with its condition lets one worker through."""
    claim = secrets.token_hex(8)
    won = _moving(Delivery.objects.filter(pk=pk, next_try_at__lte=at), "claim").update(
        state=SENDING, claim=claim, claimed_until_at=at + CLAIMED_FOR, attempts=F("attempts") + 1
    )
    if not won:
        return None
    return Delivery.objects.select_related("notice__recipient__reach").get(pk=pk)


def note_outcome(*, delivery: Delivery, outcome: Outcome, at: datetime) -> None:
    """What the provider reported meanwhile by itself stays: only who still holds the claim writes."""
    held = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim)
    match outcome:
        case Accepted(provider_id):
            move_deliveries(held, "accept", sent_at=at, provider_id=provider_id, reason="")
        case Refused(reason):
            move_deliveries(held, "give_up", failed_at=at, reason=reason[:200])
        case Needless(reason, device_is_gone):
            move_deliveries(held, "skip", reason=reason[:200])
            if device_is_gone:
                PushDevice.objects.filter(pk=delivery.address).delete()
        case Unknown(reason):
            move_deliveries(held, "lose_sight", reason=reason[:200])
        case Later(reason, after):
            _postpone(delivery, held, reason, after, at)


def settle_lost_deliveries(*, at: datetime) -> int:
    """What a worker was sending when it died. Returns how many."""
    # Claimed for longer than anybody may: the clock was set back since then.
    over = Q(claimed_until_at__lte=at) | Q(claimed_until_at__gt=at + 3 * CLAIMED_FOR)
    lost = Delivery.objects.filter(over, state=SENDING).select_related("notice__recipient__reach")
    settled = 0
    for delivery in lost[:AT_ONCE]:
        outcome: Outcome = (
            Later(_("Server berhenti waktu mengirim."))
            if channel(delivery.channel).repeats_safely
            else Unknown(_("Server berhenti waktu mengirim; mungkin sudah terkirim, mungkin belum."))
        )
        note_outcome(delivery=delivery, outcome=outcome, at=at)
        settled += 1
    return settled


@transaction.atomic
def retry_delivery(*, delivery: Delivery, by: Person, at: datetime) -> bool:
    """Somebody looked and pressed the button: one more try. False when it is no longer failed or uncertain.

    The attempts go on counting, because what the provider reports names the attempt.
    """
    before = delivery.state
    moved = move_deliveries(
        Delivery.objects.filter(pk=delivery.pk, state=before),
        "try_again",
        next_try_at=at,
        reason="",
        failed_at=None,
    )
    if moved:
        record_deed(
            deed="retry_delivery",
            subject=delivery.notice,
            by=by,
            at=at,
            area_code=delivery.notice.area_code,
            changes={"state": (before, WAITING)},
        )
    return bool(moved)


def _send(delivery: Delivery, *, at: datetime) -> Outcome:
    notice = delivery.notice
    if notice.read_at is not None:
        return Needless(_("Sudah dibaca di kotak kabar."))
    if delivery.channel not in configured():
        return Needless(_("Saluran ini tidak dipasang lagi di server."))
    way = channel(delivery.channel)
    with translation.override("id"):  # reasons are read by officers
        try:
            return way.send(delivery, notice, at=at)
        except Exception:
            logger.exception("Delivery %s by %s failed", delivery.pk, delivery.channel)
            reason = _("Kesalahan di server waktu mengirim.")
            return Later(reason) if way.repeats_safely else Unknown(reason)


def _postpone(
    delivery: Delivery, held: "QuerySet[Delivery]", reason: str, after: timedelta | None, at: datetime
) -> None:
    if delivery.attempts >= MOST_ATTEMPTS:
        move_deliveries(held, "give_up", failed_at=at, reason=reason[:200])
        return
    wait = max(BACK_OFF[delivery.attempts - 1], after or timedelta(0))
    move_deliveries(
        held, "postpone", next_try_at=_not_at_night(delivery.notice, at + wait), reason=reason[:200]
    )


def _not_at_night(notice: Notice, at: datetime) -> datetime:
    person = notice.recipient
    chosen: Reach | None = getattr(person, "reach", None) if person else None
    quiet = (chosen.quiet_from, chosen.quiet_until) if chosen else (QUIET_FROM, QUIET_UNTIL)
    return first_moment(notice.kind, at=at, quiet_from=quiet[0], quiet_until=quiet[1])


def move_deliveries(rows: "QuerySet[Delivery]", move: str, **facts: Any) -> int:
    """A move of the table by one conditional UPDATE; 0 when the delivery is in no state to make it."""
    target = DELIVERY_FLOW.moves[move].target
    freed = {} if target == SENDING else {"claim": "", "claimed_until_at": None}
    return _moving(rows, move).update(state=target, **freed, **facts)


def _moving(rows: "QuerySet[Delivery]", move: str) -> "QuerySet[Delivery]":
    return rows.filter(state__in=DELIVERY_FLOW.moves[move].sources)
