"""Questions about titipan: plain rows for the seller's pages."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Sum
from django.utils import timezone

from etoko.catalog.models import Product, Shop, Variant
from etoko.catalog.photos import Picture, photo_sources
from etoko.catalog.states import ARCHIVED
from etoko.consignment import words
from etoko.consignment.models import PERCENT, Consignment, ConsignmentLine, Place
from etoko.consignment.rules import commission_in_words
from etoko.consignment.states import OUT, SETTLED
from etoko.foundation.phones import show_phone, whatsapp_link
from etoko.registry.models import Business
from etoko.registry.names import business_search_name

HISTORY_LENGTH = 30
_MOST_GOODS = 200


@dataclass(frozen=True, slots=True)
class ConsignmentRow:
    number: str
    place: str
    village: str
    brought_on: date
    days: int
    settle_by_on: date
    is_due: bool
    pieces: int
    worth_rp: int
    sold_rp: int
    due_rp: int
    left_rp: int


@dataclass(frozen=True, slots=True)
class Overview:
    out: list[ConsignmentRow]
    owed: list[ConsignmentRow]
    done: list[ConsignmentRow]

    @property
    def pieces_out(self) -> int:
        return sum(row.pieces for row in self.out)

    @property
    def worth_out_rp(self) -> int:
        return sum(row.worth_rp for row in self.out)

    @property
    def owed_rp(self) -> int:
        return sum(row.left_rp for row in self.owed)


def overview(shop: Shop, *, today: date) -> Overview:
    """What is out, longest agreed day first; who still owes; what is done, newest first. Four queries."""
    of_shop = Consignment.objects.filter(shop=shop).select_related("place")
    settled = of_shop.filter(state=SETTLED)
    groups = (
        list(of_shop.filter(state=OUT).order_by("settle_by_on", "id")),
        list(settled.filter(paid_rp__lt=F("due_rp")).order_by("settled_at", "id")),
        list(settled.filter(paid_rp=F("due_rp")).order_by("-settled_at", "-id")[:HISTORY_LENGTH]),
    )
    figures = {
        pk: (pieces, worth)
        for pk, pieces, worth in ConsignmentLine.objects.filter(
            consignment__in=[each.pk for group in groups for each in group]
        )
        .order_by()
        .values_list("consignment")
        .annotate(pieces=Sum("quantity"), worth=Sum(F("quantity") * F("price_rp")))
    }
    out, owed, done = ([_row(each, figures[each.pk], today) for each in group] for group in groups)
    return Overview(out, owed, done)


def _row(consignment: Consignment, figures: tuple[int, int], today: date) -> ConsignmentRow:
    brought_on = timezone.localdate(consignment.brought_at)
    return ConsignmentRow(
        number=consignment.number or "",
        place=consignment.place.name,
        village=consignment.place.village,
        brought_on=brought_on,
        days=(today - brought_on).days,
        settle_by_on=consignment.settle_by_on,
        is_due=consignment.settle_by_on <= today,
        pieces=figures[0],
        worth_rp=figures[1],
        sold_rp=consignment.sold_rp,
        due_rp=consignment.due_rp,
        left_rp=consignment.left_rp,
    )


@dataclass(frozen=True, slots=True)
class LineRow:
    id: int
    name: str
    unit: str
    price_rp: int
    quantity: int
    sold: int
    back: int
    damaged: int


@dataclass(frozen=True, slots=True)
class PaymentRow:
    amount_rp: int
    way: str
    note: str
    by: str
    for_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsignmentPage:
    number: str
    is_out: bool
    place: str
    place_phone: str
    village: str
    is_registered: bool
    """The place is a business of the register."""
    commission: str
    note: str
    by: str
    for_name: str
    brought_at: datetime
    settle_by_on: date
    days: int
    is_due: bool
    lines: list[LineRow]
    pieces: int
    worth_rp: int
    settled_at: datetime | None
    place_bears_damage: bool
    damaged: int
    sold_rp: int
    commission_rp: int
    due_rp: int
    paid_rp: int
    left_rp: int
    payments: list[PaymentRow]
    whatsapp: str


def consignment_page(consignment: Consignment, *, today: date) -> ConsignmentPage:
    lines = [
        LineRow(
            *(line.pk, line.name, line.unit, line.price_rp, line.quantity),
            *(line.sold, line.back, line.damaged),
        )
        for line in consignment.lines.all()
    ]
    payments = [
        PaymentRow(
            each.amount_rp,
            str(each.get_way_display()),
            each.note,
            each.by.name,
            each.for_name,
            timezone.localtime(each.at),
        )
        for each in consignment.payments.select_related("by")
    ]
    return ConsignmentPage(
        number=consignment.number or "",
        is_out=consignment.state == OUT,
        place=consignment.place.name,
        place_phone=show_phone(consignment.place.phone) if consignment.place.phone else "",
        village=consignment.place.village,
        is_registered=consignment.place.business_id is not None,
        commission=commission_in_words(consignment.commission, consignment.commission_value),
        note=consignment.note,
        by=consignment.by.name,
        for_name=consignment.for_name,
        brought_at=timezone.localtime(consignment.brought_at),
        settle_by_on=consignment.settle_by_on,
        days=(today - timezone.localdate(consignment.brought_at)).days,
        is_due=consignment.settle_by_on <= today,
        lines=lines,
        pieces=sum(line.quantity for line in lines),
        worth_rp=sum(line.quantity * line.price_rp for line in lines),
        settled_at=timezone.localtime(consignment.settled_at) if consignment.settled_at else None,
        place_bears_damage=consignment.damage_borne_by == Consignment.PLACE,
        damaged=sum(line.damaged for line in lines),
        sold_rp=consignment.sold_rp,
        commission_rp=consignment.commission_rp,
        due_rp=consignment.due_rp,
        paid_rp=consignment.paid_rp,
        left_rp=consignment.left_rp,
        payments=payments,
        whatsapp=whatsapp_link(consignment.place.phone, words.note_text(consignment)),
    )


@dataclass(frozen=True, slots=True)
class GoodRow:
    variant_id: int
    name: str
    unit: str
    available: int
    price_rp: int
    picture: Picture | None


def goods_to_consign(shop: Shop) -> list[GoodRow]:
    """What is in stock and not promised. One query."""
    variants = (
        Variant.objects.filter(
            product__shop=shop,
            product__supply=Product.STOCK,
            status=Variant.ACTIVE,
            on_hand__gt=F("held"),
        )
        .exclude(product__status=ARCHIVED)
        .select_related("product")
        .order_by("product__name", "position", "id")[:_MOST_GOODS]
    )
    return [
        GoodRow(
            each.pk,
            f"{each.product.name} ({each.name})" if each.name else each.product.name,
            each.product.unit,
            each.available,
            each.price_rp,
            photo_sources(each.product.photo),
        )
        for each in variants
    ]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    id: int
    name: str
    about: str
    """ "Taban · 10% dari harga"."""
    is_percent: bool
    commission_value: int


def places_of(shop: Shop) -> list[PlaceRow]:
    return [
        PlaceRow(
            place.pk,
            place.name,
            " · ".join(
                part
                for part in (
                    place.village,
                    commission_in_words(place.commission, place.commission_value),
                )
                if part
            ),
            place.commission == PERCENT,
            place.commission_value,
        )
        for place in Place.objects.filter(shop=shop)
    ]


def registered_as(name: str, shop: Shop) -> Business | None:
    """The business of the same sub-district that has exactly this name, where there is one and no other."""
    district = shop.area_id.rsplit(".", 1)[0]
    found = list(
        Business.objects.select_related("area")
        .filter(search_name=business_search_name(name), area__code__startswith=f"{district}.")
        .exclude(pk=shop.business_id)[:2]
    )
    return found[0] if len(found) == 1 else None
