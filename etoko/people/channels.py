"""How a one-time code reaches its person: `ETOKO_CODE_CHANNEL` names one of these, or "module.Class".

On a fresh machine nothing can be sent: the code is printed where the server runs, and whoever helps
the person makes one on `/petugas/kode/`. A sender for WhatsApp or SMS is one more class here.
"""

import sys
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from etoko.foundation.phones import show_phone


class CodeChannel(Protocol):
    reaches_phone: bool
    """Whether the code arrives on the person's own phone without anybody's help. Then joining asks for
    the code, and nobody learns from the form whether a number already has an account."""

    def send(self, *, phone: str, code: str, at: datetime) -> None:
        """May raise OSError when the way out is down: the page then says so."""


class ConsoleChannel:
    reaches_phone = False

    def send(self, *, phone: str, code: str, at: datetime) -> None:
        print(f"Kode masuk untuk {show_phone(phone)}: {code}", file=sys.stderr, flush=True)


class HelperChannel:
    """Sends nothing: the code is read out by a kader or an officer who made it on her page."""

    reaches_phone = False

    def send(self, *, phone: str, code: str, at: datetime) -> None:
        return


CHANNELS: dict[str, type[CodeChannel]] = {"console": ConsoleChannel, "helper": HelperChannel}


def code_channel() -> CodeChannel:
    name = settings.CODE_CHANNEL
    kind: type[CodeChannel] = CHANNELS[name] if name in CHANNELS else import_string(name)
    return kind()
