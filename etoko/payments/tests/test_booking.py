"""Rahma uploads her statement: what paid which order is shown, booked by one press, and can be undone."""

import hashlib
import time
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from etoko.catalog.models import PaymentOption, Shop, Variant
from etoko.ordering.models import Order, OrderGroup, OrderLine
from etoko.ordering.operations import Placed
from etoko.ordering.tests.conftest import hidden
from etoko.payments.models import Payment, Statement, StatementLayout, StatementLine
from etoko.payments.operations import mark_paid
from etoko.payments.queries.statement import statement_page
from etoko.payments.tests.bank_files import bca, bri, cooperative
from etoko.payments.tests.conftest import Everything, standing
from etoko.people.models import Person
from tests.cast import NOW

DAY = date(2026, 11, 24)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def seller(client: Client, rahma: Person) -> Client:
    client.force_login(rahma)
    return client


def upload(client: Client, shop: Shop, text: str, name: str = "mutasi.csv") -> str:
    answer = client.post(
        f"/jualan/{shop.public_id}/mutasi/",
        {"file": SimpleUploadedFile(name, text.encode())},
        follow=True,
    )
    return answer.content.decode()


def groups(shop: Shop) -> dict[str, list[int]]:
    return {group.name: [row.id for row in group.rows] for group in statement_page(shop, at=NOW).groups}


def book(client: Client, order: Order, line: int, **more: str) -> None:
    address = f"/jualan/{order.shop.public_id}/mutasi/catat/"
    form = {"group": "matched", "line": [line], f"order-{line}": order.pk, **more}
    assert client.post(address, form).status_code == 302


def test_one_press_books_what_matches(seller: Client, order: Order) -> None:
    page = upload(seller, order.shop, bca([(DAY, 30_000, "TRSF SITI"), (DAY, 7_000, "TRSF LAIN")]))
    assert "2 uang masuk baru dibaca." in page and "Catat 1 pembayaran" in page
    assert standing(order)[0] == Order.NOT_PAID
    found = groups(order.shop)
    assert set(found) == {"matched", "no_match"}
    book(seller, order, found["matched"][0])
    assert standing(order) == (Order.PAID, 30_000, 0)
    payment = Payment.objects.get()
    assert (payment.source, payment.method, payment.received_on) == ("statement", "transfer", DAY)
    assert set(groups(order.shop)) == {"no_match"}


def test_the_same_file_twice_adds_nothing(seller: Client, order: Order) -> None:
    text = bca([(DAY, 30_000, "TRSF SITI"), (DAY, 30_000, "TRSF SITI")])
    upload(seller, order.shop, text)
    page = upload(seller, order.shop, text, "lagi.csv")
    assert "0 uang masuk baru dibaca. 2 sudah pernah dibaca." in page
    assert StatementLine.objects.count() == 2
    longer = bca([(DAY, 30_000, "TRSF SITI")] * 3)
    assert "1 uang masuk baru dibaca. 2 sudah pernah dibaca." in upload(seller, order.shop, longer)


def test_a_line_is_booked_once_however_often_it_is_sent(seller: Client, order: Order) -> None:
    upload(seller, order.shop, bca([(DAY, 30_000, "TRSF SITI")]))
    (line,) = groups(order.shop)["matched"]
    book(seller, order, line)
    book(seller, order, line)
    assert Payment.objects.count() == 1


def test_a_wrong_match_is_undone_and_may_be_booked_again(
    seller: Client, order: Order, placed: Placed
) -> None:
    upload(seller, order.shop, bca([(DAY, 30_000, "TRSF")]))
    (line,) = groups(order.shop)["matched"]
    book(seller, order, line)
    seller.post(f"/jualan/{order.shop.public_id}/mutasi/{line}/urungkan/")
    assert standing(order) == (Order.NOT_PAID, 0, 0)
    assert groups(order.shop) == {"matched": [line]}
    book(seller, order, line)
    assert standing(order) == (Order.PAID, 30_000, 0)
    assert sorted(Payment.objects.values_list("amount_rp", "source_ref")) == [
        (-30_000, f"{line}.1"),
        (30_000, f"{line}.1"),
        (30_000, f"{line}.2"),
    ]


def test_a_payment_taken_back_on_the_order_frees_its_line(seller: Client, order: Order) -> None:
    upload(seller, order.shop, bca([(DAY, 30_000, "TRSF")]))
    (line,) = groups(order.shop)["matched"]
    book(seller, order, line)
    entry = Payment.objects.get()
    address = f"/jualan/{order.shop.public_id}/pesanan/{order.number}/bayar/{entry.pk}/batalkan/"
    seller.post(address, {"quick": "Salah pesanan"})
    assert groups(order.shop) == {"matched": [line]}


def test_what_she_had_marked_herself_is_tied_and_adds_nothing(
    seller: Client, order: Order, rahma: Person
) -> None:
    Order.objects.filter(pk=order.pk).update(payment=PaymentOption.TRANSFER)
    order.refresh_from_db()
    noted = mark_paid(order=order, by=rahma, at=NOW)
    upload(seller, order.shop, bca([(DAY, 30_000, "TRSF SITI")]))
    (line,) = groups(order.shop)["duplicate"]
    form = {"group": "duplicate", "line": [line], f"payment-{line}": noted.pk}
    seller.post(f"/jualan/{order.shop.public_id}/mutasi/catat/", form)
    assert Payment.objects.count() == 1 and groups(order.shop) == {}
    seller.post(f"/jualan/{order.shop.public_id}/mutasi/{line}/urungkan/")
    assert Payment.objects.count() == 1 and groups(order.shop) == {"duplicate": [line]}


def test_less_is_a_part_and_more_is_owed_back(seller: Client, order: Order) -> None:
    number = str(order.number)
    upload(seller, order.shop, bca([(DAY, 10_000, f"DP {number}"), (DAY, 25_000, f"LUNAS {number}")]))
    found = groups(order.shop)
    assert len(found["underpaid"]) == 1
    book(seller, order, found["underpaid"][0])
    assert standing(order) == (Order.PARTLY_PAID, 10_000, 0)
    (over,) = groups(order.shop)["overpaid"]
    book(seller, order, over)
    assert standing(order) == (Order.PAID, 30_000, 5_000)


def test_what_is_no_payment_is_set_aside_and_can_come_back(seller: Client, order: Order) -> None:
    upload(seller, order.shop, bri([(DAY, 7_000, "BUNGA")]))
    (line,) = groups(order.shop)["no_match"]
    address = f"/jualan/{order.shop.public_id}/mutasi/"
    seller.post(f"{address}catat/", {"group": "no_match", "line": [line], "aside": "1"})
    assert groups(order.shop) == {}
    assert "disisihkan" in seller.get(address).content.decode()
    seller.post(f"{address}{line}/urungkan/")
    assert groups(order.shop) == {"no_match": [line]}


def test_an_order_of_another_shop_is_not_booked(seller: Client, order: Order, placed: Placed) -> None:
    upload(seller, order.shop, bca([(DAY, 45_000, "TRSF")]))
    (line,) = groups(order.shop)["no_match"]
    other = placed.orders[1]
    form = {"group": "no_match", "line": [line], f"order-{line}": other.pk}
    seller.post(f"/jualan/{order.shop.public_id}/mutasi/catat/", form)
    assert not Payment.objects.exists()


def test_a_file_nobody_knows_is_explained_once(seller: Client, order: Order) -> None:
    page = upload(seller, order.shop, cooperative([(DAY, 30_000, "SITI")]))
    assert "Kolom mana isinya apa?" in page and not StatementLine.objects.exists()
    statement = Statement.objects.get()
    address = f"/jualan/{order.shop.public_id}/mutasi/{statement.public_id}/kolom/"
    assert seller.post(address, {"column-0": "date"}).status_code == 422
    wrong = seller.post(address, {"column-1": "date", "column-0": "text", "column-2": "credit"})
    assert wrong.status_code == 422 and "Tidak ada uang masuk" in wrong.content.decode()
    seller.post(address, {"column-0": "date", "column-1": "text", "column-2": "credit"})
    assert len(groups(order.shop)["matched"]) == 1
    statement.refresh_from_db()
    assert statement.rows is None and StatementLayout.objects.count() == 1
    page = upload(seller, order.shop, cooperative([(DAY, 30_000, "SITI"), (DAY, 5_000, "ANI")]))
    assert "1 uang masuk baru dibaca. 1 sudah pernah dibaca." in page


def test_read_with_other_columns_a_file_adds_nothing(seller: Client, order: Order) -> None:
    """It is uploaded twice before she has said what its columns mean, and she says it in two ways."""
    text = cooperative([(DAY, 30_000, "SITI"), (DAY, 30_000, "SITI"), (DAY, 30_000, "ANI")])
    for name in ("a.csv", "b.csv"):
        upload(seller, order.shop, text, name)
    choices = (
        {"column-0": "date", "column-1": "text", "column-2": "credit"},
        {"column-0": "date", "column-2": "amount", "column-1": "text"},
    )
    for statement, chosen, (new, known) in zip(
        Statement.objects.order_by("pk"), choices, ((3, 0), (0, 3)), strict=True
    ):
        address = f"/jualan/{order.shop.public_id}/mutasi/{statement.public_id}/kolom/"
        assert seller.post(address, chosen).status_code == 302
        statement.refresh_from_db()
        assert (statement.new_lines, statement.known_lines) == (new, known)
    assert StatementLine.objects.count() == 3


def test_lines_that_were_read_before_rows_had_fingerprints_are_known(seller: Client, order: Order) -> None:
    text = bca([(DAY, 30_000, "TRSF SITI")])
    upload(seller, order.shop, text)
    old = hashlib.sha256(f"{DAY}\n30000\ntrsf siti\n1".encode()).hexdigest()
    StatementLine.objects.update(fingerprint=old)
    assert "0 uang masuk baru dibaca. 1 sudah pernah dibaca." in upload(seller, order.shop, text)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7 x", "berkas PDF, bukan tabel"),
        (b"Tanggal,Keterangan,Kredit\nbukan,hari,ini\n", "Tidak ada uang masuk"),
        (b"x" * (5 * 1024 * 1024 + 1), "paling besar 5 MB"),
    ],
)
def test_a_bad_file_says_why_and_leaves_nothing(
    content: bytes, sentence: str, seller: Client, order: Order, everything: Everything
) -> None:
    before = everything()
    file = SimpleUploadedFile("mutasi.csv", content)
    answer = seller.post(f"/jualan/{order.shop.public_id}/mutasi/", {"file": file})
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert everything() == before and not Statement.objects.exists()


def test_without_a_file_it_says_so(seller: Client, order: Order) -> None:
    answer = seller.post(f"/jualan/{order.shop.public_id}/mutasi/", {})
    assert answer.status_code == 422 and "Pilih dulu berkas" in answer.content.decode()


def test_the_form_sent_twice_reads_the_file_once(seller: Client, order: Order) -> None:
    address = f"/jualan/{order.shop.public_id}/mutasi/"
    key = hidden(seller.get(address), "once")
    for _time in range(2):
        file = SimpleUploadedFile("mutasi.csv", bca([(DAY, 30_000, "TRSF")]).encode())
        assert seller.post(address, {"file": file, "once": key}).status_code == 302
    assert Statement.objects.count() == 1


def many_orders(shop: Shop, variant: Variant, count: int) -> list[Order]:
    group = OrderGroup.objects.create(name="Siti", phone="+6281210000003", total_rp=0, created_at=NOW)
    orders = Order.objects.bulk_create(
        Order(
            group=group,
            shop=shop,
            area_code=shop.area_id,
            delivery="pickup",
            payment="transfer",
            goods_rp=20_000 + number,
            total_rp=20_000 + number,
            placed_at=NOW - timedelta(days=3),
            answer_by_at=NOW,
            changed_at=NOW,
        )
        for number in range(count)
    )
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            variant=variant,
            product_name="Kerupuk",
            unit="bungkus",
            price_rp=order.goods_rp,
            quantity=1,
            ordered_quantity=1,
            line_rp=order.goods_rp,
        )
        for order in orders
    )
    return orders


def test_two_thousand_lines_are_matched_in_less_than_five_seconds(
    seller: Client, kerupuk_shop: Shop, kerupuk: Variant
) -> None:
    many_orders(kerupuk_shop, kerupuk, 1_000)
    lines = [(DAY - timedelta(days=number % 3), 20_000 + number, f"TRSF {number}") for number in range(2_000)]
    text = bca(lines)
    began = time.process_time()  # the machine may be busy with something else
    upload(seller, kerupuk_shop, text)
    took = time.process_time() - began
    page = statement_page(kerupuk_shop, at=NOW)
    sizes = {group.name: len(group.rows) + group.hidden for group in page.groups}
    assert sizes["matched"] == 1_000 and sum(sizes.values()) == 2_000
    assert took < 5, f"{took:.1f} s"
