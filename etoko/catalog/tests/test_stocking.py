"""Stock moves only through its door, and every movement says why."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from etoko.catalog.models import Product, StockMovement, Variant
from etoko.catalog.operations import stocking
from etoko.catalog.operations.stocking import Cause, StockOutOfStep, UnableToCount, UnableToHold
from etoko.foundation.kept import RowsAreKept
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.django_db

ORDER = Cause(StockMovement.ORDER, "K7M-2QX")


@pytest.fixture
def kerupuk(product: Product) -> Variant:
    """Ten in stock, put there when the product was made."""
    return product.variants.get()


def figures(variant: Variant) -> tuple[int, int]:
    variant.refresh_from_db()
    return variant.on_hand, variant.held


def moved(variant: Variant) -> tuple[int, int]:
    sums = variant.movements.aggregate(a=Sum("on_hand_change"), b=Sum("held_change"))
    return sums["a"], sums["b"]


def test_a_new_product_begins_with_what_was_received(kerupuk: Variant, rahma: Person) -> None:
    movement = kerupuk.movements.get()
    assert (movement.kind, movement.on_hand_change, movement.held_change) == ("received", 10, 0)
    assert (movement.cause, movement.by, movement.at) == ("form", rahma, NOW)


def test_held_released_sold_and_returned_keep_the_books_in_step(kerupuk: Variant) -> None:
    stocking.hold_stock(quantities={kerupuk.pk: 5}, cause=ORDER, at=NOW)
    assert figures(kerupuk) == (10, 5)
    stocking.release_stock(quantities={kerupuk.pk: 2}, cause=ORDER, at=NOW)
    stocking.take_stock(quantities={kerupuk.pk: 3}, cause=ORDER, at=NOW)
    assert figures(kerupuk) == (7, 0)
    stocking.return_stock(quantities={kerupuk.pk: 1}, cause=ORDER, at=NOW, note="salah rasa")
    stocking.receive_stock(quantities={kerupuk.pk: 20}, cause=Cause(StockMovement.FORM), at=NOW)
    stocking.consign_out(quantities={kerupuk.pk: 6}, cause=Cause(StockMovement.CONSIGNMENT, "T1"), at=NOW)
    stocking.consign_back(quantities={kerupuk.pk: 2}, cause=Cause(StockMovement.CONSIGNMENT, "T1"), at=NOW)
    assert figures(kerupuk) == moved(kerupuk) == (24, 0)
    rows = kerupuk.movements.order_by("pk").values_list("kind", "on_hand_change", "held_change", "cause_name")
    assert list(rows)[1:] == [
        ("held", 0, 5, "K7M-2QX"),
        ("released", 0, -2, "K7M-2QX"),
        ("sold", -3, -3, "K7M-2QX"),
        ("returned", 1, 0, "K7M-2QX"),
        ("received", 20, 0, ""),
        ("consigned_out", -6, 0, "T1"),
        ("consigned_back", 2, 0, "T1"),
    ]


@pytest.mark.parametrize("deed", [stocking.hold_stock, stocking.consign_out])
def test_refuses_more_than_there_is_and_writes_nothing(kerupuk: Variant, deed: object) -> None:
    stocking.hold_stock(quantities={kerupuk.pk: 8}, cause=ORDER, at=NOW)
    with pytest.raises(UnableToHold) as refused:
        deed(quantities={kerupuk.pk: 3}, cause=ORDER, at=NOW)  # type: ignore[operator]
    assert refused.value.left == {kerupuk.pk: 2}
    assert figures(kerupuk) == moved(kerupuk) == (10, 8)


@pytest.mark.parametrize("deed", [stocking.release_stock, stocking.take_stock])
def test_never_gives_back_what_nobody_held(kerupuk: Variant, deed: object) -> None:
    with pytest.raises(StockOutOfStep):
        deed(quantities={kerupuk.pk: 1}, cause=ORDER, at=NOW)  # type: ignore[operator]
    assert figures(kerupuk) == moved(kerupuk) == (10, 0)


def test_all_of_a_cart_or_nothing(kerupuk: Variant) -> None:
    other = Variant.objects.create(product=kerupuk.product, name="pedas", price_rp=9_000)
    with pytest.raises(UnableToHold) as refused:
        stocking.hold_stock(quantities={kerupuk.pk: 1, other.pk: 1}, cause=ORDER, at=NOW)
    assert refused.value.left == {other.pk: 0}
    assert figures(kerupuk) == (10, 0) and kerupuk.movements.count() == 1


def count(variant: Variant, on_hand: int, seen: int | None = None) -> None:
    stocking.count_stock(
        variant=variant, on_hand=on_hand, seen_on_hand=seen, reason="damaged", cause=ORDER, at=NOW
    )


def test_a_count_writes_the_difference_with_its_reason(kerupuk: Variant) -> None:
    count(kerupuk, 7, 10)
    assert figures(kerupuk) == moved(kerupuk) == (7, 0)
    last = kerupuk.movements.order_by("pk").last()
    assert last is not None and (last.kind, last.on_hand_change, last.reason) == ("adjusted", -3, "damaged")


def test_refuses_a_count_that_orders_overtook(kerupuk: Variant) -> None:
    stale = Variant.objects.get(pk=kerupuk.pk)
    stocking.hold_stock(quantities={kerupuk.pk: 4}, cause=ORDER, at=NOW)
    stocking.take_stock(quantities={kerupuk.pk: 4}, cause=ORDER, at=NOW)
    with pytest.raises(UnableToCount, match="menjadi 6"):
        count(stale, 9, 10)
    assert figures(kerupuk) == moved(kerupuk) == (6, 0)


def test_refuses_a_count_below_what_is_promised(kerupuk: Variant) -> None:
    stocking.hold_stock(quantities={kerupuk.pk: 4}, cause=ORDER, at=NOW)
    kerupuk.refresh_from_db()
    with pytest.raises(UnableToCount, match="4 sudah dipesan"):
        count(kerupuk, 3, 10)
    assert figures(kerupuk) == moved(kerupuk) == (10, 4)


def test_code_cannot_change_a_movement(kerupuk: Variant) -> None:
    movement = kerupuk.movements.get()
    movement.on_hand_change = 99
    for change in (
        movement.save,
        movement.delete,
        StockMovement.objects.all().delete,
        lambda: StockMovement.objects.update(on_hand_change=99),
        lambda: StockMovement.objects.bulk_update([movement], ["on_hand_change"]),
    ):
        with pytest.raises(RowsAreKept):
            change()
    assert kerupuk.movements.get().on_hand_change == 10


@pytest.mark.parametrize(
    "sql", ["UPDATE catalog_stockmovement SET on_hand_change = 99", "DELETE FROM catalog_stockmovement"]
)
def test_nor_can_sql(kerupuk: Variant, sql: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert kerupuk.movements.get().on_hand_change == 10


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "received", "on_hand_change": -1},
        {"kind": "held", "on_hand_change": 1, "held_change": 1},
        {"kind": "sold", "on_hand_change": -2, "held_change": -1},
        {"kind": "adjusted", "on_hand_change": 3},
        {"kind": "consigned_out", "on_hand_change": 3},
    ],
)
def test_the_database_refuses_a_movement_that_is_not_of_its_kind(
    kerupuk: Variant, wrong: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StockMovement.objects.create(variant=kerupuk, cause="form", at=NOW, **wrong)


def test_the_books_of_an_older_database_begin_with_what_is_there(kerupuk: Variant) -> None:
    """As on a database that was filled before movements were written down."""
    Variant.objects.filter(pk=kerupuk.pk).update(on_hand=0, held=0)
    old = Variant.objects.create(product=kerupuk.product, name="lama", price_rp=9_000, on_hand=12, held=5)
    Variant.objects.create(product=kerupuk.product, name="kosong", price_rp=9_000)
    before = StockMovement.objects.count()
    migration = import_module("etoko.catalog.migrations.0007_opening_movements")
    migration.write_opening_movements(apps, None)
    assert moved(old) == (12, 5)
    assert StockMovement.objects.count() == before + 2
    assert old.movements.get(kind="adjusted").reason == "opening"
