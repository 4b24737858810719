"""Questions about the stock of a product: what is there, and what moved it, in plain words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.models import Product, StockMovement, Variant

PER_PAGE = 40
_IN_AND_OUT = "masuk-keluar"
_KINDS, _REASONS = dict(StockMovement.KINDS), dict(StockMovement.REASONS)


@dataclass(frozen=True, slots=True)
class StockRow:
    id: int
    name: str
    on_hand: int
    held: int
    available: int
    out: int
    """At places that sell for her."""
    low_at: int | None
    is_low: bool


@dataclass(frozen=True, slots=True)
class MovementRow:
    title: str
    """ "+20 ditambah", "3 dipesan · pesanan K7M-2QX"."""
    consignment: str
    order: str
    """The number of the order that caused it."""
    variant: str
    note: str
    by: str
    for_name: str
    at: datetime
    left: int | None
    """On hand afterwards; None where the figure stayed as it was."""
    tone: str
    """in, out or still."""


@dataclass(frozen=True, slots=True)
class StockHistory:
    rows: list[MovementRow]
    page: int
    pages: int
    only_in_and_out: bool


def stock_of(product: Product) -> list[StockRow]:
    variants = list(product.variants.filter(status=Variant.ACTIVE).order_by("position", "id"))
    return [
        StockRow(
            id=variant.pk,
            name=variant.name,
            on_hand=variant.on_hand,
            held=variant.held,
            available=variant.available,
            out=variant.consigned,
            low_at=variant.low_at,
            is_low=variant.low_at is not None and variant.available <= variant.low_at,
        )
        for variant in variants
    ]


def stock_history(product: Product, *, page: int = 1, shown: str = "") -> StockHistory:
    """What moved the stock of all variants, newest first. Five queries."""
    everything = StockMovement.objects.filter(variant__product=product)
    chosen = everything.exclude(on_hand_change=0) if shown == _IN_AND_OUT else everything
    pages = max(1, -(-chosen.count() // PER_PAGE))
    page = min(max(page, 1), pages)
    movements = list(
        chosen.select_related("variant", "by").order_by("-id")[(page - 1) * PER_PAGE : page * PER_PAGE]
    )
    left = _left_after(everything, movements)
    return StockHistory([_row(movement, left) for movement in movements], page, pages, shown == _IN_AND_OUT)


def _left_after(everything: QuerySet[StockMovement], movements: list[StockMovement]) -> dict[int, int]:
    """On hand after each movement: reckoned from its variant's first to the newest of the page, then back."""
    if not movements:
        return {}
    until = everything.filter(pk__lte=movements[0].pk)
    now = dict(until.order_by().values_list("variant").annotate(sum=Sum("on_hand_change")))
    left: dict[int, int] = {}
    for movement in movements:
        left[movement.pk] = now[movement.variant_id]
        now[movement.variant_id] -= movement.on_hand_change
    return left


def _row(movement: StockMovement, left: dict[int, int]) -> MovementRow:
    change = movement.on_hand_change
    word = str(_REASONS[movement.reason] if movement.reason else _KINDS[movement.kind])
    still = abs(movement.held_change or movement.consigned_change)
    number = f"{change:+}".replace("-", "−") if change else str(still)
    title = f"{number} {word}"
    if movement.cause_name:
        title = _("%(what)s · %(cause)s %(name)s") % {
            "what": title,
            "cause": movement.get_cause_display(),
            "name": movement.cause_name,
        }
    return MovementRow(
        title=title,
        consignment=movement.cause_name if movement.cause == StockMovement.CONSIGNMENT else "",
        order=movement.cause_name if movement.cause == StockMovement.ORDER else "",
        variant=movement.variant.name,
        note=movement.note,
        by=movement.by.name if movement.by else "",
        for_name=movement.for_name,
        at=timezone.localtime(movement.at),
        left=left[movement.pk] if change else None,
        tone="still" if not change else "in" if change > 0 else "out",
    )
