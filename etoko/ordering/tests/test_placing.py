"""A cart becomes one order for each seller, to the rupiah, or nothing happens at all."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etoko.audit.models import AuditEntry
from etoko.catalog.models import DeliveryFee, DeliveryOption, Product, Shop, Variant
from etoko.catalog.operations.stocking import hold_stock
from etoko.catalog.states import HIDDEN, SHOP_CLOSED
from etoko.notices.models import Notice
from etoko.ordering.cart import Contents, Line, Seller, contents_of
from etoko.ordering.models import CartLine, Order, OrderGroup
from etoko.ordering.operations import (
    Placed,
    Receiver,
    UnableToPlace,
    UnableToPlaceAll,
    UnableToPlaceAsShown,
    place_orders,
)
from etoko.ordering.quoting import Choice, DeliveryOffer, Quote, SellerQuote, quote_of
from etoko.ordering.states import AWAITING_CONFIRMATION
from etoko.ordering.tests.conftest import SITI, Everything, a_cart, place
from etoko.people.models import Person
from etoko.places.models import Area
from tests.cast import NOW


def test_one_order_for_each_seller_with_its_lines_and_sums(placed: Placed, kerupuk: Variant) -> None:
    kerupuk_order, hat_order = placed.orders
    assert (kerupuk_order.total_rp, hat_order.total_rp) == (30_000, 45_000)
    assert placed.group.total_rp == 75_000
    line = kerupuk_order.lines.get()
    assert (line.product_name, line.variant_name, line.quantity, line.price_rp, line.line_rp) == (
        "Kerupuk Kulit",
        "250 g",
        2,
        15_000,
        30_000,
    )
    assert {order.state for order in Order.objects.all()} == {AWAITING_CONFIRMATION}
    assert Order.objects.get(pk=hat_order.pk).answer_by_at == NOW + timedelta(hours=24)
    numbers = list(Order.objects.values_list("number", flat=True))
    assert len(set(numbers)) == 2 and all(len(str(number)) == 7 for number in numbers)


def test_stock_is_held_and_what_is_made_to_order_holds_nothing(
    placed: Placed, kerupuk: Variant, hat: Variant
) -> None:
    kerupuk.refresh_from_db()
    hat.refresh_from_db()
    assert (kerupuk.on_hand, kerupuk.held) == (10, 2)
    assert (hat.on_hand, hat.held) == (0, 0)
    assert placed.orders[0].lines.get().held_quantity == 2
    assert placed.orders[1].lines.get().held_quantity == 0


def test_the_cart_is_empty_afterwards(placed: Placed) -> None:
    assert not CartLine.objects.exists()


def test_each_seller_and_the_buyer_are_told_with_a_text_for_whatsapp(
    placed: Placed, rahma: Person, herman: Person
) -> None:
    for_rahma = Notice.objects.get(recipient=rahma)
    assert "Pesanan baru" in for_rahma.title and "2 bungkus Kerupuk Kulit (250 g)" in for_rahma.text
    assert for_rahma.path.endswith(f"/pesanan/{placed.orders[0].number}/") and "/jawab/" in for_rahma.text
    assert Notice.objects.get(recipient=herman).title == f"Pesanan baru {placed.orders[1].number}"
    for_siti = Notice.objects.get(phone=SITI.phone)
    assert "Rp30.000" in for_siti.text and "Rp45.000" in for_siti.text and "/pesanan/" in for_siti.text
    assert AuditEntry.objects.filter(deed="place_order").count() == 2


def test_a_seller_without_account_is_told_by_phone(
    kerupuk: Variant, kerupuk_shop: Shop, rahma: Person
) -> None:
    kerupuk_shop.business.roles.all().delete()
    Shop.objects.update(whatsapp="+6281299990000")
    place(a_cart((kerupuk, 1)))
    assert Notice.objects.filter(phone="+6281299990000", recipient=None).exists()


def test_the_fee_of_the_village_is_in_the_sum(kerupuk: Variant, villages: dict[str, Area]) -> None:
    receiver = Receiver("Siti", SITI.phone, "Jambe", villages["Jambe"], "Kp. Cisauk RT 03/RW 02")
    choices = {kerupuk.product.shop_id: Choice(DeliveryOption.SELLER, "transfer")}
    order = place(a_cart((kerupuk, 2)), receiver, choices).orders[0]
    assert (order.goods_rp, order.delivery_fee_rp) == (30_000, 5_000)
    assert order.total_rp == 35_000 - order.unique_off_rp
    assert order.payment == "transfer" and order.group.street == "Kp. Cisauk RT 03/RW 02"


def test_nobody_is_asked_for_an_address_who_picks_up(placed: Placed) -> None:
    assert (placed.group.street, placed.group.landmark) == ("", "")


def test_a_kader_orders_for_somebody_and_the_record_says_so(
    kerupuk: Variant, yanti: Person, siti: Person
) -> None:
    group = place(a_cart((kerupuk, 1)), by=yanti, for_somebody_else=True).group
    assert (group.buyer, group.recorded_by, group.name) == (siti, yanti, "Siti Aminah")
    event = Order.objects.get().events.get()
    assert (event.by, event.for_name) == (yanti, "Siti Aminah")
    assert AuditEntry.objects.get(deed="place_order").for_name == "Siti Aminah"


def test_what_cannot_be_had_stays_in_the_cart(kerupuk: Variant, hat: Variant) -> None:
    cart = a_cart((kerupuk, 1), (hat, 1))
    Product.objects.filter(pk=hat.product_id).update(status=HIDDEN)
    placed = place(cart)
    assert [order.shop_id for order in placed.orders] == [kerupuk.product.shop_id]
    assert cart.lines.get().variant == hat


def test_refuses_more_than_there_is_and_names_what_is_left(kerupuk: Variant, everything: Everything) -> None:
    cart = a_cart((kerupuk, 5))
    Variant.objects.filter(pk=kerupuk.pk).update(held=7)
    before = everything()
    with pytest.raises(UnableToPlaceAll) as refused:
        place(cart)
    assert refused.value.changes == ["“Kerupuk Kulit (250 g)” tinggal 3, Anda minta 5."]
    assert everything() == before


def test_refuses_when_stock_goes_between_looking_and_holding(
    kerupuk: Variant, everything: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment that only the conditional UPDATE can catch: everything was there when the cart was read."""
    from etoko.ordering.operations import placing

    cart = a_cart((kerupuk, 5))
    before = everything()

    def somebody_is_faster(**hold: Any) -> None:
        Variant.objects.filter(pk=kerupuk.pk).update(held=8)
        hold_stock(**hold)

    monkeypatch.setattr(placing, "hold_stock", somebody_is_faster)
    with pytest.raises(UnableToPlaceAll, match="Belum ada yang dipesan") as refused:
        place(cart)
    assert refused.value.changes == ["“Kerupuk Kulit (250 g)” tinggal 2, Anda minta 5."]
    assert everything() == before


def _place_as_shown(cart: object, shown: str, choices: dict[int, Choice]) -> Placed:
    return place_orders(cart=cart, receiver=SITI, choices=choices, shown=shown, by=None, at=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("price", "Harga “Kerupuk Kulit (250 g)” sekarang Rp16.000, tadi Rp15.000."),
        ("closed", "“Kerupuk Kulit (250 g)” tidak bisa dipesan lagi."),
        ("quantity", "Jumlah “Kerupuk Kulit (250 g)” sekarang 3."),
    ],
)
def test_refuses_what_is_not_as_it_was_shown(
    change: str, sentence: str, kerupuk: Variant, hat: Variant, everything: Everything
) -> None:
    cart = a_cart((kerupuk, 2), (hat, 1))
    shown = quote_of(contents_of(cart, at=NOW), {}, area_code="").shown
    if change == "price":
        Variant.objects.filter(pk=kerupuk.pk).update(price_rp=16_000)
    elif change == "closed":
        Shop.objects.filter(pk=kerupuk.product.shop_id).update(status=SHOP_CLOSED)
    else:
        cart.lines.filter(variant=kerupuk).update(quantity=3)
    before = everything()
    with pytest.raises(UnableToPlaceAsShown) as refused:
        _place_as_shown(cart, shown, {})
    assert refused.value.changes == [sentence]
    assert everything() == before
    assert place(cart).group.total_rp == {"price": 77_000, "closed": 45_000, "quantity": 90_000}[change]


def test_refuses_a_fee_that_changed_since(
    kerupuk: Variant, villages: dict[str, Area], everything: Everything
) -> None:
    cart = a_cart((kerupuk, 1))
    receiver = Receiver("Siti", SITI.phone, "Jambe", villages["Jambe"], "Kp. Cisauk")
    choices = {kerupuk.product.shop_id: Choice(DeliveryOption.SELLER, "cash")}
    shown = quote_of(contents_of(cart, at=NOW), choices, area_code=villages["Jambe"].code).shown
    DeliveryFee.objects.update(fee_rp=7_000)
    before = everything()
    with pytest.raises(UnableToPlaceAsShown) as refused:
        place_orders(cart=cart, receiver=receiver, choices=choices, shown=shown, by=None, at=NOW)
    assert refused.value.changes == ["Ongkir Kerupuk Bu Rahma menjadi Rp7.000."]
    assert everything() == before


@pytest.mark.parametrize(
    "shown", ["", "v1=1@1", "v{0}=2@1 s{1}=pickup@0", "v{0}=-2@15000 s{1}=pickup@-5000", "=@ @= v="]
)
def test_a_tampered_price_orders_nothing(shown: str, kerupuk: Variant, everything: Everything) -> None:
    cart = a_cart((kerupuk, 2))
    before = everything()
    with pytest.raises(UnableToPlaceAsShown):
        _place_as_shown(cart, shown.format(kerupuk.pk, kerupuk.product.shop_id), {})
    assert everything() == before


def test_refuses_to_bring_goods_where_the_seller_does_not_go(
    kerupuk: Variant, villages: dict[str, Area], everything: Everything
) -> None:
    cart = a_cart((kerupuk, 1))
    receiver = Receiver("Siti", SITI.phone, "Mekarsari", villages["Mekarsari"], "Kp. Baru")
    before = everything()
    with pytest.raises(UnableToPlace, match="belum mengantar ke desa itu") as refused:
        place(cart, receiver, {kerupuk.product.shop_id: Choice(DeliveryOption.SELLER, "cash")})
    assert refused.value.field == f"antar-{kerupuk.product.shop_id}"
    assert everything() == before


def test_refuses_to_bring_goods_without_an_address(
    kerupuk: Variant, villages: dict[str, Area], everything: Everything
) -> None:
    cart = a_cart((kerupuk, 1))
    before = everything()
    with pytest.raises(UnableToPlace, match="Tulis alamat rumahnya") as refused:
        place(
            cart,
            Receiver("Siti", SITI.phone, "Jambe", villages["Jambe"]),
            {kerupuk.product.shop_id: Choice(DeliveryOption.SELLER, "cash")},
        )
    assert refused.value.field == "street"
    assert everything() == before


def test_refuses_an_empty_cart(kerupuk: Variant, everything: Everything) -> None:
    cart = a_cart((kerupuk, 1))
    place(cart)
    before = everything()
    with pytest.raises(UnableToPlace, match="sudah dipesan tadi"):
        place(cart)
    assert everything() == before


# A product with the price and quantity of each of its lines, sold by some shop for some fee.
_LINES = st.lists(st.tuples(st.integers(1, 9_999_999_999), st.integers(1, 9_999)), min_size=1, max_size=5)


@given(st.lists(st.tuples(_LINES, st.integers(0, 500_000)), min_size=1, max_size=5))
def test_the_sums_of_any_quote_agree_to_the_rupiah(
    sellers: list[tuple[list[tuple[int, int]], int]],
) -> None:
    quoted = []
    for shop_id, (goods, fee_rp) in enumerate(sellers):
        lines = [
            Line(i, i, "p", "p", "Kerupuk", "", "kg", {}, quantity, price_rp, price_rp, None, 0, "", "")
            for i, (price_rp, quantity) in enumerate(goods)
        ]
        seller = Seller(shop_id, shop_id, "Toko", "toko", "Taban", "36.03.04.2004", "", lines)
        offers = [DeliveryOffer("seller", "", "", fee_rp, True)]
        quoted.append(SellerQuote(seller, offers, [], "seller", "cash", ""))
    quote = Quote(Contents([each.seller for each in quoted]), quoted)
    by_hand = sum(price * quantity for goods, _fee in sellers for price, quantity in goods)
    assert quote.goods_rp == by_hand
    assert quote.fees_rp == sum(fee for _goods, fee in sellers)
    assert quote.total_rp == quote.goods_rp + quote.fees_rp == sum(each.total_rp for each in quoted)


def test_the_database_refuses_an_order_whose_sum_is_wrong(placed: Placed) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=placed.orders[0].pk).update(total_rp=1)
    assert OrderGroup.objects.get().total_rp == 75_000
