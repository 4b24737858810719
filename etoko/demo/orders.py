"""Sample orders of twelve months in all states, placed and moved through the doors of buyers and sellers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from etoko.catalog.models import DeliveryOption, PaymentOption, Product, Shop, Variant
from etoko.catalog.states import PUBLISHED
from etoko.demo.names import FAMILY, HAMLETS, WOMEN
from etoko.demo.vouchers import code_for
from etoko.ordering.cart import contents_of
from etoko.ordering.discounting import with_voucher
from etoko.ordering.models import Order
from etoko.ordering.operations.carting import add_to_cart
from etoko.ordering.operations.moving import move_order
from etoko.ordering.operations.placing import Receiver, place_orders
from etoko.ordering.quoting import Choice, quote_of
from etoko.ordering.states import BUYER, CLOCK, SELLER
from etoko.people.models import Person
from etoko.places.models import Area

COUNT = 300

# What became of an order: the moves, each by whom, and how often it goes so.
_FATES: tuple[tuple[int, tuple[tuple[str, str], ...]], ...] = (
    (55, (("accept", SELLER), ("make_ready", SELLER), ("hand_over", SELLER), ("confirm_received", BUYER))),
    (15, (("accept", SELLER), ("ship", SELLER), ("arrive", SELLER), ("confirm_received", BUYER))),
    (6, (("decline", SELLER),)),
    (6, (("cancel", BUYER),)),
    (5, (("expire", CLOCK),)),
    (3, (("accept", SELLER), ("call_off", SELLER))),
)
_OPEN_FATES: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (),
    (("accept", SELLER),),
    (("accept", SELLER), ("make_ready", SELLER)),
    (("accept", SELLER), ("ship", SELLER)),
    (("accept", SELLER), ("make_ready", SELLER), ("hand_over", SELLER)),
)
_REASONS = {"decline": "Bahan sedang kosong.", "call_off": "Pembeli minta dibatalkan lewat WhatsApp."}


def place_samples(*, shops: Sequence[Shop], siti: Person, now: datetime, random: Random) -> int:
    """300 orders; the newest forty are still under way, a handful of them at the first two shops."""
    villages = list(Area.objects.filter(parent_id="36.03.04").order_by("code"))
    shelves = _shelves(shops)
    made = 0
    while made < COUNT:
        is_open = made >= COUNT - 40
        at = now - timedelta(hours=random.uniform(1, 20)) if is_open else _past(made, now, random)
        first = shops[made % 2] if is_open and made % 3 == 0 else random.choice(shops)
        chosen = {first.pk} | ({random.choice(shops).pk} if random.random() < 0.3 else set())
        for order in _buy([shelves[pk] for pk in sorted(chosen)], villages, siti, at, random):
            fate = random.choice(_OPEN_FATES) if is_open else _fate(random)
            _live(order, fate, at, now, random)
            made += 1
    return made + _order_much(shops[0], now=now, random=random)


def _order_much(shop: Shop, *, now: datetime, random: Random) -> int:
    """A hotel orders of one seller for more than a million rupiah, three weeks ago: the last step of the
    ladder (`needs/ladder.py`)."""
    at = now - timedelta(days=21)
    for variant in Variant.objects.filter(product__shop=shop, product__status=PUBLISHED).order_by("pk"):
        quantity = -(-1_200_000 // variant.price_rp)
        if quantity <= variant.available // 2:
            break
    else:
        return 0
    cart, _secret = add_to_cart(cart=None, person=None, variant_id=variant.pk, quantity=quantity, at=at)
    choices = {shop.pk: Choice(delivery=DeliveryOption.PICKUP, payment=PaymentOption.QRIS)}
    quote = quote_of(contents_of(cart, at=at), choices, area_code="")
    receiver = Receiver(name="Hotel Tigaraksa", phone="+628151000777", village="Tigaraksa")
    placed = place_orders(cart=cart, receiver=receiver, choices=choices, shown=quote.shown, by=None, at=at)
    _live(placed.orders[0], _FATES[0][1], at, now, random)
    return 1


def _past(made: int, now: datetime, random: Random) -> datetime:
    """Spread over the twelve months, in order."""
    days = 360 - made * 355 / COUNT
    return now - timedelta(days=max(3.0, days), minutes=random.randint(0, 500))


def _fate(random: Random) -> tuple[tuple[str, str], ...]:
    return random.choices([moves for _w, moves in _FATES], weights=[w for w, _moves in _FATES])[0]


def _shelves(shops: Sequence[Shop]) -> dict[int, list[int]]:
    shelves: dict[int, list[int]] = {shop.pk: [] for shop in shops}
    for shop_id, variant_id in (
        Variant.objects.filter(product__status=PUBLISHED, product__shop__in=shops)
        .exclude(product__supply=Product.STOCK, on_hand__lt=12)
        .order_by("pk")
        .values_list("product__shop_id", "pk")
    ):
        shelves[shop_id].append(variant_id)
    return shelves


def _buy(
    shelves: list[list[int]], villages: list[Area], siti: Person, at: datetime, random: Random
) -> list[Order]:
    cart = None
    for shelf in shelves:
        for variant_id in random.sample(shelf, min(len(shelf), random.choice([1, 1, 2]))):
            if Variant.objects.get(pk=variant_id).on_hand in range(1, 4):
                continue
            cart, _secret = add_to_cart(
                cart=cart, person=None, variant_id=variant_id, quantity=random.randint(1, 2), at=at
            )
    if cart is None:
        return []
    is_siti = random.random() < 0.1
    village = random.choice(villages)
    contents = contents_of(cart, at=at)
    choices = {
        seller.shop_id: Choice(delivery=DeliveryOption.PICKUP, payment=PaymentOption.CASH)
        for seller in contents.orderable
    }
    receiver = Receiver(
        name=siti.name if is_siti else f"{random.choice(WOMEN)} {random.choice(FAMILY)}",
        phone=siti.phone if is_siti else f"+628151{random.randint(0, 9_999_999):07}",
        village=village.name,
        area=village,
        street=random.choice(HAMLETS),
    )
    quote = quote_of(contents, choices, area_code=village.code)
    code = code_for(quote, phone=receiver.phone, area_code=village.code, at=at)
    quote = with_voucher(quote, code=code, phone=receiver.phone, area_code=village.code, at=at)
    return place_orders(
        cart=cart,
        receiver=receiver,
        choices=choices,
        shown=quote.shown,
        by=siti if is_siti else None,
        at=at,
        voucher=code,
    ).orders


def _live(order: Order, fate: Sequence[tuple[str, str]], at: datetime, now: datetime, random: Random) -> None:
    for move, party in fate:
        # An order that nobody answers expires when its time is over, not before.
        at = order.answer_by_at if move == "expire" else at + timedelta(minutes=random.randint(10, 240))
        order = move_order(
            order=order,
            move=move,
            party=party,
            by=None,
            by_name=order.group.name if party == BUYER else order.shop.name if party == SELLER else "",
            at=min(at, now),
            reason=_REASONS.get(move, ""),
        )
