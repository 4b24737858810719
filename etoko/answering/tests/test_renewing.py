"""A link that is too old leads to a new one: sent to the same phone, seldom, and to nobody else."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from conftest import Clock
from etoko.notices.models import Delivery, Notice
from etoko.ordering.links import LOOK_FOR
from etoko.ordering.models import Order
from etoko.ordering.operations import Placed, move_order
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import Everything, hidden
from etoko.people.models import Person

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def order(placed: Placed) -> Order:
    return placed.orders[0]


@pytest.fixture
def old_link(order: Order, rahma: Person, clock: Clock) -> str:
    """Of the first message, after its two weeks; the order goes on meanwhile."""
    for move in ("accept", "make_ready"):
        order = move_order(order=order, move=move, party=SELLER, by=rahma, at=clock.now)
    found = re.search(r"/jawab/[0-9A-Za-z]+/", Notice.objects.get(kind="order_place", recipient=rahma).text)
    assert found
    clock.forward(days=LOOK_FOR.days, hours=2)
    return found[0]


def new_links() -> list[Notice]:
    return list(Notice.objects.filter(kind="order_new_link").order_by("pk"))


def test_the_new_link_goes_to_her_phone_and_opens_the_order(
    client: Client, old_link: str, order: Order, rahma: Person
) -> None:
    page = client.get(old_link)
    assert "Kirim tautan baru ke WhatsApp saya" in page.content.decode() and new_links() == []
    form = {"once": hidden(page, "once")}
    answers = [client.post(f"{old_link}tautan-baru/", form) for _time in range(2)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, old_link)}
    (notice,) = new_links()
    assert (notice.recipient, notice.phone) == (rahma, rahma.phone)
    shown = client.get(old_link).content.decode()
    assert "0812-••••-•001" in shown and "Siti" not in shown, "the old link opens nothing"
    (new,) = re.findall(r"/jawab/[0-9A-Za-z]+/", notice.text)
    assert new != old_link and new not in shown
    assert "Sudah diserahkan" in client.get(new).content.decode()


def test_it_leaves_by_whatsapp_at_any_hour_where_that_is_set_up(
    client: Client, old_link: str, clock: Clock, settings: object
) -> None:
    settings.WHATSAPP = {**settings.WHATSAPP, "token": "t", "phone_id": "1"}  # type: ignore[attr-defined]
    clock.forward(hours=12)  # midnight
    client.post(f"{old_link}tautan-baru/")
    assert "Tautan baru dikirim ke WhatsApp 0812-••••-•001." in client.get(old_link).content.decode()
    delivery = Delivery.objects.get(notice__kind="order_new_link", channel=Delivery.WHATSAPP)
    assert delivery.next_try_at == clock.now


def test_it_is_sent_three_times_a_day_and_not_twice_in_ten_minutes(
    client: Client, old_link: str, clock: Clock, everything: Everything
) -> None:
    for sent in (1, 2, 3):
        for _impatient in range(3):
            assert client.post(f"{old_link}tautan-baru/").status_code == 302
        assert len(new_links()) == sent
        clock.forward(minutes=11)
    before = everything()
    refused = client.post(f"{old_link}tautan-baru/")
    assert refused.status_code == 422 and "sudah dikirim 3 kali hari ini" in refused.content.decode()
    assert everything() == before
    clock.forward(days=1)
    assert client.post(f"{old_link}tautan-baru/").status_code == 302


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_sends_nothing(client: Client, old_link: str, method: str, everything: Everything) -> None:
    before = everything()
    getattr(client, method)(old_link)
    getattr(client, method)(f"{old_link}tautan-baru/")
    assert everything() == before


@pytest.mark.parametrize("why", ["still good", "other phone", "left", "over"])
def test_there_is_none_for_a_link_that_is_still_good_or_nobody_s_any_more(
    *,
    why: str,
    client: Client,
    old_link: str,
    order: Order,
    rahma: Person,
    clock: Clock,
    everything: Everything,
) -> None:
    if why == "still good":
        clock.forward(days=-LOOK_FOR.days)
    elif why == "other phone":
        Person.objects.filter(pk=rahma.pk).update(phone="+6281299990000")
    elif why == "left":
        order.shop.business.roles.update(ends_on=clock.now.date() - timedelta(days=1))
    else:
        Order.objects.filter(pk=order.pk).update(state="cancelled")
    before = everything()
    assert "Kirim tautan baru" not in client.get(old_link).content.decode()
    assert client.post(f"{old_link}tautan-baru/").status_code == 422
    assert everything() == before


def test_what_we_did_not_sign_asks_for_nothing(client: Client, order: Order, everything: Everything) -> None:
    before = everything()
    assert client.post("/jawab/x/tautan-baru/").status_code == 404
    assert everything() == before
