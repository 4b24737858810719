"""kill -9 at marked points of checkout, moves, payment, import, the tick, and sending."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from drills.marks import AFTER, BEFORE, COMMITTED, COMMITTING, Mark
from drills.scene import Blind, Scene, at_once
from etoko.notices.models import Delivery
from etoko.notices.states import UNCERTAIN
from etoko.ordering.models import OrderEvent

if TYPE_CHECKING:
    from collections.abc import Callable

GROUP = 'INSERT INTO "ordering_ordergroup"'
EVENT = 'INSERT INTO "ordering_orderevent"'
MOVEMENT = 'INSERT INTO "catalog_stockmovement"'
PAYMENT = 'INSERT INTO "payments_payment"'
BUSINESS = 'INSERT INTO "registry_business"'
DELIVERY = 'UPDATE "notices_delivery"'

CHECKOUT = [
    Mark(AFTER, 'INSERT INTO "foundation_onetimekey"'),
    Mark(AFTER, GROUP),
    Mark(BEFORE, 'UPDATE "catalog_variant"'),
    Mark(AFTER, MOVEMENT),
    Mark(AFTER, 'INSERT INTO "ordering_orderline"'),
    Mark(AFTER, 'INSERT INTO "notices_notice"'),
    Mark(COMMITTING, GROUP),
    Mark(COMMITTED, GROUP, kills="group"),
]
MOVES = [
    ("accept", Mark(BEFORE, 'UPDATE "ordering_order"')),
    ("make_ready", Mark(COMMITTING, EVENT)),
    ("hand_over", Mark(AFTER, MOVEMENT)),
    ("hand_over", Mark(COMMITTED, EVENT, kills="group")),
]
PAYMENTS = [Mark(AFTER, PAYMENT), Mark(COMMITTING, PAYMENT), Mark(COMMITTED, PAYMENT)]
IMPORT = [
    Mark(COMMITTED, 'INSERT INTO "registry_importbatch"'),
    Mark(AFTER, BUSINESS),
    Mark(COMMITTING, BUSINESS),
    Mark(COMMITTED, BUSINESS, kills="group"),
]
TICK = [Mark(AFTER, EVENT), Mark(COMMITTING, EVENT), Mark(COMMITTED, EVENT)]
SENDING = [
    # (mark, whether nobody can know afterwards)
    (Mark(BEFORE, DELIVERY, having='"attempts"'), False),
    (Mark(AFTER, DELIVERY, having='"attempts"'), True),
    (Mark(BEFORE, DELIVERY, having='"sent_at"'), True),
    (Mark(AFTER, DELIVERY, having='"sent_at"'), False),
]


def checkout(scene: Scene) -> None:
    goods = {scene.town.goods(scene.town.kerupuk_shop): 2, scene.town.goods(scene.town.hat_shop): 1}
    for mark in CHECKOUT:
        dying_at(scene, mark, lambda: at_once([lambda: scene.buyer().order(goods) for _ in range(3)]))


def moves_and_payment(scene: Scene) -> None:
    goods = {scene.town.goods(scene.town.kerupuk_shop): 1}
    seller = scene.seller()

    def new_order() -> str:
        return scene.numbers(scene.buyer().order(goods))[0]

    for move, mark in MOVES:
        number = new_order()
        for step in ("accept", "make_ready", "hand_over"):
            if step == move:
                break
            seller.move(number, step)
        dying_at(scene, mark, lambda n=number, m=move: seller.move(n, m))  # type: ignore[misc]
    for mark in PAYMENTS:
        number = new_order()
        seller.move(number, "accept")
        dying_at(scene, mark, lambda n=number: seller.take_payment(n))  # type: ignore[misc]


def importing(scene: Scene) -> None:
    officer = scene.officer()
    for mark in IMPORT:
        dying_at(scene, mark, lambda: officer.import_register("36.03.04", 60))


def tick(scene: Scene) -> None:
    """The worker dies while it cancels what nobody answered."""
    goods = {scene.town.goods(scene.town.kerupuk_shop): 1}
    for mark in TICK:
        orders = [scene.buyer().order(goods) for _ in range(3)]
        numbers = [number for told in orders for number in scene.numbers(told)]
        scene.clock.jump(timedelta(hours=25))

        def expired(wanted: list[str] = numbers) -> bool:
            return OrderEvent.objects.filter(order__number__in=wanted, deed="expire").count() >= len(wanted)

        def expire(is_done: Callable[[], bool] = expired) -> None:
            scene.tick()
            scene.wait_for_mark()
            scene.pass_over_the_dead()
            scene.tick()
            scene.wait_until(is_done, "the orders did not expire")

        dying_at(scene, mark, expire)
        scene.settle()  # what goes out at an hour that is yet to come would wait for it
        scene.clock.jump(timedelta(hours=-1))


def sending(scene: Scene) -> None:
    goods = {scene.town.goods(scene.town.kerupuk_shop): 1}
    for mark, is_uncertain in SENDING:
        scene.settle()
        before = Delivery.objects.filter(state=UNCERTAIN).count()

        def send() -> None:
            scene.buyer().order(goods)
            scene.wait_for_mark()
            scene.pass_over_the_dead()

        dying_at(scene, mark, send)
        scene.settle()
        fresh = Delivery.objects.filter(state=UNCERTAIN).count() - before
        assert fresh == is_uncertain or scene.is_control, f"{mark}: {fresh} messages are uncertain"
    scene.pass_over_the_dead()  # nothing is tried again later either


def dying_at(scene: Scene, mark: Mark, deed: Callable[[], object]) -> None:
    scene.marks.set(mark)
    try:
        deed()
        if not scene.marks.was_reached() and not scene.is_control:
            raise Blind(f"nobody came to the mark: {mark}")
    finally:
        scene.marks.clear()
