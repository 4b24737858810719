"""What every drill has at hand: the town, who was told what, the processes, the clock, the disk."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import close_old_connections, connection, connections, transaction
from django.db.models import Q
from django.utils import timezone

from drills.people import Book, Buyer, Officer, Ordered, Seller
from drills.reckoning import reckon
from etoko.foundation.operations.turns import HELD_FOR
from etoko.notices.models import Delivery
from etoko.notices.operations.delivering import CLAIMED_FOR
from etoko.notices.states import SENDING, WAITING
from etoko.ordering.models import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from drills.clock import Clock
    from drills.database import Database
    from drills.house import House
    from drills.marks import MarkFile
    from drills.provider import Provider
    from drills.town import Town

SETTLED_WITHIN = 60.0
STUCK_AFTER = 8.0
"""Seconds; the worker looks for messages every five."""
EARLY, LATE = 9, 18
"""O'clock: some hours before and after, messages wait for the morning; a drill may turn the clock by two."""


class Blind(AssertionError):
    """The fault did not happen: the drill proves nothing."""


@dataclass
class Scene:
    folder: Path
    database: Database
    house: House
    provider: Provider
    town: Town
    clock: Clock
    marks: MarkFile
    disk_is_ours: bool
    """Whether the folder is a small disk of its own, that may be filled."""
    is_control: bool = False
    """A guard is off: what the drill finds is what is wanted."""
    book: Book = field(default_factory=Book)
    outages: int = 0
    """How often the database was away or could not write while messages went out."""

    def buyer(self) -> Buyer:
        return Buyer(self.house, self.book)

    def seller(self) -> Seller:
        seller = Seller(self.house, self.book)
        seller.shop = self.town.kerupuk_shop.public_id
        seller.sign_in(self.town.rahma.phone)
        return seller

    def officer(self) -> Officer:
        officer = Officer(self.house, self.book)
        officer.sign_in(self.town.dedi.phone)
        return officer

    def numbers(self, told: Ordered) -> list[str]:
        """Of her orders at Rahma's shop."""
        close_old_connections()
        found = Order.objects.filter(group__phone=told.phone, shop=self.town.kerupuk_shop)
        return [number or "" for number in found.order_by("id").values_list("number", flat=True)]

    def tick(self) -> None:
        """Let a worker begin anew: it does at once what is due."""
        self.house.kill(self.house.workers[0])

    def tick_until(self, what: Callable[[], bool], sentence: str) -> None:
        """As `tick`, and wait for what it should do. A worker that was killed in the middle of a round keeps
        its turn for some minutes; the clock passes over them."""
        self.tick()
        try:
            self.wait_until(what, sentence, 20)
        except AssertionError:
            self.pass_over_the_dead()
            self.tick()
            self.wait_until(what, sentence)

    def wait_until(self, what: Callable[[], bool], sentence: str, patience: float = SETTLED_WITHIN) -> None:
        until = time.monotonic() + patience
        while not what():
            if time.monotonic() > until:
                raise AssertionError(sentence)
            time.sleep(0.1)

    def morning(self) -> None:
        now = timezone.localtime()
        if not EARLY <= now.hour < LATE:
            ten = now.replace(hour=10, minute=0)
            self.clock.jump((ten if ten > now else ten + timedelta(days=1)) - now)

    def wait_for_mark(self) -> None:
        """Until somebody died of it. (Where a guard is off it may never be reached.)"""
        if self.is_control:
            until = time.monotonic() + STUCK_AFTER
            while not self.marks.was_reached() and time.monotonic() < until:
                time.sleep(0.1)
            return
        self.wait_until(self.marks.was_reached, "the worker did not come to the mark")

    def reckon(self) -> list[str]:
        """When all is quiet. What a worker was just about is looked at again before it counts."""
        connections.close_all()
        self.settle()
        until = time.monotonic() + 15
        while (mistakes := self._reckon_now()) and time.monotonic() < until:
            time.sleep(1)
        return mistakes

    def settle(self) -> None:
        """Every message that can go has gone; what a killed worker was sending is noted as uncertain."""
        until = time.monotonic() + SETTLED_WITHIN
        jump_at = time.monotonic() + STUCK_AFTER
        while time.monotonic() < until and self._has_messages():
            if time.monotonic() > jump_at:
                self.pass_over_the_dead()
                jump_at = time.monotonic() + STUCK_AFTER
            time.sleep(0.2)

    def pass_over_the_dead(self) -> None:
        """What a worker had in hand when it was killed is free for others some minutes later."""
        self.clock.jump(max(HELD_FOR, CLAIMED_FOR) + timedelta(minutes=1))

    def _has_messages(self) -> bool:
        due = Q(state=WAITING, next_try_at__lte=timezone.now()) | Q(state=SENDING)
        return Delivery.objects.filter(due).exists()

    def _reckon_now(self) -> list[str]:
        with transaction.atomic():  # one moment for all questions
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            return reckon(
                book=self.book,
                goods_received=self.town.received,
                messages=list(self.provider.received),
                may_be_uncertain=self.house.worker_deaths + self.outages,
            )


def at_once(deeds: Sequence[Callable[[], object]]) -> None:
    """All of them in threads of their own; raises what the first of them raised."""
    raised: list[BaseException] = []

    def run(deed: Callable[[], object]) -> None:
        try:
            deed()
        except BaseException as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
