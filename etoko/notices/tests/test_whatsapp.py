"""The WhatsApp Cloud API: what we say to it, and what we make of its answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from conftest import Clock
from etoko.notices import channels
from etoko.notices.channels import Accepted, Later, Outcome, Refused, Unknown
from etoko.notices.channels.whatsapp import code_template, one_line, post_message
from etoko.notices.models import Delivery, WhatsAppContact
from etoko.notices.operations import send_notice
from etoko.notices.operations.delivering import send_deliveries
from etoko.notices.tests.conftest import WORDS
from etoko.notices.tests.providers import Answer, Provider, whatsapp_error
from etoko.people.models import Person

TO = "+6281311112222"


def post(**more: Any) -> Outcome:
    return post_message(to=TO, message={"type": "text", "text": {"body": "Halo"}}, **more)


def test_a_notice_goes_out_as_a_template(db: None, clock: Clock, whatsapp: Provider) -> None:
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    assert send_deliveries(at=clock.now) == 1
    (received,) = whatsapp.received
    delivery = Delivery.objects.get()
    assert (received.path, received.headers["Authorization"]) == ("/1059/messages", "Bearer rahasia-token")
    assert received.json == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "6281311112222",
        "type": "template",
        "template": {
            "name": "etoko_kabar",
            "language": {"code": "id"},
            "components": [
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "text": "Pesanan baru K7M-2QX"},
                        {
                            "type": "text",
                            "text": "Halo Rahma, · ada pesanan baru K7M-2QX dari Siti. · "
                            "Buka pesanan: http://x/jualan/a/K7M-2QX/",
                        },
                    ],
                }
            ],
        },
        "biz_opaque_callback_data": f"{delivery.pk}-1",
    }
    assert (delivery.state, delivery.provider_id, delivery.sent_at is not None) == ("sent", "wamid.1", True)


@pytest.mark.parametrize(
    ("ago", "kind"), [(timedelta(hours=1), "text"), (timedelta(hours=23, minutes=55), "template")]
)
def test_for_a_day_after_she_wrote_it_is_free_words(
    db: None, clock: Clock, whatsapp: Provider, ago: timedelta, kind: str
) -> None:
    WhatsAppContact.objects.create(phone=TO, heard_at=clock.now - ago)
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    send_deliveries(at=clock.now)
    sent = whatsapp.received[0].json
    assert sent["type"] == kind
    if kind == "text":
        assert sent["text"] == {"preview_url": False, "body": WORDS["text"]}


def test_who_asked_us_to_stop_gets_nothing(db: None, clock: Clock, whatsapp: Provider) -> None:
    WhatsAppContact.objects.create(phone=TO, heard_at=clock.now, stopped_at=clock.now)
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    send_deliveries(at=clock.now)
    assert whatsapp.received == []
    assert Delivery.objects.get().state == "skipped"


@pytest.mark.parametrize(
    ("answer", "outcome", "down"),
    [
        (whatsapp_error(131026), Refused, False),
        (whatsapp_error(100), Refused, False),
        (whatsapp_error(130429, 429), Later, True),
        (whatsapp_error(131056), Later, True),
        (whatsapp_error(190, 401), Later, True),
        (whatsapp_error(132001, 404), Later, True),
        (whatsapp_error(131016, 503), Later, True),
        (Answer(500), Later, True),
        (Answer(429, headers={"Retry-After": "600"}), Later, True),
        (Answer(504), Unknown, False),
        (Answer(200, {"messages": []}), Unknown, False),
        (Answer(200, ["not", "ours"]), Unknown, False),
        (Answer(301, headers={"Location": "http://127.0.0.1:1/"}), Refused, False),
    ],
)
def test_what_its_answers_mean(
    whatsapp: Provider, answer: Answer, outcome: type[Outcome], down: bool
) -> None:
    whatsapp.answers = [answer]
    found = post()
    assert type(found) is outcome
    assert getattr(found, "channel_is_down", False) is down
    if isinstance(found, Later) and answer.headers:
        assert found.after == timedelta(seconds=600)


def test_an_answer_that_comes_too_late_says_nothing(
    whatsapp: Provider,
) -> None:
    whatsapp.answers = [Answer(wait=0.6)]
    assert isinstance(post(timeout=(1, 0.2)), Unknown)


def test_nobody_there_is_certainly_not_sent(whatsapp: Provider) -> None:
    whatsapp.stop()
    assert isinstance(post(), Later)


def test_the_id_is_kept(whatsapp: Provider) -> None:
    assert post(reference="7-1") == Accepted("wamid.1")


def test_a_code_is_sent_to_be_copied(whatsapp: Provider) -> None:
    post_message(to=TO, message=code_template("012345"))
    template = whatsapp.received[0].json["template"]
    assert template["name"] == "etoko_kode"
    assert [part["parameters"] for part in template["components"]] == [
        [{"type": "text", "text": "012345"}]
    ] * 2


def test_a_parameter_is_one_line_and_keeps_its_link() -> None:
    assert one_line(" a\n\n b\tc      d ") == "a · b c d"
    long = one_line("Halo,\n" + "kata " * 500 + "\nLihat: http://x/y/")
    assert len(long) <= 800
    assert long.endswith(" … Lihat: http://x/y/")


def test_without_token_there_is_no_such_channel(settings: Settings) -> None:
    assert channels.configured() == {"push"}


# ------------------------------------------------------------------------------------ one-time codes


@pytest.fixture
def codes_by_whatsapp(settings: Settings, whatsapp: Provider) -> Provider:
    settings.CODE_CHANNEL = "etoko.notices.channels.codes.WhatsAppCodes"
    return whatsapp


def test_a_code_comes_by_whatsapp_at_any_hour(
    client: Client, siti: Person, clock: Clock, codes_by_whatsapp: Provider
) -> None:
    clock.forward(hours=14)  # midnight
    assert client.post("/masuk/kode/", {"phone": siti.phone}).status_code == 302
    template = codes_by_whatsapp.received[0].json["template"]
    code = template["components"][0]["parameters"][0]["text"]
    assert client.post("/masuk/kode/isi/", {"code": code}).status_code == 302
    assert client.get("/saya/keamanan/").status_code == 200


@pytest.mark.parametrize("answer", [Answer(500), Answer(504), whatsapp_error(131026)])
def test_a_code_that_could_not_be_sent_is_told(
    client: Client, siti: Person, clock: Clock, codes_by_whatsapp: Provider, answer: Answer
) -> None:
    codes_by_whatsapp.answers = [answer]
    page = client.post("/masuk/kode/", {"phone": siti.phone}, follow=True).content.decode()
    assert "Kode belum bisa dikirim sekarang." in page
