"""An order that was placed is told, whatever happens to the machine afterwards."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from etoko.catalog.models import Variant
from etoko.notices.models import Delivery, Notice
from etoko.notices.operations.delivering import send_deliveries
from etoko.notices.tests.providers import Provider, whatsapp_takes_it
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.ordering.operations.placing import Placed
from etoko.ordering.tests.conftest import a_cart, place
from etoko.people.models import Person


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    found = Provider(whatsapp_takes_it)
    settings.WHATSAPP = {**settings.WHATSAPP, "url": found.address, "token": "t", "phone_id": "1059"}
    yield found
    found.stop()


DYING = """
import os, signal, sys, django; django.setup()
from django.db import connections, transaction
connections.databases["default"]["NAME"] = os.environ["TRIED_DATABASE"]
from etoko.ordering.models import Cart
from etoko.ordering.tests.conftest import place
with transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    place(Cart.objects.get())
"""


@pytest.mark.django_db(transaction=True)
def test_killed_between_order_and_message_the_message_leaves_later_and_once(
    kerupuk: Variant, hat: Variant, provider: Provider
) -> None:
    a_cart((kerupuk, 2), (hat, 1))
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "etoko.config.settings",
        "TRIED_DATABASE": str(connection.settings_dict["NAME"]),
        "ETOKO_WHATSAPP_URL": provider.address,
        "ETOKO_WHATSAPP_TOKEN": "t",
        "ETOKO_WHATSAPP_PHONE_ID": "1059",
    }
    done = subprocess.run([sys.executable, "-c", DYING], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]
    assert (Order.objects.count(), len(provider.received)) == (2, 0)

    noon = datetime.now(UTC).replace(hour=5) + timedelta(days=1)  # 12.00 WIB
    for minutes in (0, 1, 10):
        send_deliveries(at=noon + timedelta(minutes=minutes))
    told = sorted(received.json["to"] for received in provider.received)
    assert told == ["6281210000001", "6281210000002", "6281210000003"]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_telling_everybody_costs_three_questions(
    kerupuk: Variant, hat: Variant, provider: Provider, max_queries: Any
) -> None:
    cart = a_cart((kerupuk, 2), (hat, 1))
    with max_queries(40) as seen:
        place(cart)
    tables = ("notices_notice", "notices_delivery", "notices_reach")
    asked = [query["sql"] for query in seen if any(table in query["sql"] for table in tables)]
    assert len(asked) == 3, "\n".join(asked)
    assert (Notice.objects.count(), Delivery.objects.count()) == (3, 3)


def test_the_seller_sees_whether_her_buyer_knows_and_tells_her_by_hand(
    client: Client, placed: Placed, rahma: Person
) -> None:
    order = next(one for one in placed.orders if one.shop.name.startswith("Kerupuk"))
    page = f"/jualan/{order.shop.public_id}/pesanan/{order.number}/"
    client.force_login(rahma)
    assert "Kabar terakhir ke pembeli" not in client.get(page).content.decode()
    client.post(f"{page}accept/")
    assert "Belum dikabari" in client.get(page).content.decode()
    assert f'ping="{page}kabari/"' in client.get(page).content.decode()
    assert client.post(f"{page}kabari/").status_code == 204
    assert "Dikabari lewat WhatsApp" in client.get(page).content.decode()
    told = Notice.objects.get(about=f"order:{order.number}:buyer")
    assert told.passed_on_by == rahma


def test_the_buyer_sees_whether_the_seller_knows(client: Client, placed: Placed, rahma: Person) -> None:
    order = next(one for one in placed.orders if one.shop.name.startswith("Kerupuk"))
    page = f"/pesanan/{link_secret(placed.group)}/"
    assert "Ada di kotak kabarnya, belum dibaca" in client.get(page).content.decode()
    assert client.post(f"{page}{order.number}/kabari/").status_code == 204
    assert "Dikabari lewat WhatsApp" in client.get(page).content.decode()


def test_who_has_no_key_tells_nobody(client: Client, placed: Placed, ani: Person) -> None:
    order = placed.orders[0]
    client.force_login(ani)
    for address in (
        f"/jualan/{order.shop.public_id}/pesanan/{order.number}/kabari/",
        f"/pesanan/{'x' * 42}/{order.number}/kabari/",
    ):
        assert client.post(address).status_code == 404
    assert not Notice.objects.filter(passed_on_at__isnull=False).exists()
