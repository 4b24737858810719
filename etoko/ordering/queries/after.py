"""What is spoken about on an order: changes that wait for the buyer, a complaint, goods that go back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.models import Variant
from etoko.catalog.states import PUBLISHED
from etoko.foundation.days import show_moment
from etoko.foundation.flows import Offered
from etoko.foundation.money import show_rupiah
from etoko.ordering.deadlines import show_deadline
from etoko.ordering.models import Complaint, GoodsReturn, Order, Proposal
from etoko.ordering.operations import NOT_YET_GONE, may_complain, may_return, proposal_in_words
from etoko.ordering.operations.telling import buyer_path
from etoko.ordering.states import (
    AGREED,
    ANSWERED,
    ASKED,
    AWAITING_CONFIRMATION,
    BUYER,
    COMPLAINT_FLOW,
    ESCALATED,
    OPEN,
    RETURN_FLOW,
    SELLER,
    SETTLED,
)


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A line of which something is left, for forms that ask how many."""

    pk: int
    product_name: str
    variant_name: str
    unit: str
    quantity: int
    measure: str
    """Of what is sold by weight; else empty."""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    pk: int
    what: str
    difference: str
    """ "Rp2.000 lebih mahal"."""
    note: str
    answer_by: str


@dataclass(frozen=True, slots=True)
class PostRow:
    who: str
    is_mine: bool
    at: str
    text: str
    photos: list[tuple[str, int, int]]
    """Key, width and height."""


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    kind: str
    state: str
    state_label: str
    tone: str
    settle_by: str
    posts: list[PostRow]
    may_speak: bool
    moves: list[Offered]

    @property
    def is_open(self) -> bool:
        return self.state in (OPEN, ANSWERED)


@dataclass(frozen=True, slots=True)
class ReturnRow:
    state: str
    state_label: str
    tone: str
    reason: str
    goods: list[str]
    moves: list[Offered]


@dataclass(frozen=True, slots=True)
class After:
    """What one party can still do about an order beside the steps of its flow."""

    proposals: list[ProposalRow]
    complaint: ComplaintRow | None
    goods_return: ReturnRow | None
    may_change: bool
    may_complain: bool
    may_return: bool
    complain_until: str
    merges_with: list[str]
    """Numbers of her other orders at the same shop that could join this one."""
    merged_into: str
    merged_into_at: str
    """Where the buyer finds that order: it may be of another checkout."""


_TONES = {OPEN: "wait", ANSWERED: "info", SETTLED: "ok", ESCALATED: "bad", ASKED: "wait", AGREED: "info"}


def after_of(
    orders: Iterable[Order], *, party: str, at: datetime, hers: Iterable[Order] = ()
) -> dict[str, After]:
    """By number. `hers` are the other orders that the buyer is known to have placed, from the gate."""
    found = list(orders)
    proposals: dict[int, list[ProposalRow]] = {order.pk: [] for order in found}
    here = [order for order in found if order.state in NOT_YET_GONE]
    if here:
        for proposal in Proposal.objects.filter(order__in=here, state=OPEN).select_related(
            "line__variant", "variant__product"
        ):
            proposals[proposal.order_id].append(_proposal(proposal, at))
    # What nobody has answered yet nobody can complain about or give back.
    told = [order for order in found if order.state != AWAITING_CONFIRMATION]
    complaints = {each.order_id: each for each in Complaint.objects.filter(order__in=told)} if told else {}
    gone = [order for order in told if order.state not in NOT_YET_GONE]
    returns: dict[int, GoodsReturn] = {}
    if gone:
        asked = GoodsReturn.objects.filter(order__in=gone).prefetch_related("lines__line")
        returns = {each.order_id: each for each in asked}
    merged = [order.merged_into_id for order in found if order.merged_into_id]
    kept = Order.objects.select_related("group").in_bulk(merged) if merged else {}
    others = [order for order in hers if order.state == AWAITING_CONFIRMATION]
    return {
        order.number or "": After(
            proposals=proposals[order.pk],
            complaint=complaint_row(complaints[order.pk], party=party, at=at)
            if order.pk in complaints
            else None,
            goods_return=_return(returns[order.pk], party) if order.pk in returns else None,
            may_change=order.state == AWAITING_CONFIRMATION
            if party == BUYER
            else order.state in NOT_YET_GONE,
            may_complain=may_complain(order, at=at)
            and not (order.pk in complaints and complaints[order.pk].state in (OPEN, ANSWERED)),
            may_return=may_return(order, at=at)
            and not (order.pk in returns and returns[order.pk].state in (ASKED, AGREED)),
            complain_until=show_deadline(order.complain_until_at, today=timezone.localdate(at))
            if order.complain_until_at
            else "",
            merges_with=[
                other.number or ""
                for other in others
                if order.state == AWAITING_CONFIRMATION
                and other.shop_id == order.shop_id
                and other.pk != order.pk
            ],
            merged_into=into.number or "" if into else "",
            merged_into_at=f"{buyer_path(into)}#{into.number}" if into and party == BUYER else "",
        )
        for order in found
        for into in [kept.get(order.merged_into_id or 0)]
    }


def complaint_row(complaint: Complaint, *, party: str, at: datetime) -> ComplaintRow:
    """For `party`; an officer is neither and only reads."""
    is_open = complaint.state in (OPEN, ANSWERED)
    return ComplaintRow(
        kind=complaint.get_kind_display(),
        state=complaint.state,
        state_label=str(COMPLAINT_FLOW.states[complaint.state]),
        tone=_TONES[complaint.state],
        settle_by=show_deadline(complaint.settle_by_at, today=timezone.localdate(at)) if is_open else "",
        posts=[
            PostRow(
                who=post.by_name
                if not post.for_name
                else _("%(name)s untuk %(whom)s") % {"name": post.by_name, "whom": post.for_name},
                is_mine=post.party == party,
                at=show_moment(post.at),
                text=post.text,
                photos=[(photo.key, photo.width, photo.height) for photo in post.photos.all()],
            )
            for post in complaint.posts.prefetch_related("photos")
        ],
        may_speak=is_open and party in (BUYER, SELLER),
        moves=[
            move
            for move in COMPLAINT_FLOW.moves_from(complaint.state, (party,))
            if move.name not in ("answer", "reply")
        ],
    )


def pieces_of(order: Order) -> list[PieceRow]:
    lines = order.lines.filter(quantity__gte=1).select_related("variant")
    return [
        PieceRow(
            line.pk,
            line.product_name,
            line.variant_name,
            line.unit,
            line.quantity,
            line.variant.measure if line.variant.amount else "",
        )
        for line in lines
    ]


def substitutes_of(order: Order) -> list[tuple[int, str]]:
    """What the shop sells now, for the seller to offer instead: variant and its name with the price."""
    variants = (
        Variant.objects.filter(product__shop=order.shop_id, product__status=PUBLISHED, status=Variant.ACTIVE)
        .select_related("product")
        .order_by("product__name", "position", "id")[:200]
    )
    return [
        (
            variant.pk,
            f"{variant.product.name}{f' ({variant.name})' if variant.name else ''}, "
            f"{show_rupiah(variant.price_rp)} / {variant.product.unit}",
        )
        for variant in variants
    ]


def _proposal(proposal: Proposal, at: datetime) -> ProposalRow:
    more_rp = proposal.line_rp - proposal.line.line_rp
    amount = show_rupiah(abs(more_rp))
    difference = _("harganya sama")
    if more_rp:
        difference = (_("%s lebih mahal") if more_rp > 0 else _("%s lebih murah")) % amount
    return ProposalRow(
        proposal.pk,
        proposal_in_words(proposal),
        difference,
        proposal.note,
        show_deadline(proposal.answer_by_at, today=timezone.localdate(at)),
    )


def _return(goods_return: GoodsReturn, party: str) -> ReturnRow:
    return ReturnRow(
        state=goods_return.state,
        state_label=str(RETURN_FLOW.states[goods_return.state]),
        tone=_TONES.get(goods_return.state, ""),
        reason=goods_return.reason,
        goods=[f"{row.quantity} {row.line.unit} {row.line.product_name}" for row in goods_return.lines.all()],
        moves=RETURN_FLOW.moves_from(goods_return.state, (party,)),
    )
