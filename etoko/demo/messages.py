"""What became of the newest sample notices, as if WhatsApp were set up: every state, where users look."""

from datetime import datetime, timedelta

from etoko.notices.models import Delivery, Notice
from etoko.notices.states import DELIVERED, FAILED, READ, SENT, UNCERTAIN

_STATES = (READ, DELIVERED, READ, SENT, FAILED, DELIVERED, READ, UNCERTAIN)
_REASONS = {
    FAILED: "Nomor ini tidak memakai WhatsApp, atau tidak bisa menerima pesan.",
    UNCERTAIN: "Server berhenti waktu mengirim; mungkin sudah terkirim, mungkin belum.",
}
COUNT = 40


def deliver_samples(*, now: datetime) -> int:
    """Half of the newest notices to people without account; the other half waits for a kader."""
    notices = Notice.objects.filter(recipient=None, about__endswith=":buyer").order_by("-created_at", "-id")
    deliveries = []
    for number, notice in enumerate(notices[:COUNT:2]):
        state = _STATES[number % len(_STATES)]
        sent_at = min(now, notice.created_at + timedelta(seconds=4))
        reached = state in (DELIVERED, READ)
        deliveries.append(
            Delivery(
                notice=notice,
                channel=Delivery.WHATSAPP,
                address=notice.phone,
                state=state,
                attempts=1,
                next_try_at=notice.created_at,
                provider_id=f"wamid.contoh{number}" if state in (SENT, DELIVERED, READ) else "",
                sent_at=sent_at if state not in _REASONS else None,
                delivered_at=sent_at if reached else None,
                read_at=sent_at if state == READ else None,
                failed_at=sent_at if state == FAILED else None,
                reason=_REASONS.get(state, ""),
            )
        )
    return len(Delivery.objects.bulk_create(deliveries))
