"""An order changes: by the seller who has less, by the buyer before the answer, by both; to the rupiah."""

from dataclasses import replace
from datetime import timedelta

import pytest

from etoko.catalog.models import DeliveryOption, PaymentOption, Shop, Variant
from etoko.notices.models import Notice
from etoko.ordering.facts import OrderMoved, OrderTotalChanged
from etoko.ordering.models import Order, OrderGroup
from etoko.ordering.operations import (
    Destination,
    Placed,
    Receiver,
    UnableToChange,
    as_buyer,
    as_seller,
    change_order,
    merge_orders,
    move_order,
    reduce_order,
)
from etoko.ordering.quoting import Choice
from etoko.ordering.states import MERGED, SELLER
from etoko.ordering.tests.changed import announced, held, line, order, spicy, total
from etoko.ordering.tests.conftest import SITI, Everything, a_cart, place
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW

__all__ = ["announced", "order", "spicy"]

HOUR = timedelta(hours=1)


# ------------------------------------------------------------------------- the seller has less


def test_what_the_seller_does_not_have_leaves_the_sum_and_the_stock(
    order: Order, kerupuk: Variant, spicy: Variant, rahma: Person, announced: list[object]
) -> None:
    reduce_order(
        order=order,
        quantities={line(order, kerupuk).pk: 1, line(order, spicy).pk: 0},
        actor=as_seller(rahma),
        at=NOW,
        reason="Habis kemarin",
    )
    assert total(order) == 15_000 and held(kerupuk, spicy) == [1, 0]
    assert (line(order, spicy).quantity, line(order, spicy).ordered_quantity) == (0, 1)
    assert announced == [OrderTotalChanged(order.pk, 46_000, 15_000, NOW)]
    told = Notice.objects.get(kind="order_reduce")
    assert "Kerupuk Kulit: 1 dari 2 bungkus" in told.text and "Rp15.000" in told.text
    assert "Alasannya: Habis kemarin" in told.text and told.phone == SITI.phone


@pytest.mark.parametrize(
    ("quantities", "sentence"),
    [((0, 0), "tolak atau batalkan"), ((2, 1), "Belum ada yang dikurangi"), ((3, 1), "0 sampai")],
)
def test_nothing_left_nothing_less_or_more_than_ordered_is_refused(
    quantities: tuple[int, int], sentence: str, order: Order, rahma: Person, everything: Everything
) -> None:
    before = everything()
    wanted = dict(zip(order.lines.values_list("pk", flat=True), quantities, strict=True))
    with pytest.raises(UnableToChange, match=sentence):
        reduce_order(order=order, quantities=wanted, actor=as_seller(rahma), at=NOW)
    assert everything() == before


def test_what_is_handed_over_is_not_reduced(
    order: Order, kerupuk: Variant, rahma: Person, everything: Everything
) -> None:
    for move in ("accept", "make_ready", "hand_over"):
        move_order(order=order, move=move, party=SELLER, by=rahma, at=NOW)
    before = everything()
    with pytest.raises(UnableToChange, match="sudah dikirim"):
        reduce_order(order=order, quantities={line(order, kerupuk).pk: 1}, actor=as_seller(rahma), at=NOW)
    assert everything() == before


def test_a_line_of_another_order_is_not_touched(
    order: Order, kerupuk: Variant, rahma: Person, everything: Everything
) -> None:
    other = place(a_cart((kerupuk, 3))).orders[0]
    before = everything()
    with pytest.raises(UnableToChange, match="Muat ulang"):
        reduce_order(order=order, quantities={line(other, kerupuk).pk: 1}, actor=as_seller(rahma), at=NOW)
    assert everything() == before


def test_a_voucher_stays_whole_when_the_seller_has_less_and_shrinks_when_the_buyer_wants_less(
    order: Order, kerupuk: Variant, spicy: Variant, rahma: Person
) -> None:
    Order.objects.filter(pk=order.pk).update(voucher_off_rp=10_000, total_rp=36_000)
    OrderGroup.objects.filter(pk=order.group_id).update(total_rp=36_000)
    order.refresh_from_db()
    change = {line(order, spicy).pk: 0}
    change_order(
        order=order,
        quantities=change,
        delivery="pickup",
        destination=Destination(),
        note="",
        actor=as_buyer(order, None),
        at=NOW,
    )
    assert total(order) == 30_000 - 6_522  # 10,000 × 30,000 / 46,000
    reduce_order(order=order, quantities={line(order, kerupuk).pk: 1}, actor=as_seller(rahma), at=NOW)
    assert total(order) == 15_000 - 6_522


# --------------------------------------------------------------------------- the buyer changes


def change(order: Order, quantities: dict[int, int], **more: object) -> Order:
    wishes = {"delivery": order.delivery, "destination": Destination(), "note": order.note} | more
    return change_order(
        order=order,
        quantities=quantities,
        actor=as_buyer(order, None),
        at=NOW,
        **wishes,  # type: ignore[arg-type]
    )


def test_before_the_answer_the_buyer_changes_what_she_wants(
    order: Order, kerupuk: Variant, spicy: Variant, rahma: Person
) -> None:
    change(order, {line(order, kerupuk).pk: 5, line(order, spicy).pk: 0}, note="Yang renyah, ya")
    assert total(order) == 75_000 and held(kerupuk, spicy) == [5, 0]
    order.refresh_from_db()
    assert order.note == "Yang renyah, ya"
    told = Notice.objects.get(kind="order_change")
    assert told.recipient == rahma and "5 bungkus Kerupuk Kulit" in told.text and "Rp75.000" in told.text


def test_she_cannot_have_more_than_there_is(order: Order, kerupuk: Variant, everything: Everything) -> None:
    before = everything()
    with pytest.raises(UnableToChange, match="hanya bisa ditambah 8 lagi"):
        change(order, {line(order, kerupuk).pk: 11})
    assert everything() == before


def test_another_way_of_delivery_brings_its_fee(
    order: Order, villages: dict[str, Area], everything: Everything
) -> None:
    there = Destination("Jambe", villages["Jambe"], "Kp. Cisauk RT 03/RW 02", "dekat masjid")
    change(order, {}, delivery=DeliveryOption.SELLER, destination=there)
    assert total(order) == 51_000
    assert OrderGroup.objects.get(pk=order.group_id).street == "Kp. Cisauk RT 03/RW 02"
    order = Order.objects.select_related("group", "shop").get(pk=order.pk)
    before = everything()
    with pytest.raises(UnableToChange, match="belum mengantar"):
        far = replace(there, village="Kutruk", area=villages["Kutruk"])
        change(order, {}, delivery=DeliveryOption.SELLER, destination=far)
    with pytest.raises(UnableToChange, match="Tulis alamat"):
        change(order, {}, delivery=DeliveryOption.SELLER, destination=Destination())
    assert everything() == before
    change(order, {}, delivery=DeliveryOption.PICKUP)
    assert total(order) == 46_000


def test_the_address_of_other_orders_is_not_changed_behind_their_sellers_back(
    kerupuk: Variant, hat: Variant, hat_shop: Shop, villages: dict[str, Area], everything: Everything
) -> None:
    DeliveryOption.objects.create(shop=hat_shop, kind=DeliveryOption.COURIER)
    receiver = Receiver("Siti", SITI.phone, "Jambe", villages["Jambe"], "Kp. Cisauk RT 03")
    choices = {
        kerupuk.product.shop_id: Choice(DeliveryOption.SELLER, PaymentOption.CASH),
        hat_shop.pk: Choice(DeliveryOption.COURIER, PaymentOption.CASH),
    }
    order = place(a_cart((kerupuk, 1), (hat, 1)), receiver, choices).orders[0]
    before = everything()
    with pytest.raises(UnableToChange, match="pesanan Anda yang lain"):
        elsewhere = Destination("Daru", villages["Daru"], "Kp. Lain")
        change(order, {}, delivery=DeliveryOption.SELLER, destination=elsewhere)
    assert everything() == before


def test_after_the_answer_and_with_nothing_left_it_is_refused(
    order: Order, kerupuk: Variant, spicy: Variant, rahma: Person, everything: Everything
) -> None:
    nothing = {line(order, kerupuk).pk: 0, line(order, spicy).pk: 0}
    before = everything()
    with pytest.raises(UnableToChange, match="batalkan saja"):
        change(order, nothing)
    assert everything() == before
    move_order(order=order, move="accept", party=SELLER, by=rahma, at=NOW)
    before = everything()
    with pytest.raises(UnableToChange, match="sudah menjawab"):
        change(order, {line(order, kerupuk).pk: 1})
    assert everything() == before


def test_a_change_that_changes_nothing_tells_nobody(order: Order, everything: Everything) -> None:
    before = everything()
    change(order, {})
    assert everything() == before


# ------------------------------------------------------------------------------------ merging


def test_two_orders_become_one_with_one_fee_to_the_rupiah(
    kerupuk: Variant, spicy: Variant, villages: dict[str, Area], rahma: Person, announced: list[object]
) -> None:
    receiver = Receiver("Siti", SITI.phone, "Jambe", villages["Jambe"], "Kp. Cisauk RT 03")
    choices = {kerupuk.product.shop_id: Choice(DeliveryOption.SELLER, PaymentOption.CASH, "pagi")}
    older = place(a_cart((kerupuk, 2)), receiver, choices).orders[0]
    younger = place(a_cart((kerupuk, 1), (spicy, 2)), receiver, choices).orders[0]
    announced.clear()
    kept = merge_orders(first=younger, second=older, actor=as_buyer(older, None), at=NOW)
    assert kept.pk == older.pk
    assert (total(older), total(younger)) == (3 * 15_000 + 2 * 16_000 + 5_000, 0)
    assert (younger.state, younger.merged_into_id, younger.remind_at) == (MERGED, older.pk, None)
    assert held(kerupuk, spicy) == [3, 2]
    assert [row.quantity for row in older.lines.all()] == [3, 2]
    assert set(younger.lines.values_list("quantity", "held_quantity")) == {(0, 0)}
    assert [event.deed for event in younger.events.all()] == ["place", "merge"]
    assert [event.deed for event in older.events.all()] == ["place", "merge_in"]
    assert {type(fact) for fact in announced} == {OrderTotalChanged, OrderMoved}
    assert Notice.objects.get(kind="order_merge_in").recipient == rahma


def test_merged_orders_are_freed_and_sold_as_one(kerupuk: Variant, spicy: Variant, rahma: Person) -> None:
    older, younger = place(a_cart((kerupuk, 2))).orders[0], place(a_cart((spicy, 2))).orders[0]
    kept = merge_orders(first=older, second=younger, actor=as_buyer(older, None), at=NOW)
    move_order(order=kept, move="decline", party=SELLER, by=rahma, at=NOW, reason="Habis")
    assert held(kerupuk, spicy) == [0, 0]


def test_what_is_answered_of_another_shop_or_itself_is_not_merged(
    kerupuk: Variant, placed: Placed, rahma: Person, everything: Everything
) -> None:
    here, elsewhere = placed.orders
    other = place(a_cart((kerupuk, 1))).orders[0]
    move_order(order=other, move="accept", party=SELLER, by=rahma, at=NOW)
    before = everything()
    for second, sentence in ((elsewhere, "toko yang sama"), (other, "sudah menjawab"), (here, "berbeda")):
        with pytest.raises(UnableToChange, match=sentence):
            merge_orders(first=here, second=second, actor=as_buyer(here, None), at=NOW)
    assert everything() == before
