"""The seller has less than was ordered: the rest of the order goes on, the buyer is told, the sum falls."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.catalog.models import StockMovement, Variant
from etoko.catalog.operations.making import make_fewer
from etoko.catalog.operations.stocking import Cause, release_stock
from etoko.foundation.problems import UnableTo
from etoko.ordering.models import Order, OrderLine, Proposal
from etoko.ordering.operations.reckoning import reckon_order, set_quantity
from etoko.ordering.operations.recording import Actor, record
from etoko.ordering.operations.telling import tell_buyer
from etoko.ordering.states import AWAITING_CONFIRMATION, OPEN, PROCESSING, READY_FOR_PICKUP

NOT_YET_GONE = (AWAITING_CONFIRMATION, PROCESSING, READY_FOR_PICKUP)


class UnableToChange(UnableTo):
    pass


@transaction.atomic
def reduce_order(
    *, order: Order, quantities: Mapping[int, int], actor: Actor, at: datetime, reason: str = ""
) -> Order:
    """Of these lines only so many can be had (nought: none); lines that are not named stay as they are.

    Raises UnableToChange; then nothing has changed.
    """
    locked = lock_order(order)
    if locked.state not in NOT_YET_GONE:
        raise UnableToChange(
            _("Barangnya sudah dikirim atau diserahkan, jadi pesanan ini tidak bisa dikurangi.")
        )
    lines = lines_by_id(locked, quantities)
    fewer = [line for line in lines.values() if quantities.get(line.pk, line.quantity) != line.quantity]
    if any(not 0 <= quantities[line.pk] < line.quantity for line in fewer):
        raise UnableToChange(_("Tulis jumlah yang ada: 0 sampai sebanyak yang dipesan."))
    if not fewer:
        raise UnableToChange(_("Belum ada yang dikurangi. Ubah jumlahnya dulu."))
    if not any(quantities.get(line.pk, line.quantity) for line in lines.values()):
        raise UnableToChange(_("Kalau semuanya tidak ada, tolak atau batalkan pesanannya."))
    refuse_open_proposals(fewer)
    said = "\n".join(
        _("%(name)s: %(now)s dari %(before)s %(unit)s")
        % {
            "name": line.product_name,
            "now": quantities[line.pk],
            "before": line.quantity,
            "unit": line.unit,
        }
        for line in fewer
    )
    take_from_lines(locked, {line.pk: quantities[line.pk] for line in fewer}, actor=actor, at=at)
    before_rp = locked.total_rp
    reckon_order(locked, party=actor.party, at=at)
    changes = {"goods": ("", said.replace("\n", "; ")), "total_rp": (before_rp, locked.total_rp)}
    record(locked, "reduce", actor, at=at, reason=reason, changes=changes, trace="reduce_order")
    tell_buyer(order=locked, deed="reduce", at=at, reason=reason, goods=said)
    return locked


def lock_order(order: Order) -> Order:
    """The row as it now stands, with the shop and the buyer of the one we were given."""
    locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    locked.shop, locked.group = order.shop, order.group
    return locked


def lock_stock(variant_pks: Collection[int]) -> None:
    """All of them at once in id order: what one change holds and frees, another may free and hold; crosswise
    the two would wait for ever."""
    list(Variant.objects.select_for_update().filter(pk__in=variant_pks).order_by("pk"))


def lines_by_id(order: Order, asked: Mapping[int, int]) -> dict[int, OrderLine]:
    lines = {line.pk: line for line in order.lines.all()}
    if asked.keys() - lines.keys():
        raise UnableToChange(_("Ada barang yang tidak lagi di pesanan ini. Muat ulang halaman."))
    return lines


def refuse_open_proposals(lines: list[OrderLine]) -> None:
    if Proposal.objects.filter(line__in=lines, state=OPEN).exists():
        raise UnableToChange(_("Masih ada usulan yang menunggu jawaban pembeli. Tarik dulu usulannya."))


def take_from_lines(order: Order, quantities: Mapping[int, int], *, actor: Actor, at: datetime) -> None:
    """So many are left of each line; the stock and the days of making beyond that are free again."""
    free: dict[int, int] = {}
    unmade: dict[int, int] = {}
    for line in OrderLine.objects.filter(order=order, pk__in=quantities).select_related("variant"):
        product_pk, fewer = line.variant.product_id, line.quantity - quantities[line.pk]
        unmade[product_pk] = unmade.get(product_pk, 0) + fewer
        set_quantity(line, quantities[line.pk])
        beyond = max(0, line.held_quantity - line.quantity)
        if beyond:
            free[line.variant_id] = free.get(line.variant_id, 0) + beyond
            line.held_quantity -= beyond
        line.save(update_fields=["quantity", "line_rp", "weighed_off_rp", "held_quantity"])
    if free:
        cause = Cause(StockMovement.ORDER, order.number or "", actor.person, actor.for_name)
        release_stock(quantities=free, cause=cause, at=at)
    # Stock before days and both by id, as everywhere: two deeds that lock them crosswise wait for ever.
    for product_pk, pieces in sorted(unmade.items()):
        make_fewer(order_number=order.number or "", product_pk=product_pk, by=pieces, at=at)
