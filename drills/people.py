"""Buyers, sellers and officers with a telephone: they press again until they are answered, and remember what
they were told."""

from __future__ import annotations

import html
import itertools
import re
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drills.house import House

PATIENCE = 90.0
PASSPHRASE = "jambe maju bersama"
DISK_IS_FULL = "Tempat penyimpanan penuh"
_numbers = itertools.count(1)


class NeverAnswered(AssertionError):
    """She pressed for a minute and a half, and nobody said yes or no."""


@dataclass
class Ordered:
    phone: str
    """One order group has one phone here: by it we find what became of it."""
    goods: Mapping[int, int]
    placed: bool | None = None
    """What she was told; None while she was told nothing."""


@dataclass
class Deed:
    number: str
    """Of the order."""
    deed: str
    """A move of ORDER_FLOW, or "pay"."""
    done: bool | None = None


@dataclass
class Imported:
    prefix: str
    """All names of this register begin with it."""
    rows: int
    done: bool | None = None


@dataclass
class Book:
    """What everybody was told since the town stands."""

    orders: list[Ordered] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    imports: list[Imported] = field(default_factory=list)
    full: int = 0
    """How many answers said that the disk is full."""
    failed: int = 0
    """How many requests got no answer, or one of 500 and above."""
    took: list[float] = field(default_factory=list)
    """Seconds that each answer took."""
    lock: threading.Lock = field(default_factory=threading.Lock)


class Visitor:
    def __init__(self, house: House, book: Book) -> None:
        self.house, self.book = house, book
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = "id"
        self.turn = next(_numbers)

    def get(self, path: str) -> requests.Response:
        return self._ask("GET", path)

    def post(self, path: str, form: Mapping[str, Any], files: Any = None) -> requests.Response:
        return self._ask("POST", path, data={**form, "csrfmiddlewaretoken": self._token()}, files=files)

    def _token(self) -> str:
        if not self.session.cookies.get("csrftoken"):
            self.get("/keranjang/status/")
        return self.session.cookies["csrftoken"]

    def _ask(self, method: str, path: str, **what: Any) -> requests.Response:
        until = time.monotonic() + PATIENCE
        while True:
            port = self.house.ports[self.turn % len(self.house.ports)]
            self.turn += 1  # with two servers, the second try goes to the other one
            began = time.monotonic()
            try:
                answer = self.session.request(
                    method, f"http://127.0.0.1:{port}{path}", timeout=40, allow_redirects=False, **what
                )
            except requests.RequestException as problem:
                why = type(problem).__name__
            else:
                self.book.took.append(time.monotonic() - began)
                if answer.status_code < 500:
                    return answer
                why = str(answer.status_code)
            with self.book.lock:
                self.book.failed += 1
                self.book.full += why == "507"
            if time.monotonic() > until:
                raise NeverAnswered(f"{method} {path}: {why}")
            time.sleep(0.1)


class Buyer(Visitor):
    """A guest with a phone of her own for each order."""

    def order(self, goods: Mapping[int, int], *, presses: int = 1) -> Ordered:
        told = Ordered(f"+62813{next(_numbers):08d}", goods)
        with self.book.lock:
            self.book.orders.append(told)
        for variant, quantity in goods.items():
            once = self.get("/keranjang/status/").json()["once"]
            form = {"variant": variant, "quantity": quantity, "once": once}
            if self.post(f"/keranjang/tambah/{variant}/", form).status_code != 302:
                told.placed = False
                return told
        for _attempt in range(3):
            page = self.get("/pesan/")
            if page.status_code != 200:
                told.placed = False  # nothing is left to order
                return told
            form = {
                "name": f"Pembeli {told.phone[-4:]}",
                "phone": told.phone,
                "shown": hidden(page, "shown"),
                "once": hidden(page, "once"),
            }
            answers = self._press(form, presses)
            if any(answer.status_code == 302 for answer in answers):
                told.placed = True
                self.link = next(a.headers["Location"] for a in answers if a.status_code == 302)
                return told
            if "Ada yang berubah" not in answers[0].text:
                break
        told.placed = False
        return told

    def _press(self, form: Mapping[str, str], presses: int) -> list[requests.Response]:
        """One form, sent by so many fingers at once."""
        if presses == 1:
            return [self.post("/pesan/", form)]
        answers: list[requests.Response] = []

        def press() -> None:
            finger = Visitor(self.house, self.book)
            finger.session.cookies.update(self.session.cookies)
            answers.append(finger.post("/pesan/", form))

        threads = [threading.Thread(target=press) for _ in range(presses)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def confirm_received(self, number: str) -> Deed:
        told = Deed(number, "confirm_received")
        self.book.deeds.append(told)
        once = self.get("/keranjang/status/").json()["once"]
        told.done = self.post(f"{self.link}{number}/confirm_received/", {"once": once}).status_code == 302
        return told


class Member(Visitor):
    """Somebody with an account."""

    def sign_in(self, phone: str) -> None:
        self.get("/masuk/")
        answer = self.post("/masuk/", {"phone": phone, "passphrase": PASSPHRASE})
        assert answer.status_code == 302, "she could not sign in"

    def send(self, path: str, form: Mapping[str, Any], files: Any = None) -> requests.Response:
        once = self.get("/keranjang/status/").json()["once"]
        return self.post(path, {"once": once, **form}, files)


class Seller(Member):
    shop = ""

    def move(self, number: str, move: str, **form: str) -> Deed:
        return self._do(number, move, f"/jualan/{self.shop}/pesanan/{number}/{move}/", form)

    def take_payment(self, number: str) -> Deed:
        return self._do(number, "pay", f"/jualan/{self.shop}/pesanan/{number}/bayar/", {})

    def _do(self, number: str, deed: str, path: str, form: Mapping[str, str]) -> Deed:
        told = Deed(number, deed)
        with self.book.lock:
            self.book.deeds.append(told)
        told.done = self.send(path, form).status_code == 302
        return told


class Officer(Member):
    def import_register(self, area: str, rows: int) -> Imported:
        told = Imported(f"Latihan {next(_numbers):04d} ", rows)
        with self.book.lock:
            self.book.imports.append(told)
        lines = [f"{told.prefix}Usaha {i:04d},Pemilik {i},Taban" for i in range(rows)]
        table = "\n".join(["Nama Usaha,Nama Pemilik,Desa", *lines])
        files = {"file": (f"{told.prefix.strip()}.csv", table, "text/csv")}
        answer = self._send_when_there_is_room("/petugas/impor/", {"area": area}, files)
        while answer.status_code == 302 and answer.headers["Location"].endswith("/kolom/"):
            page = self.get(answer.headers["Location"])
            chosen = re.findall(r'<select[^>]*name="(kolom-\d+)".*?</select>', page.text, re.DOTALL)
            form = {name: _chosen(page.text, name) for name in chosen}
            answer = self._send_when_there_is_room(answer.headers["Location"], form)
        assert answer.status_code == 302, answer.text[-2000:]
        answer = self._send_when_there_is_room(f"{answer.headers['Location']}masukkan/", {})
        told.done = answer.status_code == 302
        return told

    def _send_when_there_is_room(self, path: str, form: Mapping[str, Any], files: Any = None) -> Any:
        until = time.monotonic() + PATIENCE
        while True:
            answer = self.send(path, form, files)
            if answer.status_code != 422 or DISK_IS_FULL not in answer.text or time.monotonic() > until:
                return answer
            with self.book.lock:
                self.book.full += 1
            time.sleep(0.3)


def hidden(page: requests.Response, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no hidden field {name}"
    return html.unescape(found[1])


def _chosen(page: str, name: str) -> str:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    found = re.search(r'<option value="([^"]*)"[^>]*selected', select[0]) if select else None
    return found[1] if found else ""
