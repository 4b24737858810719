"""Whatever happens in whatever order: movements add up to the stock, and what is held stands in orders."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etoko.catalog.models import StockMovement, Variant
from etoko.catalog.operations import stocking
from etoko.catalog.reconciling import movements_out_of_step
from etoko.foundation.flows import UnableToMove
from etoko.foundation.problems import UnableTo
from etoko.ordering.models import Order, OrderLine
from etoko.ordering.operations import expire_orders, move_order
from etoko.ordering.reconciling import lines_out_of_step
from etoko.ordering.states import AWAITING_CONFIRMATION, ORDER_FLOW, PROCESSING, READY_FOR_PICKUP, SELLER
from etoko.ordering.tests.conftest import a_cart, place
from tests.cast import NOW

pytestmark = pytest.mark.django_db

HOLDING_STATES = {AWAITING_CONFIRMATION, PROCESSING, READY_FOR_PICKUP}
FORM, OUT = stocking.Cause(StockMovement.FORM), stocking.Cause(StockMovement.CONSIGNMENT, "T1")

few = st.integers(1, 4)
which = st.integers(0, 5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("buy"), few, few),
        st.tuples(st.just("move"), which, st.sampled_from(sorted(ORDER_FLOW.moves))),
        st.tuples(st.sampled_from(["receive", "give_back", "consign_out", "consign_back"]), few),
        st.tuples(st.just("count"), st.integers(0, 15)),
        st.tuples(st.just("wait"), st.integers(1, 80)),
    ),
    max_size=14,
)


class Days:
    """The days of a shop: each step is done, or refused politely."""

    def __init__(self, first: Variant, second: Variant) -> None:
        self.first, self.second, self.at = first, second, NOW

    def do(self, deed: str, *given: int | str) -> None:
        try:
            with transaction.atomic():
                getattr(self, deed)(*given)
        except (UnableTo, stocking.StockOutOfStep):
            pass

    def buy(self, of_first: int, of_second: int) -> None:
        place(a_cart((self.first, of_first), (self.second, of_second)))

    def move(self, number: int, move: str) -> None:
        orders = list(Order.objects.select_related("shop", "group").order_by("pk"))
        if orders:
            order = orders[number % len(orders)]
            party = ORDER_FLOW.moves[move].by[0]
            move_order(order=order, move=move, party=party, by=None, at=self.at, reason="begitu")

    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        expire_orders(at=self.at)

    def count(self, on_hand: int) -> None:
        variant = Variant.objects.get(pk=self.first.pk)
        stocking.count_stock(
            variant=variant, on_hand=on_hand, seen_on_hand=None, reason="lost", cause=FORM, at=self.at
        )

    def receive(self, quantity: int) -> None:
        stocking.receive_stock(quantities={self.second.pk: quantity}, cause=FORM, at=self.at)

    def consign_out(self, quantity: int) -> None:
        stocking.consign_out(quantities={self.first.pk: quantity}, cause=OUT, at=self.at)

    def consign_back(self, quantity: int) -> None:
        stocking.consign_back(quantities={self.first.pk: quantity}, cause=OUT, at=self.at)

    def give_back(self, quantity: int) -> None:
        stocking.return_stock(quantities={self.first.pk: quantity}, cause=FORM, at=self.at)


@pytest.fixture
def two(kerupuk: Variant) -> tuple[Variant, Variant]:
    """Ten of the small bags, six of the large ones."""
    large = Variant.objects.create(product=kerupuk.product, name="1 kg", price_rp=40_000, position=1)
    stocking.receive_stock(quantities={large.pk: 6}, cause=FORM, at=NOW)
    return kerupuk, large


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_books_are_in_step_after_any_sequence(
    two: tuple[Variant, Variant], steps: list[tuple[str, ...]]
) -> None:
    with transaction.atomic():
        days = Days(*two)
        for deed, *given in steps:
            days.do(deed, *given)
            assert movements_out_of_step() == lines_out_of_step() == []
            assert all(0 <= variant.held <= variant.on_hand for variant in Variant.objects.all())
        ended = OrderLine.objects.exclude(order__state__in=HOLDING_STATES)
        assert set(ended.values_list("held_quantity", flat=True)) <= {0}
        transaction.set_rollback(True)


def test_every_way_an_order_can_go_gives_its_goods_free_or_away(two: tuple[Variant, Variant]) -> None:
    """All paths through the table of states: where an order is over, it holds nothing."""
    seen = 0

    def walk(order: Order, path: tuple[str, ...]) -> None:
        nonlocal seen
        for name, move in ORDER_FLOW.moves.items():
            if order.state not in move.sources or name in path or move.only_in:
                continue
            with transaction.atomic():
                try:
                    moved = move_order(
                        order=Order.objects.select_related("shop", "group").get(pk=order.pk),
                        move=name,
                        party=move.by[0],
                        by=None,
                        at=NOW + timedelta(days=30 * (len(path) + 1)),
                        reason="begitu",
                    )
                except UnableToMove:
                    # Cash: nobody waits for money. And a month later nothing can be taken back.
                    assert name == "cancel_unpaid" or name.startswith("take_back")
                else:
                    seen += 1
                    held = set(moved.lines.values_list("held_quantity", flat=True))
                    assert held == ({2} if moved.state in HOLDING_STATES else {0}), (*path, name)
                    assert movements_out_of_step() == lines_out_of_step() == []
                    walk(moved, (*path, name))
                transaction.set_rollback(True)

    walk(place(a_cart((two[0], 2))).orders[0], ())
    assert seen >= 15


def test_a_hold_ends_with_the_time_to_answer(two: tuple[Variant, Variant]) -> None:
    """A hold has the expiry of the order it stands in: nobody answers, and the goods are free again."""
    order = place(a_cart((two[0], 2))).orders[0]
    assert expire_orders(at=order.answer_by_at - timedelta(seconds=1)) == 0
    assert expire_orders(at=order.answer_by_at) == 1
    two[0].refresh_from_db()
    assert (two[0].held, two[0].available) == (0, 10)


def test_what_the_seller_accepted_stays_held_until_it_leaves_or_is_called_off(
    two: tuple[Variant, Variant],
) -> None:
    order = place(a_cart((two[0], 2))).orders[0]
    move_order(order=order, move="accept", party=SELLER, by=None, at=NOW)
    assert expire_orders(at=NOW + timedelta(days=300)) == 0
    two[0].refresh_from_db()
    assert two[0].held == 2
