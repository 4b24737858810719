"""One corpus, served and measured; prints JSON. Called by `python -m bench`.

CPU is what the workers of the server used, as the kernel counts it, divided by the answers: unlike requests a
second it does not depend on how fast the measuring side is.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.buying import Guest

CLIENTS = (1, 16)
# The page cache steps aside for a request that says who it is from.
PAST_THE_CACHE = "Authorization: Bench\r\n"


def main(corpus: str, seconds: float) -> None:
    pages = _fill(corpus)
    found: dict[str, Any] = {"pages": []}
    from etoko.catalog.models import Product, Shop

    found["products"], found["shops"] = Product.objects.count(), Shop.objects.count()
    queries = {name: _queries(address, cookies) for name, address, cookies, _kept in pages}
    with served("etoko.config.wsgi:application") as server:
        found["start_s"] = round(server.started, 2)
        for name, address, cookies, kept in pages:
            ways = [("", True), (", not kept", False)] if kept else [("", False)]
            for suffix, from_cache in ways:
                headers = f"Cookie: {cookies}\r\n" if cookies else ""
                headers += "" if from_cache else PAST_THE_CACHE
                for clients in CLIENTS:
                    row = server.measure(address, headers, clients, seconds)
                    row |= {"page": name + suffix, "queries": 0 if from_cache else queries[name]}
                    found["pages"].append(row)
        if corpus == "large":  # whose stock lasts
            product, variant_ids = _goods(max(CLIENTS))
            for clients in CLIENTS:
                row = server.measure_buying(product, variant_ids[:clients], seconds)
                found["pages"].append(row | {"page": "whole purchase, a guest's", "queries": None})
        found["worker_mb"] = server.worker_mb()
    ceilings: dict[tuple[int, int], float] = {}
    with served("bench.ceiling:application") as server:
        for row in found["pages"]:
            if row["bytes"] is None:
                row["of_ceiling"] = None
                continue
            key = row["bytes"], row["clients"]
            if key not in ceilings:
                ceilings[key] = server.measure(f"/{key[0]}", "", key[1], min(seconds, 1))["cpu_ms"]
            row["of_ceiling"] = ceilings[key] / row["cpu_ms"]
    with served("bench.ceiling:application", ETOKO_BENCH_TRIVIAL="1") as server:
        for clients in CLIENTS:
            row = server.measure("/", "", clients, min(seconds, 1))
            row |= {"page": "a trivial Django view", "queries": 0, "of_ceiling": 0.0}
            nearest = min(ceilings, key=lambda key: (key[1] != clients, key[0]))
            row["of_ceiling"] = ceilings[nearest] / row["cpu_ms"]
            found["pages"].append(row)
    print(json.dumps(found))


def _fill(corpus: str) -> list[tuple[str, str, str, bool]]:
    """Name, address, cookies, and whether the page cache keeps it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")
    django.setup()
    from django.core.management import call_command

    with Path(os.devnull).open("w") as nothing:
        call_command("migrate", verbosity=0)
        call_command("load_areas", stdout=nothing)
        if corpus == "demo":
            call_command("load_demo", stdout=nothing)
        else:
            from bench.corpus import fill

            fill(products=20_000, shops=1_000)
    from django.utils import timezone

    from etoko.catalog.models import Product, Shop, Variant
    from etoko.ordering.operations import add_to_cart
    from etoko.ordering.views.carrying import CART_COOKIE

    product = Product.objects.filter(status="published").select_related("category").order_by("-id")[0]
    cart, secret = None, ""
    for shop in Shop.objects.filter(status="open").order_by("id")[:2]:
        wanted = Variant.objects.filter(product__shop=shop, product__status="published", on_hand__gt=3)[0]
        cart, new = add_to_cart(cart=cart, person=None, variant_id=wanted.pk, quantity=1, at=timezone.now())
        secret = new or secret
    seller, shop_id = _seller()
    return [
        ("home", "/", "", True),
        ("category", f"/kategori/{product.category.slug}/", "", True),
        ("product", f"/produk/{product.public_id}/{product.slug}/", "", True),
        ("search", "/cari/?q=kerupuk", "", True),
        ("cart", "/keranjang/", f"{CART_COOKIE}={secret}", False),
        ("checkout", "/pesan/", f"{CART_COOKIE}={secret}", False),
        ("seller's orders", f"/jualan/{shop_id}/", f"sessionid={seller}", False),
    ]


def _goods(number: int) -> tuple[str, list[int]]:
    """A product's page, and so many variants of many shops."""
    from etoko.catalog.models import Product, Variant

    product = Product.objects.filter(status="published").order_by("-id")[0]
    variants = Variant.objects.filter(product__shop__status="open", product__status="published")
    return f"/produk/{product.public_id}/{product.slug}/", list(
        variants.order_by("id").values_list("id", flat=True)[: number * 20 : 20]
    )


def _seller() -> tuple[str, str]:
    """A session of somebody who may sell in the first open shop, and the shop's public id."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from etoko.catalog.models import Shop
    from etoko.people.models import Person

    person = Person.objects.filter(is_superuser=True).first() or Person.objects.create_superuser(
        "+6281200000000", "Bench", None
    )
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    shop = Shop.objects.filter(status="open").order_by("id").first()
    assert shop is not None and session.session_key is not None
    return session.session_key, shop.public_id


def _queries(address: str, cookies: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"cookie": cookies} if cookies else None, SERVER_NAME="localhost")
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}")
    return len(seen)


class Server:
    def __init__(self, process: subprocess.Popen[bytes], port: int, started: float) -> None:
        self.process, self.port, self.started = process, port, started

    def measure(self, address: str, headers: str, clients: int, seconds: float) -> dict[str, Any]:
        request = (
            f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, br\r\n{headers}\r\n"
        ).encode()
        size = self._ask(request, times=30)

        def asking() -> Callable[[], object]:
            connection = socket.create_connection(("127.0.0.1", self.port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return lambda: _answer(connection, request)

        return self._timed([asking() for _client in range(clients)], seconds) | {"bytes": size}

    def measure_buying(self, product: str, variant_ids: list[int], seconds: float) -> dict[str, Any]:
        """Whole purchases; each client buys something of her own."""
        guests = [Guest(self.port, product, variant_id) for variant_id in variant_ids]
        guests[0].buy()
        return self._timed([guest.buy for guest in guests], seconds) | {"bytes": None}

    def _timed(self, deeds: list[Callable[[], object]], seconds: float) -> dict[str, Any]:
        """Every client does her deed again and again."""
        took: list[list[float]] = [[] for _deed in deeds]
        before, began = self._cpu_s(), time.perf_counter()
        threads = [
            threading.Thread(target=_again, args=(deed, began + seconds, own))
            for deed, own in zip(deeds, took, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lasted, used = time.perf_counter() - began, self._cpu_s() - before
        times = sorted(moment for own in took for moment in own)
        return {
            "clients": len(deeds),
            "per_second": len(times) / lasted,
            "cpu_ms": used * 1000 / len(times),
            "p50_ms": times[len(times) // 2] * 1000,
            "p95_ms": times[int(len(times) * 0.95)] * 1000,
            "p99_ms": times[int(len(times) * 0.99)] * 1000,
        }

    def worker_mb(self) -> int:
        """The largest worker's own memory, with what it shares counted by its share."""
        sizes = []
        for pid in self._workers():
            rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            sizes.append(next(int(row.split()[1]) for row in rows if row.startswith("Pss:")))
        return max(sizes) // 1024

    def _ask(self, request: bytes, *, times: int) -> int:
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            return [_answer(connection, request) for _time in range(times)][-1]

    def _workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def _cpu_s(self) -> float:
        ticks = 0
        for pid in [self.process.pid, *self._workers()]:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def _again(deed: Callable[[], object], end: float, took: list[float]) -> None:
    while (began := time.perf_counter()) < end:
        deed()
        took.append(time.perf_counter() - began)


def _answer(connection: socket.socket, request: bytes) -> int:
    """Bytes of the body; stops the run when the page is not there."""
    connection.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        more = connection.recv(65536)
        if not more:
            raise SystemExit("the server closed the connection")
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise SystemExit(f"{request.split()[1].decode()}: {head[:60]!r}")
    lower = head.lower()
    length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))
    return length


@contextmanager
def served(application: str, **env: str) -> Any:
    from workbench.running import server_command

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = server_command(port)
    command[command.index("etoko.config.wsgi:application")] = application
    began = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **env}, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=0.2) as connection:
                    connection.sendall(b"GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    connection.recv(100)
                    break
            except OSError:
                time.sleep(0.02)
        yield Server(process, port, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
