"""Whatever a seller or a kader does, the index says the same in the same transaction."""

from datetime import timedelta

import pytest
from django.db import transaction

from etoko.catalog.models import Product, Shop
from etoko.catalog.operations import opening, selling, settings
from etoko.catalog.operations.selling import Offer
from etoko.catalog.search.finding import Filters, find, find_places
from etoko.catalog.search.operations import out_of_step
from etoko.catalog.search.understanding import understand
from etoko.catalog.tests.stall import as_seller, put_on_sale
from etoko.people.models import Person
from etoko.registry.models import Business, PublicConsent
from etoko.registry.operations.listing import refresh_directory
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def found(text: str) -> list[int]:
    return find(understand(text), Filters()).refs


def test_goods_are_found_from_the_moment_the_shop_opens(draft_shop: Shop, rahma: Person) -> None:
    product = put_on_sale(draft_shop, rahma)
    assert found("bawang") == []
    opening.open_shop(selling=as_seller(draft_shop, rahma), at=NOW)
    assert found("bawang") == [product.pk]
    assert out_of_step() == []


def test_every_deed_of_the_seller_is_followed(open_shop: Shop, product: Product, rahma: Person) -> None:
    seller = as_seller(open_shop, rahma)
    second = put_on_sale(open_shop, rahma, name="Opak singkong")
    assert (found("opak"), out_of_step()) == ([second.pk], [])
    selling.hide_product(selling=seller, product=second, at=NOW)
    assert (found("opak"), out_of_step()) == ([], [])
    selling.publish_product(selling=seller, product=second, at=NOW)
    assert (found("opak"), out_of_step()) == ([second.pk], [])
    selling.archive_product(selling=seller, product=second, at=NOW)
    assert (found("opak"), out_of_step()) == ([], [])
    settings.describe_shop(selling=seller, name="Dapur Melati", story="Resep nenek.", at=NOW)
    assert (found("melati"), out_of_step()) == ([product.pk], [])
    settings.set_contact(selling=seller, whatsapp="+6281210000001", hours={"1": ["08.00", "12.00"]}, at=NOW)
    assert find(understand("kerupuk"), Filters(open_at=NOW)).refs == [product.pk]
    assert find(understand("kerupuk"), Filters(open_at=NOW + timedelta(hours=3))).refs == []
    today = NOW.date()
    settings.set_holiday(selling=seller, from_on=today, until_on=today, at=NOW)
    assert find(understand("kerupuk"), Filters(open_at=NOW)).refs == []
    assert out_of_step() == []
    # The last product gone, the shop lacks something and is not shown any more.
    selling.hide_product(selling=seller, product=Product.objects.get(pk=product.pk), at=NOW)
    assert find_places(understand("melati"), Filters()) == []
    assert out_of_step() == []


def test_a_new_price_is_found_by_it(open_shop: Shop, product: Product, rahma: Person) -> None:
    variant = product.variants.get()
    selling.edit_product(
        selling=as_seller(open_shop, rahma),
        product=product,
        version=product.version,
        name="Kerupuk ikan tenggiri",
        category=product.category,
        unit=product.unit,
        supply=product.supply,
        lead_days=0,
        description="",
        offers=[Offer(price_rp=99_000, on_hand=1, variant_id=variant.pk, seen_on_hand=variant.on_hand)],
        at=NOW,
    )
    assert find(understand("tenggiri"), Filters(price_from_rp=99_000, price_to_rp=99_000)).refs == [
        product.pk
    ]
    assert found("bawang") == []
    assert out_of_step() == []


def test_a_deed_that_fails_leaves_the_index_as_it_was(
    open_shop: Shop, product: Product, rahma: Person
) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        selling.hide_product(selling=as_seller(open_shop, rahma), product=product, at=NOW)
        raise ZeroDivisionError
    assert found("bawang") == [product.pk]
    assert out_of_step() == []


def test_a_listed_business_gives_way_to_its_open_shop(
    draft_shop: Shop, business: Business, rahma: Person
) -> None:
    PublicConsent.objects.create(business=business, what=PublicConsent.LISTING, given_at=NOW)
    refresh_directory(business_ids=[business.pk])
    assert [place.kind for place in find_places(understand("rahma"), Filters())] == ["b"]
    put_on_sale(draft_shop, rahma)
    seller = as_seller(draft_shop, rahma)
    opening.open_shop(selling=seller, at=NOW)
    assert [place.kind for place in find_places(understand("rahma"), Filters())] == ["s"]
    opening.close_shop(selling=seller, at=NOW)
    assert [place.kind for place in find_places(understand("rahma"), Filters())] == ["b"]
    assert out_of_step() == []
