"""The buyer changes her order before the seller has answered: quantities, note, way of delivery, address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.catalog.models import DeliveryFee, DeliveryOption, Product, StockMovement
from etoko.catalog.operations.stocking import Cause, UnableToHold, hold_stock
from etoko.ordering.models import Order, OrderGroup, OrderLine
from etoko.ordering.operations.carting import MOST_OF_ONE
from etoko.ordering.operations.reckoning import reckon_order, set_quantity
from etoko.ordering.operations.recording import Actor, record
from etoko.ordering.operations.reducing import (
    UnableToChange,
    lines_by_id,
    lock_order,
    lock_stock,
    take_from_lines,
)
from etoko.ordering.operations.telling import tell_seller
from etoko.ordering.states import AWAITING_CONFIRMATION, CANCELLED, DECLINED, MERGED
from etoko.places.models import Area


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the goods go; what is empty is not known."""

    village: str = ""
    area: Area | None = None
    street: str = ""
    landmark: str = ""


@transaction.atomic
def change_order(
    *,
    order: Order,
    quantities: Mapping[int, int],
    delivery: str,
    destination: Destination,
    note: str,
    actor: Actor,
    at: datetime,
) -> Order:
    """As the buyer wants it now; `quantities` by line, nought takes the line out.

    Further pieces cost what the first ones did. Raises UnableToChange; then nothing has changed.
    """
    locked = lock_order(order)
    if locked.state != AWAITING_CONFIRMATION:
        raise UnableToChange(
            _(
                "Penjual sudah menjawab pesanan ini, jadi tidak bisa diubah lagi. "
                "Hubungi penjual lewat WhatsApp."
            )
        )
    lines = lines_by_id(locked, quantities)
    after = {pk: quantities.get(pk, line.quantity) for pk, line in lines.items()}
    if any(not 0 <= quantity <= MOST_OF_ONE for quantity in after.values()):
        raise UnableToChange(_("Jumlahnya dari 0 sampai 9.999."), field="quantities")
    if not any(after.values()):
        raise UnableToChange(_("Kalau tidak jadi semuanya, batalkan saja pesanannya."), field="quantities")
    before = _facts(locked, lines)
    lock_stock([line.variant_id for line in lines.values()])
    _set_destination(locked, delivery, destination)
    _add(locked, [line for pk, line in lines.items() if after[pk] > line.quantity], after, actor, at)
    fewer = {pk: after[pk] for pk, line in lines.items() if after[pk] < line.quantity}
    take_from_lines(locked, fewer, actor=actor, at=at)
    locked.note = note.strip()[:300]
    locked.save(update_fields=["note", "delivery"])
    reckon_order(locked, party=actor.party, at=at)
    now = _facts(locked, {line.pk: line for line in locked.lines.all()})
    changes = {name: (before[name], now[name]) for name in now if before[name] != now[name]}
    if not changes:
        return locked
    record(locked, "change", actor, at=at, changes=changes, trace="change_order")
    tell_seller(order=locked, deed="change", at=at, goods=now["goods"])
    return locked


def _add(order: Order, lines: list[OrderLine], after: Mapping[int, int], actor: Actor, at: datetime) -> None:
    made_to_order = Product.objects.filter(
        supply=Product.MADE_TO_ORDER, variants__in=[line.variant_id for line in lines]
    ).first()
    if made_to_order is not None:
        raise UnableToChange(
            _("“%(name)s” dibuat sesuai pesanan. Pesan tambahannya sendiri, lalu gabungkan kedua pesanan.")
            % {"name": made_to_order.name},
            field="quantities",
        )
    more: dict[int, int] = {}
    for line in lines:
        extra = after[line.pk] - line.quantity
        set_quantity(line, after[line.pk])
        line.ordered_quantity = max(line.ordered_quantity, line.quantity)
        more[line.variant_id] = more.get(line.variant_id, 0) + extra
        line.held_quantity += extra
    if more:
        cause = Cause(StockMovement.ORDER, order.number or "", actor.person, actor.for_name)
        try:
            hold_stock(quantities=more, cause=cause, at=at)
        except UnableToHold as problem:
            short = next(line for line in lines if line.variant_id in problem.left)
            raise UnableToChange(
                _("“%(name)s” hanya bisa ditambah %(left)s lagi.")
                % {"name": short.product_name, "left": problem.left[short.variant_id]},
                field="quantities",
            ) from problem
    for line in lines:
        line.save(
            update_fields=["quantity", "ordered_quantity", "line_rp", "weighed_off_rp", "held_quantity"]
        )


def _set_destination(order: Order, delivery: str, to: Destination) -> None:
    """The fee follows the way and the village. The address belongs to the whole checkout."""
    if not DeliveryOption.objects.filter(shop=order.shop_id, kind=delivery).exists():
        raise UnableToChange(_("Penjual tidak punya cara itu. Pilih cara lain."), field="delivery")
    order.delivery = delivery
    if delivery == DeliveryOption.PICKUP:
        order.delivery_fee_rp = 0
        return
    if not to.street:
        raise UnableToChange(_("Tulis alamat rumahnya, supaya barangnya bisa diantar."), field="street")
    group = OrderGroup.objects.select_for_update().get(pk=order.group_id)
    wanted = {"village": to.village, "area": to.area, "street": to.street, "landmark": to.landmark}
    if any(getattr(group, name) != value for name, value in wanted.items()):
        others = group.orders.exclude(pk=order.pk).exclude(delivery=DeliveryOption.PICKUP)
        if others.exclude(state__in=(CANCELLED, DECLINED, MERGED)).exists():
            raise UnableToChange(
                _("Alamat ini juga dipakai pesanan Anda yang lain. Hubungi penjual untuk mengubahnya."),
                field="street",
            )
        for name, value in wanted.items():
            setattr(group, name, value)
        group.save(update_fields=list(wanted))
        order.group = group
    if delivery == DeliveryOption.COURIER:
        order.delivery_fee_rp = 0
        return
    fee_rp = (
        DeliveryFee.objects.filter(shop=order.shop_id, area=to.area).values_list("fee_rp", flat=True).first()
    )
    if fee_rp is None:
        raise UnableToChange(_("Penjual belum mengantar ke desa itu. Pilih cara lain."), field="delivery")
    order.delivery_fee_rp = fee_rp


def _facts(order: Order, lines: Mapping[int, OrderLine]) -> dict[str, Any]:
    return {
        "goods": "\n".join(
            f"{line.quantity} {line.unit} {line.product_name}" for line in lines.values() if line.quantity
        ),
        "delivery": order.delivery,
        "street": order.group.street,
        "village": order.group.village,
        "note": order.note,
        "total_rp": order.total_rp,
    }
