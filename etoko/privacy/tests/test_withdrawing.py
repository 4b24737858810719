import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from etoko.catalog.models import Shop
from etoko.catalog.search.operations import reindex_everything
from etoko.ordering.models import Order
from etoko.people.models import Person
from etoko.registry.models import Business, BusinessRole
from etoko.reviews.tests.conftest import Everything
from tests.cast import NOW

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/cari/?q=kerupuk",
    "/cari/?q=rahma",
    "/cari/saran/?q=kerup",
    "/kategori/t-kerupuk/",
    "/usaha/",
    "/usaha/?q=rahma",
    "/usaha/peta/",
    "/usaha/peta.json",
    "/toko/",
    "/umpan/produk.json",
    "/umpan/usaha.json",
    "/sematan/36.03.04.2004/",
    *(f"/data/usaha/36.03.04.{form}" for form in ("csv", "json", "geojson")),
    "/data/produk/36.03.04.csv",
    "/data/rekap/36.03.04.json",
    "/api/v1/produk",
    "/api/v1/toko",
    "/api/v1/usaha",
]
HERS = ("Rahma", "Kerupuk Kulit", "kerupuk-rahma", "81210000001", "1210-0000-001")


def what_everybody_reads(client: Client, shop: Shop, business: Business) -> dict[str, str]:
    """Address and page, of all that answer; the whole sitemap too."""
    own = [
        f"/toko/{shop.slug}/",
        f"/usaha/{business.public_id}/",
        f"/api/v1/usaha/{business.public_id}",
        *(f"/api/v1/produk/{product.public_id}" for product in shop.products.all()),
        *(f"/produk/{product.public_id}/{product.slug}/" for product in shop.products.all()),
    ]
    pages = {}
    maps = ["/sitemap.xml"]
    for address in (*PUBLIC, *own):
        answer = client.get(address)
        if answer.status_code == 200:
            pages[address] = b"".join(answer).decode()
    while maps:
        address = maps.pop()
        pages[address] = client.get(address).content.decode()
        maps += [urlsplit(found).path for found in re.findall(r"<loc>([^<]+\.xml)</loc>", pages[address])]
    return pages


def seen(pages: dict[str, str]) -> list[str]:
    return [address for address, page in pages.items() if any(word in page for word in HERS)]


def test_within_the_same_moment_nothing_of_hers_is_public(
    client: Client, rahma: Person, shown: Business, shop: Shop, kerupuk: object
) -> None:
    reindex_everything()
    visitor = Client()
    before = seen(what_everybody_reads(visitor, shop, shown))
    assert {f"/toko/{shop.slug}/", "/cari/?q=kerupuk", "/usaha/", "/"} <= set(before)
    machines = {"/umpan/usaha.json", "/sematan/36.03.04.2004/", "/data/usaha/36.03.04.csv", "/api/v1/usaha"}
    assert machines | {"/umpan/produk.json", "/data/produk/36.03.04.csv", "/api/v1/produk"} <= set(before)

    client.force_login(rahma)
    assert client.post("/saya/data/tarik/", {"once": "a"}).status_code == 302

    after = what_everybody_reads(visitor, shop, shown)
    assert f"/toko/{shop.slug}/" not in after
    # What a visitor typed stands in the field of the search.
    after = {address: page.replace('value="rahma"', "") for address, page in after.items()}
    assert seen(after) == []
    assert shown.consents.filter(withdrawn_at=None).count() == 0


def test_who_only_works_there_withdraws_nothing(client: Client, siti: Person, shown: Business) -> None:
    BusinessRole.objects.create(
        business=shown, person=siti, role=BusinessRole.STAFF, starts_on=NOW.date().replace(day=1)
    )
    client.force_login(siti)
    client.post("/saya/data/tarik/", {"once": "a"})
    assert shown.consents.filter(withdrawn_at=None).count() == 4


def test_orders_that_run_are_finished_first(
    client: Client, rahma: Person, shown: Business, waiting: Order, everything: Everything
) -> None:
    before = everything()
    client.force_login(rahma)
    refused = client.post("/saya/data/tarik/", {"once": "a"})
    assert refused.status_code == 422
    assert "1 pesanan pembeli" in refused.content.decode()
    assert everything() == before
    assert shown.consents.filter(withdrawn_at=None).count() == 4
