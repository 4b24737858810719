"""The reckoning after a drill finds what is planted, and nothing where nothing is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import connection

from drills.people import Book, Deed, Imported, Ordered
from drills.reckoning import reckon
from etoko.catalog.models import Variant
from etoko.notices.models import Delivery, Notice
from etoko.notices.states import SENT, UNCERTAIN
from etoko.ordering.models import Order, OrderEvent, OrderGroup
from etoko.ordering.operations import move_order
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import Everything, a_cart, hat, hat_shop, kerupuk, kerupuk_shop, place
from etoko.people.models import Person
from etoko.registry.models import Business
from tests.cast import NOW

__all__ = ["Everything", "hat", "hat_shop", "kerupuk", "kerupuk_shop"]
pytestmark = pytest.mark.django_db


@dataclass
class Day:
    """A small day at the shop, and what everybody was told."""

    book: Book
    kerupuk: Variant
    order: Order
    messages: list[int] = field(default_factory=list)

    def mistakes(self, may_be_uncertain: int = 0) -> list[str]:
        return reckon(
            book=self.book,
            goods_received={self.kerupuk.pk: 10},
            messages=self.messages,
            may_be_uncertain=may_be_uncertain,
        )


@pytest.fixture
def day(kerupuk: Variant, rahma: Person) -> Day:
    order = place(a_cart((kerupuk, 2))).orders[0]
    for move in ("accept", "make_ready", "hand_over"):
        move_order(order=order, move=move, party=SELLER, by=rahma, at=NOW)
    number = order.number or ""
    book = Book(
        orders=[Ordered(order.group.phone, {kerupuk.pk: 2}, True)],
        deeds=[Deed(number, move, True) for move in ("accept", "make_ready", "hand_over")],
    )
    day = Day(book, kerupuk, order)
    for notice in Notice.objects.all():
        Delivery.objects.get_or_create(
            notice=notice,
            channel=Delivery.WHATSAPP,
            defaults={"address": notice.phone or "+6281210000001", "next_try_at": NOW},
        )
    Delivery.objects.update(state=SENT, sent_at=NOW)
    day.messages = list(Delivery.objects.values_list("pk", flat=True))
    return day


def test_finds_nothing_where_nothing_is_wrong(day: Day) -> None:
    assert day.mistakes() == []


def an_order_that_nobody_was_told_of(day: Day) -> None:
    day.book.orders[0].placed = False


def an_order_that_is_gone(day: Day) -> None:
    day.book.orders.append(Ordered("+6281300000001", {day.kerupuk.pk: 1}, True))


def an_order_twice(day: Day) -> None:
    group = OrderGroup.objects.get()
    group.pk, group.public_id = None, "again"
    group.save()


def an_order_of_something_else(day: Day) -> None:
    day.book.orders[0].goods = {day.kerupuk.pk: 3}


def somebody_who_was_never_answered(day: Day) -> None:
    day.book.orders.append(Ordered("+6281300000001", {day.kerupuk.pk: 1}))


def a_move_made_twice(day: Day) -> None:
    event = OrderEvent.objects.filter(deed="accept").get()
    event.pk = None
    event.save()


def a_move_that_is_gone(day: Day) -> None:
    day.book.deeds.append(Deed(day.order.number or "", "confirm_received", True))


def a_payment_that_is_gone(day: Day) -> None:
    day.book.deeds.append(Deed(day.order.number or "", "pay", True))


def an_order_whose_timeline_ends_elsewhere(day: Day) -> None:
    Order.objects.update(state="completed")


def a_piece_too_much(day: Day) -> None:
    Variant.objects.filter(pk=day.kerupuk.pk).update(on_hand=9)


def a_piece_held_for_nobody(day: Day) -> None:
    Variant.objects.filter(pk=day.kerupuk.pk).update(held=1)


def a_notice_that_is_missing(day: Day) -> None:
    Notice.objects.filter(kind="order_make_ready").delete()


def a_message_that_came_twice(day: Day) -> None:
    day.messages.append(day.messages[0])


def a_message_that_never_came(day: Day) -> None:
    day.messages.pop()


def a_message_that_still_waits(day: Day) -> None:
    first = Delivery.objects.filter(pk=day.messages.pop(0))
    first.update(state="waiting", sent_at=None)


def a_message_uncertain_though_nobody_was_stopped(day: Day) -> None:
    Delivery.objects.filter(pk=day.messages[0]).update(state=UNCERTAIN, sent_at=None)


def half_an_import(day: Day) -> None:
    day.book.imports.append(Imported("Latihan 1 ", 2, True))
    Business.objects.create(name="Latihan 1 A", search_name="latihan1a", area_id=day.order.area_code)


@pytest.mark.parametrize(
    "plant",
    [
        an_order_that_nobody_was_told_of,
        an_order_that_is_gone,
        an_order_twice,
        an_order_of_something_else,
        somebody_who_was_never_answered,
        a_move_made_twice,
        a_move_that_is_gone,
        a_payment_that_is_gone,
        an_order_whose_timeline_ends_elsewhere,
        a_piece_too_much,
        a_piece_held_for_nobody,
        a_notice_that_is_missing,
        a_message_that_came_twice,
        a_message_that_never_came,
        a_message_that_still_waits,
        a_message_uncertain_though_nobody_was_stopped,
        half_an_import,
    ],
)
def test_finds(plant: Callable[[Day], None], day: Day) -> None:
    plant(day)
    assert day.mistakes() != []
    connection.check_constraints()


def test_what_a_stopped_sender_leaves_is_no_mistake(day: Day) -> None:
    Delivery.objects.filter(pk=day.messages[0]).update(state=UNCERTAIN, sent_at=None)
    assert day.mistakes(may_be_uncertain=1) == []
