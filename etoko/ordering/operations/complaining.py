"""Something is wrong: the two speak about it on the order; what is not settled goes to the officers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.foundation.effects import announce
from etoko.foundation.flows import UnableToMove
from etoko.foundation.private_pictures import PrivatePhoto
from etoko.foundation.problems import UnableTo
from etoko.ordering.facts import ComplaintEscalated
from etoko.ordering.models import Complaint, ComplaintPhoto, ComplaintPost, Order
from etoko.ordering.operations.recording import CLOCKWORK, Actor, record
from etoko.ordering.operations.reducing import lock_order
from etoko.ordering.operations.telling import tell_buyer, tell_seller
from etoko.ordering.states import (
    ANSWERED,
    BUYER,
    COMPLAINT_FLOW,
    COMPLETED,
    DELIVERED,
    OPEN,
    PROCESSING,
    READY_FOR_PICKUP,
    SELLER,
    SHIPPED,
)
from etoko.ordering.working_days import WORKING_DAYS_TO_SETTLE, end_of_working_day

MOST_PHOTOS = 4
_AT_ONCE = 200


class UnableToComplain(UnableTo):
    pass


@transaction.atomic
def complain(
    *,
    order: Order,
    kind: str,
    text: str,
    photos: Sequence[PrivatePhoto] = (),
    actor: Actor,
    at: datetime,
) -> Complaint:
    """The buyer opens a complaint; `photos` are kept already. Raises UnableToComplain."""
    locked = lock_order(order)
    if not may_complain(locked, at=at):
        raise UnableToComplain(
            _("Waktu untuk mengeluh tentang pesanan ini sudah lewat, atau barangnya belum dikirim.")
        )
    if kind not in dict(Complaint.KINDS):
        raise UnableToComplain(_("Pilih dulu apa masalahnya."), field="kind")
    if Complaint.objects.filter(order=locked, state__in=(OPEN, ANSWERED)).exists():
        raise UnableToComplain(_("Keluhan pesanan ini masih dibicarakan. Balas di sana."))
    _check(text, photos)
    complaint = Complaint.objects.create(
        order=locked,
        kind=kind,
        opened_at=at,
        settle_by_at=end_of_working_day(at, WORKING_DAYS_TO_SETTLE),
        changed_at=at,
    )
    _post(complaint, text, photos, actor, at)
    changes = {"complaint": ("", complaint.state)}
    record(locked, "complain", actor, at=at, changes=changes)
    tell_seller(order=locked, deed="complain", at=at, goods=f"“{text.strip()[:300]}”")
    return complaint


@transaction.atomic
def answer_complaint(
    *, complaint: Complaint, text: str, photos: Sequence[PrivatePhoto] = (), actor: Actor, at: datetime
) -> Complaint:
    """The seller answers, or the buyer replies: the other one is to speak next."""
    order = lock_order(complaint.order)
    _check(text, photos)
    move = "answer" if actor.party == SELLER else "reply"
    moved = _move(complaint, move, actor, at)
    _post(moved, text, photos, actor, at)
    deed = f"{move}_complaint"
    record(order, deed, actor, at=at, changes={"complaint": (complaint.state, moved.state)})
    tell = tell_buyer if actor.party == SELLER else tell_seller
    tell(order=order, deed=deed, at=at, goods=f"“{text.strip()[:300]}”")
    return moved


@transaction.atomic
def settle_complaint(*, complaint: Complaint, actor: Actor, at: datetime) -> Complaint:
    """The buyer says that it is settled."""
    order = lock_order(complaint.order)
    moved = _move(complaint, "settle", actor, at)
    changes = {"complaint": (complaint.state, moved.state)}
    record(order, "settle_complaint", actor, at=at, changes=changes)
    tell_seller(order=order, deed="settle_complaint", at=at)
    return moved


@transaction.atomic
def escalate_complaint(*, complaint: Complaint, actor: Actor, at: datetime) -> Complaint:
    """By the buyer whom the answer did not help, or by the clock when the days to settle it are over."""
    order = lock_order(complaint.order)
    move = "escalate" if actor.party == BUYER else "escalate_unsettled"
    moved = _move(complaint, move, actor, at)
    changes = {"complaint": (complaint.state, moved.state)}
    record(order, "escalate_complaint", actor, at=at, changes=changes)
    announce(ComplaintEscalated(moved.pk, at))
    tell_buyer(order=order, deed="escalate_complaint", at=at)
    tell_seller(order=order, deed="escalate_complaint", at=at)
    return moved


def escalate_complaints(*, at: datetime) -> int:
    """Those that were not settled in time. Returns how many."""
    due = Complaint.objects.filter(state__in=(OPEN, ANSWERED), settle_by_at__lte=at)
    done = 0
    for complaint in due.select_related("order__group__buyer", "order__shop").order_by("settle_by_at")[
        :_AT_ONCE
    ]:
        try:
            escalate_complaint(complaint=complaint, actor=CLOCKWORK, at=at)
        except UnableToMove:
            continue  # settled in this very moment
        done += 1
    return done


def may_complain(order: Order, *, at: datetime) -> bool:
    """Goods that came, within the days of her right; that were sent; that are paid for and did not come."""
    if order.state in (DELIVERED, COMPLETED):
        return order.complain_until_at is not None and at < order.complain_until_at
    is_paid_for = order.payment_state != Order.NOT_PAID
    return order.state == SHIPPED or (is_paid_for and order.state in (PROCESSING, READY_FOR_PICKUP))


def _move(complaint: Complaint, move: str, actor: Actor, at: datetime) -> Complaint:
    moved = COMPLAINT_FLOW.make_move(complaint, move, parties=(actor.party,), at=at)
    moved.changed_at = at
    moved.save(update_fields=["changed_at"])
    return moved


def _check(text: str, photos: Sequence[PrivatePhoto]) -> None:
    if not text.strip():
        raise UnableToComplain(_("Tulis dulu ceritanya, supaya pihak lain mengerti."), field="text")
    if len(text) > 2000:
        raise UnableToComplain(_("Tulis paling banyak 2.000 huruf."), field="text")
    if len(photos) > MOST_PHOTOS:
        raise UnableToComplain(
            _("Paling banyak %(most)s foto sekali kirim.") % {"most": MOST_PHOTOS}, field="photos"
        )


def _post(
    complaint: Complaint, text: str, photos: Sequence[PrivatePhoto], actor: Actor, at: datetime
) -> None:
    post = ComplaintPost.objects.create(
        complaint=complaint,
        party=actor.party,
        by=actor.person,
        by_name=actor.name,
        for_name=actor.for_name,
        text=text.strip(),
        at=at,
    )
    ComplaintPhoto.objects.bulk_create(
        ComplaintPhoto(post=post, key=photo.key, width=photo.width, height=photo.height) for photo in photos
    )
