"""Sample titipan of the first two shops: out, due, settled, paid in part, paid. And a few recounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from etoko.catalog.access import Selling
from etoko.catalog.models import Product, Shop, StockMovement, Variant
from etoko.catalog.operations.shelving import add_stock, recount_stock
from etoko.consignment.models import PER_PIECE, PERCENT, Consignment, ConsignmentPayment, Place
from etoko.consignment.operations.consigning import (
    Brought,
    Count,
    NewPlace,
    consign_goods,
    record_consignment_payment,
    settle_consignment,
)
from etoko.people.models import Person
from etoko.registry.access import Acting, businesses_of


@dataclass(frozen=True)
class Sample:
    place: NewPlace
    commission: str
    value: int
    days_ago: int
    """When it was brought."""
    counted_after: int | None = None
    """Days; None: it is still out."""
    days_left: int = 0
    """Until it is to be counted."""
    percent_paid: int = 0


_ICIH = NewPlace("Warung Bu Icih", "+6281290000011", "Taban")
_CANTEEN = NewPlace("Kantin SDN Jambe 2", "+6281290000012", "Jambe")
_SAMPLES = (
    Sample(_ICIH, PERCENT, 10, days_ago=40, counted_after=14, percent_paid=100),
    Sample(_CANTEEN, PER_PIECE, 500, days_ago=20, counted_after=7, percent_paid=50),
    Sample(_ICIH, PERCENT, 10, days_ago=12, days_left=0),
    Sample(NewPlace("Bazar PKK Kecamatan", "", "Jambe"), PERCENT, 0, days_ago=2, days_left=5),
)


def bring_samples(*, shops: Sequence[Shop], people: Mapping[str, Person], now: datetime) -> int:
    """Of Rahma and Herman. Returns how many titipan there are."""
    made = 0
    shop_of = {shop.business_id: shop for shop in shops}
    for name in ("Rahma", "Herman"):
        (business,) = businesses_of(people[name])
        seller = Selling(shop_of[business.pk], Acting(business, people[name], is_assisting=False))
        shop = seller.shop
        variants = list(
            Variant.objects.filter(product__shop=shop, product__supply=Product.STOCK)
            .select_related("product")
            .order_by("pk")[:3]
        )
        _fill_shelves(seller, variants, now - timedelta(days=45))
        for sample in _SAMPLES:
            _bring(seller, variants[:2], sample, now)
            made += 1
        _count(seller, variants[0], now - timedelta(days=1))
    return made


def _fill_shelves(seller: Selling, variants: Sequence[Variant], at: datetime) -> None:
    for variant in variants:
        add_stock(
            selling=seller,
            product=variant.product,
            variant_id=variant.pk,
            quantity=40,
            note="Untuk dititipkan",
            at=at,
        )


def _bring(seller: Selling, variants: Sequence[Variant], sample: Sample, now: datetime) -> None:
    brought_at = now - timedelta(days=sample.days_ago)
    counted_at = brought_at + timedelta(days=sample.counted_after) if sample.counted_after else None
    known = Place.objects.filter(shop=seller.shop, name=sample.place.name).first()
    consignment = consign_goods(
        selling=seller,
        place=known or sample.place,
        goods=[Brought(variant.pk, 8, variant.price_rp) for variant in variants],
        commission=sample.commission,
        commission_value=sample.value,
        settle_by_on=timezone.localdate(counted_at or now + timedelta(days=sample.days_left)),
        at=brought_at,
    )
    if counted_at:
        _settle(seller, consignment, sample.percent_paid, counted_at)


def _settle(seller: Selling, consignment: Consignment, paid: int, at: datetime) -> None:
    settled = settle_consignment(
        selling=seller,
        consignment=consignment,
        counts={line.pk: Count(6, 1, 1) for line in consignment.lines.all()},
        damage_borne_by=Consignment.SELLER,
        at=at,
    )
    record_consignment_payment(
        selling=seller,
        consignment=settled,
        amount_rp=settled.due_rp * paid // 100,
        way=ConsignmentPayment.CASH,
        note="Dibayar di tempat",
        at=at + timedelta(hours=1),
    )


def _count(seller: Selling, variant: Variant, at: datetime) -> None:
    variant.refresh_from_db()
    recount_stock(
        selling=seller,
        product=variant.product,
        variant_id=variant.pk,
        on_hand=variant.on_hand - 1,
        seen_on_hand=variant.on_hand,
        reason=StockMovement.DAMAGED,
        note="Kemasannya sobek",
        at=at,
    )
