"""A voucher at the checkout: what she saw is what she pays, and a code that does not work says why."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import Clock
from etoko.catalog.models import DeliveryOption, Shop, Variant
from etoko.ordering.access import link_secret
from etoko.ordering.cart import contents_of
from etoko.ordering.discounting import with_voucher
from etoko.ordering.models import Cart, Order, OrderGroup
from etoko.ordering.operations import (
    Placed,
    UnableToPlace,
    UnableToPlaceAsShown,
    expire_orders,
    move_order,
    place_orders,
    take_back_move,
)
from etoko.ordering.operations.changing import Destination, change_order
from etoko.ordering.operations.recording import as_buyer
from etoko.ordering.operations.taking_back import UnableToTakeBack
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import BUYER, SELLER
from etoko.ordering.tests.conftest import SITI, Everything, a_cart, hidden, place
from etoko.people.models import Person
from etoko.vouchers.access import Issuing, issuing_for_platform, issuing_for_shop
from etoko.vouchers.models import Redemption, RedemptionShare, Voucher
from etoko.vouchers.operations import Draft, issue_voucher, move_voucher
from etoko.vouchers.reconciling import uses_out_of_step
from tests.cast import NOW


def issue(issuing: Issuing, **terms: Any) -> Voucher:
    today = timezone.localdate(NOW)
    given: dict[str, Any] = {
        "code": "KERUPUK 5",
        "kind": Voucher.FIXED,
        "amount_rp": 5_000,
        "minimum_rp": 25_000,
        "limit": 20,
        "starts_on": today,
        "ends_on": today + timedelta(days=6),
    } | terms
    return issue_voucher(issuing=issuing, draft=Draft(**given), activate=True, at=NOW)


@pytest.fixture
def hers(rahma: Person, kerupuk_shop: Shop) -> Issuing:
    return issuing_for_shop(rahma, kerupuk_shop.public_id)


@pytest.fixture
def five_off(hers: Issuing) -> Voucher:
    """KERUPUK 5: 5,000 off from 25,000 at Rahma's."""
    return issue(hers)


@pytest.fixture
def ten_of_the_district(dedi: Person) -> Voucher:
    """JAMBE 10: 10,000 off in all shops of the sub-district, which pays for it."""
    return issue(issuing_for_platform(dedi), code="JAMBE 10", amount_rp=10_000, sponsor="Kecamatan Jambe")


def place_with(cart: Cart, code: str, shown: str | None = None) -> Placed:
    quote = with_voucher(
        quote_of(contents_of(cart, at=NOW), {}, area_code=""),
        code=code,
        phone=SITI.phone,
        area_code="",
        at=NOW,
    )
    choices = {q.seller.shop_id: Choice(q.delivery, q.payment) for q in quote.sellers}
    return place_orders(
        cart=cart,
        receiver=SITI,
        choices=choices,
        shown=quote.shown if shown is None else shown,
        by=None,
        at=NOW,
        voucher=code,
    )


def used(voucher: Voucher) -> int:
    return Voucher.objects.get(pk=voucher.pk).used


def test_a_sellers_voucher_makes_her_order_cheaper_and_no_other(
    kerupuk: Variant, hat: Variant, five_off: Voucher
) -> None:
    placed = place_with(a_cart((kerupuk, 2), (hat, 1)), "kerupuk5")
    assert [(o.voucher_off_rp, o.total_rp) for o in placed.orders] == [(5_000, 25_000), (0, 45_000)]
    assert placed.group.total_rp == 70_000
    assert used(five_off) == 1
    share = RedemptionShare.objects.get()
    assert (share.order_number, share.off_rp) == (placed.orders[0].number, 5_000)


def test_the_platforms_voucher_is_divided_and_no_rupiah_is_lost(
    kerupuk: Variant, hat: Variant, ten_of_the_district: Voucher
) -> None:
    placed = place_with(a_cart((kerupuk, 2), (hat, 1)), "JAMBE 10")
    assert [o.voucher_off_rp for o in placed.orders] == [4_000, 6_000]
    assert placed.group.total_rp == 65_000 == sum(o.total_rp for o in placed.orders)


def test_without_a_code_nothing_is_taken(placed: Placed, five_off: Voucher) -> None:
    assert used(five_off) == 0 and placed.orders[0].voucher_off_rp == 0


@pytest.mark.parametrize("how", ["decline", "cancel", "call_off", "expire"])
def test_is_given_back_when_the_order_comes_to_nothing(
    how: str, kerupuk: Variant, five_off: Voucher, rahma: Person
) -> None:
    (order,) = place_with(a_cart((kerupuk, 2)), "KERUPUK 5").orders
    if how == "expire":
        expire_orders(at=NOW + timedelta(days=2))
    elif how == "cancel":
        move_order(order=order, move=how, party=BUYER, by=None, by_name="Siti", at=NOW)
    else:
        if how == "call_off":
            order = move_order(order=order, move="accept", party=SELLER, by=rahma, at=NOW)
        move_order(order=order, move=how, party=SELLER, by=rahma, at=NOW, reason="Habis")
    assert used(five_off) == 0
    assert Redemption.objects.get().returned_at is not None
    assert Order.objects.get().voucher_off_rp == 5_000, "the order stays as it was sold"


def test_a_refusal_that_is_taken_back_uses_it_again(
    kerupuk: Variant, five_off: Voucher, rahma: Person
) -> None:
    (order,) = place_with(a_cart((kerupuk, 2)), "KERUPUK 5").orders
    declined = move_order(order=order, move="decline", party=SELLER, by=rahma, at=NOW, reason="Keliru")
    assert used(five_off) == 0
    take_back_move(order=declined, move="decline", by=rahma, at=NOW)
    assert used(five_off) == 1
    assert not RedemptionShare.objects.filter(returned_at__isnull=False).exists()


def test_a_refusal_stays_where_somebody_else_has_used_the_voucher_meanwhile(
    kerupuk: Variant, hers: Issuing, rahma: Person, everything: Everything
) -> None:
    issue(hers, code="SATU", limit=1)
    (order,) = place_with(a_cart((kerupuk, 2)), "SATU").orders
    declined = move_order(order=order, move="decline", party=SELLER, by=rahma, at=NOW, reason="Keliru")
    place_with(a_cart((kerupuk, 2)), "SATU")
    before = everything()
    with pytest.raises(UnableToTakeBack, match="Voucher pesanan ini sudah dipakai lagi"):
        take_back_move(order=declined, move="decline", by=rahma, at=NOW)
    assert everything() == before


def test_whoever_orders_less_gets_less_off_and_the_use_says_so(
    kerupuk: Variant, five_off: Voucher, rahma: Person
) -> None:
    (order,) = place_with(a_cart((kerupuk, 4)), "KERUPUK 5").orders
    changed = change_order(
        order=order,
        quantities={order.lines.get().pk: 2},
        delivery=order.delivery,
        destination=Destination(),
        note="",
        actor=as_buyer(order, None),
        at=NOW,
    )
    assert (changed.voucher_off_rp, RedemptionShare.objects.get().off_rp) == (2_500, 2_500)
    assert (used(five_off), uses_out_of_step()) == (1, [])
    move_order(order=changed, move="cancel", party=BUYER, by=None, by_name="Siti", at=NOW)
    assert (used(five_off), uses_out_of_step()) == (0, [])


def test_a_completed_order_keeps_it(kerupuk: Variant, five_off: Voucher, rahma: Person) -> None:
    (order,) = place_with(a_cart((kerupuk, 2)), "KERUPUK 5").orders
    for move in ("accept", "make_ready", "hand_over"):
        order = move_order(order=order, move=move, party=SELLER, by=rahma, at=NOW)
    move_order(order=order, move="confirm_received", party=BUYER, by=None, by_name="Siti", at=NOW)
    assert used(five_off) == 1


def test_a_code_that_was_not_shown_is_told_before_it_is_ordered(
    kerupuk: Variant, five_off: Voucher, everything: Everything
) -> None:
    """Without script she may type the code and press the big button at once: the sum must be seen first."""
    cart = a_cart((kerupuk, 2))
    shown = quote_of(contents_of(cart, at=NOW), {}, area_code="").shown
    before = everything()
    with pytest.raises(UnableToPlaceAsShown) as refused:
        place_with(cart, "KERUPUK 5", shown=shown)
    assert refused.value.changes == ["Potongan voucher di Kerupuk Bu Rahma menjadi Rp5.000."]
    assert everything() == before and used(five_off) == 0


def test_a_code_that_ran_out_meanwhile_orders_nothing(
    kerupuk: Variant, five_off: Voucher, everything: Everything
) -> None:
    cart = a_cart((kerupuk, 2))
    Voucher.objects.update(used=20)
    before = everything()
    with pytest.raises(UnableToPlace, match="sudah habis") as refused:
        place_with(cart, "KERUPUK 5")
    assert refused.value.field == "voucher"
    assert everything() == before


def test_one_phone_uses_it_once(kerupuk: Variant, five_off: Voucher) -> None:
    place_with(a_cart((kerupuk, 2)), "KERUPUK 5")
    with pytest.raises(UnableToPlace, match="sudah pernah memakai"):
        place_with(a_cart((kerupuk, 2)), "KERUPUK 5")
    assert Order.objects.count() == 1


def test_the_first_order_is_one_that_did_not_come_to_nothing(kerupuk: Variant, hers: Issuing) -> None:
    issue(hers, code="PERTAMA", buyers=Voucher.FIRST_ORDER)
    (order,) = place(a_cart((kerupuk, 2))).orders
    with pytest.raises(UnableToPlace, match="hanya untuk pesanan pertama"):
        place_with(a_cart((kerupuk, 2)), "PERTAMA")
    move_order(order=order, move="cancel", party=BUYER, by=None, by_name="Siti", at=NOW)
    assert place_with(a_cart((kerupuk, 2)), "PERTAMA").orders[0].voucher_off_rp == 5_000


# ------------------------------------------------------------------------------------- on the page


@pytest.fixture
def ready(client: Client, kerupuk: Variant, clock: Clock) -> Client:
    """A guest with two bags in her cart."""
    client.post(reverse("ordering:add_to_cart", args=[kerupuk.pk]), {"quantity": "2"})
    return client


FORM = {"name": "Siti Aminah", "phone": "0812-1000-0003", "village": "Daru", "catatan-1": "x"}


def test_the_page_shows_what_the_code_takes_off_and_orders_so(ready: Client, five_off: Voucher) -> None:
    page = ready.post("/pesan/", {**FORM, "voucher": "kerupuk 5", "hitung": "1"})
    text = page.content.decode()
    assert page.status_code == 200 and "−Rp5.000" in text and "Rp25.000" in text
    answer = ready.post("/pesan/", {**FORM, "voucher": "kerupuk 5", "shown": hidden(page, "shown")})
    assert answer.status_code == 302
    assert Order.objects.get().total_rp == 25_000
    mine = ready.get(answer["Location"]).content.decode()
    assert "Voucher KERUPUK 5" in mine and "−Rp5.000" in mine


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("TIDAKADA", "Kode “TIDAKADA” tidak ada"),
        ("<b>x</b>", "tidak ada"),
        ("KERUPUK 5", "Kurang Rp10.000 lagi"),
    ],
)
def test_a_bad_code_says_why_and_keeps_all_that_was_typed(
    ready: Client, hers: Issuing, code: str, sentence: str
) -> None:
    issue(hers, minimum_rp=40_000)
    page = ready.post("/pesan/", {**FORM, "voucher": code, "shown": "x"})
    text = page.content.decode()
    assert page.status_code == 422 and sentence in text
    for typed in ("Siti Aminah", "0812-1000-0003", "Daru"):
        assert f'value="{typed}"' in text
    assert "<b>x</b>" not in text
    assert not Order.objects.exists()


def test_the_link_that_was_passed_on_fills_in_the_code(ready: Client, five_off: Voucher) -> None:
    shared = ready.get("/voucher/KERUPUK5/")
    assert shared.status_code == 200 and "Potongan Rp5.000" in shared.content.decode()
    assert 'value="KERUPUK 5"' in ready.get("/pesan/").content.decode()
    move_voucher(
        issuing=issuing_for_shop(five_off.created_by, five_off.shop.public_id),  # type: ignore[union-attr]
        voucher=five_off,
        move="end",
        at=NOW,
    )
    page = ready.get("/pesan/").content.decode()
    assert "KERUPUK 5" not in page.replace('placeholder="KERUPUK 5"', "") and "diakhiri" not in page


def test_the_seller_sees_who_bears_the_discount(
    client: Client, kerupuk: Variant, ten_of_the_district: Voucher, rahma: Person
) -> None:
    (order,) = place_with(a_cart((kerupuk, 2)), "JAMBE10").orders
    client.force_login(rahma)
    page = client.get(f"/jualan/{order.shop.public_id}/pesanan/{order.number}/").content.decode()
    assert "ditanggung Kecamatan Jambe" in page and "−Rp10.000" in page and "Rp20.000" in page


def test_pages_of_orders_stay_within_their_questions(
    client: Client, kerupuk: Variant, hat: Variant, ten_of_the_district: Voucher, max_queries: Any
) -> None:
    placed = place_with(a_cart((kerupuk, 2), (hat, 1)), "JAMBE 10")
    with max_queries(9):
        client.get(f"/pesanan/{link_secret(placed.group)}/")


def test_free_delivery_takes_the_fee_of_the_village(ready: Client, hers: Issuing, kerupuk_shop: Shop) -> None:
    issue(hers, code="GRATIS", kind=Voucher.FREE_DELIVERY, amount_rp=None)
    chosen = {
        **FORM,
        "village": "Jambe",
        "street": "Kp. Cisauk",
        f"antar-{kerupuk_shop.pk}": DeliveryOption.SELLER,
        "voucher": "gratis",
    }
    page = ready.post("/pesan/", {**chosen, "hitung": "1"})
    assert ready.post("/pesan/", {**chosen, "shown": hidden(page, "shown")}).status_code == 302
    order = Order.objects.get()
    assert (order.delivery_fee_rp, order.voucher_off_rp, order.total_rp) == (5_000, 5_000, 30_000)
    assert OrderGroup.objects.get().total_rp == 30_000
