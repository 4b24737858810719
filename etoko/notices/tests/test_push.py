"""Web push: encrypted for the device, signed by this installation."""

import base64
import json
import os
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from conftest import Clock
from etoko.notices.channels.vapid import key_file, public_key
from etoko.notices.models import Delivery, PushDevice
from etoko.notices.operations import send_notice
from etoko.notices.operations.delivering import send_deliveries
from etoko.notices.tests.conftest import WORDS
from etoko.notices.tests.providers import Answer, Provider
from etoko.people.models import Person

pytestmark = pytest.mark.django_db


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


KEY = ec.generate_private_key(ec.SECP256R1())
AUTH = os.urandom(16)
POINT = KEY.public_key().public_bytes(
    serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
)


def a_device(person: Person, service: Provider, number: int = 1) -> PushDevice:
    from django.utils import timezone

    return PushDevice.objects.create(
        person=person,
        endpoint=f"{service.address}/push/{person.pk}-{number}",
        endpoint_hash=f"{person.pk}-{number}",
        p256dh=b64(POINT),
        auth=b64(AUTH),
        name="HP saya",
        created_at=timezone.now(),
    )


def told(rahma: Person, service: Provider, clock: Clock, **more: Any) -> Delivery:
    a_device(rahma, service)
    send_notice(key="a", recipient=rahma, path="/jualan/", at=clock.now, **{**WORDS, **more})
    send_deliveries(at=clock.now)
    return Delivery.objects.get()


def test_the_device_reads_the_notice_and_nobody_else(
    rahma: Person, push_service: Provider, clock: Clock
) -> None:
    delivery = told(rahma, push_service, clock)
    (received,) = push_service.received
    assert delivery.state == "sent"
    assert b"Siti" not in received.body
    said = json.loads(http_ece.decrypt(received.body, private_key=KEY, auth_secret=AUTH, version="aes128gcm"))
    assert said == {
        "title": "Pesanan baru K7M-2QX",
        "body": "ada pesanan baru K7M-2QX dari Siti.",
        "path": f"/kabar/{delivery.notice_id}/",
        "tag": f"kabar-{delivery.notice_id}",
    }
    headers = {name.lower(): value for name, value in received.headers.items()}
    assert (headers["ttl"], headers["content-encoding"]) == ("86400", "aes128gcm")
    assert len(headers["topic"]) <= 32


def test_the_service_knows_who_sends(rahma: Person, push_service: Provider, clock: Clock) -> None:
    told(rahma, push_service, clock)
    signed = next(v for n, v in push_service.received[0].headers.items() if n.lower() == "authorization")
    token = signed.split("t=")[1].split(",")[0]
    claims = json.loads(unb64(token.split(".")[1]))
    assert claims["aud"] == push_service.address
    assert claims["sub"].startswith(("mailto:", "https://"))
    assert f"k={public_key()}" in signed


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(201), "sent"),
        (Answer(404), "skipped"),
        (Answer(410), "skipped"),
        (Answer(429, headers={"Retry-After": "60"}), "waiting"),
        (Answer(500), "waiting"),
        (Answer(413), "failed"),
        (Answer(400), "failed"),
        (Answer(307, headers={"Location": "http://127.0.0.1:1/"}), "waiting"),
    ],
)
def test_what_its_answers_mean(
    rahma: Person, push_service: Provider, clock: Clock, answer: Answer, state: str
) -> None:
    push_service.answers = [answer]
    assert told(rahma, push_service, clock).state == state
    assert PushDevice.objects.count() == (0 if answer.status in (404, 410) else 1)


def test_the_key_is_made_once(db: None) -> None:
    first = key_file().read_bytes()
    assert key_file().read_bytes() == first
    assert key_file().stat().st_mode & 0o777 == 0o600
    assert len(unb64(public_key())) == 65


def test_nobody_there_is_tried_later(rahma: Person, push_service: Provider, clock: Clock) -> None:
    push_service.stop()
    assert told(rahma, push_service, clock).state == "waiting"


def test_keys_that_are_none_are_refused(rahma: Person, push_service: Provider, clock: Clock) -> None:
    device = a_device(rahma, push_service)
    PushDevice.objects.filter(pk=device.pk).update(p256dh="xx")
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    send_deliveries(at=clock.now)
    assert Delivery.objects.get().state == "failed"
