"""Many buyers at once, with real threads: what there is is sold once, and the rest is told politely.

The negative control proves that the harness can see overselling: with the condition of the UPDATE and
the constraint switched off, the same race oversells.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence

import pytest
from django.db import connection, connections
from django.db.models import BaseConstraint, F
from django.test import Client
from django.urls import reverse

from etoko.catalog.models import Shop, Variant
from etoko.foundation.flows import UnableToMove
from etoko.ordering.cart import contents_of
from etoko.ordering.models import Cart, Order, OrderGroup, OrderLine
from etoko.ordering.operations import Receiver, UnableToPlace, move_order, placing
from etoko.ordering.states import AWAITING_CONFIRMATION, BUYER, CANCELLED, PROCESSING, SELLER
from etoko.ordering.tests.conftest import a_cart, a_variant, hidden, place
from etoko.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)

BUYERS = 50


def race(deeds: Sequence[Callable[[], None]]) -> list[BaseException]:
    """All at once; returns what was raised that is not a polite refusal."""
    start = threading.Barrier(len(deeds))
    raised: list[BaseException] = []

    def run(deed: Callable[[], None]) -> None:
        try:
            start.wait(30)
            deed()
        except BaseException as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return raised


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


def test_fifty_buyers_of_ten_buy_exactly_ten(kerupuk: Variant) -> None:
    refused: list[str] = []
    carts = [a_cart((kerupuk, 1)) for _ in range(BUYERS)]
    raised = race([buying(cart, i, refused) for i, cart in enumerate(carts)])
    assert raised == []
    kerupuk.refresh_from_db()
    assert (sold(kerupuk), kerupuk.held, kerupuk.on_hand) == (10, 10, 10)
    assert OrderGroup.objects.count() == 10
    assert len(refused) == BUYERS - 10
    assert Cart.objects.filter(lines__isnull=False).distinct().count() == BUYERS - 10


def test_the_same_race_oversells_with_the_guard_switched_off(
    kerupuk: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control. Every buyer looks before anybody has held, as it happens in a real crowd."""
    looked = threading.Barrier(BUYERS)

    def hold_without_looking(*, quantities: dict[int, int]) -> None:
        for variant_id, quantity in quantities.items():
            Variant.objects.filter(pk=variant_id).update(held=F("held") + quantity)

    real_contents = contents_of
    seen = threading.local()

    def contents_before_anybody_writes(*args: object, **kwargs: object) -> object:
        return seen.contents

    constraint = next(c for c in Variant._meta.constraints if c.name == "variant_held_within_stock")
    carts = [a_cart((kerupuk, 1)) for _ in range(BUYERS)]
    refused: list[str] = []

    def buy(number: int, cart: Cart) -> None:
        seen.contents = real_contents(cart, at=NOW)
        connections.close_all()  # the pool has fewer than there are buyers
        looked.wait(30)
        buying(cart, number, refused)()

    monkeypatch.setattr(placing, "hold_stock", hold_without_looking)
    monkeypatch.setattr(placing, "contents_of", contents_before_anybody_writes)
    with without(constraint):
        deeds = [lambda i=i, cart=cart: buy(i, cart) for i, cart in enumerate(carts)]
        raised = race(deeds)
        assert raised == []
        assert sold(kerupuk) > 10


@contextlib.contextmanager
def without(constraint: BaseConstraint) -> Iterator[None]:
    """The database without this promise; SQLite rebuilds the table from what the model says."""
    all_of_them = Variant._meta.constraints
    Variant._meta.constraints = [each for each in all_of_them if each is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Variant, constraint)
    try:
        yield
    finally:
        Variant.objects.update(held=0)
        Variant._meta.constraints = all_of_them
        with connection.schema_editor() as editor:
            editor.add_constraint(Variant, constraint)


def test_the_constraint_alone_stops_a_careless_hold(
    kerupuk: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even code that forgets to look cannot oversell: the database refuses it."""
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Variant.objects.filter(pk=kerupuk.pk).update(held=F("on_hand") + 1)
    kerupuk.refresh_from_db()
    assert kerupuk.held == 0


def test_two_lines_of_one_shop_are_held_together_or_not_at_all(kerupuk: Variant, kerupuk_shop: Shop) -> None:
    spicy = a_variant(kerupuk_shop, "Kerupuk Pedas", 16_000, 5)
    refused: list[str] = []
    carts = [a_cart((kerupuk, 1), (spicy, 1)) for _ in range(20)]
    assert race([buying(cart, i, refused) for i, cart in enumerate(carts)]) == []
    kerupuk.refresh_from_db()
    spicy.refresh_from_db()
    assert (kerupuk.held, spicy.held) == (5, 5)
    assert len(refused) == 15


def test_carts_that_share_goods_crosswise_never_wait_for_each_other_for_ever(
    kerupuk: Variant, kerupuk_shop: Shop
) -> None:
    other = a_variant(kerupuk_shop, "Emping", 20_000, 10)
    refused: list[str] = []
    carts = [
        a_cart((kerupuk, 1), (other, 1)) if i % 2 else a_cart((other, 1), (kerupuk, 1)) for i in range(24)
    ]
    assert race([buying(cart, i, refused) for i, cart in enumerate(carts)]) == []
    kerupuk.refresh_from_db()
    other.refresh_from_db()
    assert (kerupuk.held, other.held) == (10, 10)
    assert len(refused) == 14


def test_one_cart_in_two_tabs_is_ordered_once(kerupuk: Variant) -> None:
    cart = a_cart((kerupuk, 2))
    refused: list[str] = []
    assert race([buying(cart, i, refused) for i in range(8)]) == []
    assert Order.objects.count() == 1
    assert len(refused) == 7
    kerupuk.refresh_from_db()
    assert kerupuk.held == 2


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


def test_accepting_and_cancelling_at_once_does_one_of_them(kerupuk: Variant, rahma: Person) -> None:
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
