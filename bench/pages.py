"""What the uncached public pages cost: CPU of the server and of the database, queries, bytes.

python -m bench.pages        on whatever database the environment names, filled by bench.corpus
"""

import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any

TIMES = 60


def addresses() -> dict[str, str]:
    from etoko.catalog.models import Category, Product
    from etoko.places.models import Area

    product = Product.objects.order_by("-id").first()
    assert product is not None
    village = Area.objects.order_by("-code").first()
    leaf = Category.objects.filter(parent__isnull=False).order_by("position", "id").first()
    group = Category.objects.filter(parent__isnull=True).order_by("position", "id").first()
    assert village and leaf and group
    return {
        "home": "/",
        "category": f"/kategori/{leaf.slug}/",
        "category, group": f"/kategori/{group.slug}/",
        "category, village": f"/kategori/{leaf.slug}/?desa={village.code}",
        "category, price and order": f"/kategori/{group.slug}/?harga_min=20000&harga_max=30000&urut=murah",
        "category, deep": f"/kategori/{group.slug}/?urut=murah&setelah=0-60000-{product.pk}",
        "product": f"/produk/{product.public_id}/{product.slug}/",
        "shop": f"/toko/{product.shop.slug}/",
        "search, frequent word": "/cari/?q=kerupuk",
        "search, two words": "/cari/?q=keripik+pisang",
        "search, three words": "/cari/?q=emping+kelapa+gurih",
        "search, word of texts": "/cari/?q=hajatan",
        "search, mistyped": "/cari/?q=krupukk",
        "search, village": f"/cari/?q=kerupuk&desa={village.code}",
        "search, cheapest": "/cari/?q=kerupuk&urut=murah",
        "search, price": "/cari/?q=kerupuk&harga_min=1000&harga_max=2000",
        "search, open now": "/cari/?q=kerupuk&buka=1",
        "search, nothing": "/cari/?q=qwxyz",
        "suggestions": "/cari/saran/?q=keru",
    }


def measure(application: Any, address: str) -> tuple[float, float, int, int]:
    """Milliseconds of CPU here and in the database, queries, bytes."""
    from django.db import connection

    for _warm in range(6):
        body = _get(application, address)
    seen: list[str] = []

    def note(execute: Any, sql: str, *more: Any) -> Any:
        seen.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        _get(application, address)
    server = _ticks()
    began = time.process_time()
    for _time in range(TIMES):
        _get(application, address)
    here = (time.process_time() - began) * 1000 / TIMES
    there = (_ticks() - server) * 1000 / os.sysconf("SC_CLK_TCK") / TIMES
    return here, there, len(seen), len(body)


def _get(application: Any, address: str) -> bytes:
    path, _, query = address.partition("?")
    said: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    answer = application(environ, lambda status, headers, _info=None: said.append(status))
    body = b"".join(answer)
    answer.close()
    assert said == ["200 OK"], (address, said)
    return body


def _ticks() -> int:
    """CPU of the processes of our database, in ticks of the clock; nought for SQLite, which is ourselves."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
        processes = [pid for (pid,) in cursor.fetchall()]
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split() for pid in processes]
    return sum(int(part) for stat in stats for part in stat[11:13])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")
    import django

    django.setup()
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection

    from etoko.catalog.models import Product

    application = WSGIHandler()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"{Product.objects.count()} products, {connection.vendor}")
    print(f"{'page':<28}{'CPU ms':>8}{'db ms':>8}{'queries':>9}{'bytes':>8}")
    for name, address in addresses().items():
        here, there, queries, size = measure(application, address)
        print(f"{name:<28}{here:>8.2f}{there:>8.2f}{queries:>9}{size:>8}", flush=True)


if __name__ == "__main__":
    main()
