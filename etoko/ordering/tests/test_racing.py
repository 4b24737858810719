"""Many buyers at once, with real threads: what there is is sold once, and the rest is told politely.

The negative controls prove that the harness can see overselling: with every guard switched off the same
function fails.
"""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection
from django.db.models import F
from django.test import Client
from django.urls import reverse

from etoko.catalog.models import Shop, Variant
from etoko.catalog.reconciling import movements_out_of_step
from etoko.foundation import guarding
from etoko.foundation.flows import UnableToMove
from etoko.ordering.models import AmountClaim, Cart, CartLine, Order, OrderEvent, OrderGroup, OrderLine
from etoko.ordering.operations import Receiver, UnableToPlace, move_order
from etoko.ordering.quoting import Choice
from etoko.ordering.reconciling import lines_out_of_step
from etoko.ordering.states import AWAITING_CONFIRMATION, BUYER, CANCELLED, PROCESSING, SELLER
from etoko.ordering.tests.conftest import a_cart, a_variant, hidden, place
from etoko.people.models import Person
from tests.cast import NOW
from tests.racing import guards_off, race, slow_changes

pytestmark = pytest.mark.django_db(transaction=True)

BUYERS = 50


def buying(cart: Cart, number: int, refused: list[str]) -> Callable[[], None]:
    receiver = Receiver(f"Pembeli {number}", f"+62812200{number:05d}")

    def buy() -> None:
        try:
            place(cart, receiver)
        except UnableToPlace as problem:
            refused.append(problem.sentence)

    return buy


def sold(variant: Variant) -> int:
    return sum(OrderLine.objects.filter(variant=variant).values_list("quantity", flat=True))


NO_GUARDS = ((Variant, "variant_held_within_stock"),)


def fifty_buyers_of_ten_buy_exactly_ten(kerupuk: Variant) -> None:
    refused: list[str] = []
    carts = [a_cart((kerupuk, 1)) for _ in range(BUYERS)]
    raised = race([buying(cart, i, refused) for i, cart in enumerate(carts)])
    assert raised == []
    kerupuk.refresh_from_db()
    assert (sold(kerupuk), kerupuk.held, kerupuk.on_hand) == (10, 10, 10)
    assert OrderGroup.objects.count() == 10
    assert len(refused) == BUYERS - 10
    assert Cart.objects.filter(lines__isnull=False).distinct().count() == BUYERS - 10
    assert movements_out_of_step() == lines_out_of_step() == []


def test_fifty_buyers_of_ten_buy_exactly_ten(kerupuk: Variant) -> None:
    fifty_buyers_of_ten_buy_exactly_ten(kerupuk)


def test_the_same_race_oversells_without_guards(kerupuk: Variant) -> None:
    with guards_off(*NO_GUARDS):
        with pytest.raises(AssertionError):
            fifty_buyers_of_ten_buy_exactly_ten(kerupuk)
        assert sold(kerupuk) > 10


def test_the_constraint_alone_stops_a_careless_hold(kerupuk: Variant) -> None:
    """Even code that forgets to look cannot oversell: the database refuses it."""
    with pytest.raises(IntegrityError):
        Variant.objects.filter(pk=kerupuk.pk).update(held=F("on_hand") + 1)
    kerupuk.refresh_from_db()
    assert kerupuk.held == 0


def two_lines_of_one_shop_are_held_together_or_not_at_all(kerupuk: Variant, spicy: Variant) -> None:
    refused: list[str] = []
    carts = [a_cart((kerupuk, 1), (spicy, 1)) for _ in range(20)]
    assert race([buying(cart, i, refused) for i, cart in enumerate(carts)]) == []
    kerupuk.refresh_from_db()
    spicy.refresh_from_db()
    assert (kerupuk.held, spicy.held) == (5, 5)
    assert len(refused) == 15
    assert movements_out_of_step() == lines_out_of_step() == []


@pytest.fixture
def spicy(kerupuk_shop: Shop) -> Variant:
    return a_variant(kerupuk_shop, "Kerupuk Pedas", 16_000, 5)


def test_two_lines_of_one_shop_are_held_together_or_not_at_all(kerupuk: Variant, spicy: Variant) -> None:
    two_lines_of_one_shop_are_held_together_or_not_at_all(kerupuk, spicy)


def test_without_guards_the_first_of_two_lines_stays_held(kerupuk: Variant, spicy: Variant) -> None:
    with guards_off(*NO_GUARDS), pytest.raises(AssertionError):
        two_lines_of_one_shop_are_held_together_or_not_at_all(kerupuk, spicy)


def test_one_stock_stands_in_one_line_of_a_cart(kerupuk: Variant) -> None:
    cart = a_cart((kerupuk, 1), (kerupuk, 2))
    assert cart.lines.get().quantity == 3
    with pytest.raises(IntegrityError):
        CartLine.objects.create(cart=cart, variant=kerupuk, quantity=1, price_seen_rp=1)


def carts_that_share_goods_crosswise(kerupuk: Variant, other: Variant, buyers: int) -> None:
    refused: list[str] = []
    carts = [
        a_cart((kerupuk, 1), (other, 1)) if i % 2 else a_cart((other, 1), (kerupuk, 1)) for i in range(buyers)
    ]
    assert race([buying(cart, i, refused) for i, cart in enumerate(carts)]) == []
    kerupuk.refresh_from_db()
    other.refresh_from_db()
    sold_now = min(buyers, 10)
    assert (kerupuk.held, other.held) == (sold_now, sold_now)
    assert len(refused) == buyers - sold_now


def test_carts_that_share_goods_crosswise_never_wait_for_each_other_for_ever(
    kerupuk: Variant, kerupuk_shop: Shop
) -> None:
    carts_that_share_goods_crosswise(kerupuk, a_variant(kerupuk_shop, "Emping", 20_000, 10), 24)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time: nobody can cross")
def test_without_one_order_of_locks_they_do(
    kerupuk: Variant, kerupuk_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_variant(kerupuk_shop, "Emping", 20_000, 10)
    monkeypatch.setattr(guarding, "in_lock_order", lambda quantities: list(quantities.items()))
    with slow_changes(), pytest.raises(AssertionError, match="deadlock"):
        carts_that_share_goods_crosswise(kerupuk, other, 8)


def one_cart_in_eight_tabs_is_ordered_once(kerupuk: Variant) -> None:
    cart = a_cart((kerupuk, 1))
    refused: list[str] = []
    assert race([buying(cart, i, refused) for i in range(8)]) == []
    assert Order.objects.count() == 1
    assert len(refused) == 7
    kerupuk.refresh_from_db()
    assert kerupuk.held == 1


def test_one_cart_in_eight_tabs_is_ordered_once(kerupuk: Variant) -> None:
    one_cart_in_eight_tabs_is_ordered_once(kerupuk)


def test_without_guards_it_is_ordered_more_than_once(kerupuk: Variant) -> None:
    with guards_off(*NO_GUARDS):
        with pytest.raises(AssertionError):
            one_cart_in_eight_tabs_is_ordered_once(kerupuk)
        assert Order.objects.count() > 1


def test_the_same_form_sent_ten_times_at_once_makes_one_order(kerupuk: Variant) -> None:
    client = Client()
    client.post(reverse("ordering:add_to_cart", args=[kerupuk.pk]), {"quantity": "3"})
    page = client.get("/pesan/")
    form = {
        "name": "Siti",
        "phone": "081210000003",
        "shown": hidden(page, "shown"),
        "once": hidden(page, "once"),
    }
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    answers: list[tuple[int, str]] = []

    def send() -> None:
        same = Client()
        same.cookies.load(cookies)
        answer = same.post("/pesan/", form)
        answers.append((answer.status_code, answer.get("Location", "")))

    assert race([send] * 10) == []
    assert len(set(answers)) == 1 and answers[0][0] == 302
    assert Order.objects.count() == 1
    kerupuk.refresh_from_db()
    assert kerupuk.held == 3


def accepting_and_cancelling_at_once_does_one_of_them(kerupuk: Variant, rahma: Person) -> None:
    order = place(a_cart((kerupuk, 2))).orders[0]
    refused: list[str] = []

    def moving(move: str, party: str) -> Callable[[], None]:
        def go() -> None:
            try:
                move_order(order=order, move=move, party=party, by=rahma, at=NOW)
            except UnableToMove as problem:
                refused.append(problem.sentence)

        return go

    assert race([moving("accept", SELLER), moving("cancel", BUYER)] * 4) == []
    state = Order.objects.get().state
    assert state in (PROCESSING, CANCELLED) and state != AWAITING_CONFIRMATION
    assert len(refused) == 7
    kerupuk.refresh_from_db()
    assert kerupuk.held == (2 if state == PROCESSING else 0)


def test_accepting_and_cancelling_at_once_does_one_of_them(kerupuk: Variant, rahma: Person) -> None:
    accepting_and_cancelling_at_once_does_one_of_them(kerupuk, rahma)


def test_without_guards_it_does_both(kerupuk: Variant, rahma: Person) -> None:
    with guards_off(*NO_GUARDS):
        with pytest.raises(AssertionError):
            accepting_and_cancelling_at_once_does_one_of_them(kerupuk, rahma)
        assert OrderEvent.objects.filter(deed__in=("accept", "cancel")).count() > 1


def nobody_is_due_the_same_amount(sachet: Variant) -> None:
    """Two amounts are free at a hundred rupiah: of ten buyers two get one, and the rest pay all."""
    shop = sachet.product.shop_id
    carts = [a_cart((sachet, 1)) for _ in range(10)]

    def buying_by_qris(cart: Cart, number: int) -> Callable[[], None]:
        def buy() -> None:
            receiver = Receiver(f"Pembeli {number}", f"+62812300{number:05d}")
            place(cart, receiver, {shop: Choice(payment="qris")})

        return buy

    assert race([buying_by_qris(cart, i) for i, cart in enumerate(carts)]) == []
    totals = sorted(Order.objects.values_list("total_rp", flat=True))
    assert totals == [98, 99] + [100] * 8
    assert AmountClaim.objects.count() == 2


@pytest.fixture
def sachet(kerupuk_shop: Shop) -> Variant:
    return a_variant(kerupuk_shop, "Kerupuk sachet", 100, 50)


def test_nobody_is_due_the_same_amount(sachet: Variant) -> None:
    nobody_is_due_the_same_amount(sachet)


def test_without_the_constraint_two_are_due_the_same_amount(sachet: Variant) -> None:
    late = slow_changes('INSERT INTO "ordering_amountclaim"')
    off = guards_off((AmountClaim, "amount_claimed_once"), *NO_GUARDS)
    with late, off, pytest.raises(AssertionError):
        nobody_is_due_the_same_amount(sachet)
