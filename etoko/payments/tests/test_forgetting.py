"""A year after all is over the pictures of payments are gone, and the ledger still says what was paid."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from conftest import Clock
from etoko.foundation.private_pictures import keep_private, private_path
from etoko.notices.models import Notice
from etoko.notices.operations import read_all_notices, send_notice
from etoko.notices.operations.forgetting import forget_old_notices
from etoko.ordering.access import link_secret
from etoko.ordering.models import Complaint, Order
from etoko.ordering.operations import move_order
from etoko.ordering.states import BUYER, SELLER
from etoko.payments.models import Payment, PaymentProof, Refund
from etoko.payments.operations import pay_back
from etoko.payments.operations.forgetting import KEPT_FOR, forget_old_pictures
from etoko.payments.operations.proving import accept_proof, send_proof
from etoko.payments.proofs import keep_proof
from etoko.payments.reconciling import ledger_out_of_step
from etoko.payments.tests.conftest import TODAY, pay
from etoko.payments.tests.receipts import as_file, receipt
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")
A_YEAR_LATER = NOW + KEPT_FOR + timedelta(seconds=1)


@pytest.fixture
def proof(order: Order, rahma: Person) -> PaymentProof:
    """Siti showed it, Rahma found the money."""
    kept = keep_proof(as_file(receipt()))
    proof = send_proof(order=order, kept=kept, party=BUYER, by=None, by_name="Siti", at=NOW)
    accept_proof(proof=proof, amount_rp=30_000, received_on=TODAY, by=rahma, at=NOW)
    return proof


def received(order: Order) -> Order:
    order = move_order(order=order, move="make_ready", party=SELLER, by=None, at=NOW)
    return move_order(order=order, move="confirm_received", party=BUYER, by=None, at=NOW)


def test_the_picture_goes_and_the_entry_stays(
    proof: PaymentProof, order: Order, rahma: Person, client: Client
) -> None:
    received(order)
    path = private_path(proof.key or "")
    assert forget_old_pictures(at=NOW + KEPT_FOR) == 0 and path.exists()
    assert forget_old_pictures(at=A_YEAR_LATER) == 1 and not path.exists()
    assert forget_old_pictures(at=A_YEAR_LATER) == 0
    proof.refresh_from_db()
    assert (proof.key, proof.state, Payment.objects.get().amount_rp) == (None, "accepted", 30_000)
    assert ledger_out_of_step() == []
    secret = link_secret(order.group)
    assert client.get(f"/pesanan/{secret}/{order.number}/bukti/{proof.public_id}.jpg").status_code == 404
    assert (
        "gambarnya sudah dihapus" in client.get(f"/pesanan/{secret}/{order.number}/bayar/").content.decode()
    )
    client.force_login(rahma)
    page = client.get(f"/jualan/{order.shop.public_id}/pesanan/{order.number}/bukti/")
    assert page.status_code == 200 and '<img class="thumb"' not in page.content.decode()


def under_way(order: Order) -> None:
    """The goods are not there yet."""


def disputed(order: Order) -> None:
    received(order)
    Complaint.objects.create(
        order=order, kind=Complaint.BROKEN, opened_at=NOW, settle_by_at=NOW, changed_at=NOW
    )


def settled_lately(order: Order) -> None:
    received(order)
    Complaint.objects.create(
        order=order,
        kind=Complaint.BROKEN,
        state="settled",
        opened_at=NOW,
        settle_by_at=NOW,
        changed_at=A_YEAR_LATER - timedelta(days=30),
    )


def owed(order: Order) -> None:
    pay(order, 5_000)
    received(order)


@pytest.mark.parametrize("becomes", [under_way, disputed, settled_lately, owed])
def test_what_somebody_may_still_ask_about_is_kept(
    becomes: Callable[[Order], None], proof: PaymentProof, order: Order
) -> None:
    becomes(order)
    assert forget_old_pictures(at=A_YEAR_LATER) == 0
    assert private_path(proof.key or "").exists()


def given_back(order: Order, at: datetime) -> Refund:
    pay(order, 30_000)
    move_order(order=order, move="call_off", party=SELLER, by=None, at=NOW, reason="Habis")
    key = keep_private(as_file(receipt())).key
    given: dict[str, Any] = {"amount_rp": 30_000, "method": Payment.CASH, "returned_on": TODAY, "by": None}
    return pay_back(order=order, picture=key, at=at, **given).refund


def test_the_picture_of_a_refund_counts_from_when_the_money_went_back(order: Order) -> None:
    refund = given_back(order, NOW + timedelta(days=40))
    path = private_path(refund.picture)
    assert forget_old_pictures(at=A_YEAR_LATER) == 0 and path.exists()
    assert forget_old_pictures(at=A_YEAR_LATER + timedelta(days=40)) == 1 and not path.exists()
    refund.refresh_from_db()
    assert refund.picture == "" and Payment.objects.count() == 2


def a_notice(key: str, **to: Any) -> Notice:
    return send_notice(key=key, kind="x", title="Kabar", text="Kabar", at=NOW, **to)


def test_news_of_a_year_ago_goes_unless_nobody_has_read_it(rahma: Person, siti: Person) -> None:
    read, unread = a_notice("read", recipient=rahma), a_notice("unread", recipient=siti)
    a_notice("guest", phone="+6281311112222")
    read_all_notices(person=rahma, until=NOW, at=NOW)
    assert forget_old_notices(at=NOW + KEPT_FOR) == 0
    assert forget_old_notices(at=A_YEAR_LATER) == 2
    assert list(Notice.objects.all()) == [unread] and not read.deliveries.exists()


def test_the_worker_does_it(proof: PaymentProof, order: Order, clock: Clock) -> None:
    received(order)
    clock.now = A_YEAR_LATER
    call_command("run_due_work")
    proof.refresh_from_db()
    assert proof.key is None and not Notice.objects.filter(recipient=None, created_at=NOW).exists()
