"""Whatever happens to orders and their money in whatever order: the ledger adds up, nothing is paid twice or
lost, and what is more than due is shown as owed."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from etoko.catalog.access import Selling, shop_for_seller
from etoko.catalog.models import Variant
from etoko.catalog.operations.stocking import Cause, receive_stock
from etoko.foundation.problems import UnableTo
from etoko.ordering.cart import contents_of
from etoko.ordering.discounting import with_voucher
from etoko.ordering.models import Order
from etoko.ordering.operations import (
    as_buyer,
    as_seller,
    cancel_unpaid_orders,
    change_order,
    complete_orders,
    expire_orders,
    move_order,
    place_orders,
    reduce_order,
    refuse_report,
    report_payment,
    take_back_move,
)
from etoko.ordering.operations.changing import Destination
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import CANCELLED, DECLINED, ORDER_FLOW
from etoko.ordering.tests.conftest import SITI, a_cart
from etoko.payments.models import Instalment, Payment, PaymentProof, StatementLine
from etoko.payments.operations import (
    agree_terms,
    end_terms,
    mark_paid,
    pay_back,
    record_payment,
    remind_of_instalments,
    reverse_payment,
)
from etoko.payments.operations.agreeing import Part, allocate, down_payment
from etoko.payments.operations.booking import book_lines, release_line
from etoko.payments.operations.importing import import_statement
from etoko.payments.operations.proving import accept_proof, refuse_proof, send_proof
from etoko.payments.proofs import Kept
from etoko.payments.queries.money import money_page
from etoko.payments.reconciling import ledger_out_of_step
from etoko.payments.states import PROOF_FLOW
from etoko.people.models import Person
from etoko.vouchers.access import issuing_for_shop
from etoko.vouchers.models import Voucher
from etoko.vouchers.operations import Draft, issue_voucher
from tests.cast import NOW

which = st.integers(0, 4)
rupiah = st.sampled_from([1, 7_000, 15_000, 30_000, 45_000])
"""One bag costs 15,000: parts, the whole, and more than the whole."""
MOVES = sorted(ORDER_FLOW.moves) + ["accept", "call_off", "decline", "ship", "cancel"] * 2
orders = st.one_of(
    st.tuples(st.just("buy"), st.integers(1, 3), st.sampled_from(["cash", "transfer"]), st.booleans()),
    st.tuples(st.just("move"), which, st.sampled_from(MOVES)),
    st.tuples(st.just("change"), which, st.integers(1, 3)),
    st.tuples(st.sampled_from(["take_back_move", "reduce"]), which),
    st.tuples(st.just("wait"), st.integers(1, 80)),
)
money = st.one_of(
    st.tuples(st.sampled_from(["pay", "give_back", "accept_proof", "book_line"]), which, rupiah),
    st.tuples(st.sampled_from(["mark", "report", "refuse_report", "refuse_proof"]), which),
    st.tuples(st.sampled_from(["take_back_entry", "undo_line", "end_terms"]), which),
    st.tuples(st.just("agree"), which, st.sampled_from([0, 50])),
)
STEPS = st.lists(st.tuples(orders, money), min_size=7, max_size=9)


class Days:
    """The days of a shop: each step is done, or refused politely."""

    def __init__(self, kerupuk: Variant, rahma: Person, selling: Selling) -> None:
        self.kerupuk, self.rahma, self.selling, self.at = kerupuk, rahma, selling, NOW
        self.files = 0

    def do(self, deed: str, *given: Any) -> None:
        try:
            with transaction.atomic():
                getattr(self, deed)(*given)
        except UnableTo:
            pass

    def order(self, number: int) -> Order:
        orders = list(Order.objects.select_related("shop", "group__buyer").order_by("pk"))
        if not orders:
            raise UnableTo("nothing was ordered yet")
        return orders[number % len(orders)]

    def picked(self, rows: Any, number: int) -> Any:
        found: Sequence[Any] = list(rows.order_by("pk"))
        if not found:
            raise UnableTo("there is none yet")
        return found[number % len(found)]

    @property
    def today(self) -> Any:
        return timezone.localdate(self.at)

    # ---------------------------------------------------------------------------------- orders

    def buy(self, quantity: int, payment: str, by_voucher: bool) -> None:
        cart = a_cart((self.kerupuk, quantity))
        choices = {self.selling.shop.pk: Choice("pickup", payment)}
        code = "GRATIS" if by_voucher else ""
        quote = with_voucher(
            quote_of(contents_of(cart, at=self.at), choices, area_code=""),
            code=code,
            phone=SITI.phone,
            area_code="",
            at=self.at,
        )
        place_orders(
            cart=cart,
            receiver=SITI,
            choices=choices,
            shown=quote.shown,
            by=None,
            at=self.at,
            voucher=code,
        )

    def move(self, number: int, move: str) -> None:
        party = ORDER_FLOW.moves[move].by[0]
        move_order(
            order=self.order(number), move=move, party=party, by=self.rahma, at=self.at, reason="begitu"
        )

    def take_back_move(self, number: int) -> None:
        order = self.order(number)
        last = order.events.filter(deed__in=ORDER_FLOW.moves).last()
        if last and ORDER_FLOW.undoing(last.deed):
            take_back_move(order=order, move=last.deed, by=self.rahma, at=self.at)

    def change(self, number: int, quantity: int) -> None:
        order = self.order(number)
        change_order(
            order=order,
            quantities={order.lines.get().pk: quantity},
            delivery=order.delivery,
            destination=Destination(),
            note="",
            actor=as_buyer(order, None),
            at=self.at,
        )

    def reduce(self, number: int) -> None:
        order = self.order(number)
        line = order.lines.get()
        reduce_order(
            order=order,
            quantities={line.pk: line.quantity - 1},
            actor=as_seller(self.rahma),
            at=self.at,
        )

    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        for deed in (expire_orders, cancel_unpaid_orders, complete_orders, remind_of_instalments):
            deed(at=self.at)

    # ----------------------------------------------------------------------------------- money

    def pay(self, number: int, amount_rp: int) -> None:
        record_payment(
            order=self.order(number),
            amount_rp=amount_rp,
            method=Payment.CASH,
            source=Payment.FORM,
            received_on=self.today,
            by=self.rahma,
            at=self.at,
        )

    def mark(self, number: int) -> None:
        mark_paid(order=self.order(number), by=self.rahma, at=self.at)

    def report(self, number: int) -> None:
        report_payment(order=self.order(number), by=None, by_name="Siti", at=self.at)

    def refuse_report(self, number: int) -> None:
        refuse_report(order=self.order(number), by=self.rahma, at=self.at)

    def _proof(self, number: int) -> PaymentProof:
        self.files += 1
        kept = Kept(f"{self.files:024}", f"sha{self.files}", "0" * 16)
        order = self.order(number)
        return send_proof(order=order, kept=kept, party="buyer", by=None, by_name="Siti", at=self.at)

    def accept_proof(self, number: int, amount_rp: int) -> None:
        proof = self._proof(number)
        for _twice in range(2):
            self.do("_accept", proof, amount_rp)

    def _accept(self, proof: PaymentProof, amount_rp: int) -> None:
        accept_proof(proof=proof, amount_rp=amount_rp, received_on=self.today, by=self.rahma, at=self.at)

    def refuse_proof(self, number: int) -> None:
        refuse_proof(proof=self._proof(number), reason="Belum ada", by=self.rahma, at=self.at)

    def book_line(self, number: int, amount_rp: int) -> None:
        """The bank says so; it is booked twice, for the order that was meant and for another."""
        self.files += 1
        head = ["Tanggal", "Keterangan", "Kredit"]
        rows = [head, [f"{self.today:%d/%m/%Y}", f"TRSF {self.files}", f"{amount_rp}"]]
        import_statement(selling=self.selling, name="mutasi.csv", rows=rows, at=self.at)
        line = StatementLine.objects.latest("pk")
        for each in (number, number + 1):
            book_lines(selling=self.selling, chosen={line.pk: self.order(each).pk}, at=self.at)

    def undo_line(self, number: int) -> None:
        line = self.picked(StatementLine.objects, number)
        release_line(selling=self.selling, line=line, at=self.at)

    def take_back_entry(self, number: int) -> None:
        payment = self.picked(Payment.objects.select_related("order__shop", "order__group__buyer"), number)
        reverse_payment(payment=payment, reason="Keliru", by=self.rahma, at=self.at)

    def give_back(self, number: int, amount_rp: int) -> None:
        pay_back(
            order=self.order(number),
            amount_rp=amount_rp,
            method=Payment.CASH,
            returned_on=self.today,
            by=self.rahma,
            at=self.at,
        )

    def agree(self, number: int, percent: int) -> None:
        order, later = self.order(number), self.today + timedelta(days=10)
        parts = (
            down_payment(order.due_rp, percent=percent, due_on=self.today, rest_on=later)
            if percent
            else [Part(order.due_rp, later)]
        )
        agree_terms(order=order, parts=parts, by=self.rahma, at=self.at)

    def end_terms(self, number: int) -> None:
        end_terms(order=self.order(number), by=self.rahma, at=self.at)


TABLE = {(source, move.target) for move in ORDER_FLOW.moves.values() for source in move.sources}
PROOF_TABLE = {(source, move.target) for move in PROOF_FLOW.moves.values() for source in move.sources}


def states() -> tuple[dict[int, str], dict[int, str]]:
    return (
        dict(Order.objects.values_list("pk", "state")),
        dict(PaymentProof.objects.values_list("pk", "state")),
    )


def moved_along_the_table(before: tuple[dict[int, str], ...], after: tuple[dict[int, str], ...]) -> None:
    for flow, table, was, now in zip(
        (ORDER_FLOW, PROOF_FLOW), (TABLE, PROOF_TABLE), before, after, strict=True
    ):
        for pk, state in now.items():
            source = was.get(pk, flow.initial)
            assert source == state or (source, state) in table, (flow.name, source, state)


def the_ledger_adds_up(selling: Selling) -> None:
    assert ledger_out_of_step() == []
    kept = dict(Payment.objects.order_by().values_list("order").annotate(sum=Sum("amount_rp")))
    owed_rp = 0
    for order in Order.objects.prefetch_related("instalments"):
        kept_rp = kept.get(order.pk, 0)
        assert 0 <= order.paid_rp == min(kept_rp, order.due_rp) <= order.due_rp
        owed_rp += kept_rp - order.paid_rp
        is_over = order.state in (CANCELLED, DECLINED)
        if order.left_rp:
            assert order.payment_state in (
                {Order.PARTLY_PAID, Order.REPORTED} if order.paid_rp else {Order.NOT_PAID, Order.REPORTED}
            )
        else:
            # What the buyer reported waits for the seller's look also where the order came to nothing.
            assert order.payment_state in ({Order.NOT_PAID, Order.REPORTED} if is_over else {Order.PAID})
        rows: list[Instalment] = sorted(order.instalments.all(), key=lambda row: row.number)
        assert not rows or sum(row.amount_rp for row in rows) == order.total_rp
        assert bool(rows) <= (order.pay_by_at is None)
        if rows:
            left = sum(left_rp for _row, left_rp in allocate(rows, order.paid_rp))
            assert left == order.total_rp - order.paid_rp
    page = money_page(selling.shop, at=NOW)
    assert page.owed_rp == owed_rp
    assert all(row.left_rp for row in page.unpaid)
    booked = Payment.objects.exclude(source_ref="").filter(reverses=None)
    assert booked.count() == booked.values("source", "source_ref").distinct().count()


@pytest.fixture
def days(kerupuk: Variant, rahma: Person) -> Days:
    """Enough kerupuk, and a voucher that makes two bags cost nothing."""
    receive_stock(quantities={kerupuk.pk: 90}, cause=Cause("form"), at=NOW)
    shop_id = kerupuk.product.shop.public_id
    draft = Draft(
        code="GRATIS",
        kind=Voucher.FIXED,
        amount_rp=30_000,
        minimum_rp=30_000,
        limit=90,
        per_phone=90,
        starts_on=timezone.localdate(NOW),
        ends_on=timezone.localdate(NOW) + timedelta(days=90),
    )
    issue_voucher(issuing=issuing_for_shop(rahma, shop_id), draft=draft, activate=True, at=NOW)
    return Days(kerupuk, rahma, shop_for_seller(rahma, shop_id))


# Not shrunk: to find the shortest story takes minutes; the whole one is short enough to read.
@settings(
    max_examples=14, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_the_ledger_adds_up_after_any_sequence(days: Days, steps: list[tuple[tuple[Any, ...], ...]]) -> None:
    with transaction.atomic():
        days.at, days.files = NOW, 0
        for deed, *given in [("buy", 2, "transfer", False), *chain(*steps)]:
            before = states()
            days.do(deed, *given)
            moved_along_the_table(before, states())
            the_ledger_adds_up(days.selling)
        transaction.set_rollback(True)
