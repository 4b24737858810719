"""Many buyers and one voucher left, with real threads: exactly one gets it, the rest are told politely.

The negative controls prove that the harness can see it go wrong: with every guard switched off the same
function fails.
"""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from etoko.catalog.models import Shop, Variant
from etoko.ordering.cart import contents_of
from etoko.ordering.discounting import with_voucher
from etoko.ordering.models import Cart, Order
from etoko.ordering.operations import Receiver, UnableToPlace, move_order, place_orders
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import BUYER
from etoko.ordering.tests.conftest import a_cart
from etoko.people.models import Person
from etoko.vouchers.access import issuing_for_platform, issuing_for_shop
from etoko.vouchers.models import Redemption, RedemptionShare, Voucher
from etoko.vouchers.operations import Draft, issue_voucher, taking
from etoko.vouchers.rules import Terms
from tests.cast import NOW
from tests.racing import PAUSE_SECONDS, guards_off, race

pytestmark = pytest.mark.django_db(transaction=True)

BUYERS = 20
NO_GUARDS = ((Voucher, "voucher_used_within_limit"), (Redemption, "voucher_once_a_turn"))


def a_voucher(rahma: Person, shop: Shop, limit: int) -> Voucher:
    today = timezone.localdate(NOW)
    draft = Draft(
        code="TERAKHIR",
        kind=Voucher.FIXED,
        amount_rp=5_000,
        minimum_rp=5_000,
        limit=limit,
        starts_on=today,
        ends_on=today + timedelta(days=6),
    )
    issuing = issuing_for_shop(rahma, shop.public_id)
    return issue_voucher(issuing=issuing, draft=draft, activate=True, at=NOW)


def buying(cart: Cart, receiver: Receiver, refused: list[str]) -> Callable[[], None]:
    def buy() -> None:
        quote = with_voucher(
            quote_of(contents_of(cart, at=NOW), {}, area_code=""),
            code="terakhir",
            phone=receiver.phone,
            area_code="",
            at=NOW,
        )
        try:
            place_orders(
                cart=cart,
                receiver=receiver,
                choices={q.seller.shop_id: Choice(q.delivery, q.payment) for q in quote.sellers},
                shown=quote.shown,
                by=None,
                at=NOW,
                voucher="terakhir",
            )
        except UnableToPlace as problem:
            refused.append(problem.sentence)

    return buy


def one_voucher_left_goes_to_one_of_twenty(hat: Variant) -> None:
    refused: list[str] = []
    deeds = [
        buying(a_cart((hat, 1)), Receiver(f"Pembeli {i}", f"+62812200{i:05d}"), refused)
        for i in range(BUYERS)
    ]
    assert race(deeds) == []
    assert Redemption.objects.count() == 1
    assert Voucher.objects.get().used == 1
    assert list(Order.objects.values_list("voucher_off_rp", "total_rp")) == [(5_000, 40_000)]
    assert refused == ["Kode TERAKHIR sudah habis dipakai."] * (BUYERS - 1)
    assert Cart.objects.filter(lines__isnull=False).distinct().count() == BUYERS - 1


def test_one_voucher_left_goes_to_one_of_twenty(hat: Variant, hat_shop: Shop, herman: Person) -> None:
    a_voucher(herman, hat_shop, limit=1)
    one_voucher_left_goes_to_one_of_twenty(hat)


def test_without_guards_the_same_race_gives_it_out_twice(
    hat: Variant, hat_shop: Shop, herman: Person
) -> None:
    a_voucher(herman, hat_shop, limit=1)
    with guards_off(*NO_GUARDS):
        with pytest.raises(AssertionError):
            one_voucher_left_goes_to_one_of_twenty(hat)
        assert Redemption.objects.count() > 1


@pytest.fixture
def slow_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment passes between looking for a free turn and taking it."""
    real = taking._free_turn

    def look_and_wait(terms: Terms, phone: str) -> int:
        turn = real(terms, phone)
        time.sleep(PAUSE_SECONDS)
        return turn

    monkeypatch.setattr(taking, "_free_turn", look_and_wait)


def one_phone_gets_it_once(hat: Variant) -> None:
    refused: list[str] = []
    siti = Receiver("Siti", "+6281210000003")
    assert race([buying(a_cart((hat, 1)), siti, refused) for _ in range(8)]) == []
    assert (Redemption.objects.count(), Voucher.objects.get().used) == (1, 1)
    assert refused == ["Nomor HP ini sudah pernah memakai kode TERAKHIR."] * 7


@pytest.mark.usefixtures("slow_look")
def test_one_phone_in_eight_tabs_gets_it_once(hat: Variant, hat_shop: Shop, herman: Person) -> None:
    a_voucher(herman, hat_shop, limit=100)
    one_phone_gets_it_once(hat)


@pytest.mark.usefixtures("slow_look")
def test_without_guards_one_phone_gets_it_more_than_once(
    hat: Variant, hat_shop: Shop, herman: Person
) -> None:
    a_voucher(herman, hat_shop, limit=100)
    with guards_off(*NO_GUARDS):
        with pytest.raises(AssertionError):
            one_phone_gets_it_once(hat)
        assert Redemption.objects.count() > 1


def test_two_orders_of_one_checkout_cancelled_at_once_give_it_back_once(
    kerupuk: Variant, hat: Variant, dedi: Person
) -> None:
    today = timezone.localdate(NOW)
    voucher = issue_voucher(
        issuing=issuing_for_platform(dedi),
        draft=Draft("TERAKHIR", Voucher.FIXED, today, today, 9, 5_000, minimum_rp=5_000, sponsor="Kecamatan"),
        activate=True,
        at=NOW,
    )
    buying(a_cart((kerupuk, 1), (hat, 1)), Receiver("Siti", "+6281210000003"), [])()
    orders = list(Order.objects.select_related("shop", "group__buyer"))

    def cancelling(order: Order) -> Callable[[], None]:
        def cancel() -> None:
            move_order(order=order, move="cancel", party=BUYER, by=None, by_name="Siti", at=NOW)

        return cancel

    assert race([cancelling(order) for order in orders]) == []
    voucher.refresh_from_db()
    assert voucher.used == 0
    assert not RedemptionShare.objects.filter(returned_at=None).exists()
    assert Redemption.objects.get().returned_at is not None
