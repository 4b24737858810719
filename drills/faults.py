"""The database goes away, the disk is full, the clock is wrong, a crowd comes, slow clients stop halfway."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from drills.scene import Blind, Scene, at_once
from etoko.ordering.models import OrderEvent, OrderLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUYERS = 6
AWAY_SECONDS = 3.0
CROWD = 30
SCARCE = 10
SLOW = 40
SANE_P95_SECONDS = 2.0


def database_gone(scene: Scene) -> None:
    """In the middle of shopping; requests wait for it or fail, and are sent again."""
    shopping = _Shopping(scene, rounds=3)
    scene.outages += 1
    answered = len(scene.book.took)
    shopping.start()
    scene.wait_until(lambda: len(scene.book.took) > answered + BUYERS, "nobody began to shop")
    answered, failed = len(scene.book.took), scene.book.failed
    with scene.database.away(AWAY_SECONDS):
        pass
    shopping.join()
    slowest = max(scene.book.took[answered:], default=0.0)
    if scene.book.failed == failed and slowest < AWAY_SECONDS / 2:
        raise Blind("nobody noticed that the database was away")


def full_disk(scene: Scene) -> None:
    """People go on pressing; when there is room again, each of them has what she was told."""
    officer = scene.officer()
    before = scene.book.full
    scene.outages += 1
    shopping = _Shopping(scene, rounds=2, also=[lambda: officer.import_register("36.03.04", 800)])
    with _filled(scene):
        shopping.start()
        scene.wait_until(lambda: scene.book.full > before, "nobody noticed that the disk was full", 45)
        time.sleep(1)
    scene.database.wake()
    shopping.join()


@contextlib.contextmanager
def _filled(scene: Scene) -> Iterator[None]:
    filler = scene.folder / "filler"
    disk = os.statvfs(scene.folder)
    try:
        with filler.open("wb") as file, contextlib.suppress(OSError):
            os.posix_fallocate(file.fileno(), 0, disk.f_bavail * disk.f_frsize)
        with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
            while True:  # and the last crumbs
                file.write(bytes(4096))
        yield
    finally:
        filler.unlink(missing_ok=True)


def clock_jumps(scene: Scene) -> None:
    """A day forward: what waits too long is cancelled, once. An hour back: the tick goes on."""
    goods = {scene.town.goods(scene.town.kerupuk_shop): 1}
    seller = scene.seller()

    def ordered(count: int) -> list[str]:
        return [scene.numbers(scene.buyer().order(goods))[0] for _ in range(count)]

    def expired(numbers: list[str]) -> Callable[[], bool]:
        return lambda: (
            OrderEvent.objects.filter(order__number__in=numbers, deed="expire").count() == len(numbers)
        )

    forgotten, accepted = ordered(3), ordered(1)
    seller.move(accepted[0], "accept")
    scene.clock.jump(timedelta(days=1, minutes=5))
    scene.tick_until(expired(forgotten), "a day later the orders that nobody answered still wait")
    scene.clock.jump(timedelta(hours=-1))
    fresh = ordered(2)
    scene.tick()
    seller.move(fresh[0], "accept")
    scene.clock.jump(timedelta(days=1, minutes=5))
    scene.tick_until(expired(fresh[1:]), "after a jump back the worker does nothing more")
    scene.settle()
    scene.clock.jump(timedelta(hours=-1, minutes=-10))


def crowd(scene: Scene) -> None:
    """Two servers, two workers; everybody wants the same few things and presses twice."""
    scene.house.have(servers=2, workers=2)
    kerupuk = scene.town.goods(scene.town.kerupuk_shop, SCARCE)
    hat = scene.town.goods(scene.town.hat_shop, SCARCE)

    def buying(crosswise: bool) -> Callable[[], object]:
        goods = {hat: 1, kerupuk: 1} if crosswise else {kerupuk: 1, hat: 1}
        return lambda: scene.buyer().order(goods, presses=2)

    try:
        at_once([buying(bool(i % 2)) for i in range(CROWD)])
    finally:
        scene.house.have(servers=1, workers=1)
    for variant in (kerupuk, hat):
        sold = sum(OrderLine.objects.filter(variant=variant).values_list("quantity", flat=True))
        assert sold == SCARCE, f"{sold} of {SCARCE} were sold"


def slow_clients(scene: Scene) -> None:
    """Forty people lose their signal in the middle of an upload; the others must not notice."""
    quiet = _p95_of_shopping(scene)
    stalled = _stall(scene, SLOW)
    try:
        busy = _p95_of_shopping(scene)
        hung = sum(_still_waits(one) for one in stalled)
        if hung < SLOW:
            raise Blind(f"only {hung} of {SLOW} uploads were still open")
    finally:
        for one in stalled:
            one.close()
    bound = max(SANE_P95_SECONDS, 4 * quiet)
    assert busy <= bound, f"95 of 100 answers within {busy:.2f} s, without the slow ones {quiet:.2f} s"


def _stall(scene: Scene, count: int) -> list[socket.socket]:
    officer = scene.officer()
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in officer.session.cookies)
    head = (
        f"POST /petugas/impor/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="file"; filename="daftar.csv"\r\n\r\nNama Usaha,'
    )
    stalled = []
    for _ in range(count):
        one = socket.create_connection(("127.0.0.1", scene.house.ports[0]), timeout=10)
        one.sendall(head.encode())
        stalled.append(one)
    time.sleep(1)
    return stalled


def _still_waits(one: socket.socket) -> bool:
    one.setblocking(False)
    try:
        one.recv(1)
    except BlockingIOError:
        return True
    return False


def _p95_of_shopping(scene: Scene) -> float:
    before = len(scene.book.took)
    shopping = _Shopping(scene, rounds=1)
    shopping.start()
    shopping.join()
    took = sorted(scene.book.took[before:])
    return took[int(len(took) * 0.95)]


class _Shopping:
    """Buyers who order one thing after the other, and a seller who does her work."""

    def __init__(self, scene: Scene, *, rounds: int, also: list[Callable[[], object]] | None = None) -> None:
        goods = {scene.town.goods(scene.town.kerupuk_shop): 1, scene.town.goods(scene.town.hat_shop): 2}
        waiting = [scene.numbers(scene.buyer().order(goods))[0] for _ in range(2)]
        seller = scene.seller()

        def buy() -> None:
            for _ in range(rounds):
                scene.buyer().order(goods)

        def sell() -> None:
            for number in waiting:
                seller.move(number, "accept")
                seller.take_payment(number)
                seller.move(number, "make_ready")
                seller.move(number, "hand_over")

        self._raised: list[BaseException] = []
        self._thread = threading.Thread(target=self._all, args=([*[buy] * BUYERS, sell, *(also or [])],))

    def _all(self, deeds: list[Callable[[], object]]) -> None:
        try:
            at_once(deeds)
        except BaseException as problem:
            self._raised.append(problem)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()
        if self._raised:
            raise self._raised[0]
