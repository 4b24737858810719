from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from etoko.notices.tests.providers import Answer, Provider, whatsapp_takes_it

WORDS: Any = {
    "kind": "order_place",
    "title": "Pesanan baru K7M-2QX",
    "text": "Halo Rahma,\n\nada pesanan baru K7M-2QX dari Siti.\n\nBuka pesanan: http://x/jualan/a/K7M-2QX/",
}


@pytest.fixture
def whatsapp(settings: Settings) -> Iterator[Provider]:
    """The WhatsApp Cloud API, configured."""
    provider = Provider(whatsapp_takes_it)
    settings.WHATSAPP = {
        **settings.WHATSAPP,
        "url": provider.address,
        "token": "rahasia-token",
        "phone_id": "1059",
        "secret": "rahasia-app",
        "verify": "kata-kita",
    }
    yield provider
    provider.stop()


@pytest.fixture
def push_service(settings: Settings) -> Iterator[Provider]:
    """The push service of a browser's maker."""
    provider = Provider(lambda number: Answer(201, headers={"Location": f"/m/{number}"}))
    settings.PUSH_SERVICES = (provider.address,)
    yield provider
    provider.stop()
