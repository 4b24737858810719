"""The channel of one-time codes in tests: a list that can be read."""

from datetime import datetime

SENT: list[tuple[str, str]] = []
"""(phone, code), the newest last."""


class ListChannel:
    reaches_phone = False

    def send(self, *, phone: str, code: str, at: datetime) -> None:
        SENT.append((phone, code))


class PhoneChannel(ListChannel):
    """As WhatsApp or SMS would be: the code arrives on the person's own phone."""

    reaches_phone = True


class BrokenChannel:
    reaches_phone = True

    def send(self, *, phone: str, code: str, at: datetime) -> None:
        raise OSError("the way out is down")
