"""A shop may leave all lists for its holiday, and comes back by itself."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from conftest import Clock
from etoko.audit.models import AuditEntry
from etoko.catalog.models import Product, SearchEntry, Shop
from etoko.catalog.operations import opening, settings
from etoko.catalog.search.operations import index_products, list_shops_by_the_day, out_of_step
from etoko.catalog.tests.stall import as_seller
from etoko.people.models import Person
from etoko.registry.models import Business, PublicConsent
from etoko.registry.operations.listing import refresh_directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("product")]

FORM = {"from_on": "2026-11-24", "until_on": "2026-11-26", "note": "Hajatan", "hidden": "on"}
LISTS = ["/", "/cari/?q=bawang", "/cari/?jenis=toko", "/kategori/kerupuk/", "/sitemap-1.xml"]
NAMES = ("Kerupuk bawang", "Kerupuk Rahma", "/toko/kerupuk-rahma/")


def hide(
    shop: Shop, person: Person, clock: Clock, *, first: date = date(2026, 11, 24), hidden: bool = True
) -> None:
    settings.set_holiday(
        selling=as_seller(shop, person),
        from_on=first,
        until_on=date(2026, 11, 26),
        hidden=hidden,
        at=clock.now,
    )


def listed(client: Client) -> list[str]:
    """The lists that show something of the shop."""
    return [path for path in LISTS if any(name in client.get(path).content.decode() for name in NAMES)]


def done_by_the_clock() -> int:
    """How many shops the worker lists or takes out of the lists now."""
    said = StringIO()
    call_command("run_due_work", stdout=said)
    done = dict(line.split(": ") for line in said.getvalue().splitlines())
    return int(done.get("list_shops_by_the_day", 0))


def everything() -> list[Any]:
    return [
        list(Shop.objects.values()),
        list(SearchEntry.objects.order_by("kind", "ref").values()),
        AuditEntry.objects.count(),
    ]


def test_the_owner_hides_her_shop_for_the_holiday(
    client: Client, rahma: Person, open_shop: Shop, clock: Clock
) -> None:
    assert listed(client) == LISTS
    client.force_login(rahma)
    here = f"/jualan/{open_shop.public_id}/toko/"
    assert client.post(f"{here}libur/", FORM)["Location"] == here
    assert Shop.objects.get().holiday_showing == "hidden"
    settings_page = client.get(here).content.decode()
    assert "disembunyikan sampai 26 November 2026" in settings_page
    assert "24/11–26/11/2026, disembunyikan" in settings_page
    client.logout()
    assert listed(client) == []
    assert client.get("/cari/saran/?q=bawa").json() == []
    shop = client.get("/toko/kerupuk-rahma/")
    assert shop.status_code == 200
    assert "Libur sampai 26 November 2026" in shop.content.decode()
    assert out_of_step() == []
    entry = AuditEntry.objects.get(deed="set_holiday")
    assert entry.changes["holiday_showing"] == ["shown", "hidden"]


def test_a_kader_hides_it_for_her(client: Client, yanti: Person, open_shop: Shop, clock: Clock) -> None:
    client.force_login(yanti)
    client.post(f"/jualan/{open_shop.public_id}/toko/libur/", FORM)
    client.logout()
    assert listed(client) == []
    entry = AuditEntry.objects.get(deed="set_holiday")
    assert (entry.by_id, entry.for_name) == (yanti.pk, "Kerupuk Rahma")


def test_the_last_day_over_it_is_listed_again_by_itself(
    client: Client, rahma: Person, open_shop: Shop, clock: Clock
) -> None:
    hide(open_shop, rahma, clock)
    before = list(Shop.objects.values())
    clock.forward(days=2, hours=13, minutes=59)  # 26 November, 23.59
    assert done_by_the_clock() == 0
    assert listed(client) == []
    clock.forward(minutes=1)
    assert done_by_the_clock() == 1
    assert listed(client) == LISTS
    assert list(Shop.objects.values()) == before
    assert (list_shops_by_the_day(at=clock.now), out_of_step()) == (0, [])


def test_a_holiday_to_come_hides_it_from_its_first_day(
    client: Client, rahma: Person, open_shop: Shop, clock: Clock
) -> None:
    hide(open_shop, rahma, clock, first=date(2026, 11, 25))
    assert done_by_the_clock() == 0
    assert listed(client) == LISTS
    clock.forward(hours=14)  # 25 November, 00.00
    assert done_by_the_clock() == 1
    assert listed(client) == []
    assert out_of_step() == []


def test_who_does_not_choose_it_stays_listed(
    client: Client, rahma: Person, open_shop: Shop, clock: Clock
) -> None:
    hide(open_shop, rahma, clock, hidden=False)
    assert listed(client) == LISTS
    assert out_of_step() == []


def test_it_is_shown_again_when_she_changes_her_mind(
    client: Client, rahma: Person, open_shop: Shop, clock: Clock
) -> None:
    client.force_login(rahma)
    here = f"/jualan/{open_shop.public_id}/toko/libur/"
    client.post(here, FORM)
    assert 'name="hidden" checked' in client.get(here).content.decode()
    client.post(here, {name: value for name, value in FORM.items() if name != "hidden"})
    assert SearchEntry.objects.filter(kind="s").exists()
    client.post(here, FORM)
    assert not SearchEntry.objects.filter(kind="s").exists()
    client.post(f"{here}hapus/")
    assert SearchEntry.objects.filter(kind="s").exists()
    assert Shop.objects.get().holiday_showing == "shown"
    assert out_of_step() == []


def test_refused_nothing_is_hidden(client: Client, rahma: Person, open_shop: Shop, clock: Clock) -> None:
    client.force_login(rahma)
    before = everything()
    here = f"/jualan/{open_shop.public_id}/toko/libur/"
    for wrong in ({"until_on": "2026-11-23"}, {"from_on": "", "until_on": ""}):
        refused = client.post(here, FORM | wrong)
        assert refused.status_code == 422
        assert 'name="hidden" checked' in refused.content.decode()
    assert everything() == before


def test_sent_twice_it_happens_once(client: Client, rahma: Person, open_shop: Shop, clock: Clock) -> None:
    client.force_login(rahma)
    here = f"/jualan/{open_shop.public_id}/toko/libur/"
    for _time in range(2):
        assert client.post(here, {**FORM, "once": "kunci-1"}).status_code == 302
    assert AuditEntry.objects.filter(deed="set_holiday").count() == 1


def test_somebody_else_finds_nothing(client: Client, herman: Person, open_shop: Shop, clock: Clock) -> None:
    client.force_login(herman)
    before = everything()
    assert client.post(f"/jualan/{open_shop.public_id}/toko/libur/", FORM).status_code == 404
    assert everything() == before


def test_while_it_is_hidden_no_other_deed_lists_it(
    client: Client, rahma: Person, open_shop: Shop, business: Business, clock: Clock
) -> None:
    PublicConsent.objects.create(business=business, what=PublicConsent.LISTING, given_at=clock.now)
    hide(open_shop, rahma, clock)
    seller = as_seller(open_shop, rahma)
    settings.describe_shop(selling=seller, name="Kerupuk Rahma", story="Baru.", at=clock.now)
    index_products(product_ids=[Product.objects.get().pk])
    refresh_directory(business_ids=[business.pk])
    assert listed(client) == []
    # Closed, it is no shop any more: the business is found in its place, as always.
    opening.close_shop(selling=seller, at=clock.now)
    clock.forward(days=3)
    assert done_by_the_clock() == 0
    assert list(SearchEntry.objects.values_list("kind", flat=True)) == ["b"]
    assert out_of_step() == []


def test_opened_while_hidden_it_takes_the_place_of_its_business(
    rahma: Person, open_shop: Shop, business: Business, clock: Clock
) -> None:
    PublicConsent.objects.create(business=business, what=PublicConsent.LISTING, given_at=clock.now)
    refresh_directory(business_ids=[business.pk])
    seller = as_seller(open_shop, rahma)
    opening.close_shop(selling=seller, at=clock.now)
    hide(open_shop, rahma, clock)
    assert list(SearchEntry.objects.values_list("kind", flat=True)) == ["b"]
    seller.shop.refresh_from_db()
    opening.open_shop(selling=seller, at=clock.now)
    assert (SearchEntry.objects.count(), out_of_step()) == (0, [])


def test_the_database_knows_no_hiding_without_a_holiday(open_shop: Shop) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Shop.objects.update(holiday_showing="hidden")
    assert Shop.objects.get().holiday_showing == "shown"
