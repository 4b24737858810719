"""What an order would cost: the cart with a way of delivery and of payment for each seller.

The page shows a quote and sends back, in one hidden field, what it showed (`Quote.shown`). The deed
computes the quote anew and compares: whatever changed in between (a price, a fee, a shop that closed)
is told before anything is ordered. The field proves nothing; it can only make the deed ask again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from etoko.catalog.models import DeliveryFee, DeliveryOption, PaymentOption, Shop
from etoko.foundation.days import show_day_short
from etoko.foundation.money import show_rupiah
from etoko.ordering.cart import Contents, Line, Seller
from etoko.vouchers.rules import Terms

DELIVERY_NAMES: dict[str, Any] = {kind: name for kind, name in DeliveryOption.KINDS}  # noqa: C416
PAYMENT_NAMES: dict[str, Any] = dict(PaymentOption.KINDS)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the buyer chose at one seller; empty where she has not chosen yet."""

    delivery: str = ""
    payment: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryOffer:
    kind: str
    label: str
    note: str
    fee_rp: int | None
    """None when it is not known: no village yet, not brought to this village, or by agreement."""
    is_possible: bool


@dataclass(frozen=True, slots=True)
class PaymentOffer:
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class SellerQuote:
    seller: Seller
    deliveries: list[DeliveryOffer]
    payments: list[PaymentOffer]
    delivery: str
    payment: str
    note: str
    voucher_off_rp: int = 0
    gets_code: bool = False
    """Placed, it costs a few rupiah less than the quote: see `operations/unique_amounts.py`."""

    @property
    def fee_rp(self) -> int:
        return next((offer.fee_rp or 0 for offer in self.deliveries if offer.kind == self.delivery), 0)

    @property
    def is_possible(self) -> bool:
        return any(offer.kind == self.delivery and offer.is_possible for offer in self.deliveries)

    @property
    def by_agreement(self) -> bool:
        return self.delivery == DeliveryOption.COURIER

    @property
    def is_brought(self) -> bool:
        return self.delivery in (DeliveryOption.SELLER, DeliveryOption.COURIER)

    @property
    def total_rp(self) -> int:
        return self.seller.goods_rp + self.fee_rp - self.voucher_off_rp


@dataclass(frozen=True, slots=True)
class QuotedVoucher:
    """The code that she typed: what it is worth here, or why it does not work."""

    code: str
    benefit: str
    sponsor: str
    terms: Terms | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    contents: Contents
    sellers: list[SellerQuote]
    voucher: QuotedVoucher | None = None
    """None: she typed no code. See `discounting.py`."""

    @property
    def goods_rp(self) -> int:
        return sum(seller.seller.goods_rp for seller in self.sellers)

    @property
    def fees_rp(self) -> int:
        return sum(seller.fee_rp for seller in self.sellers)

    @property
    def total_rp(self) -> int:
        return sum(seller.total_rp for seller in self.sellers)

    @property
    def voucher_off_rp(self) -> int:
        return sum(seller.voucher_off_rp for seller in self.sellers)

    @property
    def needs_address(self) -> bool:
        return any(seller.is_brought for seller in self.sellers)

    @property
    def shown(self) -> str:
        """ "v12=2@15000 d13=2026-11-27 s4=seller@5000 k4=3000": what the buyer sees before she presses."""
        goods = [
            f"v{line.variant_id}={line.quantity}@{line.price_rp}"
            for quoted in self.sellers
            for line in quoted.seller.orderable
        ]
        days = [
            f"d{line.variant_id}={line.ready_on}"
            for quoted in self.sellers
            for line in quoted.seller.orderable
            if line.has_promised_day
        ]
        fees = [f"s{quoted.seller.shop_id}={quoted.delivery}@{quoted.fee_rp}" for quoted in self.sellers]
        offs = [
            f"k{quoted.seller.shop_id}={quoted.voucher_off_rp}"
            for quoted in self.sellers
            if quoted.voucher_off_rp
        ]
        return " ".join(goods + days + fees + offs)


def quote_of(contents: Contents, choices: Mapping[int, Choice], *, area_code: str) -> Quote:
    """`choices` by shop; `area_code` is the buyer's village, empty when it is not known."""
    sellers = contents.orderable
    shops = [seller.shop_id for seller in sellers]
    deliveries: dict[int, list[tuple[str, str]]] = {shop: [] for shop in shops}
    for shop, kind, note in DeliveryOption.objects.filter(shop__in=shops).values_list(
        "shop_id", "kind", "note"
    ):
        deliveries[shop].append((kind, note))
    payments: dict[int, list[str]] = {shop: [] for shop in shops}
    coding: set[int] = set()
    for shop, kind, unique in PaymentOption.objects.filter(shop__in=shops).values_list(
        "shop_id", "kind", "shop__unique_amounts"
    ):
        payments[shop].append(kind)
        if unique == Shop.ON:
            coding.add(shop)
    fees: dict[int, int] = {}
    if area_code and any(
        kind == DeliveryOption.SELLER for offers in deliveries.values() for kind, _n in offers
    ):
        fees = dict(
            DeliveryFee.objects.filter(shop__in=shops, area=area_code).values_list("shop_id", "fee_rp")
        )
    return Quote(
        contents,
        [
            _quoted(
                seller,
                choices.get(seller.shop_id, Choice()),
                deliveries[seller.shop_id],
                payments[seller.shop_id],
                fees.get(seller.shop_id),
                has_village=bool(area_code),
                is_coding=seller.shop_id in coding,
            )
            for seller in sellers
        ],
    )


def _quoted(
    seller: Seller,
    choice: Choice,
    deliveries: list[tuple[str, str]],
    payments: list[str],
    fee_rp: int | None,
    *,
    has_village: bool,
    is_coding: bool,
) -> SellerQuote:
    order = [kind for kind, _name in DeliveryOption.KINDS]
    offers = [
        _offer(kind, note, fee_rp, has_village)
        for kind, note in sorted(deliveries, key=lambda each: order.index(each[0]))
    ]
    kinds = [offer.kind for offer in offers]
    # What was chosen stays chosen even if it cannot be done (it then says why); else the first that can.
    delivery = (
        choice.delivery
        if choice.delivery in kinds
        else next((offer.kind for offer in offers if offer.is_possible), kinds[0] if kinds else "")
    )
    payment = choice.payment if choice.payment in payments else (payments[0] if payments else "")
    return SellerQuote(
        seller,
        offers,
        [PaymentOffer(kind, str(PAYMENT_NAMES[kind])) for kind in payments],
        delivery,
        payment,
        choice.note,
        gets_code=is_coding and payment not in ("", PaymentOption.CASH),
    )


def _offer(kind: str, note: str, fee_rp: int | None, has_village: bool) -> DeliveryOffer:
    label = str(DELIVERY_NAMES[kind])
    if kind == DeliveryOption.PICKUP:
        return DeliveryOffer(kind, label, note or _("Gratis, ambil sendiri di tempat penjual"), 0, True)
    if kind == DeliveryOption.COURIER:
        return DeliveryOffer(
            kind, label, note or _("Penjual memberi tahu ongkirnya lewat WhatsApp"), None, True
        )
    if fee_rp is not None:
        words = (
            _("Ongkir %(fee)s ke desa Anda") % {"fee": show_rupiah(fee_rp)}
            if fee_rp
            else _("Gratis ke desa Anda")
        )
        return DeliveryOffer(kind, label, words, fee_rp, True)
    if has_village:
        return DeliveryOffer(kind, label, _("Penjual belum mengantar ke desa ini"), None, False)
    return DeliveryOffer(kind, label, _("Isi desa Anda untuk melihat ongkirnya"), None, False)


def changes_since(shown: str, quote: Quote) -> list[str]:
    """What is not as it was shown, in sentences for people; empty when all is as she saw it."""
    before = dict(part.split("=", 1) for part in shown.split() if "=" in part)
    sentences = []
    for quoted in quote.sellers:
        for line in quoted.seller.orderable:
            sentences += _changes_of_line(line, before.pop(f"v{line.variant_id}", ""))
            day = before.pop(f"d{line.variant_id}", "")
            if line.has_promised_day and day != str(line.ready_on):
                sentences.append(day_is_another(line))
        fee = before.pop(f"s{quoted.seller.shop_id}", "").rpartition("@")[2]
        if fee != str(quoted.fee_rp):
            sentences.append(
                _("Ongkir %(shop)s menjadi %(fee)s.")
                % {"shop": quoted.seller.name, "fee": show_rupiah(quoted.fee_rp)}
            )
        off = before.pop(f"k{quoted.seller.shop_id}", "0")
        if off != str(quoted.voucher_off_rp):
            sentences.append(
                _("Potongan voucher di %(shop)s menjadi %(off)s.")
                % {"shop": quoted.seller.name, "off": show_rupiah(quoted.voucher_off_rp)}
            )
    for line in quote.contents.gone:
        if before.pop(f"v{line.variant_id}", ""):
            sentences.append(_("“%(name)s” tidak bisa dipesan lagi.") % {"name": line.name})
    if any(key.startswith("v") for key in before):
        sentences.append(_("Ada barang yang sudah Anda keluarkan dari keranjang."))
    return sentences


def day_is_another(line: Line) -> str:
    """The day she was shown is full, or one before it has become free."""
    if line.ready_on is None:
        return f"“{line.name}”: {line.trouble}"
    words = {"name": line.name, "day": show_day_short(line.ready_on)}
    if line.is_put_off:
        return _("“%(name)s”: hari itu penuh, paling cepat %(day)s.") % words
    return _("“%(name)s” siap %(day)s.") % words


def _changes_of_line(line: Line, before: str) -> list[str]:
    quantity, _at, price = before.partition("@")
    if not quantity:
        return [_("“%(name)s” sekarang ikut dipesan.") % {"name": line.name}]
    if price != str(line.price_rp):
        words = {"name": line.name, "now": show_rupiah(line.price_rp)}
        if not re.fullmatch(r"[0-9]{1,12}", price):
            return [_("Harga “%(name)s” sekarang %(now)s.") % words]
        return [
            _("Harga “%(name)s” sekarang %(now)s, tadi %(before)s.")
            % {**words, "before": show_rupiah(int(price))}
        ]
    if quantity != str(line.quantity):
        return [_("Jumlah “%(name)s” sekarang %(now)s.") % {"name": line.name, "now": line.quantity}]
    return []
