"""`/saya/kabar/`: each person decides by which ways, and at which hours, she is told."""

import json
import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail as mails
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.notices.models import Delivery, PushDevice, Reach, WhatsAppContact
from etoko.notices.operations import send_notice
from etoko.notices.operations.choosing import MOST_DEVICES, add_push_device, mail_proof, send_mail_proof
from etoko.notices.tests.conftest import WORDS
from etoko.notices.tests.providers import Provider
from etoko.notices.tests.test_push import AUTH, POINT, b64
from etoko.people.models import Person

pytestmark = pytest.mark.django_db
PAGE = "/saya/kabar/"


def subscription(endpoint: str = "https://fcm.googleapis.com/fcm/send/abc", **keys: str) -> str:
    return json.dumps({"endpoint": endpoint, "keys": {"p256dh": b64(POINT), "auth": b64(AUTH), **keys}})


@pytest.fixture
def she(client: Client, rahma: Person, whatsapp: Provider) -> Client:
    client.force_login(rahma)
    return client


@pytest.fixture
def mail_server(settings: Settings) -> None:
    settings.MAIL = "smtp://localhost"


# ---------------------------------------------------------------------------------- ways and hours


def test_what_nobody_chose_is_shown_as_it_is(she: Client) -> None:
    page = she.get(PAGE).content.decode()
    assert 'name="whatsapp" checked' in page
    assert 'name="quiet" checked' in page
    assert '<option value="21:00" selected>21.00' in page
    assert '<option value="05:00" selected>05.00' in page


def test_her_choice_holds_from_the_next_notice_on(she: Client, rahma: Person, clock: Clock) -> None:
    form = {"push": "on", "quiet": "on", "quiet_from": "09:00", "quiet_until": "11:00"}
    assert she.post(PAGE, form)["Location"] == PAGE
    reach = Reach.objects.get()
    assert (reach.whatsapp, reach.push, reach.mail) == ("unwanted", "wanted", "unwanted")
    assert (reach.quiet_from, reach.quiet_until) == (time(9), time(11))
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    assert not Delivery.objects.exists()
    she.post(PAGE, {"whatsapp": "on", "quiet_from": "09:00", "quiet_until": "11:00"})
    send_notice(key="b", recipient=rahma, at=clock.now, **WORDS)
    assert Delivery.objects.get().next_try_at == clock.now
    assert AuditEntry.objects.filter(deed="choose_reach").count() == 2


def test_who_said_berhenti_may_begin_again_here(she: Client, rahma: Person, clock: Clock) -> None:
    WhatsAppContact.objects.create(phone=rahma.phone, stopped_at=clock.now, word_at=clock.now)
    assert 'name="whatsapp" checked' not in she.get(PAGE).content.decode()
    she.post(PAGE, {"quiet_from": "21:00", "quiet_until": "05:00"})
    assert WhatsAppContact.objects.get().stopped_at is not None
    clock.forward(minutes=1)
    she.post(PAGE, {"whatsapp": "on", "quiet_from": "21:00", "quiet_until": "05:00"})
    assert WhatsAppContact.objects.get().stopped_at is None
    assert 'name="whatsapp" checked' in she.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({"quiet_from": "21:00", "quiet_until": "21:00"}, "Jam mulai dan selesainya sama"),
        ({"quiet_from": "malam", "quiet_until": "05:00"}, "malam"),
    ],
)
def test_hours_that_make_no_sense_are_refused(she: Client, hours: dict[str, str], words: str) -> None:
    answer = she.post(PAGE, {"quiet": "on", **hours})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Reach.objects.filter(whatsapp="unwanted").exists()


# ---------------------------------------------------------------------------------------- devices


def test_a_device_is_told_from_now_on(she: Client, rahma: Person, clock: Clock) -> None:
    form = {"subscription": subscription(), "name": "HP Rahma"}
    assert she.post(f"{PAGE}perangkat/", form)["Location"] == PAGE
    device = PushDevice.objects.get()
    assert (device.person, device.name, Reach.objects.get().push) == (rahma, "HP Rahma", "wanted")
    assert "HP Rahma" in she.get(PAGE).content.decode()
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    assert Delivery.objects.filter(channel="push", address=str(device.pk)).exists()
    she.post(f"{PAGE}perangkat/{device.pk}/hapus/")
    assert not PushDevice.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "x",
        "[]",
        '{"endpoint": 7, "keys": {}}',
        subscription("http://127.0.0.1/"),
        subscription("https://fcm.googleapis.com.evil.example/x"),
        subscription("https://evil.example/?https://fcm.googleapis.com"),
        subscription("https://user@fcm.googleapis.com/x"),
        subscription("https://fcm.googleapis.com/" + "x" * 1000),
        subscription(p256dh="xx"),
        subscription(auth="xx"),
        subscription(p256dh="ü"),
    ],
)
def test_what_no_browser_says_is_refused(she: Client, said: str) -> None:
    answer = she.post(f"{PAGE}perangkat/", {"subscription": said})
    assert answer.status_code == 422
    assert not PushDevice.objects.exists()


def test_a_shared_phone_tells_only_who_asked_last(
    she: Client, rahma: Person, herman: Person, clock: Clock
) -> None:
    she.post(f"{PAGE}perangkat/", {"subscription": subscription()})
    she.force_login(herman)
    she.post(f"{PAGE}perangkat/", {"subscription": subscription()})
    assert PushDevice.objects.get().person == herman


def test_signing_out_of_a_phone_ends_its_notifications(she: Client, herman: Person, rahma: Person) -> None:
    she.post(f"{PAGE}perangkat/", {"subscription": subscription()})
    kept = add_push_device(
        person=herman,
        endpoint="https://fcm.googleapis.com/herman",
        p256dh=b64(POINT),
        auth=b64(AUTH),
        name="HP",
        at=rahma.created_at,
    )
    for forged in ("x", str(kept.pk)):  # a cookie can be changed: only one's own device goes
        other = Client()
        other.force_login(rahma)
        other.cookies["perangkat"] = forged
        other.post("/keluar/")
    assert PushDevice.objects.count() == 2
    she.post("/keluar/")
    assert PushDevice.objects.get() == kept
    assert she.cookies["perangkat"].value == ""


def test_somebody_elses_device_stays(she: Client, herman: Person, rahma: Person) -> None:
    she.post(f"{PAGE}perangkat/", {"subscription": subscription()})
    she.force_login(herman)
    assert she.post(f"{PAGE}perangkat/{PushDevice.objects.get().pk}/hapus/").status_code == 302
    assert PushDevice.objects.get().person == rahma


def test_the_oldest_device_makes_room(rahma: Person, clock: Clock) -> None:
    for number in range(MOST_DEVICES + 2):
        add_push_device(
            person=rahma,
            endpoint=f"https://fcm.googleapis.com/{number}",
            p256dh=b64(POINT),
            auth=b64(AUTH),
            name=str(number),
            at=clock.forward(minutes=1),
        )
    kept = set(PushDevice.objects.values_list("name", flat=True))
    assert kept == {str(number) for number in range(2, MOST_DEVICES + 2)}


def test_the_script_that_shows_news_stands_at_the_root(client: Client, db: None) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert b"showNotification" in answer.content


# ------------------------------------------------------------------------------------------- mail


def work_through_tasks() -> None:
    for task in DBTaskResult.objects.ready():
        task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])


def test_an_address_is_used_when_it_is_proven(
    she: Client, rahma: Person, clock: Clock, mail_server: None
) -> None:
    assert she.post(f"{PAGE}surel/", {"address": "rahma@toko.example"})["Location"] == PAGE
    send_notice(key="a", recipient=rahma, at=clock.now, **WORDS)
    assert not Delivery.objects.filter(channel="mail").exists()
    work_through_tasks()
    (letter,) = mails.outbox
    assert letter.to == ["rahma@toko.example"]
    found = re.search(r"http://127.0.0.1:8000(/saya/kabar/surel/\S+/)", str(letter.body))
    assert found
    stranger = Client()
    assert "rahma@toko.example" in stranger.get(found[1]).content.decode()
    assert Reach.objects.get().mail_proved_at is None  # looking is not doing
    assert stranger.post(found[1]).status_code == 200
    assert stranger.post(found[1]).status_code == 200
    assert Reach.objects.get().mail_proved_at == clock.now
    send_notice(key="b", recipient=rahma, at=clock.now, **WORDS)
    assert Delivery.objects.get(channel="mail").address == "rahma@toko.example"
    she.post(f"{PAGE}surel/", {"deed": "remove"})
    send_notice(key="c", recipient=rahma, at=clock.now, **WORDS)
    assert Delivery.objects.filter(channel="mail").count() == 1


def test_a_proof_is_worth_nothing_for_another_address_or_later(
    she: Client, rahma: Person, mail_server: None
) -> None:
    she.post(f"{PAGE}surel/", {"address": "rahma@toko.example"})
    for token in (mail_proof(rahma.pk, "other@toko.example"), "nonsense", mail_proof(rahma.pk, "") + "x"):
        assert she.post(f"{PAGE}surel/{token}/").status_code == 422
    assert Reach.objects.get().mail_proved_at is None


def test_an_address_that_was_changed_meanwhile_gets_no_mail(rahma: Person, mail_server: None) -> None:
    Reach.objects.create(person=rahma, mail_address="new@toko.example")
    send_mail_proof.call(rahma.pk, "old@toko.example")
    assert mails.outbox == []


def test_strangers_are_not_flooded(she: Client, clock: Clock, mail_server: None) -> None:
    for _time in range(5):
        she.post(f"{PAGE}surel/", {"address": "orang@toko.example"})
    assert she.post(f"{PAGE}surel/", {"address": "orang@toko.example"}).status_code == 422
    clock.now += timedelta(hours=1)
    assert she.post(f"{PAGE}surel/", {"address": "orang@toko.example"}).status_code == 302


@pytest.mark.parametrize("address", ["", "rahma", "rahma@toko.example\nBcc: x@y.example", "@", "a@b"])
def test_an_address_that_is_none_is_refused(she: Client, mail_server: None, address: str) -> None:
    answer = she.post(f"{PAGE}surel/", {"address": address})
    assert answer.status_code == 422
    assert not Reach.objects.exists()


def test_the_page_costs_few_questions(she: Client, max_queries: Any) -> None:
    she.post(f"{PAGE}perangkat/", {"subscription": subscription()})
    with max_queries(6):
        she.get(PAGE)
