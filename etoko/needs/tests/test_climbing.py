"""The ladder: what happened in the shop moves her up, the night writes it down, nothing takes it away."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from conftest import Clock
from etoko.catalog.models import Category, PaymentOption, Product, ProductPhoto, Shop
from etoko.catalog.states import ARCHIVED, PUBLISHED
from etoko.foundation.addresses import whole_address
from etoko.needs.ladder import B2B_ORDER_RP
from etoko.needs.models import ReadinessNight, ReadinessStep
from etoko.needs.operations import note_readiness
from etoko.needs.queries.readiness import climbers, ladder_of, steps_of, village_steps
from etoko.ordering.models import Order, OrderGroup
from etoko.ordering.states import COMPLETED, PROCESSING
from etoko.payments.models import Payment
from etoko.payments.operations import record_payment, reverse_payment
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import CLOSED, Business
from etoko.registry.operations.merging import merge_businesses, undo_merge
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("clock")
NIGHT = timedelta(days=1)


def add_photo(product: Product) -> None:
    ProductPhoto.objects.create(product=product, key=f"k{product.pk}", state=ProductPhoto.READY)


def add_goods(shop: Shop, number: int) -> None:
    category = Category.objects.get_or_create(slug="t-kerupuk", defaults={"name": "Kerupuk"})[0]
    for index in range(number):
        Product.objects.create(
            shop=shop,
            slug=f"p{index}",
            name=f"Produk {index}",
            category=category,
            area_code=shop.area_id,
            unit="bungkus",
            status=PUBLISHED,
        )


def sell(shop: Shop, total_rp: int = 30_000, *, recorded_by: Person | None = None) -> Order:
    group = OrderGroup.objects.create(
        name="Siti", phone="+6281210000003", recorded_by=recorded_by, total_rp=total_rp, created_at=NOW
    )
    return Order.objects.create(
        group=group,
        number=f"N{group.pk}",
        shop=shop,
        area_code=shop.area_id,
        state=COMPLETED,
        delivery="pickup",
        payment="transfer",
        goods_rp=total_rp,
        total_rp=total_rp,
        placed_at=NOW,
        answer_by_at=NOW,
        changed_at=NOW,
    )


def pay(order: Order, method: str) -> Payment:
    return record_payment(
        order=order,
        amount_rp=order.total_rp,
        method=method,
        source=Payment.FORM,
        received_on=NOW.date(),
        by=None,
        at=NOW,
    )


def climb(kerupuk: Product, to: int) -> None:
    """By all that happens on the way."""
    shop = kerupuk.shop
    deeds = (
        lambda: add_photo(kerupuk),
        lambda: add_goods(shop, 2),
        lambda: sell(shop),
        lambda: pay(sell(shop), Payment.QRIS),
        lambda: sell(shop, B2B_ORDER_RP),
    )
    for deed in deeds[:to]:
        deed()


def stands(business: Business) -> int:
    return steps_of([business])[business.pk]


def test_each_step_needs_what_really_happened(
    shop: Shop, kerupuk: Product, business: Business, yanti: Person
) -> None:
    assert stands(business) == 0
    ProductPhoto.objects.create(product=kerupuk, key="w", state=ProductPhoto.WAITING)
    assert stands(business) == 0
    add_photo(kerupuk)
    assert stands(business) == 1
    add_goods(shop, 1)
    Product.objects.create(
        shop=shop, slug="konsep", name="Konsep", category=kerupuk.category, area_code=shop.area_id, unit="kg"
    )
    assert stands(business) == 1  # two on sale and a draft
    Product.objects.filter(slug="konsep").update(status=PUBLISHED)
    assert stands(business) == 2
    sell(shop, recorded_by=yanti)
    open_order = sell(shop)
    Order.objects.filter(pk=open_order.pk).update(state=PROCESSING)
    assert stands(business) == 2
    order = sell(shop)
    assert stands(business) == 3
    pay(order, Payment.CASH)
    mistaken = pay(sell(shop), Payment.TRANSFER)
    assert stands(business) == 4
    reverse_payment(payment=mistaken, reason="Keliru", by=None, at=NOW)
    assert stands(business) == 3
    pay(sell(shop), Payment.MIDTRANS)
    sell(shop, B2B_ORDER_RP - 1)
    assert stands(business) == 4
    sell(shop, B2B_ORDER_RP, recorded_by=yanti)
    assert stands(business) == 5


def test_no_step_is_jumped(shop: Shop, business: Business, kerupuk: Product) -> None:
    pay(sell(shop, B2B_ORDER_RP), Payment.QRIS)
    assert stands(business) == 0
    add_photo(kerupuk)
    assert stands(business) == 1
    add_goods(shop, 2)
    assert stands(business) == 5


def test_the_night_writes_down_every_step_once_and_nothing_takes_it_away(
    shop: Shop, kerupuk: Product, business: Business, clock: Clock
) -> None:
    clock.now = NOW - timedelta(hours=9)  # 01.00 in the night: too early
    climb(kerupuk, 2)
    call_command("run_due_work", stdout=StringIO())
    assert not ReadinessNight.objects.exists()
    clock.now = NOW
    for _again in range(2):
        call_command("run_due_work", stdout=StringIO())
    assert list(ReadinessStep.objects.values_list("business", "step", "reached_at")) == [
        (business.pk, 1, NOW),
        (business.pk, 2, NOW),
    ]
    assert list(ReadinessNight.objects.values_list("night_on", "climbed")) == [(NOW.date(), 1)]
    shop.products.update(status=ARCHIVED)
    sell(shop)
    assert note_readiness(at=NOW) == 0  # not twice in a night
    assert stands(business) == 3  # but her page says so at once
    assert note_readiness(at=NOW + NIGHT) == 1
    assert ReadinessStep.objects.get(step=3).reached_at == NOW + NIGHT
    assert note_readiness(at=NOW + 2 * NIGHT) == 0
    assert [row.reached_at for row in ladder_of(business).rows] == [None, NOW, NOW, NOW + NIGHT, None, None]
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadinessStep.objects.create(business=business, step=3, reached_at=NOW)


def test_the_next_step_has_one_thing_to_press(
    shop: Shop, kerupuk: Product, business: Business, villages: dict[str, Area]
) -> None:
    def press(of: Business) -> tuple[str, str]:
        deed = ladder_of(of).next
        assert deed is not None
        return deed.label, deed.path

    without = Business.objects.create(name="Warung", search_name="warung", area=villages["Taban"])
    assert press(without) == ("Buka toko", f"/toko/buka/{without.public_id}/")
    goods = f"/jualan/{shop.public_id}/produk/"
    assert press(business) == ("Tambah foto", f"{goods}{kerupuk.public_id}/")
    add_photo(kerupuk)
    assert press(business) == ("Tambah produk", f"{goods}baru/")
    assert "Jual 2 produk lagi" in getattr(ladder_of(business).next, "words", "")
    add_goods(shop, 2)
    assert press(business) == ("Bagikan", whole_address("/toko/kerupuk-rahma/"))
    order = sell(shop)
    assert press(business) == ("Pasang cara bayar", f"/jualan/{shop.public_id}/toko/pembayaran/")
    PaymentOption.objects.create(shop=shop, kind=PaymentOption.QRIS)
    assert press(business) == ("Lihat pesanan", f"/jualan/{shop.public_id}/")
    pay(order, Payment.QRIS)
    assert press(business) == ("Tulis di cerita toko", f"/jualan/{shop.public_id}/toko/nama/")
    sell(shop, B2B_ORDER_RP)
    assert ladder_of(business).next is None


def test_villages_count_everybody_once(
    kerupuk: Product, business: Business, villages: dict[str, Area]
) -> None:
    climb(kerupuk, 2)
    note_readiness(at=NOW)
    others = [
        Business.objects.create(name=f"U{n}", search_name=f"u{n}", area=villages["Taban"]) for n in range(3)
    ]
    Business.objects.filter(pk=others[0].pk).update(status=CLOSED)
    Business.objects.filter(pk=others[1].pk).update(merged_into=business)
    rows = {row.name: row for row in village_steps(["36.03.04"])}
    assert len(rows) == 10
    assert (rows["Taban"].counts, rows["Taban"].total) == ([1, 0, 1, 0, 0, 0], 2)
    assert (rows["Daru"].counts, rows["Daru"].total) == ([0] * 6, 0)
    assert [row.name for row in climbers([""], step=2).rows] == ["Kerupuk Bu Rahma"]
    assert [row.name for row in climbers([""], step=0, village=others[2].area_id).rows] == ["U2"]
    assert climbers(["36.03.04.2005"], step=2).total == 0


def test_as_many_questions_for_many_as_for_one(
    kerupuk: Product, client: Client, dedi: Person, villages: dict[str, Area], max_queries: Any
) -> None:
    climb(kerupuk, 1)
    for number in range(25):
        other = Business.objects.create(name=f"U{number}", search_name=f"u{number}", area=villages["Daru"])
        its = Shop.objects.create(business=other, slug=f"u{number}", name=f"U{number}", area=villages["Daru"])
        add_goods(its, 3)
        for product in its.products.all():
            add_photo(product)
    with max_queries(7):
        assert note_readiness(at=NOW) == 26
    client.force_login(dedi)
    with max_queries(7):
        page = client.get("/petugas/kebutuhan/tahap/").content.decode()
    assert "?desa=36.03.04.2005&tahap=2" in page
    with max_queries(8):
        listed = client.get("/petugas/kebutuhan/tahap/usaha/?tahap=2&desa=36.03.04.2005").content.decode()
    assert "25 usaha" in listed


def test_what_she_reached_goes_with_her_into_the_record_that_stays(
    kerupuk: Product, business: Business, villages: dict[str, Area], dedi: Person
) -> None:
    climb(kerupuk, 2)
    note_readiness(at=NOW)
    kept = Business.objects.create(name="Kerupuk Rahma", search_name="kr", area=villages["Taban"])
    ReadinessStep.objects.create(business=kept, step=1, reached_at=NOW - NIGHT)
    merge = merge_businesses(kept=kept, other=business, by=dedi, at=NOW)
    assert list(ReadinessStep.objects.filter(business=kept).values_list("step", "reached_at")) == [
        (1, NOW - NIGHT),
        (2, NOW),
    ]
    undo_merge(merge=merge, by=dedi, at=NOW)
    assert list(ReadinessStep.objects.filter(business=business).values_list("step", flat=True)) == [1, 2]
    assert ReadinessStep.objects.filter(business=kept).count() == 1


def test_she_sees_where_she_stands_and_an_onlooker_gets_no_button(
    kerupuk: Product, business: Business, rahma: Person, regent: Person, client: Client
) -> None:
    climb(kerupuk, 1)
    path = f"/kebutuhan/usaha/{business.public_id}/"
    button = f"/jualan/{kerupuk.shop.public_id}/produk/baru/"
    client.force_login(rahma)
    page = client.get(path).content.decode()
    assert "Jual 2 produk lagi" in page and button in page
    assert "tahap Foto produk" in client.get("/saya/").content.decode()
    client.force_login(regent)
    page = client.get(path).content.decode()
    assert "Jual 2 produk lagi" in page and button not in page
