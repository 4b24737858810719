"""The link of a notice, by which its reader answers without signing in: for one post, one phone, one reply.

version 1 byte · post 4 · person 4 · hour of expiry 4 · nonce 4 · mark of the phone 6 · signature
"""

import secrets
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from etoko.discussion.models import Post
from etoko.foundation.signed_links import MARK_BYTES, is_mark_of, phone_mark, signed, signed_body
from etoko.people.models import Person

REPLY_FOR = timedelta(days=14)
_VERSION = 1
_BODY = struct.Struct(f">BIII4s{MARK_BYTES}s")
_SIGNED_FOR = "etoko.discussion.reply"


@dataclass(frozen=True, slots=True)
class ReplyLink:
    """What a link says. Whether it still holds is said by `access.opened_by_link`."""

    token: str
    post_pk: int
    person_pk: int
    mark: bytes
    expires_at: datetime

    def is_for_phone(self, phone: str) -> bool:
        return is_mark_of(self.mark, phone)


def reply_path(post: Post, *, person: Person, at: datetime) -> str:
    """The page on which this person reads the post and replies."""
    expires_at = at + REPLY_FOR
    body = _BODY.pack(
        _VERSION,
        post.pk,
        person.pk,
        -int(-expires_at.timestamp() // 3600),  # rounded up
        secrets.token_bytes(4),
        phone_mark(person.phone),
    )
    return f"/balas/{signed(body, purpose=_SIGNED_FOR)}/"


def read_link(token: str) -> ReplyLink | None:
    """None for whatever we did not sign."""
    body = signed_body(token, size=_BODY.size, purpose=_SIGNED_FOR)
    if body is None:
        return None
    version, post_pk, person_pk, hour, _nonce, mark = _BODY.unpack(body)
    if version != _VERSION:
        return None
    return ReplyLink(token, post_pk, person_pk, mark, datetime.fromtimestamp(hour * 3600, UTC))
