"""The ways out of the machine. Each takes a message and says honestly what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings

from etoko.notices.models import Delivery, Notice

TIMEOUT = (5.0, 20.0)
"""Seconds to reach a provider, and to wait for its answer."""


@dataclass(frozen=True)
class Accepted:
    """The provider has it."""

    provider_id: str = ""


@dataclass(frozen=True)
class Refused:
    """It will never take it: another try would end alike."""

    reason: str


@dataclass(frozen=True)
class Later:
    """It certainly did not take it, and may later."""

    reason: str
    after: timedelta | None = None
    """What the provider asked for; else our own back-off."""
    channel_is_down: bool = False
    """The next message would fare the same: leave the rest for the next round."""


@dataclass(frozen=True)
class Unknown:
    """It may have it or not."""

    reason: str


@dataclass(frozen=True)
class Needless:
    """Nobody waits for it."""

    reason: str
    device_is_gone: bool = False
    """The push service knows the device no more: forget it."""


Outcome = Accepted | Refused | Later | Unknown | Needless


class Channel(Protocol):
    repeats_safely: bool
    """Whether whoever gets a message twice sees it once. Where not, what may have been sent is not sent
    again by itself."""

    def send(self, delivery: Delivery, notice: Notice, *, at: datetime) -> Outcome: ...


def configured() -> frozenset[str]:
    """The channels this installation has. (The inbox and the text for wa.me are always there.)"""
    found = {Delivery.PUSH}
    if settings.MAIL:
        found.add(Delivery.MAIL)
    if settings.WHATSAPP["token"] and settings.WHATSAPP["phone_id"]:
        found.add(Delivery.WHATSAPP)
    return frozenset(found)


def channel(name: str) -> Channel:
    # Only who sends loads them: the push library alone is 0.3 s and 15 MB.
    from etoko.notices.channels.mail import MailChannel
    from etoko.notices.channels.push import PushChannel
    from etoko.notices.channels.whatsapp import WhatsAppChannel

    kinds: dict[str, type[Channel]] = {
        Delivery.PUSH: PushChannel,
        Delivery.MAIL: MailChannel,
        Delivery.WHATSAPP: WhatsAppChannel,
    }
    return kinds[name]()


def retry_after(header: str | None) -> timedelta | None:
    """ "Retry-After: 120", at most a day. (The form with a date is not used by our providers.)"""
    if header is None or not header.strip().isdecimal():
        return None
    return timedelta(seconds=min(int(header), 86_400))
