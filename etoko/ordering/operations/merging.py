"""Two orders of one buyer at one seller become one: one parcel, one delivery fee."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.catalog.operations.making import join_making
from etoko.foundation.effects import announce
from etoko.ordering.facts import OrderMoved
from etoko.ordering.models import Order, OrderLine
from etoko.ordering.operations.reckoning import reckon_order, set_quantity
from etoko.ordering.operations.recording import Actor, record
from etoko.ordering.operations.reducing import UnableToChange
from etoko.ordering.operations.telling import tell_seller
from etoko.ordering.states import AWAITING_CONFIRMATION, ORDER_FLOW


@transaction.atomic
def merge_orders(*, first: Order, second: Order, actor: Actor, at: datetime) -> Order:
    """Everything of the younger order joins the older one, whose number, delivery and payment stay.

    The gate has seen that both belong to this buyer. The younger stays, empty, with its own timeline, and
    its number leads to the other. What was discounted by a voucher is the one that stays; two vouchers are
    not merged. Raises UnableToChange; then nothing has changed.
    """
    # In id order: two taps that merge the same two the other way round would else wait for ever.
    locked = {
        order.pk: order
        for order in Order.objects.select_for_update(of=("self",))
        .select_related("group", "shop")
        .filter(pk__in=(first.pk, second.pk))
        .order_by("pk")
    }
    if len(locked) != 2:
        raise UnableToChange(_("Pilih dua pesanan yang berbeda."))
    kept, joined = (locked[pk] for pk in sorted(locked))
    if joined.voucher_off_rp and not kept.voucher_off_rp:
        kept, joined = joined, kept
    _check(kept, joined)
    _move_lines(joined, kept)
    join_making(order_number=joined.number or "", into_number=kept.number or "")
    kept.note = " / ".join(dict.fromkeys(note for note in (kept.note, joined.note) if note))[:300]
    kept.answer_by_at = min(kept.answer_by_at, joined.answer_by_at)
    kept.save(update_fields=["note", "answer_by_at"])
    joined.delivery_fee_rp = 0
    reckon_order(kept, party=actor.party, at=at)
    reckon_order(joined, party=actor.party, at=at)
    # Before the state: the database knows no merged order that leads nowhere.
    joined.merged_into = kept
    joined.remind_at = None
    joined.save(update_fields=["merged_into", "remind_at"])
    moved = ORDER_FLOW.make_move(joined, "merge", parties=(actor.party,), at=at, within="merge_orders")
    moved.shop, moved.group = joined.shop, joined.group
    changes = {"merged_into": ("", kept.number), "total_rp": (0, kept.total_rp)}
    record(moved, "merge", actor, at=at, from_state=joined.state, changes=changes, trace="merge_order")
    record(kept, "merge_in", actor, at=at, reason=moved.number or "", changes=changes, trace="merge_order")
    announce(OrderMoved(moved.pk, "merge", at))
    tell_seller(order=kept, deed="merge_in", at=at, reason=moved.number or "", goods=_goods(kept))
    return kept


def _check(kept: Order, joined: Order) -> None:
    if kept.state != AWAITING_CONFIRMATION or joined.state != AWAITING_CONFIRMATION:
        raise UnableToChange(
            _("Penjual sudah menjawab salah satu pesanan itu, jadi tidak bisa digabung lagi.")
        )
    if kept.shop_id != joined.shop_id:
        raise UnableToChange(_("Hanya pesanan di toko yang sama yang bisa digabung."))
    if not all(order.no_money_came for order in (kept, joined)):
        raise UnableToChange(_("Salah satu pesanan itu sudah dibayar, jadi tidak bisa digabung."))
    if kept.voucher_off_rp and joined.voucher_off_rp:
        raise UnableToChange(_("Keduanya memakai voucher, jadi tidak bisa digabung."))


def _move_lines(joined: Order, kept: Order) -> None:
    """The stock stays held for the same buyer: only the order it is held for changes."""
    there = {(line.variant_id, line.price_rp): line for line in kept.lines.all()}
    for line in joined.lines.all():
        if not line.quantity:
            continue
        same = there.get((line.variant_id, line.price_rp))
        into = same or OrderLine(
            order=kept,
            variant_id=line.variant_id,
            product_name=line.product_name,
            variant_name=line.variant_name,
            unit=line.unit,
            price_rp=line.price_rp,
            quantity=0,
            ordered_quantity=0,
            line_rp=0,
        )
        set_quantity(into, into.quantity + line.quantity)
        into.ordered_quantity += line.quantity
        into.held_quantity += line.held_quantity
        line.held_quantity = 0
        set_quantity(line, 0)
        line.save(update_fields=["quantity", "line_rp", "held_quantity"])
        into.save()


def _goods(order: Order) -> str:
    return "\n".join(
        f"{line.quantity} {line.unit} {line.product_name}" for line in order.lines.all() if line.quantity
    )
