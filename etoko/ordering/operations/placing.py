"""The cart becomes orders: one group, one order for each seller, all of it or nothing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.models import DeliveryOption, Shop, StockMovement
from etoko.catalog.operations.making import Promise, UnableToMake, promise_making
from etoko.catalog.operations.stocking import Cause, UnableToHold, hold_stock
from etoko.foundation.effects import announce
from etoko.foundation.ids import number_from_sequence
from etoko.foundation.problems import UnableTo
from etoko.ordering.cart import Contents, contents_of
from etoko.ordering.deadlines import ANSWER_WITHIN, next_reminder
from etoko.ordering.discounting import take_voucher_for, with_voucher
from etoko.ordering.facts import OrderPlaced
from etoko.ordering.models import Cart, Order, OrderEvent, OrderGroup, OrderLine
from etoko.ordering.operations.telling import tell_of_placing
from etoko.ordering.operations.unique_amounts import take_unique_amounts
from etoko.ordering.quoting import Choice, Quote, SellerQuote, changes_since, day_is_another, quote_of
from etoko.ordering.states import AWAITING_CONFIRMATION, BUYER
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.vouchers.rules import UnableToUse

MOST_UNANSWERED_AT_A_SHOP, MOST_UNANSWERED = 5, 20
"""Orders of one buyer that wait for an answer."""


class UnableToPlace(UnableTo):
    pass


class UnableToPlaceAsShown(UnableToPlace):
    """Something changed since the buyer saw the sums: she must look and press once more."""

    def __init__(self, changes: list[str]) -> None:
        super().__init__(
            _("Ada yang berubah sejak Anda melihatnya. Periksa jumlahnya, lalu tekan Pesan sekali lagi.")
        )
        self.changes = changes


class UnableToPlaceAll(UnableToPlace):
    """There is less than she wants: `changes` names the goods and what is left of each."""

    def __init__(self, contents: Contents, left: Mapping[int, int]) -> None:
        super().__init__(_("Maaf, sebagian barang tidak cukup lagi. Belum ada yang dipesan."))
        self.changes = [
            _("“%(name)s” tinggal %(left)s, Anda minta %(wanted)s.")
            % {"name": line.name, "left": left[line.variant_id], "wanted": line.quantity}
            if left[line.variant_id]
            else _("“%(name)s” baru saja habis.") % {"name": line.name}
            for line in contents.lines
            if line.variant_id in left
        ]


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets the goods; `street` and what follows only matter when something is brought to her."""

    name: str
    phone: str
    """Canonical, as `read_phone` gives it."""
    village: str = ""
    area: Area | None = None
    street: str = ""
    landmark: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    group: OrderGroup
    orders: list[Order]
    left_in_cart: int
    """Lines that could not be ordered."""


@transaction.atomic
def place_orders(
    *,
    cart: Cart,
    receiver: Receiver,
    choices: Mapping[int, Choice],
    shown: str,
    by: Person | None,
    at: datetime,
    for_somebody_else: bool = False,
    voucher: str = "",
) -> Placed:
    """Order what can be had of the cart, as it was shown; what cannot be had stays in the cart.

    `choices` by shop. `shown` is `Quote.shown` of what the buyer saw. With `for_somebody_else` a kader
    (`by`) orders for the receiver, and the record says "dicatat oleh". `voucher` is the code as typed.
    Not while too many of her orders wait for an answer (`MOST_UNANSWERED`).
    Raises UnableToPlace…; then nothing was written, and the cart is as it was.
    """
    # Two tabs that order the same cart wait here; the second then finds it empty.
    cart = Cart.objects.select_for_update().get(pk=cart.pk)
    contents = contents_of(cart, at=at)
    area_code = receiver.area.code if receiver.area else ""
    quote = quote_of(contents, choices, area_code=area_code)
    quote = with_voucher(quote, code=voucher, phone=receiver.phone, area_code=area_code, at=at)
    _check(quote, receiver, shown)
    _check_unanswered(quote, receiver, by=None if for_somebody_else else by)

    group = OrderGroup.objects.create(
        buyer=_account_of(receiver) if for_somebody_else else by,
        name=receiver.name,
        phone=receiver.phone,
        village=receiver.village,
        area=receiver.area,
        street=receiver.street if quote.needs_address else "",
        landmark=receiver.landmark if quote.needs_address else "",
        recorded_by=by if for_somebody_else else None,
        total_rp=quote.total_rp,
        created_at=at,
    )
    orders = _write_orders(group, quote, at)
    _hold(orders, quote, by=by, for_name=receiver.name if for_somebody_else else "", at=at)
    _take_voucher(group, orders, quote, at)
    if off_rp := take_unique_amounts(orders=orders, at=at):
        group.total_rp -= off_rp
        group.save(update_fields=["total_rp"])
    _promise_days(cart, orders, quote, at)
    goods = _write_lines(orders, quote)
    for_name = receiver.name if for_somebody_else else ""
    OrderEvent.objects.bulk_create(
        OrderEvent(
            order=order,
            at=at,
            deed="place",
            to_state=order.state,
            by=by,
            by_name=by.name if by else receiver.name,
            for_name=for_name,
            party=BUYER,
        )
        for order in orders
    )
    ordered = [line.variant_id for seller in quote.sellers for line in seller.seller.orderable]
    cart.lines.filter(variant__in=ordered).delete()

    for order in orders:
        record_deed(
            deed="place_order",
            subject=order,
            by=by,
            at=at,
            changes={"state": ("", order.state), "total_rp": (0, order.total_rp)},
            for_name=for_name,
            area_code=order.area_code,
        )
    for order in orders:
        announce(OrderPlaced(order.pk, at))
    tell_of_placing(group=group, orders=orders, goods=goods, at=at)
    return Placed(group, orders, len(contents.lines) - len(ordered))


def _check(quote: Quote, receiver: Receiver, shown: str) -> None:
    if not quote.sellers:
        raise UnableToPlace(
            _("Tidak ada yang bisa dipesan lagi: keranjang kosong, atau isinya sudah dipesan tadi.")
        )
    if quote.contents.short:
        raise UnableToPlaceAll(
            quote.contents, {line.variant_id: line.most or 0 for line in quote.contents.short}
        )
    for quoted in quote.sellers:
        _check_choice(quoted)
    if quote.needs_address and not receiver.street:
        raise UnableToPlace(
            _("Tulis alamat rumahnya, supaya barangnya bisa diantar. Misalnya Kp. Cisauk RT 03/RW 02."),
            field="street",
        )
    if quote.voucher and quote.voucher.problem:
        raise UnableToPlace(quote.voucher.problem, field="voucher")
    if changes := changes_since(shown, quote):
        raise UnableToPlaceAsShown(changes)


def _check_unanswered(quote: Quote, receiver: Receiver, *, by: Person | None) -> None:
    """Whoever orders without end would keep the goods from everybody for a day. A guest is known by the phone
    she typed, an account by itself, so that nobody else's orders count as hers. A limit, no promise: two
    carts at the very same moment may pass it by one."""
    hers = Q(group__buyer=by) if by else Q(group__phone=receiver.phone)
    shops = Order.objects.filter(hers, state=AWAITING_CONFIRMATION).values_list("shop_id", flat=True)
    waiting = Counter(shops)
    for quoted in quote.sellers:
        if waiting[quoted.seller.shop_id] >= MOST_UNANSWERED_AT_A_SHOP:
            raise UnableToPlace(
                _(
                    "Sudah ada %(number)s pesanan Anda di %(shop)s yang belum dijawab. Tunggu jawabannya, "
                    "atau ubah pesanan yang sudah ada. Isi keranjang Anda tetap tersimpan."
                )
                % {"number": waiting[quoted.seller.shop_id], "shop": quoted.seller.name}
            )
    if sum(waiting.values()) + len(quote.sellers) > MOST_UNANSWERED:
        raise UnableToPlace(
            _(
                "Sudah ada %(number)s pesanan Anda yang belum dijawab penjual. Tunggu jawabannya, atau "
                "batalkan yang tidak jadi. Isi keranjang Anda tetap tersimpan."
            )
            % {"number": sum(waiting.values())}
        )


def _check_choice(quoted: SellerQuote) -> None:
    if not quoted.deliveries or not quoted.payments:
        raise UnableToPlace(
            _("%(shop)s sedang tidak menerima pesanan. Keluarkan barangnya dulu, lalu pesan yang lain.")
            % {"shop": quoted.seller.name}
        )
    if quoted.is_possible:
        return
    if quoted.delivery == DeliveryOption.SELLER:
        raise UnableToPlace(
            _("%(shop)s belum mengantar ke desa itu. Pilih cara lain, atau periksa nama desanya.")
            % {"shop": quoted.seller.name},
            field=f"antar-{quoted.seller.shop_id}",
        )
    raise UnableToPlace(
        _("Pilih cara barang sampai untuk %(shop)s.") % {"shop": quoted.seller.name},
        field=f"antar-{quoted.seller.shop_id}",
    )


def _hold(orders: list[Order], quote: Quote, *, by: Person | None, for_name: str, at: datetime) -> None:
    """Each order holds its goods under its own number; all of them or none."""
    quantities: dict[int, int] = {}
    causes: dict[int, Cause] = {}
    for order, quoted in zip(orders, quote.sellers, strict=True):
        cause = Cause(StockMovement.ORDER, order.number or "", by, for_name)
        for line in quoted.seller.orderable:
            if line.left is not None:
                quantities[line.variant_id], causes[line.variant_id] = line.quantity, cause
    try:
        hold_stock(quantities=quantities, cause=causes, at=at)
    except UnableToHold as problem:
        raise UnableToPlaceAll(quote.contents, problem.left) from problem


def _promise_days(cart: Cart, orders: list[Order], quote: Quote, at: datetime) -> None:
    """Room on the day she was shown for what is made to order."""
    promises: dict[int, Promise] = {}
    for order, quoted in zip(orders, quote.sellers, strict=True):
        for line in quoted.seller.orderable:
            if line.ready_on is None:
                continue
            before = promises.get(line.product_pk)
            promises[line.product_pk] = Promise(
                product_pk=line.product_pk,
                order_number=order.number or "",
                day_on=line.ready_on,
                quantity=line.quantity + (before.quantity if before else 0),
                capacity=line.capacity_per_day,
            )
    if not promises:
        return
    try:
        promise_making(promises=promises.values())
    except UnableToMake as problem:
        full = [line for line in contents_of(cart, at=at).lines if line.product_pk in problem.products]
        raise UnableToPlaceAsShown([day_is_another(line) for line in full]) from problem


def _account_of(receiver: Receiver) -> Person | None:
    """The account with her proven number, so that an order a kader noted for her shows there too."""
    return Person.objects.filter(
        phone=receiver.phone, phone_verified_at__isnull=False, closed_at__isnull=True
    ).first()


def _write_orders(group: OrderGroup, quote: Quote, at: datetime) -> list[Order]:
    shops = Shop.objects.in_bulk([quoted.seller.shop_id for quoted in quote.sellers])
    orders = Order.objects.bulk_create(
        Order(
            group=group,
            shop=shops[quoted.seller.shop_id],
            area_code=quoted.seller.area_code,
            delivery=quoted.delivery,
            payment=quoted.payment,
            payment_state=Order.NOT_PAID if quoted.total_rp else Order.PAID,
            goods_rp=quoted.seller.goods_rp,
            delivery_fee_rp=quoted.fee_rp,
            voucher_off_rp=quoted.voucher_off_rp,
            total_rp=quoted.total_rp,
            note=quoted.note,
            placed_at=at,
            answer_by_at=at + ANSWER_WITHIN,
            remind_at=next_reminder(at + ANSWER_WITHIN, since=at, after=at),
            changed_at=at,
        )
        for quoted in quote.sellers
    )
    for order in orders:
        order.number = number_from_sequence(order.pk, purpose="order")
        Order.objects.filter(pk=order.pk).update(number=order.number)
    return orders


def _take_voucher(group: OrderGroup, orders: list[Order], quote: Quote, at: datetime) -> None:
    if quote.voucher is None or quote.voucher.terms is None:
        return
    try:
        take_voucher_for(group, orders, quote.voucher.terms, at=at)
    except UnableToUse as problem:
        raise UnableToPlace(problem.sentence, field=problem.field) from problem


def _write_lines(orders: list[Order], quote: Quote) -> dict[int, str]:
    """Returns the goods of each order in words, one line below the other."""
    lines: list[OrderLine] = []
    goods: dict[int, str] = {}
    for order, quoted in zip(orders, quote.sellers, strict=True):
        rows = [
            OrderLine(
                order=order,
                variant_id=line.variant_id,
                product_name=line.product_name,
                variant_name=line.variant_name,
                unit=line.unit,
                price_rp=line.price_rp,
                quantity=line.quantity,
                ordered_quantity=line.quantity,
                line_rp=line.line_rp,
                held_quantity=line.quantity if line.left is not None else 0,
            )
            for line in quoted.seller.orderable
        ]
        lines += rows
        goods[order.pk] = "\n".join(goods_in_words(row) for row in rows)
    OrderLine.objects.bulk_create(lines)
    return goods


def goods_in_words(line: OrderLine) -> str:
    """ "2 bungkus Kerupuk (pedas)"."""
    variant = f" ({line.variant_name})" if line.variant_name else ""
    return f"{line.quantity} {line.unit} {line.product_name}{variant}"
