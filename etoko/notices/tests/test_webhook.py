"""What WhatsApp reports: only what it signed, in whatever order and however often it comes."""

import hashlib
import hmac
import itertools
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from conftest import Clock
from etoko.notices.models import Delivery, WhatsAppContact
from etoko.notices.operations import send_notice
from etoko.notices.operations.delivering import CLAIMED_FOR, claim_delivery, retry_delivery, send_deliveries
from etoko.notices.tests.conftest import WORDS
from etoko.notices.tests.providers import Answer, Provider
from etoko.people.models import Person

pytestmark = pytest.mark.django_db
TO = "+6281311112222"
ADDRESS = "/webhook/whatsapp/"


@pytest.fixture
def sent(clock: Clock, whatsapp: Provider) -> Delivery:
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    send_deliveries(at=clock.now)
    return Delivery.objects.get()


def call(client: Client, value: dict[str, Any], *, secret: str = "rahasia-app", **more: Any) -> int:
    body = {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }
    return post(client, json.dumps({**body, **more}, ensure_ascii=False).encode(), secret=secret)


def post(client: Client, raw: bytes, *, secret: str = "rahasia-app", sign: str | None = None) -> int:
    right = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    answer = client.post(
        ADDRESS,
        raw,
        content_type="application/json",
        headers={"X-Hub-Signature-256": right if sign is None else sign},
    )
    return answer.status_code


def status(kind: str, at: datetime, *, id_: str = "wamid.1", **more: Any) -> dict[str, Any]:
    one = {"id": id_, "status": kind, "timestamp": str(int(at.timestamp())), "recipient_id": TO[1:], **more}
    return {"messaging_product": "whatsapp", "statuses": [one]}


def message(at: datetime, body: str = "Terima kasih 🙏", *, from_: str = TO[1:]) -> dict[str, Any]:
    return {
        "messaging_product": "whatsapp",
        "messages": [
            {
                "from": from_,
                "id": "wamid.in",
                "timestamp": str(int(at.timestamp())),
                "type": "text",
                "text": {"body": body},
            }
        ],
    }


def as_found() -> tuple[Any, ...]:
    return Delivery.objects.values_list("state", "sent_at", "delivered_at", "read_at", "failed_at").get()


# ------------------------------------------------------------------------------------- the door


def test_the_address_proves_itself_by_the_word(client: Client, whatsapp: Provider) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": "kata-kita", "hub.challenge": "1158201444"}
    answer = client.get(ADDRESS, asked)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert client.get(ADDRESS, {**asked, "hub.verify_token": "tebakan"}).status_code == 403
    assert client.get(ADDRESS, {**asked, "hub.mode": "unsubscribe"}).status_code == 403
    assert client.get(ADDRESS).status_code == 403


def test_where_whatsapp_is_not_set_up_there_is_no_such_address(client: Client, settings: Settings) -> None:
    assert client.get(ADDRESS).status_code == 404
    empty = "sha256=" + hmac.new(b"", b"{}", hashlib.sha256).hexdigest()
    assert post(client, b"{}", sign=empty) == 404


def test_the_documented_signature(client: Client, whatsapp: Provider) -> None:
    raw = b'{"object":"whatsapp_business_account","entry":[]}'
    known = "sha256=4e4049730a4b581b8dbaac528677a52769204367677ea28b4c622b1f0cbb2eab"
    assert post(client, raw, sign=known) == 200
    assert post(client, raw + b" ", sign=known) == 403


def test_what_is_not_signed_changes_nothing(client: Client, sent: Delivery, clock: Clock) -> None:
    before = as_found()
    read = status("read", clock.now)
    assert call(client, read, secret="tebakan") == 403
    raw = json.dumps({"object": "whatsapp_business_account"}).encode()
    for sign in ("", "sha256=", "sha1=abc", "sha256=" + "0" * 64, "sha256=🙂"):
        assert post(client, raw, sign=sign) == 403
    assert call(client, message(clock.now), secret="tebakan") == 403
    assert as_found() == before
    assert not WhatsAppContact.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nonsense",
        b"[]",
        b"null",
        b'{"entry": 7}',
        b'{"object":"whatsapp_business_account","entry":[{"changes":[7,{"field":"messages","value":[]}]}]}',
        b'{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":'
        b'{"statuses":[{"id":{},"status":[],"timestamp":"x"},{"id":"wamid.1","status":"read",'
        b'"timestamp":"99999999999999"}],"messages":[{"from":7,"timestamp":true,"text":"x"}]}}]}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_signed_and_makes_no_sense_harms_nobody(client: Client, sent: Delivery, raw: bytes) -> None:
    before = as_found()
    assert post(client, raw) == 200
    assert as_found() == before


def test_a_call_that_is_too_long_is_not_read(client: Client, whatsapp: Provider) -> None:
    assert post(client, b" " * (1024 * 1024 + 1)) == 413


# ---------------------------------------------------------------------------------- what became of it


def test_every_order_of_arrival_ends_alike(client: Client, sent: Delivery, clock: Clock) -> None:
    told = [
        status("sent", clock.now + timedelta(seconds=1)),
        status("delivered", clock.now + timedelta(seconds=2)),
        status("read", clock.now + timedelta(seconds=3)),
    ]
    for order in itertools.permutations(told):
        Delivery.objects.update(state="sent", delivered_at=None, read_at=None)
        for one in (*order, *order):  # each of them twice
            assert call(client, one) == 200
        state, _sent, delivered_at, read_at, failed_at = as_found()
        assert (state, failed_at) == ("read", None)
        assert (delivered_at, read_at) == (
            clock.now + timedelta(seconds=2),
            clock.now + timedelta(seconds=3),
        )


def test_a_failure_is_told_with_its_reason(client: Client, sent: Delivery, clock: Clock) -> None:
    errors = [{"code": 131026, "title": "Message undeliverable"}]
    call(client, status("failed", clock.now, errors=errors))
    row = Delivery.objects.get()
    assert (row.state, row.failed_at) == ("failed", clock.now)
    assert row.reason == "Nomor ini tidak memakai WhatsApp, atau tidak bisa menerima pesan."


@pytest.mark.parametrize("first", ["failed", "delivered"])
def test_that_it_arrived_outweighs_that_it_failed(
    client: Client, sent: Delivery, clock: Clock, first: str
) -> None:
    for kind in (first, {"failed": "delivered", "delivered": "failed"}[first]):
        call(client, status(kind, clock.now))
    state, _sent, delivered_at, _read, failed_at = as_found()
    assert (state, delivered_at, failed_at) == ("delivered", clock.now, None)


def test_a_report_from_the_future_is_not_believed(client: Client, sent: Delivery, clock: Clock) -> None:
    call(client, status("read", clock.now + timedelta(days=1)))
    assert as_found()[0] == "sent"


def test_somebody_elses_message_is_none_of_ours(client: Client, sent: Delivery, clock: Clock) -> None:
    before = as_found()
    call(client, status("read", clock.now, id_="wamid.other"))
    call(client, status("read", clock.now, id_="wamid.other", biz_opaque_callback_data="999999-1"))
    wrong = {**status("read", clock.now, id_="wamid.x", biz_opaque_callback_data=f"{sent.pk}-1")}
    wrong["statuses"][0]["recipient_id"] = "6281399999999"
    call(client, wrong)
    assert as_found() == before


def test_what_was_uncertain_becomes_known(client: Client, clock: Clock, whatsapp: Provider) -> None:
    """The worker died between sending and noting: the status names the reference that we sent along."""
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    row = Delivery.objects.get()
    claim_delivery(pk=row.pk, at=clock.now)
    send_deliveries(at=clock.now + CLAIMED_FOR)
    assert as_found()[0] == "uncertain"
    call(client, status("sent", clock.now, id_="wamid.77", biz_opaque_callback_data=f"{row.pk}-1"))
    row.refresh_from_db()
    assert (row.state, row.provider_id, row.reason) == ("sent", "wamid.77", "")
    call(client, status("delivered", clock.now, id_="wamid.77"))
    assert as_found()[0] == "delivered"


def test_a_status_may_overtake_the_answer(client: Client, clock: Clock, whatsapp: Provider) -> None:
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    claimed = claim_delivery(pk=Delivery.objects.get().pk, at=clock.now)
    assert claimed is not None
    call(client, status("read", clock.now, id_="wamid.5", biz_opaque_callback_data=f"{claimed.pk}-1"))
    from etoko.notices.channels import Accepted
    from etoko.notices.operations.delivering import note_outcome

    note_outcome(delivery=claimed, outcome=Accepted("wamid.5"), at=clock.now)
    row = Delivery.objects.get()
    assert (row.state, row.provider_id) == ("read", "wamid.5")


def test_what_arrived_after_all_is_not_sent_again(
    client: Client, clock: Clock, dedi: Person, whatsapp: Provider
) -> None:
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    whatsapp.answers = [Answer(504)]
    send_deliveries(at=clock.now)
    row = Delivery.objects.get()
    assert row.state == "uncertain"
    retry_delivery(delivery=row, by=dedi, at=clock.now)
    call(client, status("delivered", clock.now, id_="wamid.1", biz_opaque_callback_data=f"{row.pk}-1"))
    assert send_deliveries(at=clock.now) == 0
    assert (as_found()[0], len(whatsapp.received)) == ("delivered", 1)


def test_the_failure_of_an_old_attempt_does_not_fail_the_new_one(
    client: Client, clock: Clock, dedi: Person, whatsapp: Provider
) -> None:
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    whatsapp.answers = [Answer(500)]
    send_deliveries(at=clock.now)
    row = Delivery.objects.get()
    send_deliveries(at=row.next_try_at)
    assert as_found()[0] == "sent"
    call(client, status("failed", clock.now, id_="wamid.old", biz_opaque_callback_data=f"{row.pk}-1"))
    assert as_found()[0] == "sent"


# ----------------------------------------------------------------------------------- what she wrote


def test_who_writes_may_be_answered_freely_for_a_day(
    client: Client, clock: Clock, whatsapp: Provider
) -> None:
    call(client, message(clock.now))
    assert WhatsAppContact.objects.get().heard_at == clock.now
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    send_deliveries(at=clock.now)
    assert whatsapp.received[0].json["type"] == "text"


def test_a_replayed_message_opens_no_window(client: Client, clock: Clock, whatsapp: Provider) -> None:
    then = clock.now
    call(client, message(then))
    clock.forward(days=3)
    call(client, message(then))
    assert WhatsAppContact.objects.get().heard_at == then
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    send_deliveries(at=clock.now)
    assert whatsapp.received[0].json["type"] == "template"


def test_free_words_that_came_too_late_go_again_as_a_template(
    client: Client, clock: Clock, whatsapp: Provider
) -> None:
    call(client, message(clock.now))
    send_notice(key="a", phone=TO, at=clock.now, **WORDS)
    send_deliveries(at=clock.now)
    failed = status("failed", clock.now, errors=[{"code": 131047, "title": "Re-engagement message"}])
    call(client, failed)
    call(client, failed)
    assert send_deliveries(at=clock.now) == 1
    assert [received.json["type"] for received in whatsapp.received] == ["text", "template"]
    assert as_found()[0] == "sent"


def test_berhenti_stops_and_mulai_starts_in_whatever_order_they_come(
    client: Client, clock: Clock, whatsapp: Provider
) -> None:
    stop, start = message(clock.now, " Berhenti. "), message(clock.now + timedelta(minutes=1), "MULAI")
    call(client, stop)
    assert WhatsAppContact.objects.get().stopped_at == clock.now
    for order in ((start, stop), (stop, start)):
        WhatsAppContact.objects.all().delete()
        for one in order:
            call(client, one)
        assert WhatsAppContact.objects.get().stopped_at is None


def test_what_she_wrote_is_not_kept(client: Client, clock: Clock, whatsapp: Provider) -> None:
    call(client, message(clock.now, "rahasia saya"))
    kept = WhatsAppContact.objects.values().get()
    assert "rahasia saya" not in str(kept)
