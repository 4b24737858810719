"""Links that answer an order: signed, for one purpose, for one phone, until a moment.

A seller gets them by WhatsApp and needs neither password nor session. Nothing is kept when one is minted;
that it was used is kept by the room above (`answering`). A link stops to work when the phone it was sent
to is no longer the number of that person or shop.

    version 1 byte · purpose 1 · order 4 · person 4 (0: the shop itself) · hour of expiry 4 · nonce 4
    · mark of the phone 6 · signature 16 bytes; written in letters and figures, because WhatsApp cuts
    a link that ends in a sign.
"""

import secrets
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from etoko.foundation.signed_links import MARK_BYTES, is_mark_of, phone_mark, signed, signed_body
from etoko.ordering.models import Order
from etoko.people.models import Person

LOOK, PAY = "look", "pay"
PURPOSES = (LOOK, "accept", "decline", "make_ready", "ship", "hand_over", "arrive", PAY)
"""LOOK shows the order and its buttons; PAY marks it as paid; the others are moves of ORDER_FLOW.

A link says its purpose by its place here: append, never reorder."""
LOOK_FOR = timedelta(days=14)
"""So long a message in WhatsApp leads to its order."""
ACT_FOR = timedelta(hours=24)
"""So long a button works on a page that stays open."""
_VERSION = 1
_BODY = struct.Struct(f">BBIII4s{MARK_BYTES}s")
_SIGNED_FOR = "etoko.ordering.answer"


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """What a link says. That our signature is on it says nothing about now: see `answering/access.py`."""

    token: str
    purpose: str
    order_pk: int
    person_pk: int | None
    """None: sent to the WhatsApp of the shop, which nobody has an account for."""
    phone_mark: bytes
    expires_at: datetime

    def is_for_phone(self, phone: str) -> bool:
        return is_mark_of(self.phone_mark, phone)


def mint_link(*, order: Order, purpose: str, person: Person | None, phone: str, expires_at: datetime) -> str:
    """The token that stands in the address. The expiry is kept in whole hours, rounded up."""
    body = _BODY.pack(
        _VERSION,
        PURPOSES.index(purpose),
        order.pk,
        person.pk if person else 0,
        -int(-expires_at.timestamp() // 3600),
        secrets.token_bytes(4),
        phone_mark(phone),
    )
    return signed(body, purpose=_SIGNED_FOR)


def read_link(token: str) -> AnswerLink | None:
    """None for whatever we did not sign."""
    body = signed_body(token, size=_BODY.size, purpose=_SIGNED_FOR)
    if body is None:
        return None
    version, purpose, order_pk, person_pk, hour, _nonce, mark = _BODY.unpack(body)
    if version != _VERSION or purpose >= len(PURPOSES):
        return None
    expires_at = datetime.fromtimestamp(hour * 3600, UTC)
    return AnswerLink(token, PURPOSES[purpose], order_pk, person_pk or None, mark, expires_at)


def answer_path(token: str) -> str:
    """Where the link leads: a page of the room `answering`, which this room must not import."""
    return f"/jawab/{token}/"


def look_path(order: Order, *, person: Person | None, at: datetime) -> str:
    """The one link of a message: the order with its buttons, for this person or for the shop's WhatsApp."""
    phone = person.phone if person else order.shop.whatsapp
    token = mint_link(order=order, purpose=LOOK, person=person, phone=phone, expires_at=at + LOOK_FOR)
    return answer_path(token)
