"""Two servers, each with a page cache of its own, in front of one database: neither is ever stale."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction

from etoko.catalog.models import Product, StockMovement, Variant
from etoko.catalog.operations.stocking import Cause, hold_stock
from etoko.catalog.search.operations import index_products
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.privacy.operations.withdrawing import withdraw_everything
from etoko.registry.models import Business, BusinessRole, PublicConsent
from etoko.registry.operations.consenting import set_consents
from tests.cast import NOW
from tests.market import Market

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_database() -> dict[str, str]:
    """The environment of a server on the very database of this test."""
    env = {
        **os.environ,
        "ETOKO_DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "etoko.config.settings",
    }
    if connection.vendor == "postgresql":
        now = connection.settings_dict
        env["DATABASE_URL"] = (
            f"postgres://{quote(now['USER'])}:{quote(now['PASSWORD'])}@{now['HOST']}:{now['PORT']}/{now['NAME']}"
        )
    return env


test_database.__test__ = False  # type: ignore[attr-defined]


def get(port: int, path: str, **headers: str) -> tuple[int, str, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode(), answer.headers["ETag"] or ""
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode(), problem.headers["ETag"] or ""


@pytest.fixture
def servers(transactional_db: None) -> Iterator[list[int]]:
    ports = [free_port(), free_port()]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "etoko.config.wsgi:application",
             "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--no-ws", "--log-level", "error"],
            cwd=ROOT,
            env=test_database(),
            start_new_session=True,
        )
        for port in ports
    ]  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        for port in ports:
            while True:
                try:
                    get(port, "/robots.txt")
                    break
                except OSError:
                    assert time.monotonic() < until, "the server does not answer"
                    time.sleep(0.1)
        yield ports
    finally:
        for server in running:
            os.killpg(server.pid, signal.SIGTERM)
        for server in running:
            server.wait(20)


def test_a_price_changed_anywhere_is_seen_by_the_next_request_everywhere(
    servers: list[int], villages: dict[str, Area]
) -> None:
    Market.with_goods(villages)
    product = Product.objects.get(name="Kerupuk Udang")
    page, search = f"/produk/{product.public_id}/{product.slug}/", "/cari/?q=udang"
    for price in ("Rp12.000", "Rp12.000"):  # the second time from the cache
        assert all(price in get(port, path)[1] for port in servers for path in (page, search))
    etags = [get(port, page)[2] for port in servers]
    assert [get(port, page, **{"If-None-Match": etags[0]})[0] for port in servers] == [304, 304]
    for price_rp in range(12_001, 12_010):
        with transaction.atomic():
            Variant.objects.filter(product=product).update(price_rp=price_rp)
            Product.objects.filter(pk=product.pk).update(price_from_rp=price_rp, price_to_rp=price_rp)
            index_products(product_ids=[product.pk])
        shown = f"Rp{price_rp:,}".replace(",", ".")
        for port in servers:
            assert shown in get(port, page)[1]
            assert shown in get(port, search)[1]
            assert get(port, page, **{"If-None-Match": etags[0]})[0] == 200


def test_stock_that_is_promised_and_who_withdraws_is_shown_by_none(
    servers: list[int], villages: dict[str, Area]
) -> None:
    Market.with_goods(villages)
    variant = Variant.objects.select_related("product").get(product__name="Kerupuk Udang")
    page = f"/produk/{variant.product.public_id}/{variant.product.slug}/"
    assert all("/keranjang/tambah/" in get(port, page)[1] for port in servers)
    hold_stock(quantities={variant.pk: 5}, cause=Cause(StockMovement.ORDER), at=NOW)
    assert not any("/keranjang/tambah/" in get(port, page)[1] for port in servers)

    # And whoever withdraws is gone from what they kept: not within the minute, but at the next request.
    rahma = _owner_of(Business.objects.get(name="Dapur Rahma"))
    open_pages = [*PUBLIC, page, "/toko/dapur-rahma/", f"/usaha/{rahma.business.public_id}/"]
    hers = ("Dapur Rahma", "dapur-rahma", "Kerupuk Udang", "81210000001")
    shown = {}
    for _time in range(2):  # the second time from the cache
        shown = {(port, path): get(port, path) for port in servers for path in open_pages}
        missing = [key for key, told in shown.items() if not any(word in told[1] for word in hers)]
        assert missing == []
    withdraw_everything(person=rahma.person, at=NOW)
    for port, path in shown:
        status, text, _etag = get(port, path, **{"If-None-Match": shown[port, path][2]})
        assert status != 304, path
        assert not any(word in text for word in hers), path


PUBLIC = (
    *("/", "/cari/?q=udang", "/usaha/", "/usaha/peta.geojson", "/umpan/produk.json", "/umpan/usaha.json"),
    *("/sematan/36.03.04.2004/", "/api/v1/usaha", "/api/v1/produk", "/api/v1/toko"),
    *("/data/usaha/36.03.04.csv", "/data/produk/36.03.04.json", "/sitemap-1.xml"),
)


def _owner_of(business: Business) -> BusinessRole:
    """Who lets everybody see everything of it."""
    Business.objects.filter(pk=business.pk).update(latitude="-6.31", longitude="106.51")
    rahma = Person.objects.create_user("+6281210000001", "Rahma")
    role = BusinessRole.objects.create(
        business=business, person=rahma, role=BusinessRole.OWNER, starts_on=date(2026, 1, 1)
    )
    everything = [what for what, _word in PublicConsent.WHAT]
    set_consents(business=business, shown=everything, how="self", by=rahma, at=NOW)
    return role
