from typing import Any

import pytest

from etoko.audit.models import AuditEntry
from etoko.catalog.access import Overseeing
from etoko.catalog.models import Product, Shop
from etoko.catalog.operations import opening, selling, settings
from etoko.catalog.queries import missing_of, shop_state
from etoko.catalog.tests.stall import as_seller, put_on_sale
from etoko.foundation.flows import UnableToMove
from etoko.people.models import Person
from etoko.registry.access import Acting
from etoko.registry.models import Business
from tests.cast import NOW


def test_a_fresh_shop_lacks_only_whatsapp_and_a_product(business: Business, rahma: Person) -> None:
    shop = opening.start_shop(acting=Acting(business, rahma, False), name="Kerupuk Rahma", at=NOW)
    assert (shop.slug, shop.status, shop.area_id) == ("kerupuk-rahma", "draft", "36.03.04.2004")
    assert missing_of(shop) == ["whatsapp", "product"]


def test_a_business_has_one_shop_however_often_it_is_started(business: Business, rahma: Person) -> None:
    acting = Acting(business, rahma, False)
    first = opening.start_shop(acting=acting, name="Kerupuk Rahma", at=NOW)
    again = opening.start_shop(acting=acting, name="Lain", at=NOW)
    assert (again.pk, again.name) == (first.pk, "Kerupuk Rahma")
    assert AuditEntry.objects.filter(deed="start_shop").count() == 1


def test_two_shops_of_one_name_have_two_addresses(draft_shop: Shop, herman: Person, villages: Any) -> None:
    other = Business.objects.create(name="Kerupuk Rahma", search_name="x", area=villages["Kutruk"])
    shop = opening.start_shop(acting=Acting(other, herman, False), name="Kerupuk Rahma", at=NOW)
    assert shop.slug == f"kerupuk-rahma-{shop.public_id[:6]}"


@pytest.mark.parametrize(("name", "start"), [("buka", "buka-"), ("🙂", "toko"), ("x" * 200, "x" * 60)])
def test_every_name_gives_an_address(business: Business, rahma: Person, name: str, start: str) -> None:
    shop = opening.start_shop(acting=Acting(business, rahma, False), name=name, at=NOW)
    assert shop.slug.startswith(start)
    assert shop.slug != "buka"


def test_it_does_not_open_without_a_product(draft_shop: Shop, rahma: Person) -> None:
    with pytest.raises(opening.UnableToOpenShop, match="satu produk dijual"):
        opening.open_shop(selling=as_seller(draft_shop, rahma), at=NOW)
    draft_shop.refresh_from_db()
    assert (draft_shop.status, draft_shop.opened_at) == ("draft", None)
    assert not AuditEntry.objects.filter(deed="open_shop").exists()


def test_it_opens_when_nothing_is_missing(draft_shop: Shop, product: Product, rahma: Person) -> None:
    shop = opening.open_shop(selling=as_seller(draft_shop, rahma), at=NOW)
    assert (shop.status, shop.opened_at) == ("open", NOW)
    entry = AuditEntry.objects.get(deed="open_shop")
    assert (entry.by_name, entry.for_name, entry.changes) == ("Rahma", "", {"status": ["draft", "open"]})


def test_a_kader_opens_it_on_behalf_of_the_seller(draft_shop: Shop, product: Product, yanti: Person) -> None:
    opening.open_shop(selling=as_seller(draft_shop, yanti, is_assisting=True), at=NOW)
    entry = AuditEntry.objects.get(deed="open_shop")
    assert (entry.by_name, entry.for_name) == ("Yanti", "Kerupuk Rahma")


def test_hiding_the_last_product_shows_it_as_incomplete_and_selling_again_opens_it(
    open_shop: Shop, product: Product, rahma: Person
) -> None:
    hidden = selling.hide_product(selling=as_seller(open_shop, rahma), product=product, at=NOW)
    open_shop.refresh_from_db()
    assert open_shop.status == "incomplete"
    assert "satu produk dijual" in shop_state(open_shop, on=NOW.date()).reason
    selling.publish_product(selling=as_seller(open_shop, rahma), product=hidden, at=NOW)
    open_shop.refresh_from_db()
    assert open_shop.status == "open"


def test_a_second_product_keeps_it_open(open_shop: Shop, product: Product, rahma: Person) -> None:
    put_on_sale(open_shop, rahma, name="Rengginang")
    selling.hide_product(selling=as_seller(open_shop, rahma), product=product, at=NOW)
    open_shop.refresh_from_db()
    assert open_shop.status == "open"


def test_removing_every_way_to_pay_shows_it_as_incomplete(open_shop: Shop, rahma: Person) -> None:
    settings.set_payment_options(selling=as_seller(open_shop, rahma), payments=[], at=NOW)
    open_shop.refresh_from_db()
    assert (open_shop.status, missing_of(open_shop)) == ("incomplete", ["payment"])


def test_a_shop_that_its_owner_closed_does_not_open_by_itself(
    open_shop: Shop, product: Product, rahma: Person
) -> None:
    closed = opening.close_shop(selling=as_seller(open_shop, rahma), at=NOW)
    put_on_sale(closed, rahma, name="Rengginang")
    closed.refresh_from_db()
    assert closed.status == "closed"
    assert opening.open_shop(selling=as_seller(closed, rahma), at=NOW).status == "open"


def test_an_officer_suspends_with_a_reason_and_the_owner_cannot_open(
    open_shop: Shop, dedi: Person, rahma: Person
) -> None:
    with pytest.raises(UnableToMove, match="alasannya"):
        opening.suspend_shop(overseeing=Overseeing(open_shop, dedi), reason=" ", at=NOW)
    open_shop.refresh_from_db()
    assert open_shop.status == "open"
    shop = opening.suspend_shop(overseeing=Overseeing(open_shop, dedi), reason="Aduan pembeli", at=NOW)
    assert "Aduan pembeli" in shop_state(shop, on=NOW.date()).reason
    with pytest.raises(UnableToMove, match="Ditangguhkan"):
        opening.open_shop(selling=as_seller(shop, rahma), at=NOW)
    shop = opening.reinstate_shop(overseeing=Overseeing(shop, dedi), at=NOW)
    assert (shop.status, shop.status_reason) == ("closed", "")
