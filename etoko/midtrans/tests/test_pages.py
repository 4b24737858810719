"""The buyer's and the seller's page, and that nothing is there where Midtrans is not set up."""

import pytest
from django.test import Client

from etoko.catalog.models import Shop
from etoko.midtrans.models import Account, Charge
from etoko.midtrans.tests.imitation import KEY, Imitation
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.ordering.tests.conftest import Everything, hidden
from etoko.people.models import Person
from tests.cast import CAST, FOR_RAHMAS_SHOP, signed_in

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize("who", CAST)
def test_who_may_connect_an_account(
    who: str, everybody: dict[str, Person], midtrans: Imitation, kerupuk_shop: Shop, everything: Everything
) -> None:
    client, address = signed_in(who, everybody), f"/jualan/{kerupuk_shop.public_id}/bayar-online/"
    expected = 302 if who == "guest" else 200 if who in FOR_RAHMAS_SHOP else 404
    assert client.get(address).status_code == expected
    before = everything()
    answer = client.post(address, {"server_key": KEY})
    assert Account.objects.exists() == (who in FOR_RAHMAS_SHOP)
    if who not in FOR_RAHMAS_SHOP:
        assert everything() == before
        assert client.post(f"{address}lepas/").status_code == expected
        return
    assert answer.status_code == 302
    page = client.get(address)
    assert KEY not in page.content.decode()
    assert KEY[-4:] in page.content.decode()
    client.post(f"{address}lepas/", {"once": hidden(page, "once")})
    assert Account.objects.filter(closed_at=None).count() == 0


def test_a_wrong_key_is_refused_with_a_sentence(
    client: Client, midtrans: Imitation, kerupuk_shop: Shop, rahma: Person
) -> None:
    client.force_login(rahma)
    answer = client.post(f"/jualan/{kerupuk_shop.public_id}/bayar-online/", {"server_key": "salah"})
    assert answer.status_code == 422
    assert "bukan Server Key" in answer.content.decode()


def test_the_buyer_pays_and_is_told(client: Client, order: Order, midtrans: Imitation) -> None:
    address = f"/pesanan/{link_secret(order.group)}/{order.number}/online/"
    assert address in client.get(f"/pesanan/{link_secret(order.group)}/").content.decode()
    assert "Bayar sekarang" in client.get(address).content.decode()
    assert not Charge.objects.exists(), "looking starts nothing"
    page = client.post(address, follow=True).content.decode()
    charge = Charge.objects.get()
    assert charge.page in page
    assert "belum menerima" in client.post(address, {"deed": "check"}, follow=True).content.decode()
    midtrans.becomes(charge.ref, "settlement")
    page = client.post(address, {"deed": "check"}, follow=True).content.decode()
    assert "Rp30.000 sudah diterima" in page


def test_midtrans_away_is_said(client: Client, order: Order, midtrans: Imitation) -> None:
    midtrans.is_away = True
    answer = client.post(f"/pesanan/{link_secret(order.group)}/{order.number}/online/")
    assert answer.status_code == 422
    assert "tidak bisa dihubungi" in answer.content.decode()


def test_somebody_elses_link_pays_nothing(client: Client, order: Order, midtrans: Imitation) -> None:
    secret = link_secret(order.group)
    for address in (f"/pesanan/{secret[:-1]}x/{order.number}/online/", f"/pesanan/{secret}/XXX-XXX/online/"):
        assert client.post(address).status_code == 404
    assert not Charge.objects.exists()


def test_nothing_is_there_where_it_is_not_set_up(client: Client, kerupuk_shop: Shop, rahma: Person) -> None:
    client.force_login(rahma)
    assert client.get(f"/jualan/{kerupuk_shop.public_id}/bayar-online/").status_code == 404
    assert client.post("/webhook/midtrans/", "{}", content_type="application/json").status_code == 404
    assert "Midtrans" not in client.get(f"/jualan/{kerupuk_shop.public_id}/toko/").content.decode()
