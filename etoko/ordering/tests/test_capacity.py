"""What is made to order has a day, and a day has room for so many."""

from datetime import date, timedelta

import pytest
from django.test import Client

from etoko.catalog.making import capacity_out_of_step, days_of_orders, to_make
from etoko.catalog.models import CapacityDay, Making, Product, Shop, Variant
from etoko.catalog.operations.making import make_fewer, release_making
from etoko.ordering.cart import contents_of
from etoko.ordering.models import Order
from etoko.ordering.operations import (
    Destination,
    Receiver,
    UnableToAdd,
    UnableToPlaceAll,
    UnableToPlaceAsShown,
    add_to_cart,
    as_buyer,
    as_seller,
    change_order,
    expire_orders,
    merge_orders,
    move_order,
    place_orders,
    reduce_order,
    take_what_is_left,
)
from etoko.ordering.operations.taking_back import UnableToTakeBack, take_back_move
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import BUYER, SELLER
from etoko.ordering.tests.conftest import SITI, Everything, a_cart, a_variant, place
from etoko.people.models import Person
from tests.cast import NOW
from tests.racing import guards_off, race

FRIDAY = date(2026, 11, 27)  # three days after NOW


@pytest.fixture
def box(kerupuk_shop: Shop) -> Variant:
    """Nasi kotak: ten can be made for a day, three days ahead."""
    variant = a_variant(kerupuk_shop, "Nasi Kotak", 20_000, supply=Product.MADE_TO_ORDER)
    Product.objects.filter(pk=variant.product_id).update(capacity_per_day=10)
    variant.product.refresh_from_db()
    return variant


def taken() -> dict[date, int]:
    return dict(CapacityDay.objects.filter(taken__gt=0).values_list("day_on", "taken"))


@pytest.mark.django_db
def test_an_order_takes_room_on_the_first_day_that_has_it(box: Variant) -> None:
    numbers = [place(a_cart((box, pieces))).orders[0].number or "" for pieces in (6, 6, 4)]
    ready = days_of_orders(numbers)
    assert [ready[number, box.product_id] for number in numbers] == [
        FRIDAY,
        FRIDAY + timedelta(days=1),
        FRIDAY,
    ]
    assert taken() == {FRIDAY: 10, FRIDAY + timedelta(days=1): 6}
    assert capacity_out_of_step() == []


@pytest.mark.django_db
def test_without_a_bound_everything_is_ready_after_the_days_it_takes(hat: Variant) -> None:
    order = place(a_cart((hat, 500))).orders[0]
    assert days_of_orders([order.number or ""]) == {(order.number, hat.product_id): FRIDAY}
    assert not CapacityDay.objects.exists()


@pytest.mark.django_db
def test_the_sizes_of_a_product_share_its_days(box: Variant) -> None:
    large = Variant.objects.create(product=box.product, name="besar", price_rp=30_000, position=1)
    place(a_cart((box, 4), (large, 4)))
    contents = contents_of(a_cart((box, 1), (large, 2)), at=NOW)
    assert [line.ready_on for line in contents.lines] == [FRIDAY + timedelta(days=1)] * 2
    assert all(line.is_put_off for line in contents.lines)
    assert taken() == {FRIDAY: 8}


@pytest.mark.django_db
@pytest.mark.parametrize(("moves", "party"), [(["decline"], SELLER), (["cancel"], BUYER)])
def test_an_order_that_is_given_up_frees_its_day(box: Variant, moves: list[str], party: str) -> None:
    order = place(a_cart((box, 6))).orders[0]
    move_order(order=order, move=moves[0], party=party, by=None, at=NOW, reason="begitu")
    assert taken() == {} and capacity_out_of_step() == []
    release_making(order_number=order.number or "", at=NOW)
    assert taken() == {}


@pytest.mark.django_db
def test_an_unanswered_order_frees_its_day(box: Variant) -> None:
    order = place(a_cart((box, 6))).orders[0]
    assert expire_orders(at=order.answer_by_at) == 1
    assert taken() == {} and capacity_out_of_step() == []


@pytest.mark.django_db
def test_a_refusal_that_is_taken_back_takes_the_day_again(box: Variant, rahma: Person) -> None:
    order = place(a_cart((box, 6))).orders[0]
    move_order(order=order, move="decline", party=SELLER, by=rahma, at=NOW, reason="begitu")
    take_back_move(order=order, move="decline", by=rahma, at=NOW)
    assert taken() == {FRIDAY: 6} and capacity_out_of_step() == []


@pytest.mark.django_db
def test_it_cannot_be_taken_back_once_others_have_the_day(box: Variant, rahma: Person) -> None:
    order = place(a_cart((box, 6))).orders[0]
    move_order(order=order, move="decline", party=SELLER, by=rahma, at=NOW, reason="begitu")
    place(a_cart((box, 8)))
    with pytest.raises(UnableToTakeBack, match="Harinya sudah penuh"):
        take_back_move(order=order, move="decline", by=rahma, at=NOW)
    assert taken() == {FRIDAY: 8} and capacity_out_of_step() == []


@pytest.mark.django_db
def test_fewer_pieces_free_a_part_of_the_day(box: Variant) -> None:
    order = place(a_cart((box, 6))).orders[0]
    make_fewer(order_number=order.number or "", product_pk=box.product_id, by=2, at=NOW)
    assert taken() == {FRIDAY: 4} and Making.objects.get().quantity == 4
    make_fewer(order_number=order.number or "", product_pk=box.product_id, by=4, at=NOW)
    assert taken() == {} and Making.objects.get().released_at == NOW
    assert capacity_out_of_step() == []


@pytest.mark.django_db
def test_a_line_that_shrinks_or_goes_frees_its_part_of_the_day(box: Variant) -> None:
    cake = a_variant(box.product.shop, "Kue", 5_000, supply=Product.MADE_TO_ORDER)
    order = place(a_cart((box, 6), (cake, 3))).orders[0]
    boxes, cakes = order.lines.order_by("pk")
    to = {"delivery": "pickup", "destination": Destination(), "note": "", "actor": as_buyer(order, None)}
    order = change_order(order=order, quantities={boxes.pk: 4}, at=NOW, **to)  # type: ignore[arg-type]
    assert taken() == {FRIDAY: 4}
    order = move_order(order=order, move="accept", party=SELLER, by=None, at=NOW)
    reduce_order(order=order, quantities={boxes.pk: 1, cakes.pk: 0}, actor=as_seller(None), at=NOW)
    assert taken() == {FRIDAY: 1}
    assert set(Making.objects.values_list("product", "quantity", "released_at")) == {
        (box.product_id, 1, None),
        (cake.product_id, 3, NOW),
    }
    assert capacity_out_of_step() == []


@pytest.mark.django_db
def test_what_was_taken_out_is_not_promised_again_with_the_rest(
    box: Variant, kerupuk: Variant, rahma: Person
) -> None:
    order = place(a_cart((box, 6), (kerupuk, 1))).orders[0]
    boxes = order.lines.get(variant=box)
    order = reduce_order(order=order, quantities={boxes.pk: 0}, actor=as_seller(rahma), at=NOW)
    move_order(order=order, move="decline", party=SELLER, by=rahma, at=NOW, reason="begitu")
    take_back_move(order=order, move="decline", by=rahma, at=NOW)
    assert taken() == {} and Making.objects.get().released_at == NOW


@pytest.mark.django_db
def test_of_merged_orders_the_last_day_is_freed_first(box: Variant) -> None:
    """Six for Friday and six for Saturday became one order of twelve; seven are left, then two."""
    first, second = (place(a_cart((box, 6))).orders[0] for _time in range(2))
    order = merge_orders(first=first, second=second, actor=as_buyer(first, None), at=NOW)
    number, saturday = order.number or "", FRIDAY + timedelta(days=1)
    assert days_of_orders([number]) == {(number, box.product_id): saturday}
    line = order.lines.get()
    for left, days in ((7, {FRIDAY: 6, saturday: 1}), (2, {FRIDAY: 2})):
        order = reduce_order(order=order, quantities={line.pk: left}, actor=as_seller(None), at=NOW)
        assert taken() == days
    assert days_of_orders([number]) == {(number, box.product_id): FRIDAY}
    assert capacity_out_of_step() == []


@pytest.mark.django_db
def test_a_day_that_filled_up_meanwhile_is_told_first(box: Variant, everything: Everything) -> None:
    cart = a_cart((box, 6))
    shown = quote_of(contents_of(cart, at=NOW), {}, area_code="").shown
    assert f"d{box.pk}=2026-11-27" in shown
    place(a_cart((box, 6)))
    before = everything()
    with pytest.raises(UnableToPlaceAsShown) as refused:
        place_orders(cart=cart, receiver=SITI, choices={}, shown=shown, by=None, at=NOW)
    assert refused.value.changes == ["“Nasi Kotak”: hari itu penuh, paling cepat Sab, 28 Nov 2026."]
    assert everything() == before and taken() == {FRIDAY: 6}


@pytest.mark.django_db
def test_more_than_a_day_holds_is_refused_with_what_can_be_had(box: Variant, everything: Everything) -> None:
    with pytest.raises(UnableToAdd, match="Sehari paling banyak 10"):
        add_to_cart(cart=None, person=None, variant_id=box.pk, quantity=11, at=NOW)
    cart = a_cart((box, 8))
    Product.objects.update(capacity_per_day=5)
    before = everything()
    with pytest.raises(UnableToPlaceAll):
        place(cart)
    assert everything() == before
    take_what_is_left(cart=cart, at=NOW)
    assert cart.lines.get().quantity == 5


@pytest.mark.django_db
def test_a_seller_who_can_make_less_keeps_what_she_promised(box: Variant) -> None:
    place(a_cart((box, 8)))
    Product.objects.filter(pk=box.product_id).update(capacity_per_day=3)
    order = place(a_cart((box, 2))).orders[0]
    assert taken() == {FRIDAY: 8, FRIDAY + timedelta(days=1): 2}
    move_order(order=order, move="cancel", party=BUYER, by=None, at=NOW)
    assert taken() == {FRIDAY: 8}


@pytest.mark.django_db
def test_both_see_the_day(box: Variant, kerupuk_shop: Shop, rahma: Person, client: Client) -> None:
    place(a_cart((box, 9)))
    order = place(a_cart((box, 6))).orders[0]
    client.force_login(rahma)
    page = client.get(f"/jualan/{kerupuk_shop.public_id}/pesanan/{order.number}/").content.decode()
    assert "siap Sab, 28 Nov 2026" in page
    plan = client.get(f"/jualan/{kerupuk_shop.public_id}/dibuat/").content.decode()
    assert "6 bungkus Nasi Kotak" in plan and "masih bisa 4 lagi" in plan and str(order.number) in plan
    assert [(row.day_on, row.quantity) for row in to_make(kerupuk_shop, since=FRIDAY)] == [
        (FRIDAY, 9),
        (FRIDAY + timedelta(days=1), 6),
    ]


BUYERS = 30


def thirty_buyers_of_a_day_for_ten_get_exactly_ten(box: Variant) -> None:
    """All of them were shown Friday; whoever is too late is told the next day first."""
    told: list[str] = []
    shown = quote_of(contents_of(a_cart((box, 1)), at=NOW), {}, area_code="").shown

    def buying(number: int) -> object:
        cart = a_cart((box, 1))
        receiver = Receiver(f"Pembeli {number}", f"+62812200{number:05d}")
        choices = {box.product.shop_id: Choice("pickup", "cash")}

        def buy() -> None:
            try:
                place_orders(cart=cart, receiver=receiver, choices=choices, shown=shown, by=None, at=NOW)
            except UnableToPlaceAsShown as problem:
                told.extend(problem.changes)

        return buy

    assert race([buying(number) for number in range(BUYERS)]) == []  # type: ignore[misc]
    assert taken() == {FRIDAY: 10}
    assert Order.objects.count() == 10
    assert set(told) == {"“Nasi Kotak”: hari itu penuh, paling cepat Sab, 28 Nov 2026."}
    assert len(told) == BUYERS - 10
    assert capacity_out_of_step() == []


@pytest.mark.django_db(transaction=True)
def test_thirty_buyers_of_a_day_for_ten_get_exactly_ten(box: Variant) -> None:
    thirty_buyers_of_a_day_for_ten_get_exactly_ten(box)


@pytest.mark.django_db(transaction=True)
def test_without_guards_the_day_is_overbooked(box: Variant) -> None:
    with guards_off((CapacityDay, "capacity_day_not_overbooked")):
        with pytest.raises(AssertionError):
            thirty_buyers_of_a_day_for_ten_get_exactly_ten(box)
        assert taken()[FRIDAY] > 10
