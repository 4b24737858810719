"""Goods are brought to a place, counted there, and paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.models import Product, StockMovement, Variant
from etoko.catalog.operations.stocking import (
    Cause,
    UnableToHold,
    consign_back,
    consign_out,
    lose_consigned,
    sell_consigned,
)
from etoko.consignment.models import Consignment, ConsignmentLine, ConsignmentPayment, Place
from etoko.consignment.rules import (
    Counted,
    UnableToConsign,
    UnableToSettle,
    check_commission,
    check_counted,
    sums_of,
)
from etoko.consignment.states import CONSIGNMENT_FLOW, OUT, SELLER
from etoko.foundation import guarding
from etoko.foundation.ids import number_from_sequence
from etoko.foundation.money import show_rupiah
from etoko.foundation.problems import UnableTo
from etoko.registry.models import Business

Changes = Mapping[str, tuple[Any, Any]]

FURTHEST = timedelta(days=365)
MOST_LINES = 60


class UnableToPay(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class NewPlace:
    name: str
    phone: str = ""
    """Canonical, as `read_phone` gives it."""
    village: str = ""
    business: Business | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    variant_id: int
    quantity: int
    price_rp: int
    """What the place asks for a piece."""


@dataclass(frozen=True, slots=True)
class Count:
    sold: int
    back: int
    damaged: int


@transaction.atomic
def consign_goods(
    *,
    selling: Selling,
    place: Place | NewPlace,
    goods: Sequence[Brought],
    commission: str,
    commission_value: int,
    settle_by_on: date,
    note: str = "",
    at: datetime,
) -> Consignment:
    """Bring goods to a place: they leave the stock that buyers can order from.

    Raises UnableToConsign; then nothing was written.
    """
    variants = _variants(selling, goods)
    check_commission(commission, commission_value, min(each.price_rp for each in goods))
    _check_day(settle_by_on, at)
    there = place if isinstance(place, Place) else _place(selling, place)
    Place.objects.filter(pk=there.pk).update(commission=commission, commission_value=commission_value)
    consignment = Consignment.objects.create(
        shop=selling.shop,
        place=there,
        area_code=selling.shop.area_id,
        commission=commission,
        commission_value=commission_value,
        settle_by_on=settle_by_on,
        remind_on=settle_by_on,
        note=note,
        brought_at=at,
        by=selling.person,
        for_name=selling.for_name,
    )
    consignment.number = number_from_sequence(consignment.pk, purpose="consignment")
    consignment.save(update_fields=["number"])
    _take_out(selling, consignment, goods, variants, at)
    ConsignmentLine.objects.bulk_create(
        ConsignmentLine(
            consignment=consignment,
            variant=variants[each.variant_id],
            product_name=variants[each.variant_id].product.name,
            variant_name=variants[each.variant_id].name,
            unit=variants[each.variant_id].product.unit,
            price_rp=each.price_rp,
            quantity=each.quantity,
            out=each.quantity,
        )
        for each in goods
    )
    pieces = sum(each.quantity for each in goods)
    _record("consign_goods", selling, consignment, at, {"pieces": (0, pieces), "place": ("", there.name)})
    return consignment


@transaction.atomic
def put_off_settlement(
    *, selling: Selling, consignment: Consignment, settle_by_on: date, at: datetime
) -> Consignment:
    """They count on another day."""
    locked = _locked(consignment)
    if locked.state != OUT:
        raise UnableToSettle(_("Titipan ini sudah dihitung."))
    _check_day(settle_by_on, at)
    before, locked.settle_by_on, locked.remind_on = locked.settle_by_on, settle_by_on, settle_by_on
    locked.save(update_fields=["settle_by_on", "remind_on"])
    _record("put_off_settlement", selling, locked, at, {"settle_by_on": (str(before), str(settle_by_on))})
    return locked


@transaction.atomic
def settle_consignment(
    *,
    selling: Selling,
    consignment: Consignment,
    counts: Mapping[int, Count],
    damage_borne_by: str,
    at: datetime,
) -> Consignment:
    """`counts` by line. What came back can be sold again; what the place owes stands on the consignment.

    Raises UnableToSettle where a line does not add up, and UnableToMove where it was settled already.
    """
    _locked(consignment)
    locked = CONSIGNMENT_FLOW.make_move(consignment, "settle", parties=(SELLER,), at=at)
    lines = list(locked.lines.order_by("id"))
    # All of them at once and by id: three deeds follow, each of which takes some of them.
    list(Variant.objects.select_for_update().filter(pk__in=[ln.variant_id for ln in lines]).order_by("id"))
    counted = counted_of(lines, counts)
    check_counted(counted)
    sums = sums_of(
        counted,
        commission=locked.commission,
        value=locked.commission_value,
        damage_borne_by=damage_borne_by,
    )
    cause = _cause(selling, locked)
    for door, wanted in ((consign_back, "back"), (sell_consigned, "sold"), (lose_consigned, "damaged")):
        quantities = {
            line.variant_id: getattr(each, wanted)
            for line, each in zip(lines, counted, strict=True)
            if getattr(each, wanted)
        }
        door(quantities=quantities, cause=cause, at=at)
    for line, each in zip(lines, counted, strict=True):
        line.out, line.sold, line.back, line.damaged = 0, each.sold, each.back, each.damaged
        line.save(update_fields=["out", "sold", "back", "damaged"])
    locked.settled_at, locked.remind_on, locked.damage_borne_by = at, None, damage_borne_by
    locked.sold_rp, locked.commission_rp, locked.due_rp = sums.sold_rp, sums.commission_rp, sums.due_rp
    locked.save(
        update_fields=["settled_at", "remind_on", "damage_borne_by", "sold_rp", "commission_rp", "due_rp"]
    )
    _record(
        "settle_consignment",
        selling,
        locked,
        at,
        {"state": (OUT, locked.state), "total_rp": (0, sums.due_rp)},
    )
    return locked


@transaction.atomic
def record_consignment_payment(
    *, selling: Selling, consignment: Consignment, amount_rp: int, way: str, note: str = "", at: datetime
) -> Consignment:
    """The place paid; less than nought takes back what was noted by mistake. Never more than is owed."""
    fits = Q(paid_rp__lte=F("due_rp") - amount_rp, paid_rp__gte=-amount_rp)
    rows = Consignment.objects.filter(pk=consignment.pk)
    if amount_rp == 0 or not guarding.change_if(rows, fits, paid_rp=F("paid_rp") + amount_rp):
        now = rows.get()
        raise UnableToPay(
            _("Yang belum dibayar tinggal %(left)s.") % {"left": show_rupiah(now.left_rp)}
            if amount_rp > 0
            else _("Yang tercatat baru %(paid)s.") % {"paid": show_rupiah(now.paid_rp)},
            field="amount",
        )
    ConsignmentPayment.objects.create(
        consignment=consignment,
        amount_rp=amount_rp,
        way=way,
        note=note,
        by=selling.person,
        for_name=selling.for_name,
        at=at,
    )
    consignment.refresh_from_db(fields=["paid_rp"])
    _record(
        "record_consignment_payment",
        selling,
        consignment,
        at,
        {"paid_rp": (consignment.paid_rp - amount_rp, consignment.paid_rp)},
    )
    return consignment


def counted_of(lines: Sequence[ConsignmentLine], counts: Mapping[int, Count]) -> list[Counted]:
    """A line nobody counted came back whole."""
    return [
        Counted(line.name, line.price_rp, line.quantity, count.sold, count.back, count.damaged)
        for line in lines
        for count in [counts.get(line.pk, Count(0, line.quantity, 0))]
    ]


def _variants(selling: Selling, goods: Sequence[Brought]) -> dict[int, Variant]:
    if not goods:
        raise UnableToConsign(_("Isi jumlah barang yang dititipkan, paling sedikit satu."), field="goods")
    if len(goods) > MOST_LINES:
        raise UnableToConsign(
            _("Paling banyak %(most)s macam barang dalam satu nota.") % {"most": MOST_LINES}, field="goods"
        )
    found = Variant.objects.select_related("product").filter(
        pk__in=[each.variant_id for each in goods],
        product__shop=selling.shop,
        product__supply=Product.STOCK,
        status=Variant.ACTIVE,
    )
    variants = {variant.pk: variant for variant in found}
    if len(variants) < len(goods):
        raise UnableToConsign(_("Ada barang yang tidak dijual lagi. Muat ulang halaman."), field="goods")
    return variants


def _take_out(
    selling: Selling,
    consignment: Consignment,
    goods: Sequence[Brought],
    variants: Mapping[int, Variant],
    at: datetime,
) -> None:
    try:
        consign_out(
            quantities={each.variant_id: each.quantity for each in goods},
            cause=_cause(selling, consignment),
            at=at,
        )
    except UnableToHold as problem:
        short = [
            _("“%(name)s” tinggal %(left)s") % {"name": variants[variant_id].product.name, "left": left}
            for variant_id, left in problem.left.items()
        ]
        raise UnableToConsign(
            _("Stoknya tidak cukup: %(short)s. Kurangi jumlahnya.") % {"short": ", ".join(short)},
            field="goods",
        ) from problem


def _place(selling: Selling, new: NewPlace) -> Place:
    if not new.name:
        raise UnableToConsign(_("Tulis nama tempatnya, misalnya Warung Bu Ani."), field="name")
    place, _made = Place.objects.get_or_create(
        shop=selling.shop,
        name=new.name,
        defaults={"phone": new.phone, "village": new.village, "business": new.business},
    )
    return place


def _check_day(settle_by_on: date, at: datetime) -> None:
    today = timezone.localdate(at)
    if not today <= settle_by_on <= today + FURTHEST:
        raise UnableToConsign(
            _("Pilih hari menghitung dari hari ini sampai setahun lagi."), field="settle_by_on"
        )


def _locked(consignment: Consignment) -> Consignment:
    locked = Consignment.objects.select_for_update(of=("self",)).get(pk=consignment.pk)
    locked.place, locked.shop = consignment.place, consignment.shop
    return locked


def _cause(selling: Selling, consignment: Consignment) -> Cause:
    return Cause(
        StockMovement.CONSIGNMENT, consignment.number or "", by=selling.person, for_name=selling.for_name
    )


def _record(deed: str, selling: Selling, consignment: Consignment, at: datetime, changes: Changes) -> None:
    record_deed(
        deed=deed,
        subject=consignment,
        by=selling.person,
        for_name=selling.for_name,
        at=at,
        area_code=consignment.area_code,
        changes=changes,
    )
