"""What lies in a cart and what it costs now: plain rows, read in one question.

Nothing is remembered but variant, quantity and the price she last saw. What changed meanwhile shows
on the line: it stays in the cart and says what is the matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.making import Ready, Wanted, ready_days
from etoko.catalog.models import Product, Variant
from etoko.catalog.photos import Picture, photo_sources
from etoko.catalog.states import PUBLISHED, SHOP_OPEN
from etoko.foundation.days import show_day
from etoko.ordering.models import Cart, CartLine

GONE, SHORT = "gone", "short"
"""Cannot be had any more; there is less than she wants."""


@dataclass(frozen=True, slots=True)
class Line:
    variant_id: int
    product_pk: int
    product_id: str
    product_slug: str
    product_name: str
    variant_name: str
    unit: str
    photo: Mapping[str, Any]
    quantity: int
    price_rp: int
    price_seen_rp: int
    left: int | None
    """How many can be had; None when it is made to order."""
    lead_days: int
    problem: str
    trouble: str
    """The problem in a sentence for people."""
    capacity_per_day: int | None = None
    """Of what is made to order: how much fits into a day."""
    ready_on: date | None = None
    """When it can be ready, where it is made to order."""
    first_on: date | None = None
    """When it could be ready if that day were not full."""

    @property
    def line_rp(self) -> int:
        return self.price_rp * self.quantity

    @property
    def most(self) -> int | None:
        """How many of it can be had at once; None: as many as she likes."""
        return self.capacity_per_day if self.left is None else self.left

    @property
    def is_put_off(self) -> bool:
        """The first day it could be ready on is full."""
        return self.ready_on != self.first_on

    @property
    def has_promised_day(self) -> bool:
        """Only where a day can be full does it matter which one she was shown."""
        return self.ready_on is not None and self.capacity_per_day is not None

    @property
    def is_orderable(self) -> bool:
        """A line that is short still belongs to the order: she decides whether she takes fewer."""
        return self.problem != GONE

    @property
    def name(self) -> str:
        return f"{self.product_name} ({self.variant_name})" if self.variant_name else self.product_name

    @property
    def price_before_rp(self) -> int | None:
        """What the piece cost when she last looked, where that was something else."""
        return self.price_seen_rp if self.price_seen_rp != self.price_rp else None

    @property
    def picture(self) -> Picture | None:
        return photo_sources(self.photo)


@dataclass(frozen=True, slots=True)
class Seller:
    """The part of the cart that one shop sells; it becomes one order."""

    shop_id: int
    business_id: int
    name: str
    slug: str
    village: str
    area_code: str
    shut: str
    """Why the shop takes no orders now, in a sentence; empty when it does."""
    lines: list[Line] = field(default_factory=list)

    @property
    def orderable(self) -> list[Line]:
        return [line for line in self.lines if line.is_orderable]

    @property
    def goods_rp(self) -> int:
        return sum(line.line_rp for line in self.orderable)


@dataclass(frozen=True, slots=True)
class Contents:
    sellers: list[Seller]

    @property
    def lines(self) -> list[Line]:
        return [line for seller in self.sellers for line in seller.lines]

    @property
    def goods_rp(self) -> int:
        return sum(seller.goods_rp for seller in self.sellers)

    @property
    def orderable(self) -> list[Seller]:
        return [seller for seller in self.sellers if seller.orderable]

    @property
    def short(self) -> list[Line]:
        return [line for line in self.lines if line.problem == SHORT]

    @property
    def gone(self) -> list[Line]:
        return [line for line in self.lines if line.problem == GONE]


def contents_of(cart: Cart | None, *, at: datetime) -> Contents:
    """The sellers in the order in which she came to them, each with her lines."""
    if cart is None:
        return Contents([])
    sellers: dict[int, Seller] = {}
    today = timezone.localdate(at)
    for row in CartLine.objects.filter(cart=cart).order_by("id").values_list(*_ASKED, named=True):
        seller = sellers.get(row.variant__product__shop_id)
        if seller is None:
            seller = sellers[row.variant__product__shop_id] = Seller(
                shop_id=row.variant__product__shop_id,
                business_id=row.variant__product__shop__business_id,
                name=row.variant__product__shop__name,
                slug=row.variant__product__shop__slug,
                village=row.variant__product__shop__area__name,
                area_code=row.variant__product__shop__area_id,
                shut=_why_shut(row, today),
            )
        seller.lines.append(_line(row, seller))
    _set_ready_days(list(sellers.values()), today)
    return Contents(list(sellers.values()))


def _set_ready_days(sellers: list[Seller], today: date) -> None:
    """All sizes of a product are made together: they get one day."""
    wanted: dict[int, Wanted] = {}
    for line in (line for seller in sellers for line in seller.orderable if line.left is None):
        before = wanted.get(line.product_pk)
        quantity = line.quantity + (before.quantity if before else 0)
        wanted[line.product_pk] = Wanted(line.product_pk, quantity, line.lead_days, line.capacity_per_day)
    if not wanted:
        return
    ready = ready_days(wanted.values(), today=today)
    for seller in sellers:
        seller.lines[:] = [
            _with_day(line, wanted[line.product_pk], ready[line.product_pk])
            if line.is_orderable and line.left is None
            else line
            for line in seller.lines
        ]


def _with_day(line: Line, wanted: Wanted, ready: Ready) -> Line:
    if ready.day_on is not None:
        return replace(line, ready_on=ready.day_on, first_on=ready.first_on)
    if wanted.capacity is not None and wanted.quantity > wanted.capacity:
        trouble = _("Sehari paling banyak %(most)s, Anda minta %(wanted)s.") % {
            "most": wanted.capacity,
            "wanted": wanted.quantity,
        }
        return replace(line, problem=SHORT, trouble=trouble)
    return replace(line, problem=GONE, trouble=_("Dua bulan ke depan sudah penuh dipesan."))


_ASKED = (
    "variant_id",
    "quantity",
    "price_seen_rp",
    "variant__name",
    "variant__price_rp",
    "variant__on_hand",
    "variant__held",
    "variant__status",
    "variant__product_id",
    "variant__product__public_id",
    "variant__product__slug",
    "variant__product__name",
    "variant__product__unit",
    "variant__product__photo",
    "variant__product__supply",
    "variant__product__lead_days",
    "variant__product__capacity_per_day",
    "variant__product__status",
    "variant__product__shop_id",
    "variant__product__shop__business_id",
    "variant__product__shop__name",
    "variant__product__shop__slug",
    "variant__product__shop__status",
    "variant__product__shop__area_id",
    "variant__product__shop__area__name",
    "variant__product__shop__holiday_from_on",
    "variant__product__shop__holiday_until_on",
)


def _why_shut(row: Any, today: Any) -> str:
    if row.variant__product__shop__status != SHOP_OPEN:
        return _("Toko ini sedang tidak menerima pesanan.")
    begins, ends = row.variant__product__shop__holiday_from_on, row.variant__product__shop__holiday_until_on
    if begins and begins <= today <= ends:
        return _("Toko libur sampai %(day)s.") % {"day": show_day(ends)}
    return ""


def _line(row: Any, seller: Seller) -> Line:
    is_sold = row.variant__status == Variant.ACTIVE and row.variant__product__status == PUBLISHED
    made_to_order = row.variant__product__supply == Product.MADE_TO_ORDER
    left = None if made_to_order else row.variant__on_hand - row.variant__held
    problem, trouble = "", ""
    if seller.shut:
        problem, trouble = GONE, seller.shut
    elif not is_sold:
        problem, trouble = GONE, _("Tidak dijual lagi.")
    elif left is not None and left <= 0:
        problem, trouble = GONE, _("Sedang habis.")
    elif left is not None and left < row.quantity:
        problem = SHORT
        trouble = _("Tinggal %(left)s, Anda minta %(wanted)s.") % {"left": left, "wanted": row.quantity}
    return Line(
        variant_id=row.variant_id,
        product_pk=row.variant__product_id,
        product_id=row.variant__product__public_id,
        product_slug=row.variant__product__slug,
        product_name=row.variant__product__name,
        variant_name=row.variant__name,
        unit=row.variant__product__unit,
        photo=row.variant__product__photo,
        quantity=row.quantity,
        price_rp=row.variant__price_rp,
        price_seen_rp=row.price_seen_rp,
        left=left,
        lead_days=row.variant__product__lead_days if made_to_order else 0,
        capacity_per_day=row.variant__product__capacity_per_day if made_to_order else None,
        problem=problem,
        trouble=trouble,
    )
