"""Proofs: sent by buyer or seller, looked through by the machine, answered by the seller alone."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from etoko.audit.operations import record_deed
from etoko.foundation.addresses import whole_address
from etoko.foundation.likeness import ALIKE_FROM_AFAR, bits_apart
from etoko.foundation.money import show_rupiah
from etoko.foundation.private_pictures import private_path
from etoko.foundation.problems import UnableTo
from etoko.notices.operations import send_notice
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.ordering.operations import refuse_report, report_payment
from etoko.ordering.operations.telling import about_buyer
from etoko.ordering.states import BUYER
from etoko.payments.models import Payment, PaymentProof
from etoko.payments.operations.recording import record_payment
from etoko.payments.operations.settling import lock_order
from etoko.payments.proofs import Kept, look_the_same
from etoko.payments.queries.paying import now_due_rp
from etoko.payments.reading import day_in, reader, sum_in
from etoko.payments.states import PROOF_FLOW, SELLER
from etoko.people.models import Person

MOST_PROOFS = 8
"""For one order: enough for every mistake."""
COMPARED_FOR = timedelta(days=180)
_COMPARED_CLOSELY = 20


class UnableToProve(UnableTo):
    pass


@transaction.atomic
def send_proof(
    *,
    order: Order,
    kept: Kept,
    party: str,
    by: Person | None,
    by_name: str,
    told_rp: int | None = None,
    told_on: date | None = None,
    at: datetime,
) -> PaymentProof:
    """A picture that shows a payment; it pays nothing. The same file for the same order is the same proof.

    Raises UnableToProve; the picture of `kept` is then nobody's, and the caller throws it away.
    """
    locked = lock_order(order)
    if known := PaymentProof.objects.filter(order=locked, sha256=kept.sha256).first():
        return known
    if not locked.left_rp:
        raise UnableToProve(_("Pesanan ini tidak perlu dibayar lagi, jadi tidak perlu bukti."))
    if PaymentProof.objects.filter(order=locked).count() >= MOST_PROOFS:
        raise UnableToProve(
            _("Sudah ada %(count)d bukti untuk pesanan ini. Hubungi penjual lewat WhatsApp.")
            % {"count": MOST_PROOFS}
        )
    same_as, likeness = _sent_before(locked, kept, at)
    proof = PaymentProof.objects.create(
        order=locked,
        shop_id=locked.shop_id,
        key=kept.key,
        sha256=kept.sha256,
        fingerprint=kept.fingerprint,
        same_as=same_as,
        likeness=likeness,
        told_rp=told_rp,
        told_on=told_on,
        reading=PaymentProof.WAITING if reader() else PaymentProof.NOT_READ,
        sent_by=by,
        sent_name=by.name if by else by_name,
        party=party,
        sent_at=at,
    )
    record_deed(deed="send_proof", subject=locked, by=by, at=at, changes={}, area_code=locked.area_code)
    if party == BUYER and locked.payment_state not in (Order.REPORTED, Order.PAID):
        report_payment(order=locked, by=by, by_name=by_name, at=at)
    if proof.reading == PaymentProof.WAITING:
        read_in_background.enqueue(proof.pk)
    return proof


@transaction.atomic
def accept_proof(
    *,
    proof: PaymentProof,
    amount_rp: int,
    received_on: date,
    by: Person,
    for_name: str = "",
    at: datetime,
) -> Payment:
    """The seller has looked in her own bank app: so much came. Raises UnableToMove, UnableToRecord."""
    order = lock_order(proof.order)
    moved = PROOF_FLOW.make_move(proof, "accept", parties=(SELLER,))
    _answer(moved, by, at)
    method = Payment.QRIS if order.payment == Payment.QRIS else Payment.TRANSFER
    return record_payment(
        order=order,
        amount_rp=amount_rp,
        method=method,
        source=Payment.PROOF,
        source_ref=str(proof.pk),
        received_on=received_on,
        by=by,
        for_name=for_name,
        at=at,
    )


@transaction.atomic
def refuse_proof(
    *, proof: PaymentProof, reason: str, by: Person, for_name: str = "", at: datetime
) -> PaymentProof:
    """The seller has looked: it has not come. The buyer is told why. Raises UnableToMove."""
    order = lock_order(proof.order)
    moved = PROOF_FLOW.make_move(proof, "refuse", parties=(SELLER,), reason=reason)
    moved.order, moved.reason = order, reason.strip()[:300]
    _answer(moved, by, at)
    is_last = not PaymentProof.objects.filter(order=order, state=PROOF_FLOW.initial).exists()
    if is_last and order.payment_state == Order.REPORTED:
        refuse_report(order=order, by=by, for_name=for_name, at=at)
    else:
        record_deed(
            deed="refuse_proof",
            subject=order,
            by=by,
            for_name=for_name,
            at=at,
            changes={},
            reason=moved.reason,
        )
    _tell_of_refusal(moved, at)
    return moved


@transaction.atomic
def read_proof(*, proof: PaymentProof, text: str) -> PaymentProof:
    """Keep what the reader saw; empty when it saw nothing."""
    locked = PaymentProof.objects.select_for_update(of=("self",)).select_related("order").get(pk=proof.pk)
    locked.read_rp = sum_in(text, due_rp=now_due_rp([locked.order])[locked.order_id])
    locked.read_on = day_in(text)
    locked.reading = PaymentProof.READ if locked.read_rp or locked.read_on else PaymentProof.NOT_READ
    locked.save(update_fields=["read_rp", "read_on", "reading"])
    return locked


@task()
def read_in_background(proof_pk: int) -> None:
    """By the worker: a reader takes seconds. Read twice, it says the same."""
    proof = PaymentProof.objects.get(pk=proof_pk)
    looking = reader()
    try:
        text = looking.read(private_path(proof.key)) if looking and proof.key else ""
    except OSError:
        text = ""
    read_proof(proof=proof, text=text)


def _sent_before(order: Order, kept: Kept, at: datetime) -> tuple[PaymentProof | None, str]:
    """The same picture for another order, in any shop: the very file, or one that looks the same.

    All of half a year are compared from afar, the nearest of them closely.
    """
    others = PaymentProof.objects.exclude(order=order)
    if exact := others.filter(sha256=kept.sha256).order_by("-id").first():
        return exact, PaymentProof.EXACT
    recent = others.filter(sent_at__gt=at - COMPARED_FOR).values_list("pk", "fingerprint", "key")
    near = [
        (apart, pk, key)
        for pk, mark, key in recent.iterator(chunk_size=5_000)
        if (apart := bits_apart(mark, kept.fingerprint)) <= ALIKE_FROM_AFAR
    ]
    for _apart, pk, key in sorted(near)[:_COMPARED_CLOSELY]:
        if key and look_the_same(key, kept.key):
            return others.get(pk=pk), PaymentProof.NEAR
    return None, ""


def _answer(proof: PaymentProof, by: Person, at: datetime) -> None:
    proof.answered_by, proof.answered_name, proof.answered_at = by, by.name, at
    proof.save(update_fields=["answered_by", "answered_name", "answered_at", "reason"])


def _tell_of_refusal(proof: PaymentProof, at: datetime) -> None:
    order = proof.order
    path = reverse("payments:pay", args=[link_secret(order.group), order.number])
    with translation.override(order.group.buyer.language if order.group.buyer else "id"):
        said = {
            "number": order.number,
            "shop": order.shop.name,
            "left": show_rupiah(order.left_rp),
            "reason": proof.reason,
            "link": whole_address(path),
        }
        send_notice(
            key=f"proof:{proof.pk}:refused",
            kind="order_proof_refused",
            title=_("Pembayaran pesanan %(number)s belum masuk") % said,
            text=_(
                "%(shop)s sudah memeriksa, tetapi %(left)s untuk pesanan %(number)s belum masuk. "
                "Alasannya: %(reason)s\n\nLihat pesanan dan kirim bukti lain: %(link)s"
            )
            % said,
            at=at,
            recipient=order.group.buyer,
            phone=order.group.phone,
            path=path,
            about=about_buyer(order.number or ""),
            area_code=order.area_code,
        )
