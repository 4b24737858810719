"""A voucher on a quote. The rules stand in the room of vouchers; here the quote is told to them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.ordering.models import Order, OrderGroup
from etoko.ordering.quoting import Quote, QuotedVoucher, SellerQuote
from etoko.ordering.states import CANCELLED, DECLINED, MERGED
from etoko.vouchers import words
from etoko.vouchers.codes import read_code
from etoko.vouchers.models import Voucher
from etoko.vouchers.operations import take_voucher
from etoko.vouchers.operations.taking import Share
from etoko.vouchers.queries import terms_by_code, turns_taken
from etoko.vouchers.rules import Basket, Part, Terms, UnableToUse, discount


def with_voucher(quote: Quote, *, code: str, phone: str, area_code: str, at: datetime) -> Quote:
    """The quote with what the code takes off, or with the reason why it takes off nothing.

    `phone` is canonical, or empty while she has not typed it: what depends on it is then checked later.
    """
    if not read_code(code):
        return quote
    terms = terms_by_code(code)
    if terms is None:
        problem = _("Kode “%(code)s” tidak ada. Periksa lagi tulisannya, atau kosongkan.") % {
            "code": read_code(code)
        }
        return replace(quote, voucher=QuotedVoucher(read_code(code), "", "", None, problem))
    basket = Basket(
        parts=[_part(quoted) for quoted in quote.sellers],
        area_code=area_code,
        known_shops=_known_shops(phone) if terms.buyers == Voucher.FIRST_ORDER else frozenset(),
        turns_taken=turns_taken(terms, phone),
    )
    shown = QuotedVoucher(terms.code, words.benefit(terms), terms.sponsor, terms)
    try:
        offs = discount(terms, basket, on=timezone.localdate(at))
    except UnableToUse as refused:
        return replace(quote, voucher=replace(shown, problem=refused.sentence))
    sellers = [replace(quoted, voucher_off_rp=offs.get(quoted.seller.shop_id, 0)) for quoted in quote.sellers]
    return replace(quote, sellers=sellers, voucher=shown)


def take_voucher_for(group: OrderGroup, orders: Sequence[Order], terms: Terms, *, at: datetime) -> None:
    """Raises UnableToUse when somebody was faster."""
    take_voucher(
        terms=terms,
        checkout=group.public_id,
        phone=group.phone,
        shares=[
            Share(order.shop_id, order.number or "", order.voucher_off_rp)
            for order in orders
            if order.voucher_off_rp
        ],
        at=at,
    )


def _part(quoted: SellerQuote) -> Part:
    goods: dict[int, int] = {}
    for line in quoted.seller.orderable:
        goods[line.product_pk] = goods.get(line.product_pk, 0) + line.line_rp
    return Part(quoted.seller.shop_id, quoted.seller.area_code, goods, quoted.fee_rp)


def _known_shops(phone: str) -> frozenset[int]:
    """Where this number has an order that did not come to nothing."""
    orders = Order.objects.filter(group__phone=phone).exclude(state__in=(CANCELLED, DECLINED, MERGED))
    return frozenset(orders.values_list("shop_id", flat=True)) if phone else frozenset()
