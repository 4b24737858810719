"""Questions about vouchers: their terms, the lists of their issuers, what a shop offers, who used them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from etoko.catalog.access import may_be_seen
from etoko.catalog.models import Product, Shop
from etoko.catalog.states import ARCHIVED
from etoko.foundation.addresses import whole_address
from etoko.foundation.flows import Offered
from etoko.places.models import VILLAGE, Area
from etoko.vouchers import words
from etoko.vouchers.access import Issuing
from etoko.vouchers.codes import code_key
from etoko.vouchers.models import Redemption, RedemptionShare, Voucher
from etoko.vouchers.operations import Draft
from etoko.vouchers.rules import Terms, why_not_now
from etoko.vouchers.states import ACTIVE, DRAFT, ENDED, ISSUER, PAUSED, VOUCHER_FLOW

TONES = {DRAFT: "wait", ACTIVE: "ok", PAUSED: "wait", ENDED: ""}
MOST_OPEN = 6


def terms_by_code(typed: str) -> Terms | None:
    """What a buyer typed; None for what nobody can use. At most three queries."""
    key = code_key(typed)
    if not key:
        return None
    found = Voucher.objects.select_related("shop", "area").filter(code_key=key).exclude(status=DRAFT).first()
    return terms_of([found])[0] if found else None


def terms_of(vouchers: Iterable[Voucher]) -> list[Terms]:
    """Two queries for all of them; `shop` and `area` must have been read along."""
    every = list(vouchers)
    products: dict[int, dict[int, str]] = {voucher.pk: {} for voucher in every}
    villages: dict[int, dict[str, str]] = {voucher.pk: {} for voucher in every}
    saved = [voucher.pk for voucher in every if voucher.pk]
    for pk, product, name in (
        Voucher.products.through._default_manager.filter(voucher__in=saved)
        .order_by("product__name")
        .values_list("voucher_id", "product_id", "product__name")
    ):
        products[pk][product] = name
    for pk, code, name in (
        Voucher.villages.through._default_manager.filter(voucher__in=saved)
        .order_by("area__name")
        .values_list("voucher_id", "area_id", "area__name")
    ):
        villages[pk][code] = name
    return [terms_from(voucher, products[voucher.pk], villages[voucher.pk]) for voucher in every]


def terms_from(voucher: Voucher, products: Mapping[int, str], villages: Mapping[str, str]) -> Terms:
    return Terms(
        pk=voucher.pk,
        code=voucher.code,
        kind=voucher.kind,
        amount_rp=voucher.amount_rp,
        percent=voucher.percent,
        cap_rp=voucher.cap_rp,
        minimum_rp=voucher.minimum_rp,
        buyers=voucher.buyers,
        limit=voucher.limit,
        per_phone=voucher.per_phone,
        used=voucher.used,
        starts_on=voucher.starts_on,
        ends_on=voucher.ends_on,
        status=voucher.status,
        shop_id=voucher.shop_id,
        shop_name=voucher.shop.name if voucher.shop else "",
        area_code=voucher.area_id,
        area_name=voucher.area.name,
        sponsor=voucher.sponsor,
        products=products,
        villages=villages,
    )


def turns_taken(terms: Terms, phone: str) -> int:
    if not phone:
        return 0
    return Redemption.objects.filter(voucher_id=terms.pk, phone=phone, returned_at=None).count()


# ------------------------------------------------------------------------------- who gives them out


@dataclass(frozen=True, slots=True)
class VoucherRow:
    public_id: str
    code: str
    sentence: str
    status: str
    label: str
    tone: str
    used: int
    limit: int
    off_rp: int
    """What it took off so far."""
    moves: list[Offered]
    href: str
    """The page that is passed on."""
    share: str


def voucher_rows(issuing: Issuing, *, on: date) -> list[VoucherRow]:
    """Running ones first, then the newest; at most a hundred. Three queries."""
    order = {ACTIVE: 0, PAUSED: 1, DRAFT: 2, ENDED: 3}
    found = list(_with_sums(issuing).order_by("-created_at", "-pk")[:100])
    found.sort(key=lambda voucher: order[voucher.status])
    return [_row(voucher, terms, on=on) for voucher, terms in zip(found, terms_of(found), strict=True)]


def voucher_row(issuing: Issuing, voucher: Voucher, *, on: date) -> VoucherRow:
    found = _with_sums(issuing).get(pk=voucher.pk)
    return _row(found, terms_of([found])[0], on=on)


def _with_sums(issuing: Issuing) -> QuerySet[Any]:
    return issuing.vouchers.annotate(
        off_rp=Sum("redemptions__shares__off_rp", filter=Q(redemptions__shares__returned_at=None))
    )


def _row(voucher: Voucher, terms: Terms, *, on: date) -> VoucherRow:
    href = reverse("vouchers:voucher", args=[voucher.code_key])
    return VoucherRow(
        public_id=voucher.public_id,
        code=voucher.code,
        sentence=words.sentence(terms, on=on),
        status=voucher.status,
        label=str(VOUCHER_FLOW.states[voucher.status]),
        tone=TONES[voucher.status],
        used=voucher.used,
        limit=voucher.limit,
        off_rp=getattr(voucher, "off_rp", 0) or 0,
        moves=VOUCHER_FLOW.moves_from(voucher.status, [ISSUER]),
        href=href,
        share=words.to_pass_on(terms, on=on, link=whole_address(href)),
    )


@dataclass(frozen=True, slots=True)
class UseRow:
    """A use, as its issuer sees it. Nothing of the buyer: what she bought is between her and the seller."""

    order_number: str
    shop_name: str
    off_rp: int
    taken_at: datetime
    is_returned: bool


def uses_of_voucher(voucher: Voucher, *, most: int = 100) -> list[UseRow]:
    rows = (
        RedemptionShare.objects.filter(redemption__voucher=voucher)
        .order_by("-pk")
        .values_list("order_number", "shop__name", "off_rp", "redemption__taken_at", "returned_at")[:most]
    )
    return [UseRow(*row[:4], is_returned=row[4] is not None) for row in rows]


@dataclass(frozen=True, slots=True)
class Debt:
    """What the sponsor owes one seller."""

    shop_name: str
    village: str
    orders: int
    off_rp: int


def debts_of_sponsor(voucher: Voucher) -> list[Debt]:
    """By seller; of uses that were not given back."""
    rows = (
        RedemptionShare.objects.filter(redemption__voucher=voucher, returned_at=None)
        .values("shop__name", "shop__area__name")
        .annotate(orders=Count("pk"), off=Sum("off_rp"))
        .order_by("shop__name")
        .values_list("shop__name", "shop__area__name", "orders", "off")
    )
    return [Debt(*row) for row in rows]


def products_to_choose(issuing: Issuing) -> dict[int, Product]:
    """What a seller may tie a voucher to; the platform's are for all goods."""
    if issuing.shop is None:
        return {}
    sold = issuing.shop.products.exclude(status=ARCHIVED).order_by("name")[:200]
    return {product.pk: product for product in sold}


def villages_to_choose(issuing: Issuing) -> dict[str, Area]:
    area = issuing.area
    around = area.parent_id if area.level == VILLAGE else area.pk
    return {
        village.pk: village
        for village in Area.objects.filter(parent_id=around, level=VILLAGE).order_by("name")
    }


def sentence_of(issuing: Issuing, draft: Draft, *, on: date) -> str:
    """What buyers will read of a voucher that is not saved yet."""
    terms = Terms(
        pk=0,
        code=draft.code,
        kind=draft.kind,
        amount_rp=draft.amount_rp,
        percent=draft.percent,
        cap_rp=draft.cap_rp,
        minimum_rp=draft.minimum_rp,
        buyers=draft.buyers,
        limit=draft.limit,
        per_phone=draft.per_phone,
        used=0,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        status=DRAFT,
        shop_id=issuing.shop.pk if issuing.shop else None,
        shop_name=issuing.shop.name if issuing.shop else "",
        area_code=issuing.area.pk,
        area_name=issuing.area.name,
        sponsor=draft.sponsor,
        products={product.pk: product.name for product in draft.products},
        villages={area.pk: area.name for area in draft.villages},
    )
    return words.sentence(terms, on=on)


# ------------------------------------------------------------------------------------- for everybody


@dataclass(frozen=True, slots=True)
class OpenVoucher:
    code: str
    benefit: str
    conditions: str
    href: str
    left: int | None
    """How many are left, once they are few."""


FEW = 10


@dataclass(frozen=True, slots=True)
class VoucherPage:
    code: str
    benefit: str
    conditions: list[str]
    sponsor: str
    where: str
    href: str
    """Where to shop with it."""
    why_not: str
    """Why nobody can use it now; empty when one can."""


def voucher_page(typed: str, *, on: date) -> VoucherPage | None:
    """None also where its shop does not want to be seen."""
    terms = terms_by_code(typed)
    if terms is None:
        return None
    shop = Shop.objects.select_related("business").filter(pk=terms.shop_id or 0).first()
    if shop is not None and not may_be_seen(shop):
        return None
    return VoucherPage(
        code=terms.code,
        benefit=words.benefit(terms),
        conditions=words.conditions(terms, on=on),
        sponsor=terms.sponsor,
        where=terms.shop_name or terms.area_name,
        href=reverse("catalog:shop", args=[shop.slug]) if shop else "/",
        why_not=why_not_now(terms, on=on),
    )


def open_vouchers(shop_id: int, area_code: str, on: date) -> list[OpenVoucher]:
    """What the page of a shop shows: its own and the platform's, as long as there are some. Three queries,
    one where there are none."""
    areas = [area_code[:length] for length in (2, 5, 8, 13) if len(area_code) >= length]
    found = list(
        Voucher.objects.select_related("shop", "area")
        .filter(
            Q(shop_id=shop_id) | Q(shop=None, area__in=areas),
            status=ACTIVE,
            showing=Voucher.OPEN,
            starts_on__lte=on,
            ends_on__gte=on,
            used__lt=F("limit"),
        )
        .order_by(F("shop").asc(nulls_last=True), "ends_on", "pk")[:MOST_OPEN]
    )
    if not found:
        return []
    return [
        OpenVoucher(
            code=terms.code,
            benefit=words.benefit(terms),
            conditions=", ".join(words.conditions(terms, on=on)),
            href=reverse("vouchers:voucher", args=[code_key(terms.code)]),
            left=left if (left := terms.limit - terms.used) <= FEW else None,
        )
        for terms in terms_of(found)
    ]


@dataclass(frozen=True, slots=True)
class OrderVoucher:
    """What an order was cheaper by, and who bears it."""

    code: str
    sponsor: str
    """Empty: the seller herself."""
    off_rp: int


def vouchers_of_orders(numbers: Iterable[str]) -> dict[str, OrderVoucher]:
    """By order number; one query."""
    rows = RedemptionShare.objects.filter(order_number__in=list(numbers)).values_list(
        "order_number", "redemption__voucher__code", "redemption__voucher__sponsor", "off_rp"
    )
    return {number: OrderVoucher(code, sponsor, off_rp) for number, code, sponsor, off_rp in rows}
