"""What can be chosen of a product before it goes into the cart."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.access import may_be_seen
from etoko.catalog.models import Product, Variant
from etoko.catalog.photos import Picture, photo_sources
from etoko.catalog.states import DRAFT, PUBLISHED, SHOP_OPEN, SHOP_SUSPENDED
from etoko.foundation.days import show_day


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
        Product.objects.select_related("shop__area", "shop__business")
        .filter(variants=variant_id)
        .exclude(status=DRAFT)
        .exclude(shop__status=SHOP_SUSPENDED)
        .first()
    )
    if product is None or not may_be_seen(product.shop):
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
