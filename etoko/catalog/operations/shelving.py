"""What a seller does with her stock: adds to it, counts it anew, says when it is low."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.models import Product, StockMovement, Variant
from etoko.catalog.operations.stocking import Cause, count_stock, receive_stock
from etoko.foundation.problems import UnableTo

MOST_AT_HAND = 999_999


class UnableToShelve(UnableTo):
    pass


@transaction.atomic
def add_stock(
    *, selling: Selling, product: Product, variant_id: int, quantity: int, note: str = "", at: datetime
) -> Variant:
    """`quantity` more were made or bought."""
    variant = _locked(product, variant_id)
    after = variant.on_hand + quantity
    if after > MOST_AT_HAND:
        raise UnableToShelve(_("Stok paling banyak 999.999. Periksa jumlahnya."), field="quantity")
    receive_stock(quantities={variant_id: quantity}, cause=_cause(selling), note=note, at=at)
    _record(selling, product, "add_stock", at, _stock(variant, variant.on_hand, after))
    return variant


@transaction.atomic
def recount_stock(
    *,
    selling: Selling,
    product: Product,
    variant_id: int,
    on_hand: int,
    seen_on_hand: int,
    reason: str,
    note: str = "",
    at: datetime,
) -> Variant:
    """She counted `on_hand` where the books said `seen_on_hand`, and says why. Raises UnableToCount."""
    variant = _locked(product, variant_id)
    before = variant.on_hand
    if on_hand == before:
        raise UnableToShelve(
            _("Jumlahnya sudah %(now)s, tidak ada yang perlu diubah.") % {"now": before}, field="on_hand"
        )
    count_stock(
        variant=variant,
        on_hand=on_hand,
        seen_on_hand=seen_on_hand,
        reason=reason,
        note=note,
        cause=_cause(selling),
        at=at,
    )
    _record(selling, product, "recount_stock", at, _stock(variant, before, on_hand))
    return variant


@transaction.atomic
def set_low_mark(
    *, selling: Selling, product: Product, variant_id: int, low_at: int | None, at: datetime
) -> Variant:
    """From how many pieces on she is told; None: never."""
    variant = _locked(product, variant_id)
    before, variant.low_at, variant.low_told_at = variant.low_at, low_at, None
    variant.save(update_fields=["low_at", "low_told_at"])
    _record(selling, product, "set_low_mark", at, {"low_at": (before, low_at)})
    return variant


def _locked(product: Product, variant_id: int) -> Variant:
    variant = product.variants.select_for_update().filter(pk=variant_id, status=Variant.ACTIVE).first()
    if variant is None or product.supply != Product.STOCK:
        raise UnableToShelve(_("Ukuran ini sudah tidak dijual. Muat ulang halaman."))
    return variant


def _cause(selling: Selling) -> Cause:
    return Cause(StockMovement.FORM, by=selling.person, for_name=selling.for_name)


def _record(
    selling: Selling, product: Product, deed: str, at: datetime, changes: dict[str, tuple[Any, Any]]
) -> None:
    record_deed(
        deed=deed,
        subject=product,
        by=selling.person,
        for_name=selling.for_name,
        at=at,
        area_code=product.area_code,
        changes=changes,
    )


def _stock(variant: Variant, before: int, after: int) -> dict[str, tuple[Any, Any]]:
    return {"stock": (f"{variant.name} {before}".strip(), f"{variant.name} {after}".strip())}
