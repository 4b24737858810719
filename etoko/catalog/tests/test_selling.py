from decimal import Decimal
from typing import Any

import pytest

from etoko.audit.models import AuditEntry
from etoko.catalog.models import Category, Product, Shop, StockMovement, Variant
from etoko.catalog.operations import selling
from etoko.catalog.operations.selling import Adjustment, Offer
from etoko.catalog.operations.stocking import Cause, hold_stock, take_stock
from etoko.catalog.tests.stall import as_seller, put_on_sale
from etoko.foundation.flows import UnableToMove
from etoko.people.models import Person
from tests.cast import NOW

AN_ORDER = Cause(StockMovement.ORDER, "K7M-2QX")


def edit(product: Product, person: Person, **other: Any) -> Product:
    variant = product.variants.get()
    given: dict[str, Any] = {
        "version": product.version,
        "name": product.name,
        "category": product.category,
        "unit": product.unit,
        "supply": product.supply,
        "lead_days": product.lead_days,
        "description": product.description,
        "offers": [
            Offer(
                price_rp=variant.price_rp,
                on_hand=variant.on_hand,
                variant_id=variant.pk,
                seen_on_hand=variant.on_hand,
            )
        ],
    }
    shop = Shop.objects.select_related("business").get(pk=product.shop_id)
    return selling.edit_product(selling=as_seller(shop, person), product=product, at=NOW, **(given | other))


def test_a_product_is_on_sale_at_once(draft_shop: Shop, rahma: Person) -> None:
    product = put_on_sale(draft_shop, rahma)
    assert (product.status, product.slug, product.price_from_rp, product.price_to_rp) == (
        "published",
        "kerupuk-bawang",
        12_000,
        12_000,
    )
    assert product.area_code == "36.03.04.2004"
    assert AuditEntry.objects.get(deed="add_product").changes["price"] == ["", ["12000"]]


def test_prices_by_size_give_a_range(draft_shop: Shop, rahma: Person) -> None:
    offers = [
        Offer(price_rp=12_000, name="250 g", amount=Decimal(250), measure="g"),
        Offer(price_rp=22_000, name="500 g", amount=Decimal(500), measure="g"),
    ]
    product = put_on_sale(draft_shop, rahma, offers=offers)
    assert (product.price_from_rp, product.price_to_rp) == (12_000, 22_000)
    assert [variant.name for variant in product.variants.all()] == ["250 g", "500 g"]


@pytest.mark.parametrize("names", [["", "500 g"], ["500 g", "500 G"]])
def test_sizes_need_different_names(draft_shop: Shop, rahma: Person, names: list[str]) -> None:
    with pytest.raises(selling.UnableToSell, match="nama yang berbeda"):
        put_on_sale(draft_shop, rahma, offers=[Offer(price_rp=1, name=name) for name in names])
    assert not Product.objects.exists()


def test_a_change_is_traced_from_and_to(product: Product, rahma: Person) -> None:
    changed = edit(product, rahma, name="Kerupuk bawang besar", category=Category.objects.get(slug="keripik"))
    assert (changed.name, changed.version) == ("Kerupuk bawang besar", product.version + 1)
    assert AuditEntry.objects.get(deed="edit_product").changes == {
        "name": ["Kerupuk bawang", "Kerupuk bawang besar"],
        "category": ["kerupuk", "keripik"],
    }


def test_the_second_of_two_editors_is_told_and_changes_nothing(
    product: Product, rahma: Person, yanti: Person
) -> None:
    stale = Product.objects.select_related("category").get(pk=product.pk)
    edit(product, yanti, name="Dari Yanti")
    with pytest.raises(selling.UnableToOverwrite, match="diubah orang lain"):
        edit(stale, rahma, name="Dari Rahma")
    assert Product.objects.get(pk=product.pk).name == "Dari Yanti"
    assert AuditEntry.objects.filter(deed="edit_product").count() == 1


def test_a_size_that_is_taken_off_stays_for_its_orders(product: Product, rahma: Person) -> None:
    old = product.variants.get()
    edit(product, rahma, offers=[Offer(price_rp=5_000, name="kecil"), Offer(price_rp=9_000, name="besar")])
    old.refresh_from_db()
    assert old.status == Variant.RETIRED
    assert Product.objects.get(pk=product.pk).price_from_rp == 5_000


def test_saving_the_form_does_not_give_back_what_was_sold_meanwhile(product: Product, rahma: Person) -> None:
    variant = product.variants.get()
    hold_stock(quantities={variant.pk: 4}, cause=AN_ORDER, at=NOW)
    take_stock(quantities={variant.pk: 4}, cause=AN_ORDER, at=NOW)
    edit(
        product,
        rahma,
        name="Nama baru",
        offers=[Offer(price_rp=12_000, on_hand=10, variant_id=variant.pk, seen_on_hand=10)],
    )
    variant.refresh_from_db()
    assert variant.on_hand == 6


def test_a_stock_that_changed_meanwhile_is_not_overwritten(product: Product, rahma: Person) -> None:
    variant = product.variants.get()
    hold_stock(quantities={variant.pk: 4}, cause=AN_ORDER, at=NOW)
    take_stock(quantities={variant.pk: 4}, cause=AN_ORDER, at=NOW)
    with pytest.raises(selling.UnableToSell, match="menjadi 6"):
        edit(
            product,
            rahma,
            name="Nama baru",
            offers=[Offer(price_rp=12_000, on_hand=30, variant_id=variant.pk, seen_on_hand=10)],
        )
    variant.refresh_from_db()
    assert (variant.on_hand, Product.objects.get(pk=product.pk).name) == (6, "Kerupuk bawang")


def test_stock_does_not_fall_below_what_is_promised(product: Product, rahma: Person) -> None:
    variant = product.variants.get()
    hold_stock(quantities={variant.pk: 4}, cause=AN_ORDER, at=NOW)
    adjustment = Adjustment(variant.pk, price_rp=9_000, on_hand=3, seen_on_hand=10)
    with pytest.raises(selling.UnableToSell, match="4 sudah dipesan"):
        selling.adjust_product(
            selling=as_seller(product.shop, rahma),
            product=product,
            version=product.version,
            adjustments=[adjustment],
            at=NOW,
        )
    variant.refresh_from_db()
    assert (variant.on_hand, variant.held, variant.price_rp) == (10, 4, 12_000)


def test_price_and_stock_are_changed_from_the_list(product: Product, rahma: Person) -> None:
    variant = product.variants.get()
    selling.adjust_product(
        selling=as_seller(product.shop, rahma),
        product=product,
        version=product.version,
        adjustments=[Adjustment(variant.pk, price_rp=13_500, on_hand=25, seen_on_hand=10)],
        at=NOW,
    )
    assert Product.objects.get(pk=product.pk).price_from_rp == 13_500
    assert AuditEntry.objects.get(deed="adjust_product").changes == {
        "price": [["12000"], ["13500"]],
        "stock": [["10"], ["25"]],
    }


def test_it_is_hidden_archived_brought_back_and_sold_again(
    open_shop: Shop, product: Product, rahma: Person
) -> None:
    seller = as_seller(open_shop, rahma)
    states = [
        selling.hide_product(selling=seller, product=product, at=NOW).status,
        selling.archive_product(selling=seller, product=product, at=NOW).status,
        selling.restore_product(selling=seller, product=product, at=NOW).status,
        selling.publish_product(selling=seller, product=product, at=NOW).status,
    ]
    assert states == ["hidden", "archived", "hidden", "published"]


def test_what_is_archived_is_not_sold_directly(open_shop: Shop, product: Product, rahma: Person) -> None:
    seller = as_seller(open_shop, rahma)
    selling.archive_product(selling=seller, product=product, at=NOW)
    with pytest.raises(UnableToMove, match="Diarsipkan"):
        selling.publish_product(selling=seller, product=product, at=NOW)
    assert Product.objects.get(pk=product.pk).status == "archived"
