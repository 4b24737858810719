"""What Midtrans is asked, and what it answers. The only place that speaks to it.

Its own library does not check signatures and has not changed since 2023 (docs/decisions/midtrans.md).
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone

TIMEOUT = (3, 8)
"""Seconds to connect, and to answer."""


class MidtransIsAway(Exception):
    """No answer, or one that is none: nothing is known."""


class MidtransRefuses(Exception):
    """It will not have what we asked; `is_key` when it does not know the key."""

    def __init__(self, words: str, *, is_key: bool = False) -> None:
        super().__init__(words)
        self.is_key = is_key


@dataclass(frozen=True, slots=True)
class Status:
    ref: str
    said: str
    """settlement, capture, pending, deny, cancel, expire, failure, refund, partial_refund, chargeback, …"""
    fraud: str
    amount: str
    """As it was written, "30000.00": the signature is made over it."""
    currency: str
    status_code: str
    signature: str

    @classmethod
    def read(cls, facts: Any) -> "Status | None":
        """None for anything that does not look like a notification or an answer about a charge."""
        if not isinstance(facts, Mapping):
            return None
        words = {
            name: facts.get(name, "")
            for name in (
                *("order_id", "transaction_status", "fraud_status", "gross_amount"),
                *("currency", "status_code", "signature_key"),
            )
        }
        if not all(isinstance(word, str) and len(word) <= 200 for word in words.values()):
            return None
        return cls(
            ref=words["order_id"],
            said=words["transaction_status"],
            fraud=words["fraud_status"],
            amount=words["gross_amount"],
            currency=words["currency"] or "IDR",
            status_code=words["status_code"],
            signature=words["signature_key"],
        )

    @property
    def is_paid(self) -> bool:
        # A card that was captured counts only when it was accepted; "challenge" waits for the seller.
        return self.said == "settlement" or (self.said == "capture" and self.fraud in ("", "accept"))

    @property
    def is_over(self) -> bool:
        # Not "deny": one card was refused, the buyer may try another in the same charge.
        return self.said in ("cancel", "expire", "failure")


def is_signed(status: Status, *, server_key: str) -> bool:
    text = f"{status.ref}{status.status_code}{status.amount}{server_key}"
    signature = hashlib.sha512(text.encode()).hexdigest()
    return hmac.compare_digest(signature.encode(), status.signature.encode())


@dataclass(frozen=True, slots=True)
class Wanted:
    """A charge as Midtrans is to open it."""

    ref: str
    amount_rp: int
    name: str
    phone: str
    back: str
    """Where the buyer returns to."""
    opened_at: datetime
    expires_at: datetime


def open_page(*, server_key: str, wanted: Wanted) -> str:
    """Have Midtrans open a charge; returns the address where the buyer pays.

    Raises MidtransIsAway or MidtransRefuses.
    """
    minutes = int((wanted.expires_at - wanted.opened_at).total_seconds() // 60)
    local = timezone.localtime(wanted.opened_at)
    facts = _call(
        "POST",
        f"{settings.MIDTRANS['snap']}/transactions",
        server_key,
        {
            "transaction_details": {"order_id": wanted.ref, "gross_amount": wanted.amount_rp},
            "customer_details": {"first_name": wanted.name[:100], "phone": wanted.phone},
            "callbacks": {"finish": wanted.back},
            "expiry": {
                "start_time": f"{local:%Y-%m-%d %H:%M:%S %z}",
                "unit": "minutes",
                "duration": minutes,
            },
        },
    )
    page = facts.get("redirect_url") if facts else None
    if not isinstance(page, str) or not page.startswith(settings.MIDTRANS["pages"]) or len(page) > 300:
        raise MidtransIsAway("an answer without a page to pay on")
    return page


def ask_status(*, server_key: str, ref: str) -> Status | None:
    """None while Midtrans knows nothing of it: the buyer has not chosen how to pay yet."""
    facts = _call("GET", f"{settings.MIDTRANS['api']}/{quote(ref, safe='')}/status", server_key)
    if facts is None:
        return None
    status = Status.read(facts)
    if status is None or status.ref != ref:
        raise MidtransIsAway("an answer about something else")
    return status


def _call(method: str, address: str, server_key: str, body: Mapping[str, Any] | None = None) -> Any:
    """The answer as it was parsed; None for "there is no such charge"."""
    import requests  # only who asks loads it: a twentieth of the start of a worker

    try:
        answer = requests.request(
            method, address, json=body, auth=(server_key, ""), timeout=TIMEOUT, allow_redirects=False,
            headers={"Accept": "application/json"},
        )  # fmt: skip
        facts = answer.json()
    except (requests.RequestException, ValueError) as problem:
        raise MidtransIsAway(type(problem).__name__) from problem
    # Some refusals come with HTTP 200 and the code inside.
    inside = facts.get("status_code") if isinstance(facts, Mapping) else None
    code = int(inside) if answer.ok and isinstance(inside, str) and inside.isdecimal() else answer.status_code
    if code == 404 and method == "GET":
        return None
    if code in (401, 403):
        raise MidtransRefuses("key", is_key=True)
    if code >= 500 or code == 429:
        raise MidtransIsAway(str(code))
    if answer.status_code >= 400:
        raise MidtransRefuses(str(facts)[:300])
    return facts
