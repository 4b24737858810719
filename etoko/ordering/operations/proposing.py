"""The seller weighs goods or offers others instead; what costs the buyer more she agrees to first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.catalog.models import Product, StockMovement, Variant
from etoko.catalog.operations.stocking import Cause, UnableToHold, hold_stock
from etoko.catalog.states import PUBLISHED
from etoko.foundation.flows import UnableToMove
from etoko.foundation.money import price_per, show_rupiah
from etoko.ordering.models import Order, OrderLine, Proposal
from etoko.ordering.operations.reckoning import reckon_order, set_quantity
from etoko.ordering.operations.recording import CLOCKWORK, Actor, record
from etoko.ordering.operations.reducing import (
    NOT_YET_GONE,
    UnableToChange,
    lock_order,
    lock_stock,
    refuse_open_proposals,
    take_from_lines,
)
from etoko.ordering.operations.telling import tell_buyer, tell_seller
from etoko.ordering.states import BUYER, OPEN, PROPOSAL_FLOW, SELLER

ANSWER_PROPOSAL_WITHIN = timedelta(hours=24)
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Weighed:
    order: Order
    proposal: Proposal | None
    """None: the line became cheaper, and that holds at once."""


@transaction.atomic
def weigh_line(*, order: Order, line_pk: int, weighed: Decimal, actor: Actor, at: datetime) -> Weighed:
    """What the scales show for the whole line, in the measure of its variant (kg, g, l, …).

    A line that becomes cheaper or stays is written at once; a dearer one waits for the buyer.
    Raises UnableToChange; then nothing has changed.
    """
    locked, line = _line(order, line_pk)
    amount = line.variant.amount
    if amount is None:
        raise UnableToChange(
            _("Barang ini tidak dijual menurut berat. Isi dulu beratnya di halaman produk."), field="weighed"
        )
    if not weighed.is_finite() or not Decimal(0) < weighed <= amount * line.quantity * 3:
        raise UnableToChange(_("Berat ini tidak masuk akal. Periksa angkanya."), field="weighed")
    line_rp = price_per(line.price_rp, amount, weighed)
    if line_rp > line.line_rp:
        proposal = _propose(locked, line, Proposal.WEIGHT, actor, at, weighed=weighed, line_rp=line_rp)
        return Weighed(locked, proposal)
    _write_weight(line, weighed, line_rp)
    before_rp = locked.total_rp
    reckon_order(locked, party=actor.party, at=at)
    said = f"{line.product_name}: {show_weight(weighed)} {line.variant.measure}, {show_rupiah(line_rp)}"
    changes = {"goods": ("", said), "total_rp": (before_rp, locked.total_rp)}
    record(locked, "weigh", actor, at=at, reason=said, changes=changes, trace="weigh_line")
    tell_buyer(order=locked, deed="weigh", at=at, goods=said)
    return Weighed(locked, None)


@transaction.atomic
def propose_substitute(
    *, order: Order, line_pk: int, variant: Variant, quantity: int, note: str, actor: Actor, at: datetime
) -> Proposal:
    """Other goods of the same shop instead of a line, at their price of today; the buyer must agree."""
    locked, line = _line(order, line_pk)
    if variant.pk == line.variant_id:
        raise UnableToChange(_("Itu barang yang sama. Pilih barang lain."), field="variant")
    if (
        variant.product.shop_id != locked.shop_id
        or variant.status != Variant.ACTIVE
        or variant.product.status != PUBLISHED
    ):
        raise UnableToChange(_("Barang pengganti harus dari toko ini dan sedang dijual."), field="variant")
    if not 1 <= quantity <= 9999:
        raise UnableToChange(_("Jumlahnya dari 1 sampai 9.999."), field="quantity")
    if variant.product.supply != Product.STOCK:
        raise UnableToChange(_("Barang pengganti harus sudah ada, bukan yang masih dibuat."), field="variant")
    if variant.available < quantity:
        raise UnableToChange(
            _("“%(name)s” tinggal %(left)s.") % {"name": variant.product.name, "left": variant.available},
            field="quantity",
        )
    return _propose(
        locked,
        line,
        Proposal.SUBSTITUTE,
        actor,
        at,
        variant=variant,
        quantity=quantity,
        note=note,
        price_rp=variant.price_rp,
        line_rp=variant.price_rp * quantity,
    )


@transaction.atomic
def answer_proposal(*, proposal: Proposal, move: str, actor: Actor, at: datetime) -> Order:
    """`agree` or `refuse` by the buyer, `withdraw` by the seller. Only agreeing changes the order."""
    order = lock_order(proposal.order)
    moved = PROPOSAL_FLOW.make_move(proposal, move, parties=(actor.party,), at=at)
    moved.answered_at = at
    moved.save(update_fields=["answered_at"])
    before_rp = order.total_rp
    if move == "agree":
        if order.state not in NOT_YET_GONE:
            raise UnableToChange(_("Pesanan ini sudah jalan terus, jadi usulan itu tidak berlaku lagi."))
        _carry_out(order, moved, actor, at)
        reckon_order(order, party=SELLER, at=at)
    said = proposal_in_words(moved)
    changes = {"goods": ("", said), "total_rp": (before_rp, order.total_rp)}
    record(order, f"{move}_proposal", actor, at=at, reason=said, changes=changes)
    tell = tell_seller if actor.party == BUYER else tell_buyer
    tell(order=order, deed=f"{move}_proposal", at=at, goods=said)
    return order


def expire_proposals(*, at: datetime) -> int:
    """Those that no buyer answered: the order stays as it was. Returns how many."""
    due = Proposal.objects.filter(state=OPEN, answer_by_at__lte=at).select_related(
        "order__group__buyer", "order__shop", "line__variant", "variant__product"
    )
    done = 0
    for proposal in due.order_by("answer_by_at")[:_AT_ONCE]:
        try:
            _expire(proposal, at)
        except UnableToMove:
            continue  # answered in this very moment
        done += 1
    return done


@transaction.atomic
def _expire(proposal: Proposal, at: datetime) -> None:
    order = lock_order(proposal.order)
    moved = PROPOSAL_FLOW.make_move(proposal, "expire", parties=(CLOCKWORK.party,), at=at)
    said = proposal_in_words(moved)
    record(order, "expire_proposal", CLOCKWORK, at=at, reason=said, changes={"goods": ("", said)})
    tell_seller(order=order, deed="expire_proposal", at=at, goods=said)


def proposal_in_words(proposal: Proposal) -> str:
    """ "2 bungkus Kerupuk → 2 bungkus Emping, Rp30.000"."""
    line = proposal.line
    was = f"{line.quantity} {line.unit} {line.product_name}"
    if proposal.variant is None:
        weight = f"{show_weight(proposal.weighed or Decimal(0))} {line.variant.measure}"
        return f"{line.product_name}: {weight}, {show_rupiah(proposal.line_rp)}"
    other = proposal.variant.product
    name = f"{other.name} ({proposal.variant.name})" if proposal.variant.name else other.name
    return f"{was} → {proposal.quantity} {other.unit} {name}, {show_rupiah(proposal.line_rp)}"


def show_weight(weighed: Decimal) -> str:
    """ "1,15": no noughts at the end, a comma as Indonesians write it."""
    return f"{weighed.normalize():f}".replace(".", ",")


def _line(order: Order, line_pk: int) -> tuple[Order, OrderLine]:
    locked = lock_order(order)
    if locked.state not in NOT_YET_GONE:
        raise UnableToChange(_("Barangnya sudah dikirim atau diserahkan, jadi tidak bisa diubah lagi."))
    line = locked.lines.select_related("variant__product").filter(pk=line_pk, quantity__gte=1).first()
    if line is None:
        raise UnableToChange(_("Ada barang yang tidak lagi di pesanan ini. Muat ulang halaman."))
    refuse_open_proposals([line])
    return locked, line


def _propose(
    order: Order,
    line: OrderLine,
    kind: str,
    actor: Actor,
    at: datetime,
    *,
    line_rp: int,
    variant: Variant | None = None,
    quantity: int | None = None,
    price_rp: int | None = None,
    weighed: Decimal | None = None,
    note: str = "",
) -> Proposal:
    proposal = Proposal.objects.create(
        order=order,
        line=line,
        kind=kind,
        variant=variant,
        quantity=line.quantity if quantity is None else quantity,
        price_rp=line.price_rp if price_rp is None else price_rp,
        weighed=weighed,
        line_rp=line_rp,
        note=note.strip()[:300],
        proposed_at=at,
        proposed_by=actor.person,
        answer_by_at=at + ANSWER_PROPOSAL_WITHIN,
    )
    said = proposal_in_words(proposal)
    record(order, "propose", actor, at=at, reason=said, changes={"goods": ("", said)}, trace="propose_change")
    tell_buyer(order=order, deed="propose", at=at, reason=proposal.note, goods=said)
    return proposal


def _carry_out(order: Order, proposal: Proposal, actor: Actor, at: datetime) -> None:
    line = OrderLine.objects.select_related("variant__product").get(pk=proposal.line_id)
    if proposal.variant is None:
        _write_weight(line, proposal.weighed, proposal.line_rp)
        return
    variant = Variant.objects.select_related("product").get(pk=proposal.variant.pk)
    lock_stock((line.variant_id, variant.pk))
    take_from_lines(order, {line.pk: 0}, actor=actor, at=at)
    cause = Cause(StockMovement.ORDER, order.number or "", actor.person, actor.for_name)
    try:
        hold_stock(quantities={variant.pk: proposal.quantity}, cause=cause, at=at)
    except UnableToHold as problem:
        raise UnableToChange(
            _("Barang penggantinya baru saja habis. Pesanan Anda tetap seperti semula; hubungi penjual.")
        ) from problem
    OrderLine.objects.create(
        order=order,
        variant=variant,
        product_name=variant.product.name,
        variant_name=variant.name,
        unit=variant.product.unit,
        price_rp=proposal.price_rp,
        quantity=proposal.quantity,
        ordered_quantity=proposal.quantity,
        line_rp=proposal.line_rp,
        held_quantity=proposal.quantity,
        replaces=line,
    )


def _write_weight(line: OrderLine, weighed: Decimal | None, line_rp: int) -> None:
    set_quantity(line, line.quantity)
    line.weighed = weighed
    line.weighed_off_rp = line_rp - line.price_rp * line.quantity
    line.line_rp = line_rp
    line.save(update_fields=["weighed", "weighed_off_rp", "line_rp"])
