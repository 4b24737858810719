"""Sample vouchers: of sellers and of the sub-district, some running, one paused, one ended, one a draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from etoko.catalog.models import Shop
from etoko.ordering.discounting import with_voucher
from etoko.ordering.quoting import Quote
from etoko.people.models import Person
from etoko.registry.access import businesses_of
from etoko.vouchers.access import Issuing, issuing_for_platform
from etoko.vouchers.models import Voucher
from etoko.vouchers.operations import Draft, issue_voucher, move_voucher

_CODES = ("KERUPUK 5", "JAMBE MAJU", "TOPI 10", "HEMAT 15", "ANTAR GRATIS", "TETANGGA")


def issue_samples(*, shops: Sequence[Shop], people: Mapping[str, Person], now: datetime) -> int:
    """Two of Rahma, one of Herman, two of other sellers, three of the sub-district."""
    rahma, herman = _of(people["Rahma"], shops), _of(people["Herman"], shops)
    dedi = issuing_for_platform(people["Dedi"])
    _issue(rahma, now, -40, 35, "KERUPUK 5", amount_rp=5_000, minimum_rp=25_000, limit=60)
    taban = [rahma.area]
    _issue(
        rahma, now, -5, 25, "TETANGGA", kind=Voucher.FREE_DELIVERY, amount_rp=None, limit=20, villages=taban
    )
    _issue(rahma, now, 0, 30, "LEBARAN", amount_rp=10_000, minimum_rp=75_000, limit=50, activate=False)
    _issue(
        herman,
        now,
        -90,
        45,
        "TOPI 10",
        kind=Voucher.PERCENT,
        amount_rp=None,
        percent=10,
        cap_rp=20_000,
        limit=40,
        buyers=Voucher.FIRST_ORDER,
    )
    _issue(
        dedi,
        now,
        -200,
        60,
        "JAMBE MAJU",
        amount_rp=7_500,
        minimum_rp=50_000,
        limit=150,
        sponsor="Kecamatan Jambe",
    )
    _issue(
        dedi,
        now,
        -10,
        50,
        "ANTAR GRATIS",
        kind=Voucher.FREE_DELIVERY,
        amount_rp=None,
        cap_rp=7_000,
        minimum_rp=30_000,
        limit=100,
        sponsor="TP-PKK Kecamatan Jambe",
        showing=Voucher.HANDED_OUT,
    )
    bank = _issue(
        dedi, now, -120, 20, "HEMAT 15", amount_rp=15_000, minimum_rp=100_000, limit=30, sponsor="Bank Banten"
    )
    move_voucher(issuing=dedi, voucher=bank, move="pause", at=now - timedelta(days=3))
    ended = _issue(rahma, now, -80, 10, "PEMBUKA", amount_rp=3_000, minimum_rp=15_000, limit=10)
    move_voucher(issuing=rahma, voucher=ended, move="end", at=now - timedelta(days=45))
    return Voucher.objects.count()


def code_for(quote: Quote, *, phone: str, area_code: str, at: datetime) -> str:
    """A sample code that takes something off this basket; two of three buyers know of none."""
    if int(phone[-1]) % 3:
        return ""
    sellers = {None, *(quoted.seller.shop_id for quoted in quote.sellers)}
    whose = dict(Voucher.objects.filter(code__in=_CODES).values_list("code", "shop_id"))
    for code in (code for code in _CODES if whose[code] in sellers):
        tried = with_voucher(quote, code=code, phone=phone, area_code=area_code, at=at).voucher
        if tried and not tried.problem:
            return code
    return ""


def _of(owner: Person, shops: Sequence[Shop]) -> Issuing:
    businesses = businesses_of(owner)
    shop = next(shop for shop in shops if shop.business in businesses)
    return Issuing(owner, shop.area, shop)


def _issue(
    issuing: Issuing,
    now: datetime,
    first_day: int,
    last_day: int,
    code: str,
    *,
    kind: str = Voucher.FIXED,
    activate: bool = True,
    **terms: object,
) -> Voucher:
    """Days are counted from today; it was issued on its first day."""
    draft = Draft(
        code=code,
        kind=kind,
        starts_on=(now + timedelta(days=first_day)).date(),
        ends_on=(now + timedelta(days=last_day)).date(),
        **terms,  # type: ignore[arg-type]
    )
    return issue_voucher(
        issuing=issuing, draft=draft, activate=activate, at=min(now, now + timedelta(days=first_day))
    )
