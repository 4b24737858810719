"""Questions: plain rows for the pages of buyer and seller."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.models import DeliveryOption, PaymentOption, Product, Shop, Variant
from etoko.catalog.photos import Picture, photo_sources, qris_url
from etoko.catalog.states import DRAFT, PUBLISHED, SHOP_OPEN, SHOP_SUSPENDED
from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_day, show_day_short, show_moment
from etoko.foundation.flows import Offered
from etoko.foundation.phones import whatsapp_link
from etoko.ordering import words
from etoko.ordering.models import Order, OrderEvent, OrderGroup, OrderLine
from etoko.ordering.operations.placing import goods_in_words
from etoko.ordering.operations.telling import buyer_path, group_path, seller_path
from etoko.ordering.quoting import DELIVERY_NAMES, PAYMENT_NAMES
from etoko.ordering.states import (
    AWAITING_CONFIRMATION,
    BUYER,
    CANCELLED,
    COMPLETED,
    DECLINED,
    DELIVERED,
    ORDER_FLOW,
    PROCESSING,
    READY_FOR_PICKUP,
    SELLER,
    SHIPPED,
)
from etoko.people.access import areas_with, within
from etoko.people.models import Person
from etoko.people.roles import ASSIST_SELLERS
from etoko.places.models import VILLAGE, Area
from etoko.registry.access import businesses_of

TONES = {
    AWAITING_CONFIRMATION: "wait",
    PROCESSING: "info",
    READY_FOR_PICKUP: "accent",
    SHIPPED: "info",
    DELIVERED: "ok",
    COMPLETED: "ok",
    CANCELLED: "",
    DECLINED: "bad",
}
ICONS = {
    AWAITING_CONFIRMATION: "hourglass",
    PROCESSING: "package-open",
    READY_FOR_PICKUP: "store",
    SHIPPED: "truck",
    DELIVERED: "package-check",
    COMPLETED: "circle-check",
    CANCELLED: "ban",
    DECLINED: "ban",
}
MOVE_ICONS = {
    "accept": "check",
    "decline": "x",
    "make_ready": "store",
    "ship": "truck",
    "hand_over": "package-check",
    "arrive": "package-check",
    "confirm_received": "package-check",
    "cancel": "x",
    "call_off": "x",
}
PAYMENT_TONES = {Order.NOT_PAID: "wait", Order.REPORTED: "info", Order.PAID: "ok"}
QUIET_MOVES = ("decline", "cancel", "call_off")
"""Moves that are never the main button."""
_NOT_FOR = {
    # What makes no sense for the way of delivery is no button; the flow allows it, because people agree
    # otherwise by WhatsApp.
    DeliveryOption.PICKUP: ("ship",),
    DeliveryOption.SELLER: ("make_ready",),
    DeliveryOption.COURIER: ("make_ready",),
}
PAGE_SIZE = 20
LOW_STOCK = 3


@dataclass(frozen=True, slots=True)
class LineRow:
    name: str
    variant: str
    quantity: int
    unit: str
    price_rp: int
    line_rp: int


@dataclass(frozen=True, slots=True)
class EventRow:
    title: str
    at: str
    note: str
    state: str
    """done, now, later or bad, as the timeline draws it."""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    kind: str
    label: str
    state: str
    state_label: str
    tone: str
    bank: str = ""
    account_number: str = ""
    account_name: str = ""
    qris: str = ""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as a line of a list."""

    number: str
    shop_name: str
    buyer_name: str
    village: str
    state: str
    state_label: str
    tone: str
    icon: str
    total_rp: int
    placed_at: datetime
    answer_by_at: datetime
    goods: str
    delivery: str
    payment: str
    is_paid: bool
    note: str
    moves: list[Offered]

    @property
    def main_move(self) -> Offered | None:
        return next((move for move in self.moves if move.name not in QUIET_MOVES), None)


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order whole, for the page of one of its two parties."""

    row: OrderRow
    shop_id: str
    shop_slug: str
    shop_village: str
    lines: list[LineRow]
    goods_rp: int
    fee_rp: int
    total_rp: int
    delivery_kind: str
    delivery_note: str
    payment: PaymentRow
    events: list[EventRow]
    is_over: bool
    whatsapp: str
    """The address that opens WhatsApp to the other party with a ready text; empty without a number."""
    receiver: str
    phone: str
    address: str
    recorded_by: str

    @property
    def by_agreement(self) -> bool:
        return self.delivery_kind == DeliveryOption.COURIER

    @property
    def can_report_payment(self) -> bool:
        return (
            not self.is_over
            and self.payment.state == Order.NOT_PAID
            and self.payment.kind != PaymentOption.CASH
            and self.row.state != AWAITING_CONFIRMATION
        )


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One checkout in the buyer's list."""

    href: str
    name: str
    recorded_by_me: bool
    created_at: datetime
    total_rp: int
    orders: list[OrderRow]


# ------------------------------------------------------------------------------------- the buyer


def home_villages() -> list[Area]:
    """The villages of the sub-district, as suggestions for the address."""
    return list(Area.objects.filter(parent=settings.HOME_AREA, level=VILLAGE).order_by("name"))


def group_rows(groups: QuerySet[OrderGroup], *, person: Person | None, page: int = 1) -> list[GroupRow]:
    """The newest first, one more than PAGE_SIZE where there are more."""
    start = (page - 1) * PAGE_SIZE
    found = list(groups.order_by("-created_at", "-id")[start : start + PAGE_SIZE + 1])
    orders: dict[int, list[OrderRow]] = {group.pk: [] for group in found}
    for row, order in _rows(Order.objects.filter(group__in=found).order_by("id"), party=BUYER):
        orders[order.group_id].append(row)
    return [
        GroupRow(
            href=group_path(group),
            name=group.name,
            recorded_by_me=person is not None and group.recorded_by_id == person.pk,
            created_at=group.created_at,
            total_rp=group.total_rp,
            orders=orders[group.pk],
        )
        for group in found
    ]


def group_pages(group: OrderGroup) -> list[OrderPage]:
    """Each order of the group as the buyer sees it."""
    return _pages(Order.objects.filter(group=group).order_by("id"), party=BUYER)


# ------------------------------------------------------------------------------------- the seller


@dataclass(frozen=True, slots=True)
class ShopRow:
    public_id: str
    name: str
    village: str
    waiting: int
    packing: int


@dataclass(frozen=True, slots=True)
class Section:
    state: str
    title: str
    rows: list[OrderRow]


@dataclass(frozen=True, slots=True)
class LowStock:
    product_id: str
    name: str
    left: int


@dataclass(frozen=True, slots=True)
class Day:
    sections: list[Section]
    orders_today: int
    total_today_rp: int
    unpaid_rp: int
    low_stock: list[LowStock]

    @property
    def is_quiet(self) -> bool:
        return not any(section.rows for section in self.sections)


@dataclass(frozen=True, slots=True)
class History:
    rows: list[OrderRow]
    number: int
    last: int
    counts: dict[str, int]


_SECTIONS = (AWAITING_CONFIRMATION, PROCESSING, READY_FOR_PICKUP, SHIPPED, DELIVERED)


def seller_day(shop: Shop, *, at: datetime) -> Day:
    titles = {
        AWAITING_CONFIRMATION: _("Pesanan baru"),
        PROCESSING: _("Dikemas"),
        READY_FOR_PICKUP: _("Siap diambil"),
        SHIPPED: _("Dikirim"),
        DELIVERED: _("Menunggu pembeli menyatakan selesai"),
    }
    rows: dict[str, list[OrderRow]] = {state: [] for state in _SECTIONS}
    open_orders = Order.objects.filter(shop=shop, state__in=_SECTIONS).order_by("answer_by_at", "id")[:200]
    for row, _order in _rows(open_orders, party=SELLER):
        rows[row.state].append(row)
    today = timezone.localdate(at)
    begins = timezone.make_aware(datetime.combine(today, time.min))
    sold = (
        Order.objects.filter(shop=shop)
        .exclude(state__in=(CANCELLED, DECLINED))
        .aggregate(
            number=Count("id", filter=Q(placed_at__gte=begins, placed_at__lt=begins + timedelta(days=1))),
            total=Sum("total_rp", filter=Q(placed_at__gte=begins, placed_at__lt=begins + timedelta(days=1))),
            unpaid=Sum("total_rp", filter=~Q(payment_state=Order.PAID) & ~Q(state=AWAITING_CONFIRMATION)),
        )
    )
    return Day(
        sections=[Section(state, titles[state], rows[state]) for state in _SECTIONS],
        orders_today=sold["number"] or 0,
        total_today_rp=sold["total"] or 0,
        unpaid_rp=sold["unpaid"] or 0,
        low_stock=low_stock(shop),
    )


def low_stock(shop: Shop) -> list[LowStock]:
    variants = (
        Variant.objects.filter(
            product__shop=shop,
            product__status=PUBLISHED,
            product__supply=Product.STOCK,
            status=Variant.ACTIVE,
            on_hand__lte=F("held") + LOW_STOCK,
        )
        .order_by(F("on_hand") - F("held"), "id")
        .values_list("product__public_id", "product__name", "name", "on_hand", "held")[:5]
    )
    return [
        LowStock(public_id, f"{product} ({name})" if name else product, on_hand - held)
        for public_id, product, name, on_hand, held in variants
    ]


def seller_history(shop: Shop, *, state: str = "", page: int = 1) -> History:
    orders = Order.objects.filter(shop=shop)
    counts = dict(orders.order_by().values_list("state").annotate(number=Count("id")))
    number_of = counts.get(state, 0) if state else sum(counts.values())
    last = max(1, -(-number_of // PAGE_SIZE))
    number = min(max(1, page), last)
    if state:
        orders = orders.filter(state=state)
    start = (number - 1) * PAGE_SIZE
    rows = [
        row for row, _order in _rows(orders.order_by("-placed_at", "-id")[start : start + PAGE_SIZE], SELLER)
    ]
    return History(rows, number, last, counts)


def seller_page(order: Order) -> OrderPage:
    return _pages(Order.objects.filter(pk=order.pk), party=SELLER)[0]


def packing_pages(shop: Shop, *, number: str = "") -> list[OrderPage]:
    """What is to be packed, the oldest first; one order when its number is given."""
    orders = Order.objects.filter(shop=shop)
    orders = (
        orders.filter(number=number)
        if number
        else orders.filter(state__in=(AWAITING_CONFIRMATION, PROCESSING))
    )
    return _pages(orders.order_by("placed_at", "id")[:100], party=SELLER)


def shops_of_seller(person: Person) -> list[ShopRow]:
    """The shops of the businesses she owns or works for."""
    return _shop_rows(Shop.objects.filter(business__in=businesses_of(person)))


def shops_to_assist(person: Person, *, text: str = "") -> list[ShopRow]:
    """For a kader: the shops of her villages, those with waiting orders first; at most fifty."""
    codes = areas_with(person, ASSIST_SELLERS)
    if not codes:
        return []
    shops = Shop.objects.filter(within(codes)).exclude(status=SHOP_SUSPENDED)
    if text:
        shops = shops.filter(name__icontains=text)
    return _shop_rows(shops)


def _shop_rows(shops: QuerySet[Shop]) -> list[ShopRow]:
    found = (
        shops.annotate(
            waiting=Count("orders", filter=Q(orders__state=AWAITING_CONFIRMATION)),
            packing=Count("orders", filter=Q(orders__state=PROCESSING)),
        )
        .order_by("-waiting", "-packing", "name")
        .values_list("public_id", "name", "area__name", "waiting", "packing")[:50]
    )
    return [ShopRow(*row) for row in found]


# ------------------------------------------------------------------------------------- rows


def _rows(orders: QuerySet[Order], party: str) -> list[tuple[OrderRow, Order]]:
    found = list(orders.select_related("group", "shop"))
    goods: dict[int, list[str]] = {order.pk: [] for order in found}
    for line in OrderLine.objects.filter(order__in=found):
        goods[line.order_id].append(goods_in_words(line))
    return [(_row(order, ", ".join(goods[order.pk]), party), order) for order in found]


def _row(order: Order, goods: str, party: str) -> OrderRow:
    hidden = _NOT_FOR[order.delivery]
    return OrderRow(
        number=order.number or "",
        shop_name=order.shop.name,
        buyer_name=order.group.name,
        village=order.group.village,
        state=order.state,
        state_label=str(ORDER_FLOW.states[order.state]),
        tone=TONES[order.state],
        icon=ICONS[order.state],
        total_rp=order.total_rp,
        placed_at=order.placed_at,
        answer_by_at=order.answer_by_at,
        goods=goods,
        delivery=str(DELIVERY_NAMES[order.delivery]),
        payment=str(PAYMENT_NAMES[order.payment]),
        is_paid=order.payment_state == Order.PAID,
        note=order.note,
        moves=[move for move in ORDER_FLOW.moves_from(order.state, (party,)) if move.name not in hidden],
    )


def _pages(orders: QuerySet[Order], *, party: str) -> list[OrderPage]:
    found = list(orders.select_related("group__buyer", "group__recorded_by", "shop__area"))
    lines: dict[int, list[OrderLine]] = {order.pk: [] for order in found}
    for line in OrderLine.objects.filter(order__in=found):
        lines[line.order_id].append(line)
    events: dict[int, list[OrderEvent]] = {order.pk: [] for order in found}
    for event in OrderEvent.objects.filter(order__in=found):
        events[event.order_id].append(event)
    shops = {order.shop_id for order in found}
    payments = {
        (option.shop_id, option.kind): option for option in PaymentOption.objects.filter(shop__in=shops)
    }
    notes = {
        (shop, kind): note
        for shop, kind, note in DeliveryOption.objects.filter(shop__in=shops).values_list(
            "shop_id", "kind", "note"
        )
    }
    return [
        _page(
            order,
            lines[order.pk],
            events[order.pk],
            payments.get((order.shop_id, order.payment)),
            notes.get((order.shop_id, order.delivery), ""),
            party=party,
        )
        for order in found
    ]


def _page(
    order: Order,
    lines: Sequence[OrderLine],
    events: Sequence[OrderEvent],
    option: PaymentOption | None,
    delivery_note: str,
    *,
    party: str,
) -> OrderPage:
    group = order.group
    goods = "\n".join(goods_in_words(line) for line in lines)
    return OrderPage(
        row=_row(order, goods.replace("\n", ", "), party),
        shop_id=order.shop.public_id,
        shop_slug=order.shop.slug,
        shop_village=order.shop.area.name,
        lines=[
            LineRow(
                line.product_name, line.variant_name, line.quantity, line.unit, line.price_rp, line.line_rp
            )
            for line in lines
        ],
        goods_rp=order.goods_rp,
        fee_rp=order.delivery_fee_rp,
        total_rp=order.total_rp,
        delivery_kind=order.delivery,
        delivery_note=delivery_note,
        payment=_payment(order, option),
        events=_timeline(order, events),
        is_over=order.state in (COMPLETED, CANCELLED, DECLINED),
        whatsapp=_to_seller(order, goods) if party == BUYER else _to_buyer(order, events),
        receiver=group.name,
        phone=group.phone,
        address=", ".join(
            part for part in (group.street, group.village, group.landmark and f"({group.landmark})") if part
        ),
        recorded_by=group.recorded_by.name if group.recorded_by else "",
    )


def _to_seller(order: Order, goods: str) -> str:
    if not order.shop.whatsapp:
        return ""
    if order.state == AWAITING_CONFIRMATION:
        text = words.from_buyer(order, link=whole_address(seller_path(order)), goods=goods)
    else:
        text = words.question_from_buyer(order)
    return whatsapp_link(order.shop.whatsapp, text)


def _to_buyer(order: Order, events: Sequence[OrderEvent]) -> str:
    """With the words for the last thing that happened; a plain greeting where the buyer did the last."""
    told = [event for event in events if words.is_told_to_buyer(event.deed)]
    link = whole_address(buyer_path(order))
    if order.state == AWAITING_CONFIRMATION or not told:
        return whatsapp_link(order.group.phone, words.question_from_seller(order, link=link))
    last = told[-1]
    return whatsapp_link(
        order.group.phone, words.to_buyer(last.deed, order, link=link, reason=last.reason).text
    )


def _payment(order: Order, option: PaymentOption | None) -> PaymentRow:
    return PaymentRow(
        kind=order.payment,
        label=str(PAYMENT_NAMES[order.payment]),
        state=order.payment_state,
        state_label=order.get_payment_state_display(),
        tone=PAYMENT_TONES[order.payment_state],
        bank=option.bank if option else "",
        account_number=option.account_number if option else "",
        account_name=option.account_name if option else "",
        qris=qris_url(option.qris_image) if option else "",
    )


# ------------------------------------------------------------------------------------- the timeline


def _timeline(order: Order, events: Iterable[OrderEvent]) -> list[EventRow]:
    """What happened, and what is still to come on the usual way."""
    past = list(events)
    rows = [
        EventRow(
            words.event_title(event.deed),
            show_moment(event.at),
            _by(event),
            "bad" if event.to_state in (CANCELLED, DECLINED) and event.deed != "pay" else "done",
        )
        for event in past
    ]
    later = [words.event_title(deed) for deed in _way_on(order)]
    if later and rows:
        rows[-1] = EventRow(rows[-1].title, rows[-1].at, rows[-1].note, "now")
    return rows + [EventRow(title, "", "", "later") for title in later]


def _way_on(order: Order) -> list[str]:
    brought = order.delivery != DeliveryOption.PICKUP
    way = ["accept", *(("ship", "arrive") if brought else ("make_ready", "hand_over")), "complete"]
    reached = {
        AWAITING_CONFIRMATION: 0,
        PROCESSING: 1,
        READY_FOR_PICKUP: 2,
        SHIPPED: 2,
        DELIVERED: 3,
    }
    return way[reached[order.state] :] if order.state in reached else []


def _by(event: OrderEvent) -> str:
    who = event.by_name
    if who and event.for_name:
        who = _("dicatat oleh %(name)s untuk %(whom)s") % {"name": who, "whom": event.for_name}
    reason = f"“{event.reason}”" if event.reason else ""
    return " · ".join(part for part in (who, reason) if part)


def show_deadline(at: datetime, *, today: date) -> str:
    """ "jawab sebelum 13.00" today, with the day otherwise."""
    local = timezone.localtime(at)
    if local.date() == today:
        return _("jawab sebelum pukul %(time)s") % {"time": f"{local:%H.%M}"}
    return _("jawab sebelum %(day)s pukul %(time)s") % {
        "day": show_day_short(local.date()),
        "time": f"{local:%H.%M}",
    }


# ------------------------------------------------------------------------------------- adding


@dataclass(frozen=True, slots=True)
class OfferRow:
    variant_id: int
    name: str
    price_rp: int
    left: int | None
    """None when it is made to order."""


@dataclass(frozen=True, slots=True)
class ProductOffer:
    """What can be chosen of a product before it goes into the cart."""

    name: str
    href: str
    shop_name: str
    shop_slug: str
    village: str
    unit: str
    picture: Picture | None
    lead_days: int
    rows: list[OfferRow]
    why_not: str


def offer_of(variant_id: int, *, at: datetime) -> ProductOffer | None:
    """The product of this variant with all that is sold of it; None when nobody may see it any more."""
    product = (
        Product.objects.select_related("shop__area")
        .filter(variants=variant_id)
        .exclude(status=DRAFT)
        .exclude(shop__status=SHOP_SUSPENDED)
        .first()
    )
    if product is None:
        return None
    made_to_order = product.supply == Product.MADE_TO_ORDER
    rows = [
        OfferRow(pk, name, price_rp, None if made_to_order else on_hand - held)
        for pk, name, price_rp, on_hand, held in Variant.objects.filter(
            product=product, status=Variant.ACTIVE
        ).values_list("pk", "name", "price_rp", "on_hand", "held")
    ]
    shop = product.shop
    today = timezone.localdate(at)
    why_not = ""
    if product.status != PUBLISHED or not rows:
        why_not = _("Barang ini tidak dijual lagi.")
    elif shop.status != SHOP_OPEN:
        why_not = _("Toko ini sedang tidak menerima pesanan.")
    elif (
        shop.holiday_from_on
        and shop.holiday_until_on
        and shop.holiday_from_on <= today <= shop.holiday_until_on
    ):
        why_not = _("Toko libur sampai %(day)s.") % {"day": show_day(shop.holiday_until_on)}
    elif all(row.left is not None and row.left <= 0 for row in rows):
        why_not = _("Barang ini sedang habis.")
    return ProductOffer(
        name=product.name,
        href=f"/produk/{product.public_id}/{product.slug}/",
        shop_name=shop.name,
        shop_slug=shop.slug,
        village=shop.area.name,
        unit=product.unit,
        picture=photo_sources(product.photo),
        lead_days=product.lead_days if made_to_order else 0,
        rows=rows,
        why_not=why_not,
    )
