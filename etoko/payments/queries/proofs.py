"""The desk of a seller: what was shown to her, beside what is due, with what a careful eye would notice."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.catalog.models import Shop
from etoko.foundation.days import show_day
from etoko.foundation.money import show_rupiah
from etoko.ordering.models import Order
from etoko.payments.models import PaymentProof
from etoko.payments.queries.paying import now_due_rp
from etoko.payments.states import OPEN, PROOF_FLOW

PAGE_SIZE = 20
_TONES = {"open": "wait", "accepted": "ok", "refused": "bad"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was compared: `tone` is ok, warn or info."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class ProofRow:
    public_id: str
    number: str
    buyer_name: str
    left_rp: int
    """What should come now: `now_due_rp`."""
    total_rp: int
    state: str
    state_label: str
    tone: str
    sent_at: datetime
    sent_by: str
    is_mine: bool
    """Added by the seller's side, not by the buyer."""
    reason: str
    has_picture: bool
    """Not forgotten yet."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.state == OPEN


def open_proofs(shop: Shop, *, at: datetime, page: int = 1) -> list[ProofRow]:
    """Those that wait for her, the oldest first, one more than PAGE_SIZE where there are more. What was paid
    meanwhile waits for nobody."""
    start = (page - 1) * PAGE_SIZE
    return _rows(_open(shop).order_by("id")[start : start + PAGE_SIZE + 1], at)


def answered_proofs(shop: Shop, *, at: datetime) -> list[ProofRow]:
    proofs = PaymentProof.objects.filter(shop=shop).exclude(state=OPEN)
    return _rows(proofs.order_by("-answered_at", "-id")[:PAGE_SIZE], at)


def count_open_proofs(shop: Shop) -> int:
    return _open(shop).count()


def proofs_of_order(order: Order, *, at: datetime) -> list[ProofRow]:
    return _rows(PaymentProof.objects.filter(order=order).order_by("id"), at)


def findings_of(proof: PaymentProof, *, due_rp: int, at: datetime) -> list[Finding]:
    """`proof` comes with its order, and with `same_as` and its order."""
    return [*_about_sum(proof, due_rp), *_about_day(proof, timezone.localdate(at)), *_about_likeness(proof)]


def _open(shop: Shop) -> QuerySet[PaymentProof]:
    return PaymentProof.objects.filter(shop=shop, state=OPEN).exclude(order__payment_state=Order.PAID)


def _rows(proofs: QuerySet[PaymentProof], at: datetime) -> list[ProofRow]:
    found = list(proofs.select_related("order__group", "same_as__order"))
    due_rp = now_due_rp([proof.order for proof in found])
    return [
        ProofRow(
            public_id=proof.public_id,
            number=proof.order.number or "",
            buyer_name=proof.order.group.name,
            left_rp=due_rp[proof.order_id],
            total_rp=proof.order.total_rp,
            state=proof.state,
            state_label=str(PROOF_FLOW.states[proof.state]),
            tone=_TONES[proof.state],
            sent_at=proof.sent_at,
            sent_by=proof.sent_name,
            is_mine=proof.party == "seller",
            reason=proof.reason,
            has_picture=proof.key is not None,
            findings=findings_of(proof, due_rp=due_rp[proof.order_id], at=at) if proof.state == OPEN else [],
        )
        for proof in found
    ]


def _about_sum(proof: PaymentProof, due_rp: int) -> list[Finding]:
    said = [
        (proof.read_rp, _("terbaca di gambar")),
        (proof.told_rp, _("ditulis pengirim")),
    ]
    findings = []
    less = _("Jumlahnya kurang: %(sum)s (%(how)s), seharusnya %(due)s.")
    more = _("Jumlahnya lebih: %(sum)s (%(how)s), seharusnya %(due)s.")
    for rp, how in said:
        if rp is None:
            continue
        words = {"sum": show_rupiah(rp), "due": show_rupiah(due_rp), "how": how}
        if rp == due_rp:
            findings.append(Finding(_("Jumlahnya cocok: %(sum)s (%(how)s).") % words, "ok"))
        else:
            findings.append(Finding((less if rp < due_rp else more) % words, "warn"))
    if findings:
        return findings
    if proof.reading == PaymentProof.WAITING:
        return [Finding(_("Gambarnya sedang dibaca. Muat ulang sebentar lagi."), "info")]
    return [Finding(_("Jumlah di gambar tidak terbaca. Cocokkan sendiri."), "info")]


def _about_day(proof: PaymentProof, today: date) -> list[Finding]:
    day = proof.read_on or proof.told_on
    if day is None:
        return []
    words = {"day": show_day(day)}
    if day > today:
        return [Finding(_("Tanggalnya %(day)s, padahal belum terjadi.") % words, "warn")]
    if day < timezone.localdate(proof.order.placed_at):
        return [Finding(_("Tanggalnya %(day)s, sebelum pesanan ini dibuat.") % words, "warn")]
    return [Finding(_("Tanggalnya %(day)s.") % words, "ok")]


def _about_likeness(proof: PaymentProof) -> list[Finding]:
    other = proof.same_as
    if other is None:
        return []
    words = {
        "how": proof.get_likeness_display(),
        "number": other.order.number,
        "day": show_day(timezone.localdate(other.sent_at)),
    }
    if other.shop_id == proof.shop_id:
        said = _("Gambar yang %(how)s sudah dikirim untuk pesanan %(number)s pada %(day)s.")
    else:
        said = _("Gambar yang %(how)s sudah dikirim ke toko lain pada %(day)s.")
    return [Finding(said % words, "warn")]
