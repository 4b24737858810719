"""The seller weighs, or offers other goods: what costs the buyer more waits for her yes."""

import contextlib
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from etoko.catalog.models import Variant
from etoko.foundation.flows import UnableToMove
from etoko.notices.models import Notice
from etoko.ordering.models import Order, OrderGroup, OrderLine, Proposal
from etoko.ordering.operations import (
    UnableToChange,
    answer_proposal,
    as_buyer,
    as_seller,
    expire_proposals,
    merge_orders,
    propose_substitute,
    reduce_order,
    weigh_line,
)
from etoko.ordering.states import AWAITING_CONFIRMATION, MERGED
from etoko.ordering.tests.changed import announced, held, line, order, spicy, total
from etoko.ordering.tests.conftest import SITI, Everything, a_cart, a_variant, place
from etoko.ordering.tests.test_changing import change
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW

__all__ = ["announced", "order", "spicy"]

HOUR = timedelta(hours=1)


# ------------------------------------------------------------------------- weighing, proposing


def test_what_weighs_less_is_cheaper_at_once_and_the_buyer_is_told(
    order: Order, spicy: Variant, rahma: Person
) -> None:
    done = weigh_line(
        order=order, line_pk=line(order, spicy).pk, weighed=Decimal("230"), actor=as_seller(rahma), at=NOW
    )
    assert done.proposal is None
    weighed = line(order, spicy)
    assert (weighed.line_rp, weighed.weighed_off_rp) == (14_720, -1_280)  # 16,000 × 230 / 250
    assert total(order) == 44_720
    assert "Kerupuk Pedas: 230 g, Rp14.720" in Notice.objects.get(kind="order_weigh").text


def test_what_weighs_more_waits_for_the_buyer(
    order: Order, spicy: Variant, rahma: Person, everything: Everything
) -> None:
    pk = line(order, spicy).pk
    done = weigh_line(order=order, line_pk=pk, weighed=Decimal("260"), actor=as_seller(rahma), at=NOW)
    assert done.proposal is not None and total(order) == 46_000
    answer_proposal(proposal=done.proposal, move="agree", actor=as_buyer(order, None), at=NOW)
    assert total(order) == 46_640
    assert line(order, spicy).weighed == Decimal("260")
    before = everything()
    with pytest.raises(UnableToMove):
        answer_proposal(proposal=done.proposal, move="agree", actor=as_buyer(order, None), at=NOW)
    assert everything() == before


@pytest.mark.parametrize("weighed", ["0", "-1", "751", "NaN"])
def test_a_weight_that_cannot_be_is_refused(
    weighed: str, order: Order, spicy: Variant, rahma: Person, everything: Everything
) -> None:
    before = everything()
    with pytest.raises(UnableToChange, match="masuk akal"):
        weigh_line(
            order=order,
            line_pk=line(order, spicy).pk,
            weighed=Decimal(weighed),
            actor=as_seller(rahma),
            at=NOW,
        )
    assert everything() == before


@pytest.fixture
def offer(order: Order, kerupuk: Variant, spicy: Variant, rahma: Person) -> Proposal:
    """Rahma offers two of the spicy instead of the two plain ones: 2,000 more."""
    return propose_substitute(
        order=order,
        line_pk=line(order, kerupuk).pk,
        variant=spicy,
        quantity=2,
        note="Yang biasa habis",
        actor=as_seller(rahma),
        at=NOW,
    )


def test_until_the_buyer_agrees_nothing_changes(
    order: Order, offer: Proposal, kerupuk: Variant, spicy: Variant
) -> None:
    assert total(order) == 46_000 and held(kerupuk, spicy) == [2, 1]
    told = Notice.objects.get(kind="order_propose")
    assert "2 bungkus Kerupuk Kulit → 2 bungkus Kerupuk Pedas, Rp32.000" in told.text
    assert "Yang biasa habis" in told.text and told.phone == SITI.phone


def test_agreed_the_other_goods_are_held_and_paid_instead(
    order: Order, offer: Proposal, kerupuk: Variant, spicy: Variant, rahma: Person
) -> None:
    Variant.objects.filter(pk=spicy.pk).update(price_rp=99_000)
    answer_proposal(proposal=offer, move="agree", actor=as_buyer(order, None), at=NOW)
    assert total(order) == 48_000, "the price is the one that was proposed"
    assert held(kerupuk, spicy) == [0, 3]
    new = order.lines.get(replaces__isnull=False)
    assert (new.replaces, new.quantity, new.line_rp) == (line(order, kerupuk), 2, 32_000)
    assert Notice.objects.get(kind="order_agree_proposal").recipient == rahma


@pytest.mark.parametrize("move", ["refuse", "withdraw"])
def test_refused_or_withdrawn_the_order_stays(
    move: str, offer: Proposal, kerupuk: Variant, spicy: Variant, rahma: Person
) -> None:
    order = offer.order
    actor = as_buyer(order, None) if move == "refuse" else as_seller(rahma)
    answer_proposal(proposal=offer, move=move, actor=actor, at=NOW)
    assert total(order) == 46_000 and held(kerupuk, spicy) == [2, 1]
    offer.refresh_from_db()
    assert offer.answered_at == NOW


def test_unanswered_it_expires_after_a_day_and_the_order_stays(
    order: Order, offer: Proposal, kerupuk: Variant, spicy: Variant
) -> None:
    assert expire_proposals(at=NOW + 24 * HOUR - timedelta(seconds=1)) == 0
    assert expire_proposals(at=NOW + 24 * HOUR) == 1
    assert expire_proposals(at=NOW + 25 * HOUR) == 0
    assert total(order) == 46_000 and held(kerupuk, spicy) == [2, 1]
    assert Notice.objects.filter(kind="order_expire_proposal").count() == 1


def test_goods_that_are_gone_when_she_agrees_leave_the_order_as_it_was(
    order: Order, offer: Proposal, spicy: Variant, everything: Everything
) -> None:
    place(a_cart((spicy, 4)))
    before = everything()
    with pytest.raises(UnableToChange, match="baru saja habis"):
        answer_proposal(proposal=offer, move="agree", actor=as_buyer(order, None), at=NOW)
    assert everything() == before
    offer.refresh_from_db()
    assert offer.state == "open"


def test_neither_answers_for_the_other(
    order: Order, offer: Proposal, rahma: Person, everything: Everything
) -> None:
    before = everything()
    for move, actor in (("agree", as_seller(rahma)), ("withdraw", as_buyer(order, None))):
        with pytest.raises(UnableToMove):
            answer_proposal(proposal=offer, move=move, actor=actor, at=NOW)
    assert everything() == before


def test_a_line_with_an_open_proposal_is_changed_by_nobody_else(
    order: Order, offer: Proposal, kerupuk: Variant, rahma: Person, everything: Everything
) -> None:
    before = everything()
    with pytest.raises(UnableToChange, match="menunggu jawaban pembeli"):
        reduce_order(order=order, quantities={line(order, kerupuk).pk: 1}, actor=as_seller(rahma), at=NOW)
    assert everything() == before


def test_only_goods_of_the_same_shop_are_offered(
    order: Order, kerupuk: Variant, hat: Variant, rahma: Person, everything: Everything
) -> None:
    before = everything()
    for other, quantity, sentence in ((hat, 1, "dari toko ini"), (kerupuk, 1, "barang yang sama")):
        with pytest.raises(UnableToChange, match=sentence):
            propose_substitute(
                order=order,
                line_pk=line(order, kerupuk).pk,
                variant=other,
                quantity=quantity,
                note="",
                actor=as_seller(rahma),
                at=NOW,
            )
    assert everything() == before


# ------------------------------------------------------------------------------- any sequence

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["change", "reduce", "weigh", "substitute", "agree", "merge"]), st.integers(0, 6)
    ),
    max_size=8,
)


@pytest.mark.django_db
class TestAnySequence(TestCase):
    @given(STEPS)
    def test_sums_and_holds_stay_true(self, steps: list[tuple[str, int]]) -> None:
        from etoko.ordering.tests.conftest import a_shop

        area, _made = Area.objects.get_or_create(
            code="36.03.04.2001",
            defaults={"name": "Taban", "level": 4, "kind": "desa", "search_name": "x"},
        )
        shop = a_shop(None, "Toko", area, "+6281210000001")
        plain, spicy = a_variant(shop, "Polos", 15_001, 9), a_variant(shop, "Pedas", 16_003, 9)
        Variant.objects.filter(pk=spicy.pk).update(amount=Decimal("250"), measure="g")
        orders = [place(a_cart((plain, 2), (spicy, 2))).orders[0], place(a_cart((spicy, 1))).orders[0]]
        for deed, number in steps:
            order = Order.objects.select_related("group", "shop").get(pk=orders[number % 2].pk)
            with contextlib.suppress(UnableToChange, UnableToMove):
                self._do(deed, number, order, orders, spicy)
            self._check(plain, spicy)

    def _do(self, deed: str, number: int, order: Order, orders: list[Order], spicy: Variant) -> None:
        rows = list(order.lines.all())
        row = rows[number % len(rows)]
        buyer, seller = as_buyer(order, None), as_seller(None, guest_name="Toko")
        if deed == "change":
            change(order, {row.pk: number})
        elif deed == "reduce":
            reduce_order(order=order, quantities={row.pk: number}, actor=seller, at=NOW)
        elif deed == "weigh":
            weigh_line(order=order, line_pk=row.pk, weighed=Decimal(200 + 37 * number), actor=seller, at=NOW)
        elif deed == "substitute":
            spicy.refresh_from_db()
            propose_substitute(
                order=order,
                line_pk=row.pk,
                variant=spicy,
                quantity=max(1, number),
                note="",
                actor=seller,
                at=NOW,
            )
        elif deed == "agree":
            for proposal in Proposal.objects.filter(order=order, state="open"):
                answer_proposal(proposal=proposal, move="agree", actor=buyer, at=NOW)
        else:
            merge_orders(first=orders[0], second=orders[1], actor=buyer, at=NOW)

    def _check(self, *variants: Variant) -> None:
        for each in Order.objects.all():
            rows = list(each.lines.all())
            assert each.goods_rp == sum(row.line_rp for row in rows)
            assert each.state in (AWAITING_CONFIRMATION, MERGED)
            assert all(row.held_quantity == row.quantity for row in rows)
        for group in OrderGroup.objects.all():
            assert group.total_rp == sum(group.orders.values_list("total_rp", flat=True))
        for variant in variants:
            variant.refresh_from_db()
            lines = OrderLine.objects.filter(variant=variant)
            assert variant.held == sum(lines.values_list("held_quantity", flat=True)) <= variant.on_hand
