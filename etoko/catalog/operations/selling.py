"""Products: put on sale, changed, priced, stocked, hidden, archived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.facts import ProductChanged
from etoko.catalog.models import Category, Product, StockMovement, Variant
from etoko.catalog.operations.opening import follow_checklist
from etoko.catalog.operations.photographing import hang_photos
from etoko.catalog.operations.stocking import Cause, UnableToCount, count_stock, receive_stock
from etoko.catalog.photos import Upload
from etoko.catalog.states import PRODUCT_FLOW, SELLER
from etoko.foundation.effects import announce
from etoko.foundation.problems import UnableTo

MOST_VARIANTS = 12


class UnableToSell(UnableTo):
    pass


class UnableToOverwrite(UnableTo):
    """Somebody else saved the product since it was read: both values are shown before one is chosen."""


@dataclass(frozen=True)
class Offer:
    """A variant as the seller wants it. `variant_id` names the one it changes; None makes a new one."""

    price_rp: int
    name: str = ""
    amount: Decimal | None = None
    measure: str = ""
    on_hand: int = 0
    variant_id: int | None = None
    seen_on_hand: int | None = None
    """What stood in the field when it was shown: stock is only written where the seller changed it, since
    orders take from it meanwhile."""


@dataclass(frozen=True)
class Adjustment:
    """A quick change of one variant from the list."""

    variant_id: int
    price_rp: int
    on_hand: int
    seen_on_hand: int


@transaction.atomic
def add_product(
    *,
    selling: Selling,
    name: str,
    category: Category,
    unit: str,
    offers: Sequence[Offer],
    supply: str = Product.STOCK,
    lead_days: int = 0,
    capacity_per_day: int | None = None,
    description: str = "",
    photos: Sequence[Upload] = (),
    publish: bool = True,
    at: datetime,
) -> Product:
    """A new product, on sale at once unless `publish` is false. Prices in whole rupiah for one `unit`."""
    _check_offers(offers)
    product = Product.objects.create(
        shop=selling.shop,
        slug=_slug(name),
        name=name,
        description=description,
        category=category,
        area_code=selling.shop.area_id,
        unit=unit,
        supply=supply,
        lead_days=lead_days,
        capacity_per_day=capacity_per_day,
    )
    # The clock of the deed, not of the machine: sample data is made in the past.
    Product.objects.filter(pk=product.pk).update(created_at=at)
    product.created_at = at
    _new_variants(product, dict(enumerate(offers)), _cause(selling), at)
    _write_prices(product)
    hang_photos(product=product, uploads=photos)
    if publish:
        product = PRODUCT_FLOW.make_move(product, "publish", parties=[SELLER])
    _record(selling, product, "add_product", at, {k: ("", v) for k, v in _facts(product).items()})
    return product


@transaction.atomic
def edit_product(
    *,
    selling: Selling,
    product: Product,
    version: int,
    name: str,
    category: Category,
    unit: str,
    offers: Sequence[Offer],
    supply: str,
    lead_days: int,
    capacity_per_day: int | None = None,
    description: str,
    photos: Sequence[Upload] = (),
    removed_photos: Sequence[int] = (),
    first_photo: int | None = None,
    at: datetime,
) -> Product:
    """Change what is given. A variant that no offer names is not sold any more; orders keep it.

    Raises UnableToOverwrite when `version` is not the one that is stored.
    """
    _check_offers(offers)
    locked, variants = _locked(product, version)
    before = _facts(locked)
    locked.name, locked.description, locked.category = name, description, category
    locked.unit, locked.supply = unit, supply
    locked.lead_days, locked.capacity_per_day = lead_days, capacity_per_day
    locked.save(
        update_fields=[
            *("name", "description", "category", "unit", "supply"),
            *("lead_days", "capacity_per_day"),
        ]
    )
    _write_offers(locked, variants, offers, _cause(selling), at)
    _write_prices(locked)
    hang_photos(product=locked, uploads=photos, removed=removed_photos, first=first_photo)
    _count_version(locked)
    _record_change(selling, locked, "edit_product", at, before)
    return locked


@transaction.atomic
def adjust_product(
    *, selling: Selling, product: Product, version: int, adjustments: Sequence[Adjustment], at: datetime
) -> Product:
    """Prices and stock from the list, without the whole form."""
    locked, variants = _locked(product, version)
    before = _facts(locked)
    for adjustment in adjustments:
        variant = variants.get(adjustment.variant_id)
        if variant is None:
            raise UnableToSell(_("Ukuran ini sudah tidak dijual. Muat ulang halaman."))
        variant.price_rp = adjustment.price_rp
        variant.save(update_fields=["price_rp"])
        _set_stock(variant, adjustment.on_hand, adjustment.seen_on_hand, _cause(selling), at)
    _write_prices(locked)
    _count_version(locked)
    _record_change(selling, locked, "adjust_product", at, before)
    return locked


def publish_product(*, selling: Selling, product: Product, at: datetime) -> Product:
    return _move(selling, product, "publish", at)


def hide_product(*, selling: Selling, product: Product, at: datetime) -> Product:
    return _move(selling, product, "hide", at)


def archive_product(*, selling: Selling, product: Product, at: datetime) -> Product:
    return _move(selling, product, "archive", at)


def restore_product(*, selling: Selling, product: Product, at: datetime) -> Product:
    """Out of the archive and hidden: it is looked at before it is sold again."""
    return _move(selling, product, "restore", at)


MOVES = {
    "publish": publish_product,
    "hide": hide_product,
    "archive": archive_product,
    "restore": restore_product,
}


@transaction.atomic
def _move(selling: Selling, product: Product, move: str, at: datetime) -> Product:
    before = product.status
    moved = PRODUCT_FLOW.make_move(product, move, parties=[SELLER])
    _count_version(moved)
    _record(selling, moved, f"{move}_product", at, {"status": (before, moved.status)})
    return moved


def _check_offers(offers: Sequence[Offer]) -> None:
    if not offers:
        raise UnableToSell(_("Tulis harganya dulu."), field="price")
    if len(offers) > MOST_VARIANTS:
        raise UnableToSell(_("Paling banyak %(most)s ukuran untuk satu produk.") % {"most": MOST_VARIANTS})
    names = [offer.name.casefold() for offer in offers]
    if len(offers) > 1 and (len(set(names)) < len(names) or "" in names):
        raise UnableToSell(
            _("Beri nama yang berbeda untuk setiap ukuran atau rasa, misalnya 250 g dan 500 g."),
            field="variants",
        )


def _locked(product: Product, version: int) -> tuple[Product, dict[int, Variant]]:
    """The product, then its variants in the order of their ids: the order in which orders change them too."""
    locked = (
        Product.objects.select_for_update(of=("self",)).select_related("category", "shop").get(pk=product.pk)
    )
    if locked.version != version:
        raise UnableToOverwrite(
            _("Produk ini baru saja diubah orang lain. Lihat nilai sekarang di tiap isian, lalu simpan lagi.")
        )
    variants = locked.variants.select_for_update().filter(status=Variant.ACTIVE).order_by("id")
    return locked, {variant.pk: variant for variant in variants}


def _write_offers(
    product: Product, variants: Mapping[int, Variant], offers: Sequence[Offer], cause: Cause, at: datetime
) -> None:
    named = {offer.variant_id for offer in offers}
    for variant_id, variant in variants.items():
        if variant_id not in named:
            variant.status = Variant.RETIRED
            variant.save(update_fields=["status"])
    new: dict[int, Offer] = {}
    for position, offer in enumerate(offers):
        if offer.variant_id is None:
            new[position] = offer
            continue
        if offer.variant_id not in variants:
            raise UnableToSell(_("Ukuran ini sudah tidak dijual. Muat ulang halaman."), field="variants")
        variant = variants[offer.variant_id]
        variant.name, variant.price_rp, variant.position = offer.name, offer.price_rp, position
        variant.amount, variant.measure = offer.amount, offer.measure
        variant.save(update_fields=["name", "price_rp", "position", "amount", "measure"])
        _set_stock(variant, offer.on_hand, offer.seen_on_hand, cause, at)
    _new_variants(product, new, cause, at)


def _new_variants(product: Product, offers: Mapping[int, Offer], cause: Cause, at: datetime) -> None:
    """`offers` by the position at which each stands."""
    made = Variant.objects.bulk_create(
        Variant(
            product=product,
            name=offer.name,
            price_rp=offer.price_rp,
            amount=offer.amount,
            measure=offer.measure,
            position=position,
        )
        for position, offer in offers.items()
    )
    there = {
        variant.pk: offer.on_hand
        for variant, offer in zip(made, offers.values(), strict=True)
        if offer.on_hand
    }
    receive_stock(quantities=there, cause=cause, at=at)


def _set_stock(variant: Variant, on_hand: int, seen: int | None, cause: Cause, at: datetime) -> None:
    try:
        count_stock(
            variant=variant,
            on_hand=on_hand,
            seen_on_hand=seen,
            reason=StockMovement.RETYPED,
            cause=cause,
            at=at,
        )
    except UnableToCount as problem:
        raise UnableToSell(problem.sentence, field=problem.field) from problem


def _cause(selling: Selling) -> Cause:
    return Cause(StockMovement.FORM, by=selling.person, for_name=selling.for_name)


def _write_prices(product: Product) -> None:
    prices = list(product.variants.filter(status=Variant.ACTIVE).values_list("price_rp", flat=True))
    product.price_from_rp, product.price_to_rp = min(prices), max(prices)
    product.save(update_fields=["price_from_rp", "price_to_rp"])


def _count_version(product: Product) -> None:
    product.version += 1
    product.save(update_fields=["version", "updated_at"])


def _slug(name: str) -> str:
    return slugify(name)[:80].strip("-") or "produk"


def _facts(product: Product) -> dict[str, Any]:
    """What the trace tells from and to."""
    variants = product.variants.filter(status=Variant.ACTIVE).order_by("position", "id")
    return {
        "name": product.name,
        "description": product.description,
        "category": product.category.slug,
        "unit": product.unit,
        "supply": product.supply,
        "lead_days": product.lead_days,
        "capacity_per_day": product.capacity_per_day,
        "price": [f"{variant.name} {variant.price_rp}".strip() for variant in variants],
        "amount": [f"{variant.name} {variant.amount or ''}{variant.measure}".strip() for variant in variants],
        "stock": [f"{variant.name} {variant.on_hand}".strip() for variant in variants],
        "photos": list(product.photos.values_list("key", flat=True)),
        "status": product.status,
    }


def _record_change(
    selling: Selling, product: Product, deed: str, at: datetime, before: Mapping[str, Any]
) -> None:
    after = _facts(product)
    _record(selling, product, deed, at, {key: (before[key], after[key]) for key in after})


def _record(
    selling: Selling, product: Product, deed: str, at: datetime, changes: Mapping[str, tuple[Any, Any]]
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
    announce(ProductChanged(product.pk))
    follow_checklist(shop=selling.shop, at=at)
