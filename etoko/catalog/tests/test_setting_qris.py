"""Bu Rahma photographs her QRIS; it is read, looked at, taken, and everybody of the business hears of it."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.catalog.models import PaymentOption, QrisCode, Shop
from etoko.catalog.operations.qris import UnableToSetQris, set_qris
from etoko.catalog.operations.settings import Payment, UnableToSetShop, set_payment_options
from etoko.catalog.photos import keep_qris
from etoko.catalog.queries_qris import oddities_of
from etoko.catalog.tests.stall import as_seller
from etoko.foundation.qris import read_qris
from etoko.foundation.tests.photographed import photographed
from etoko.foundation.tests.test_qris import code
from etoko.notices.models import Notice
from etoko.people.models import Person
from etoko.registry.models import Business, BusinessRole
from tests.cast import NOW

RAHMA = code(t59="KERUPUK RAHMA", t51="0014ID.CO.QRIS.WWW0215ID10200000000010303UMI")
THIEF = code(t59="TOKO JAYA", t51="0014ID.CO.QRIS.WWW0215ID99900000000990303UMI")


@pytest.fixture
def seller(client: Client, rahma: Person) -> Client:
    client.force_login(rahma)
    return client


@pytest.fixture
def here(open_shop: Shop) -> str:
    return f"/jualan/{open_shop.public_id}/toko/qris/"


def photo(payload: str, **how: Any) -> BytesIO:
    sent = photographed(payload, **how)
    sent.name = "foto.jpg"
    return sent


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def take(shop: Shop, person: Person, payload: str, *, later: int = 0) -> QrisCode:
    at = NOW + timedelta(minutes=later)
    return set_qris(selling=as_seller(shop, person), qris=read_qris(payload), image="", at=at)


def test_a_photo_is_read_looked_at_and_taken(seller: Client, here: str, open_shop: Shop) -> None:
    looked = seller.post(here, {"camera": photo(RAHMA, turned=12, light=0.4)})
    page = looked.content.decode()
    assert looked.status_code == 200
    assert "Benar ini QRIS Anda?" in page and "KERUPUK RAHMA" in page and "ID1020000000001" in page
    assert not QrisCode.objects.exists()
    accepted = seller.post(here, {"token": token_in(page)})
    assert (accepted.status_code, accepted["Location"]) == (302, here)
    taken = QrisCode.objects.get()
    assert (taken.payload, taken.merchant_name, taken.nmid) == (RAHMA, "KERUPUK RAHMA", "ID1020000000001")
    option = PaymentOption.objects.get(kind="qris")
    assert (option.qris, option.qris_image) == (taken, taken.image)
    assert seller.get(f"/media/{taken.image}")["Content-Type"] == "image/png"
    shown = seller.get(here).content.decode()
    assert "KERUPUK RAHMA" in shown and "<svg" in shown


def test_a_pasted_text_is_taken_too(seller: Client, here: str) -> None:
    page = seller.post(here, {"text": f"  {RAHMA}\n"}).content.decode()
    seller.post(here, {"token": token_in(page)})
    assert QrisCode.objects.get().image == ""


def test_taken_twice_is_one(seller: Client, here: str) -> None:
    token = token_in(seller.post(here, {"text": RAHMA}).content.decode())
    for _time in range(3):
        assert seller.post(here, {"token": token, "once": "same"}).status_code == 302
    assert QrisCode.objects.count() == Notice.objects.filter(kind="shop_qris").count() == 1


@pytest.mark.parametrize(("sent", "said"), [
    ({}, "Foto QRIS-nya, pilih gambarnya, atau tempel teksnya"),
    ({"text": "https://contoh.example/"}, "melainkan alamat web"),
    ({"text": RAHMA.replace("RAHMA", "TIPUU")}, "rusak atau pernah diubah"),
    ({"text": code(t01="12", t54="5000")}, "QRIS sekali pakai"),
    ({"text": code(t54="5000")}, "QRIS sekali pakai"),
    ({"text": "000201" + "9" * 5000}, "terlalu panjang"),
    ({"token": "palsu"}, "sudah tidak berlaku"),
])  # fmt: skip
def test_what_cannot_be_taken_is_said_and_kept(
    seller: Client, here: str, sent: dict[str, str], said: str
) -> None:
    refused = seller.post(here, sent)
    page = refused.content.decode()
    assert (refused.status_code, said in page) == (422, True)
    assert sent.get("text", "")[:60] in page
    assert not QrisCode.objects.exists()


def test_a_photo_without_a_code_says_so(seller: Client, here: str) -> None:
    sent = photographed()
    sent.name = "foto.jpg"
    refused = seller.post(here, {"picture": sent})
    assert (refused.status_code, "Tidak terlihat kode QR" in refused.content.decode()) == (422, True)


def test_a_token_of_another_shop_is_refused(seller: Client, here: str, villages: Any, rahma: Person) -> None:
    other = Business.objects.create(name="Keripik Rahma", search_name="x", area=villages["Taban"])
    BusinessRole.objects.create(business=other, person=rahma, role="owner", starts_on=NOW.date())
    shop = Shop.objects.create(business=other, slug="keripik", name="Keripik Rahma", area=villages["Taban"])
    token = token_in(seller.post(f"/jualan/{shop.public_id}/toko/qris/", {"text": RAHMA}).content.decode())
    assert seller.post(here, {"token": token}).status_code == 422
    assert not QrisCode.objects.exists()


def test_a_change_is_kept_traced_and_told_to_all_owners(
    open_shop: Shop, rahma: Person, siti: Person, yanti: Person, business: Business
) -> None:
    BusinessRole.objects.create(business=business, person=siti, role="owner", starts_on=NOW.date())
    take(open_shop, rahma, RAHMA)
    helper = as_seller(open_shop, yanti, is_assisting=True)
    set_qris(selling=helper, qris=read_qris(THIEF), image="", at=NOW + timedelta(hours=1))
    old, new = QrisCode.objects.order_by("id")
    assert (old.until_at, new.until_at) == (NOW + timedelta(hours=1), None)
    assert PaymentOption.objects.get(kind="qris").qris == new
    told = Notice.objects.filter(kind="shop_qris").order_by("id")
    assert [notice.recipient for notice in told] == [rahma, siti, rahma, siti]
    last = told[2]
    assert last.title == "QRIS Kerupuk Rahma diganti"
    assert "Sekarang: TOKO JAYA, NMID ID9990000000099. Tadinya: KERUPUK RAHMA" in last.text
    assert yanti.name in last.text and "/toko/qris/" in last.text
    trace = AuditEntry.objects.filter(deed="set_qris").latest("id")
    assert trace.by_name == yanti.name and trace.for_name == business.name
    assert trace.changes["qris"] == [
        "KERUPUK RAHMA, NMID ID1020000000001",
        "TOKO JAYA, NMID ID9990000000099",
    ]


def test_the_same_code_again_tells_nobody(open_shop: Shop, rahma: Person) -> None:
    take(open_shop, rahma, RAHMA)
    take(open_shop, rahma, RAHMA, later=5)
    assert QrisCode.objects.count() == Notice.objects.filter(kind="shop_qris").count() == 1


def test_another_name_another_nmid_and_another_shop_are_pointed_out(
    open_shop: Shop, rahma: Person, villages: Any
) -> None:
    assert oddities_of(open_shop, read_qris(RAHMA)) == []
    assert oddities_of(open_shop, read_qris(code(t59="KERUPUK RAHMA TBN"))) == []
    take(open_shop, rahma, RAHMA)
    business = Business.objects.create(name="Toko Jaya", search_name="tokojaya", area=villages["Taban"])
    other = Shop.objects.create(business=business, slug="jaya", name="Toko Jaya", area=villages["Taban"])
    take(other, rahma, THIEF)
    name, nmid, shared = oddities_of(open_shop, read_qris(THIEF))
    assert "“TOKO JAYA”, lain dari nama toko “Kerupuk Rahma”" in name
    assert "tadinya ID1020000000001, sekarang ID9990000000099" in nmid
    assert "juga dipakai toko lain: Toko Jaya" in shared
    assert "tidak memuat NMID" in oddities_of(other, read_qris(code(drop="51", t59="TOKO JAYA")))[-1]


def test_giving_up_qris_ends_the_code_and_tells(open_shop: Shop, rahma: Person) -> None:
    take(open_shop, rahma, RAHMA)
    selling = as_seller(open_shop, rahma)
    set_payment_options(selling=selling, payments=[Payment("cash"), Payment("qris")], at=NOW)
    assert PaymentOption.objects.get(kind="qris").qris is not None
    set_payment_options(selling=selling, payments=[Payment("cash")], at=NOW + timedelta(hours=2))
    assert QrisCode.objects.get().until_at == NOW + timedelta(hours=2)
    assert not PaymentOption.objects.filter(kind="qris").exists()
    assert Notice.objects.filter(kind="shop_qris").latest("id").title == "QRIS dilepas dari Kerupuk Rahma"


def test_qris_is_not_chosen_before_there_is_one(open_shop: Shop, rahma: Person) -> None:
    with pytest.raises(UnableToSetShop, match="Pasang dulu QRIS"):
        set_payment_options(selling=as_seller(open_shop, rahma), payments=[Payment("qris")], at=NOW)
    assert list(PaymentOption.objects.values_list("kind", flat=True)) == ["cash"]


def test_a_changed_account_is_told_an_unchanged_one_is_not(open_shop: Shop, rahma: Person) -> None:
    selling = as_seller(open_shop, rahma)
    for number in ("1111111", "1111111", "2222222"):
        account = Payment("transfer", "BRI", number, "Rahma")
        set_payment_options(selling=selling, payments=[account], at=NOW + timedelta(minutes=int(number[0])))
    titles = Notice.objects.filter(kind="shop_transfer").order_by("id").values_list("title", flat=True)
    assert list(titles) == [
        "Rekening transfer dipasang di Kerupuk Rahma",
        "Rekening transfer Kerupuk Rahma diganti",
    ]


def test_the_switch_of_unique_amounts(seller: Client, open_shop: Shop) -> None:
    address = f"/jualan/{open_shop.public_id}/toko/pembayaran/"
    assert open_shop.unique_amounts == Shop.ON
    seller.post(address, {"kinds": ["cash"]})
    open_shop.refresh_from_db()
    assert open_shop.unique_amounts == Shop.OFF
    seller.post(address, {"kinds": ["cash"], "unique_amounts": "on"})
    open_shop.refresh_from_db()
    assert open_shop.unique_amounts == Shop.ON


def test_pictures_kept_earlier_are_read_by_command(
    open_shop: Shop, rahma: Person, capsys: pytest.CaptureFixture[str], villages: Any
) -> None:
    image = keep_qris(photographed(RAHMA, turned=5))
    option = PaymentOption.objects.create(shop=open_shop, kind="qris", qris_image=image)
    business = Business.objects.create(name="Toko Jaya", search_name="tokojaya", area=villages["Taban"])
    other = Shop.objects.create(business=business, slug="jaya", name="Toko Jaya", area=villages["Taban"])
    blind = PaymentOption.objects.create(shop=other, kind="qris", qris_image=keep_qris(photographed()))
    for _time in range(2):
        call_command("read_qris_pictures")
    said = capsys.readouterr().out
    assert "1 QRIS pictures read." in said and "0 QRIS pictures read." in said
    assert "Toko Jaya: Tidak terlihat kode QR" in said
    option.refresh_from_db()
    blind.refresh_from_db()
    assert option.qris is not None and option.qris.payload == RAHMA and blind.qris is None
    assert Notice.objects.get(kind="shop_qris").recipient == rahma


def test_a_code_for_one_payment_is_refused_by_the_deed_too(open_shop: Shop, rahma: Person) -> None:
    with pytest.raises(UnableToSetQris):
        take(open_shop, rahma, code(t01="12"))
    assert not QrisCode.objects.exists()
