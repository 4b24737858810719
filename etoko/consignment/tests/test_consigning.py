"""Goods go to a warung, are counted there, and the warung pays what it owes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from etoko.audit.models import AuditEntry
from etoko.catalog.access import Selling
from etoko.catalog.models import StockMovement, Variant
from etoko.catalog.operations.stocking import Cause, UnableToHold, hold_stock
from etoko.catalog.reconciling import movements_out_of_step
from etoko.consignment.models import PER_PIECE, PERCENT, Consignment, ConsignmentPayment, Place
from etoko.consignment.operations.consigning import (
    Count,
    UnableToPay,
    put_off_settlement,
    record_consignment_payment,
    settle_consignment,
)
from etoko.consignment.operations.reminding import remind_to_settle
from etoko.consignment.reconciling import consignments_out_of_step
from etoko.consignment.rules import Counted, UnableToConsign, UnableToSettle, sums_of
from etoko.consignment.states import OUT, SETTLED
from etoko.consignment.tests.conftest import NEXT_WEEK, bring, figures
from etoko.foundation.flows import UnableToMove
from etoko.notices.models import Notice
from etoko.people.models import Person
from tests.cast import NOW
from tests.racing import guards_off, race

pytestmark = pytest.mark.django_db

ORDER = Cause(StockMovement.ORDER, "K7M-2QX")
SELLER, PLACE = Consignment.SELLER, Consignment.PLACE


def settle(selling: Selling, consignment: Consignment, *counts: Count, borne_by: str = SELLER) -> Consignment:
    lines = consignment.lines.order_by("id")
    return settle_consignment(
        selling=selling,
        consignment=consignment,
        counts={line.pk: count for line, count in zip(lines, counts, strict=True)},
        damage_borne_by=borne_by,
        at=NOW,
    )


def everything() -> list[Any]:
    return [
        [*model._default_manager.order_by("pk").values_list()]
        for model in (Variant, StockMovement, Consignment, ConsignmentPayment, Place, AuditEntry)
    ]


def test_what_is_brought_leaves_the_stock_that_buyers_order_from(
    seller: Selling, small: Variant, large: Variant, rahma: Person
) -> None:
    consignment = bring(seller, (small, 15), (large, 4))
    assert (figures(small), figures(large)) == ((5, 0, 15), (6, 0, 4))
    with pytest.raises(UnableToHold):
        hold_stock(quantities={small.pk: 6}, cause=ORDER, at=NOW)
    assert consignment.state == OUT and consignment.place.name == "Warung Bu Ani"
    movement = small.movements.latest("pk")
    assert (movement.kind, movement.cause_name, movement.by) == ("consigned_out", consignment.number, rahma)
    assert AuditEntry.objects.get(deed="consign_goods").changes["pieces"] == [0, 19]
    assert movements_out_of_step() == consignments_out_of_step() == []


def test_refuses_more_than_is_free(seller: Selling, small: Variant) -> None:
    hold_stock(quantities={small.pk: 8}, cause=ORDER, at=NOW)
    before = everything()
    with pytest.raises(UnableToConsign, match="“Kerupuk bawang” tinggal 12"):
        bring(seller, (small, 13))
    assert everything() == before


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"commission_value": 101}, "paling banyak 100 persen"),
        ({"commission": PER_PIECE, "commission_value": 12_001}, "lebih besar dari harga"),
        ({"settle_by_on": NOW.date() - timedelta(days=1)}, "Pilih hari menghitung"),
        ({"settle_by_on": NOW.date() + timedelta(days=400)}, "Pilih hari menghitung"),
    ],
)
def test_refuses_terms_that_cannot_be_meant(
    seller: Selling, small: Variant, wrong: dict[str, Any], sentence: str
) -> None:
    before = everything()
    with pytest.raises(UnableToConsign, match=sentence):
        bring(seller, (small, 1), **wrong)
    assert everything() == before


def test_refuses_a_note_without_goods(seller: Selling, small: Variant) -> None:
    with pytest.raises(UnableToConsign, match="Isi jumlah barang"):
        bring(seller)


def test_the_next_note_knows_the_place(seller: Selling, small: Variant) -> None:
    first = bring(seller, (small, 1))
    second = bring(seller, (small, 1), place=first.place, commission_value=15)
    assert second.place == first.place
    assert Place.objects.get().commission_value == 15


def test_settling_brings_back_what_was_not_sold_and_says_who_owes_what(
    seller: Selling, small: Variant, large: Variant
) -> None:
    consignment = bring(seller, (small, 15), (large, 4))
    settled = settle(seller, consignment, Count(9, 5, 1), Count(2, 2, 0))
    # 9 × 12,000 + 2 × 40,000 = 188,000; ten percent of it stays at the warung
    assert (settled.sold_rp, settled.commission_rp, settled.due_rp) == (188_000, 18_800, 169_200)
    assert (settled.state, settled.settled_at, settled.left_rp) == (SETTLED, NOW, 169_200)
    assert (figures(small), figures(large)) == ((10, 0, 0), (8, 0, 0))
    kinds = small.movements.filter(cause="consignment").order_by("pk").values_list("kind", "consigned_change")
    assert list(kinds) == [
        ("consigned_out", 15),
        ("consigned_back", -5),
        ("consigned_sold", -9),
        ("consigned_lost", -1),
    ]
    assert movements_out_of_step() == consignments_out_of_step() == []


def test_a_place_that_bears_the_damage_pays_for_it(seller: Selling, small: Variant) -> None:
    settled = settle(seller, bring(seller, (small, 10)), Count(6, 2, 2), borne_by=PLACE)
    assert (settled.sold_rp, settled.commission_rp, settled.due_rp) == (96_000, 9_600, 86_400)


def test_a_commission_for_each_piece(seller: Selling, small: Variant) -> None:
    consignment = bring(seller, (small, 10), commission=PER_PIECE, commission_value=1_500)
    settled = settle(seller, consignment, Count(6, 4, 0))
    assert (settled.sold_rp, settled.commission_rp, settled.due_rp) == (72_000, 9_000, 63_000)


@pytest.mark.parametrize("count", [Count(9, 5, 0), Count(9, 5, 2), Count(0, 0, 0)])
def test_refuses_a_count_that_is_not_all_that_was_brought(
    seller: Selling, small: Variant, count: Count
) -> None:
    consignment = bring(seller, (small, 15))
    before = everything()
    with pytest.raises(UnableToSettle, match="dititipkan 15"):
        settle(seller, consignment, count)
    assert everything() == before


def test_it_is_settled_once(seller: Selling, small: Variant) -> None:
    consignment = bring(seller, (small, 15))
    settle(seller, consignment, Count(10, 5, 0))
    before = everything()
    with pytest.raises(UnableToMove):
        settle(seller, consignment, Count(10, 5, 0))
    assert everything() == before


def pay(seller: Selling, consignment: Consignment, amount_rp: int) -> None:
    record_consignment_payment(
        selling=seller, consignment=consignment, amount_rp=amount_rp, way=ConsignmentPayment.CASH, at=NOW
    )


def test_it_is_paid_in_parts_and_never_more_than_is_owed(seller: Selling, small: Variant) -> None:
    consignment = settle(seller, bring(seller, (small, 10)), Count(10, 0, 0))
    pay(seller, consignment, 100_000)
    assert consignment.left_rp == 8_000
    before = everything()
    with pytest.raises(UnableToPay, match=r"tinggal Rp8\.000"):
        pay(seller, consignment, 8_001)
    assert everything() == before
    pay(seller, consignment, 8_000)
    assert Consignment.objects.get().left_rp == 0


def test_a_mistake_is_taken_back_by_its_opposite(seller: Selling, small: Variant) -> None:
    consignment = settle(seller, bring(seller, (small, 10)), Count(10, 0, 0))
    pay(seller, consignment, 80_000)
    with pytest.raises(UnableToPay, match=r"baru Rp80\.000"):
        pay(seller, consignment, -80_001)
    pay(seller, consignment, -80_000)
    assert list(consignment.payments.values_list("amount_rp", flat=True)) == [80_000, -80_000]
    assert Consignment.objects.get().paid_rp == 0


def test_a_payment_is_written_once(seller: Selling, small: Variant) -> None:
    consignment = settle(seller, bring(seller, (small, 10)), Count(10, 0, 0))
    pay(seller, consignment, 80_000)
    for sql in (
        "UPDATE consignment_consignmentpayment SET amount_rp = 1",
        "DELETE FROM consignment_consignmentpayment",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_nothing_is_paid_before_it_is_settled(seller: Selling, small: Variant) -> None:
    with pytest.raises(UnableToPay):
        pay(seller, bring(seller, (small, 10)), 1)


def told() -> list[str]:
    return list(
        Notice.objects.filter(kind="settle_consignment").order_by("pk").values_list("title", flat=True)
    )


def test_the_seller_is_told_on_the_day_and_again_after_three(seller: Selling, small: Variant) -> None:
    consignment = bring(seller, (small, 10))
    day = NOW + timedelta(days=7)
    assert remind_to_settle(at=day - timedelta(days=1)) == 0
    assert remind_to_settle(at=day.replace(hour=22) - timedelta(days=1)) == 0  # 05.00 on the day
    assert remind_to_settle(at=day) == 1
    assert remind_to_settle(at=day + timedelta(hours=1)) == 0
    assert told() == ["Waktunya menghitung titipan di Warung Bu Ani"]
    assert remind_to_settle(at=day + timedelta(days=3)) == 1
    settle(seller, consignment, Count(10, 0, 0))
    assert remind_to_settle(at=day + timedelta(days=9)) == 0


def test_a_day_that_is_put_off_reminds_later(seller: Selling, small: Variant) -> None:
    consignment = bring(seller, (small, 10))
    later = NEXT_WEEK + timedelta(days=7)
    put_off_settlement(selling=seller, consignment=consignment, settle_by_on=later, at=NOW)
    assert remind_to_settle(at=NOW + timedelta(days=8)) == 0
    assert remind_to_settle(at=NOW + timedelta(days=14)) == 1
    settle(seller, consignment, Count(10, 0, 0))
    with pytest.raises(UnableToSettle):
        put_off_settlement(selling=seller, consignment=consignment, settle_by_on=later, at=NOW)


counts = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(1, 100_000))


@given(
    lines=st.lists(counts, max_size=6),
    commission=st.sampled_from([PERCENT, PER_PIECE]),
    value=st.integers(0, 100),
    borne_by=st.sampled_from([SELLER, PLACE]),
)
def test_the_sums_of_any_settlement_agree_to_the_rupiah(
    lines: list[tuple[int, int, int, int]], commission: str, value: int, borne_by: str
) -> None:
    counted = [Counted("x", price, s + b + d, s, b, d) for s, b, d, price in lines]
    sums = sums_of(counted, commission=commission, value=value, damage_borne_by=borne_by)
    paid_for = [each.sold + (each.damaged if borne_by == PLACE else 0) for each in counted]
    assert sums.sold_rp == sum(n * each.price_rp for n, each in zip(paid_for, counted, strict=True))
    assert sums.sold_rp == sums.commission_rp + sums.due_rp
    assert 0 <= sums.commission_rp <= sums.sold_rp


def what_is_ordered_and_what_is_brought_are_never_more_than_there_is(seller: Selling, small: Variant) -> None:
    refused: list[str] = []

    def order() -> None:
        try:
            hold_stock(quantities={small.pk: 3}, cause=ORDER, at=NOW)
        except UnableToHold as problem:
            refused.append(problem.sentence)

    def consign() -> None:
        try:
            bring(seller, (small, 3))
        except UnableToConsign as problem:
            refused.append(problem.sentence)

    assert race([order, consign] * 10) == []
    on_hand, held, consigned = figures(small)
    assert on_hand + consigned == 20 and held <= on_hand
    assert held + consigned == 18 and len(refused) == 14
    assert movements_out_of_step() == consignments_out_of_step() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_ordered_and_what_is_brought_are_never_more_than_there_is(
    seller: Selling, small: Variant
) -> None:
    what_is_ordered_and_what_is_brought_are_never_more_than_there_is(seller, small)


@pytest.mark.django_db(transaction=True)
def test_without_guards_they_are(seller: Selling, small: Variant) -> None:
    with guards_off((Variant, "variant_held_within_stock")), pytest.raises(AssertionError):
        what_is_ordered_and_what_is_brought_are_never_more_than_there_is(seller, small)
