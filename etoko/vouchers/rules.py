"""What a voucher takes off a basket, or why it does not. Pure: asks no database and looks at no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from etoko.foundation.days import show_day
from etoko.foundation.money import percent_of, show_rupiah, split
from etoko.foundation.problems import UnableTo
from etoko.people.access import covers
from etoko.vouchers.models import Voucher
from etoko.vouchers.states import ENDED, PAUSED

FIELD = "voucher"


class UnableToUse(UnableTo):
    """The code does not work here and now; the sentence says why and what would help."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field=FIELD)


@dataclass(frozen=True, slots=True)
class Terms:
    """A voucher as plain values; a draft has none, nobody can use it."""

    pk: int
    code: str
    kind: str
    amount_rp: int | None
    percent: int | None
    cap_rp: int | None
    minimum_rp: int
    buyers: str
    limit: int
    per_phone: int
    used: int
    starts_on: date
    ends_on: date
    status: str
    shop_id: int | None
    shop_name: str
    area_code: str
    area_name: str
    sponsor: str
    products: Mapping[int, str]
    """Name by id; empty: all goods."""
    villages: Mapping[str, str]
    """Name by area code; empty: everywhere."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is bought of one seller."""

    shop_id: int
    area_code: str
    goods: Mapping[int, int]
    """Rupiah by product id."""
    fee_rp: int


@dataclass(frozen=True, slots=True)
class Basket:
    parts: Sequence[Part]
    area_code: str
    """The buyer's village; empty when it is not known."""
    known_shops: frozenset[int] = frozenset()
    """Shops that this phone has ordered from before."""
    turns_taken: int = 0
    """How often this phone has used the voucher."""


def discount(terms: Terms, basket: Basket, *, on: date) -> dict[int, int]:
    """Whole rupiah off by shop id; none of it nought. Raises UnableToUse.

    Never more than the goods that it is for, or than the fee; the shares of the sellers sum to the whole.
    """
    _check_time(terms, on)
    parts = _parts_for(terms, basket)
    _check_buyer(terms, basket, parts)
    goods = [_goods_rp(terms, part) for part in parts]
    if not sum(goods):
        raise UnableToUse(
            _("Kode %(code)s hanya untuk %(goods)s.")
            % {"code": terms.code, "goods": ", ".join(terms.products.values())}
        )
    if (short_rp := terms.minimum_rp - sum(goods)) > 0:
        raise UnableToUse(
            _("Kode %(code)s untuk belanja mulai %(least)s. Kurang %(short)s lagi.")
            % {
                "code": terms.code,
                "least": show_rupiah(terms.minimum_rp),
                "short": show_rupiah(short_rp),
            }
        )
    # Free delivery is for those parts whose goods it is for.
    weights = (
        [part.fee_rp if rp else 0 for part, rp in zip(parts, goods, strict=True)]
        if terms.kind == Voucher.FREE_DELIVERY
        else goods
    )
    off_rp = _off_rp(terms, sum(weights))
    if not off_rp:
        raise UnableToUse(
            _(
                "Kode %(code)s memotong ongkir, dan pesanan ini tidak punya ongkir. "
                "Pilih “Diantar penjual”, atau kosongkan kodenya."
            )
            % {"code": terms.code}
        )
    shares = split(off_rp, weights)
    return {part.shop_id: share for part, share in zip(parts, shares, strict=True) if share}


def why_not_now(terms: Terms, *, on: date) -> str:
    """Why nobody can use it today, whatever she buys; empty when one can."""
    try:
        _check_time(terms, on)
    except UnableToUse as refused:
        return refused.sentence
    return ""


def _check_time(terms: Terms, on: date) -> None:
    words = {"code": terms.code}
    if on < terms.starts_on:
        raise UnableToUse(
            _("Kode %(code)s belum berlaku. Mulai %(day)s.") % {**words, "day": show_day(terms.starts_on)}
        )
    if on > terms.ends_on:
        raise UnableToUse(
            _("Kode %(code)s sudah berakhir pada %(day)s.") % {**words, "day": show_day(terms.ends_on)}
        )
    if terms.status == ENDED:
        raise UnableToUse(_("Kode %(code)s sudah diakhiri penerbitnya.") % words)
    if terms.status == PAUSED:
        raise UnableToUse(_("Kode %(code)s sedang dijeda penerbitnya. Coba lagi nanti.") % words)
    if terms.used >= terms.limit:
        raise used_up(terms.code)


def used_up(code: str) -> UnableToUse:
    return UnableToUse(_("Kode %(code)s sudah habis dipakai.") % {"code": code})


def phone_used_up(code: str, per_phone: int) -> UnableToUse:
    return UnableToUse(
        _("Nomor HP ini sudah memakai kode %(code)s %(times)s kali, dan itu batasnya.")
        % {"code": code, "times": per_phone}
        if per_phone > 1
        else _("Nomor HP ini sudah pernah memakai kode %(code)s.") % {"code": code}
    )


def _parts_for(terms: Terms, basket: Basket) -> list[Part]:
    parts = [
        part
        for part in basket.parts
        if (terms.shop_id == part.shop_id if terms.shop_id else covers(terms.area_code, part.area_code))
    ]
    if not parts:
        raise UnableToUse(
            _("Kode %(code)s hanya untuk belanja di %(where)s.")
            % {"code": terms.code, "where": terms.shop_name or terms.area_name}
        )
    return parts


def _check_buyer(terms: Terms, basket: Basket, parts: Sequence[Part]) -> None:
    if terms.villages and basket.area_code not in terms.villages:
        words = {"code": terms.code, "villages": ", ".join(terms.villages.values())}
        raise UnableToUse(
            _("Kode %(code)s bukan untuk desa ini. Hanya untuk pembeli di %(villages)s.") % words
            if basket.area_code
            else _("Kode %(code)s hanya untuk pembeli di %(villages)s. Isi desa Anda dulu.") % words
        )
    if terms.buyers == Voucher.FIRST_ORDER:
        # A seller's: the first order from her. The platform's: the first from anybody.
        known = basket.known_shops & {part.shop_id for part in parts} if terms.shop_id else basket.known_shops
        if known:
            raise UnableToUse(
                _("Kode %(code)s hanya untuk pesanan pertama, dan nomor HP ini sudah pernah memesan.")
                % {"code": terms.code}
            )
    if basket.turns_taken >= terms.per_phone:
        raise phone_used_up(terms.code, terms.per_phone)


def _goods_rp(terms: Terms, part: Part) -> int:
    if not terms.products:
        return sum(part.goods.values())
    return sum(rp for product, rp in part.goods.items() if product in terms.products)


def _off_rp(terms: Terms, base_rp: int) -> int:
    if terms.kind == Voucher.PERCENT:
        return min(max(1, percent_of(base_rp, terms.percent or 0)), terms.cap_rp or 0, base_rp)
    if terms.kind == Voucher.FREE_DELIVERY:
        return base_rp if terms.cap_rp is None else min(base_rp, terms.cap_rp)
    return min(terms.amount_rp or 0, base_rp)
