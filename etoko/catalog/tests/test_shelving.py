"""A seller adds to her stock, counts it anew, and is told once when it runs out."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from etoko.audit.models import AuditEntry
from etoko.catalog.models import Product, Shop, StockMovement, Variant
from etoko.catalog.operations.stocking import Cause, hold_stock, release_stock, take_stock
from etoko.notices.models import Notice
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.django_db

ORDER = Cause(StockMovement.ORDER, "K7M-2QX")


@pytest.fixture
def kerupuk(product: Product) -> Variant:
    return product.variants.get()


@pytest.fixture
def page(open_shop: Shop, product: Product, client: Client, rahma: Person) -> str:
    client.force_login(rahma)
    return f"/jualan/{open_shop.public_id}/produk/{product.public_id}/stok/"


def figures(variant: Variant) -> tuple[int, int]:
    variant.refresh_from_db()
    return variant.on_hand, variant.held


def test_more_stock_is_added(page: str, client: Client, kerupuk: Variant, rahma: Person) -> None:
    form = {"variant": kerupuk.pk, "quantity": "20", "note": "Dibuat tadi pagi"}
    assert client.post(f"{page}tambah/", form)["Location"] == page
    assert figures(kerupuk) == (30, 0)
    movement = kerupuk.movements.latest("pk")
    assert (movement.kind, movement.on_hand_change, movement.by) == ("received", 20, rahma)
    entry = AuditEntry.objects.get(deed="add_stock")
    assert entry.changes == {"stock": ["10", "30"]}
    shown = client.get(page).content.decode()
    assert "+20 ditambah" in shown and "Dibuat tadi pagi" in shown and "sisa 30" in shown


def test_sent_twice_it_is_added_once(page: str, client: Client, kerupuk: Variant) -> None:
    found = re.search(r'name="once" value="([^"]+)"', client.get(page).content.decode())
    assert found
    form = {"variant": kerupuk.pk, "quantity": "20", "once": found[1]}
    assert client.post(f"{page}tambah/", form).status_code == 302
    assert client.post(f"{page}tambah/", form).status_code == 302
    assert figures(kerupuk) == (30, 0)


@pytest.mark.parametrize("typed", ["", "0", "-3", "banyak", "1,5", "9999999"])
def test_refuses_what_is_no_number_of_pieces(page: str, client: Client, kerupuk: Variant, typed: str) -> None:
    answer = client.post(f"{page}tambah/", {"variant": kerupuk.pk, "quantity": typed, "note": "catatanku"})
    assert answer.status_code == 422
    assert "catatanku" in answer.content.decode()
    assert figures(kerupuk) == (10, 0) and kerupuk.movements.count() == 1


def recount(kerupuk: Variant, on_hand: str, **other: Any) -> dict[str, Any]:
    return {"variant": kerupuk.pk, "on_hand": on_hand, "seen_on_hand": 10, "reason": "damaged", **other}


def test_counted_anew_with_a_reason(page: str, client: Client, kerupuk: Variant) -> None:
    form = recount(kerupuk, "8", note="kena hujan")
    assert client.post(f"{page}hitung-ulang/", form).status_code == 302
    assert figures(kerupuk) == (8, 0)
    movement = kerupuk.movements.latest("pk")
    assert (movement.kind, movement.on_hand_change, movement.reason) == ("adjusted", -2, "damaged")
    shown = client.get(page).content.decode()
    assert "−2 rusak" in shown and "kena hujan" in shown
    assert AuditEntry.objects.get(deed="recount_stock").changes == {"stock": ["10", "8"]}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"reason": ""}, "Pilih alasannya."),
        ({"reason": "opening"}, "Pilih alasannya."),
        ({"reason": "other"}, "Tulis alasannya dengan kata sendiri."),
        ({"on_hand": "3"}, "4 sudah dipesan pembeli"),
        ({"on_hand": "10"}, "Jumlahnya sudah 10"),
        ({"on_hand": "9", "seen_on_hand": 12}, "Stok sudah berubah menjadi 10"),
    ],
)
def test_refuses_a_count_it_cannot_believe(
    page: str, client: Client, kerupuk: Variant, form: dict[str, Any], sentence: str
) -> None:
    hold_stock(quantities={kerupuk.pk: 4}, cause=ORDER, at=NOW)
    answer = client.post(f"{page}hitung-ulang/", recount(kerupuk, "8") | form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert figures(kerupuk) == (10, 4) and kerupuk.movements.count() == 2


def test_the_history_names_the_order(page: str, client: Client, kerupuk: Variant) -> None:
    hold_stock(quantities={kerupuk.pk: 3}, cause=ORDER, at=NOW)
    take_stock(quantities={kerupuk.pk: 3}, cause=ORDER, at=NOW)
    shown = client.get(page).content.decode()
    assert "3 dipesan · pesanan K7M-2QX" in shown
    assert "−3 terjual · pesanan K7M-2QX" in shown and "sisa 7" in shown
    assert "/pesanan/K7M-2QX/" in shown
    only = client.get(f"{page}?tampil=masuk-keluar").content.decode()
    assert "3 dipesan" not in only and "−3 terjual" in only


def test_every_page_of_the_history_says_what_was_left(page: str, client: Client, kerupuk: Variant) -> None:
    for number in range(1, 46):
        client.post(f"{page}tambah/", {"variant": kerupuk.pk, "quantity": str(number)})
    second = client.get(f"{page}?hal=2").content.decode()
    assert "+10 ditambah" in second  # what the product began with
    assert "sisa 10<" in second and "sisa 25<" in second and "sisa 31<" not in second


def notices() -> list[str]:
    return list(Notice.objects.filter(kind="stock_low").order_by("pk").values_list("title", flat=True))


def test_she_is_told_once_that_it_runs_out(kerupuk: Variant, rahma: Person) -> None:
    hold_stock(quantities={kerupuk.pk: 6}, cause=ORDER, at=NOW)
    assert notices() == []
    hold_stock(quantities={kerupuk.pk: 1}, cause=ORDER, at=NOW)
    assert notices() == ["Kerupuk bawang tinggal 3"]
    hold_stock(quantities={kerupuk.pk: 3}, cause=ORDER, at=NOW)
    release_stock(quantities={kerupuk.pk: 10}, cause=ORDER, at=NOW)
    hold_stock(quantities={kerupuk.pk: 9}, cause=ORDER, at=NOW)
    assert notices() == ["Kerupuk bawang tinggal 3"]
    notice = Notice.objects.get(kind="stock_low")
    assert notice.recipient == rahma and "/stok/" in notice.path and notice.path in notice.text


def test_filled_up_she_is_told_again(page: str, client: Client, kerupuk: Variant) -> None:
    hold_stock(quantities={kerupuk.pk: 10}, cause=ORDER, at=NOW)
    assert notices() == ["Kerupuk bawang habis"]
    client.post(f"{page}tambah/", {"variant": kerupuk.pk, "quantity": "20"})
    hold_stock(quantities={kerupuk.pk: 18}, cause=ORDER, at=NOW + timedelta(hours=1))
    assert notices() == ["Kerupuk bawang habis", "Kerupuk bawang tinggal 2"]


def test_she_says_herself_when_it_is_low(page: str, client: Client, kerupuk: Variant) -> None:
    assert client.post(f"{page}kabari/", {"variant": kerupuk.pk, "low_at": "8"}).status_code == 302
    hold_stock(quantities={kerupuk.pk: 2}, cause=ORDER, at=NOW)
    assert notices() == ["Kerupuk bawang tinggal 8"]
    assert "Menipis" in client.get(page).content.decode()
    client.post(f"{page}kabari/", {"variant": kerupuk.pk, "low_at": ""})
    hold_stock(quantities={kerupuk.pk: 8}, cause=ORDER, at=NOW)
    assert len(notices()) == 1


def test_what_is_made_to_order_has_no_stock(page: str, client: Client, kerupuk: Variant) -> None:
    Product.objects.update(supply=Product.MADE_TO_ORDER)
    assert "dibuat sesuai pesanan" in client.get(page).content.decode()
    assert client.post(f"{page}tambah/", {"variant": kerupuk.pk, "quantity": "5"}).status_code == 422
    assert figures(kerupuk) == (10, 0)


def test_a_kader_who_helps_is_named(page: str, client: Client, kerupuk: Variant, yanti: Person) -> None:
    client.force_login(yanti)
    client.post(f"{page}tambah/", {"variant": kerupuk.pk, "quantity": "5"})
    movement = kerupuk.movements.latest("pk")
    assert (movement.by, movement.for_name) == (yanti, "Kerupuk Rahma")
    assert "untuk Kerupuk Rahma" in client.get(page).content.decode()


def test_the_page_costs_few_questions(page: str, client: Client, kerupuk: Variant, max_queries: Any) -> None:
    for _ in range(5):
        client.post(f"{page}tambah/", {"variant": kerupuk.pk, "quantity": "5"})
    with max_queries(16):
        client.get(page)
