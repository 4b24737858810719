"""A voucher is made, starts, pauses, ends. What runs is promised to buyers: its terms do not change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.models import Product
from etoko.foundation.flows import UnableToMove
from etoko.foundation.problems import UnableTo
from etoko.places.models import Area
from etoko.vouchers.access import Issuing
from etoko.vouchers.codes import code_key, read_code
from etoko.vouchers.models import Voucher
from etoko.vouchers.states import ACTIVE, CLOCK, ISSUER, PAUSED, VOUCHER_FLOW

SHORTEST_CODE = 4
MOST_RP = 100_000_000
MOST_USES = 100_000


class UnableToIssue(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class Draft:
    """A voucher as its issuer wants it. Money in whole rupiah; what its kind does not need is None."""

    code: str
    kind: str
    starts_on: date
    ends_on: date
    limit: int
    amount_rp: int | None = None
    percent: int | None = None
    cap_rp: int | None = None
    minimum_rp: int = 0
    buyers: str = Voucher.EVERYBODY
    per_phone: int = 1
    showing: str = Voucher.OPEN
    sponsor: str = ""
    """Who pays the sellers back; only, and always, for a voucher of the platform."""
    products: Sequence[Product] = ()
    villages: Sequence[Area] = ()


@transaction.atomic
def issue_voucher(
    *, issuing: Issuing, draft: Draft, activate: bool, at: datetime, voucher: Voucher | None = None
) -> Voucher:
    """A new voucher, or another text for one that is still a draft; with `activate` it runs at once.

    Raises UnableToIssue; then nothing was written.
    """
    if voucher is not None:
        voucher = Voucher.objects.select_for_update().get(pk=voucher.pk)
        if voucher.status != VOUCHER_FLOW.initial:
            raise UnableToIssue(
                _(
                    "Voucher yang sudah berjalan tidak bisa diubah: kodenya sudah dipegang pembeli. "
                    "Buat yang baru."
                )
            )
    _check(issuing, draft, voucher, on=timezone.localdate(at))
    saved = _write(issuing, draft, voucher, at)
    _record("issue_voucher", issuing, saved, at, {"code": ("", saved.code), "limit": (0, saved.limit)})
    if activate:
        saved = move_voucher(issuing=issuing, voucher=saved, move="activate", at=at)
    return saved


@transaction.atomic
def move_voucher(*, issuing: Issuing, voucher: Voucher, move: str, at: datetime) -> Voucher:
    """Make a move of VOUCHER_FLOW. Orders that used the voucher keep their discount. Raises UnableToMove."""
    moved = VOUCHER_FLOW.make_move(voucher, move, parties=[ISSUER])
    _record(f"{move}_voucher", issuing, moved, at, {"status": (voucher.status, moved.status)})
    return moved


def end_past_vouchers(*, at: datetime) -> int:
    """End those whose last day is over. Returns how many."""
    over = Voucher.objects.filter(status__in=(ACTIVE, PAUSED), ends_on__lt=timezone.localdate(at))
    ended = 0
    for voucher in over.order_by("pk")[:500]:
        try:
            _lapse(voucher, at)
        except UnableToMove:
            continue  # ended by hand in this very moment
        ended += 1
    return ended


@transaction.atomic
def _lapse(voucher: Voucher, at: datetime) -> None:
    moved = VOUCHER_FLOW.make_move(voucher, "lapse", parties=[CLOCK])
    record_deed(
        deed="lapse_voucher",
        subject=moved,
        by=None,
        at=at,
        area_code=moved.area_id,
        changes={"status": (voucher.status, moved.status)},
    )


def _check(issuing: Issuing, draft: Draft, voucher: Voucher | None, *, on: date) -> None:
    key = code_key(draft.code)
    if len(key) < SHORTEST_CODE:
        raise UnableToIssue(_("Kode paling sedikit 4 huruf atau angka, misalnya KERUPUK 5."), field="code")
    if Voucher.objects.filter(code_key=key).exclude(pk=voucher.pk if voucher else 0).exists():
        raise UnableToIssue(
            _("Kode ini sudah ada yang memakai. Tambahkan satu kata atau angka."), field="code"
        )
    _check_worth(draft)
    if draft.ends_on < draft.starts_on:
        raise UnableToIssue(_("Hari terakhir tidak boleh sebelum hari pertama."), field="ends_on")
    if draft.ends_on < on:
        raise UnableToIssue(_("Hari terakhir sudah lewat. Pilih hari ini atau sesudahnya."), field="ends_on")
    if not 1 <= draft.limit <= MOST_USES:
        raise UnableToIssue(_("Tulis berapa kali voucher boleh dipakai: 1 sampai 100.000."), field="limit")
    if not 1 <= draft.per_phone <= min(draft.limit, 100):
        raise UnableToIssue(
            _("Untuk satu nomor HP: 1 sampai 100 kali, dan tidak lebih dari semuanya."), field="per_phone"
        )
    if issuing.shop is None and not draft.sponsor.strip():
        raise UnableToIssue(
            _("Tulis siapa yang mengganti potongannya kepada penjual, misalnya Kecamatan Jambe."),
            field="sponsor",
        )
    if any(product.shop_id != (issuing.shop.pk if issuing.shop else None) for product in draft.products):
        raise UnableToIssue(_("Ada barang yang bukan dari toko ini."), field="products")


def _check_worth(draft: Draft) -> None:
    match draft.kind:
        case Voucher.FIXED:
            if draft.amount_rp is None or not 100 <= draft.amount_rp <= MOST_RP:
                raise UnableToIssue(_("Tulis potongannya, paling sedikit Rp100."), field="amount_rp")
            if draft.minimum_rp < draft.amount_rp:
                raise UnableToIssue(
                    _("Belanja paling sedikit harus sama dengan potongannya atau lebih."), field="minimum_rp"
                )
        case Voucher.PERCENT:
            if draft.percent is None or not 1 <= draft.percent <= 100:
                raise UnableToIssue(_("Tulis persennya, 1 sampai 100."), field="percent")
            if draft.cap_rp is None or not 100 <= draft.cap_rp <= MOST_RP:
                raise UnableToIssue(
                    _("Tulis potongan paling banyak, supaya pesanan besar tidak merugikan Anda."),
                    field="cap_rp",
                )
        case Voucher.FREE_DELIVERY:
            if draft.cap_rp is not None and not 100 <= draft.cap_rp <= MOST_RP:
                raise UnableToIssue(
                    _("Ongkir yang ditanggung paling sedikit Rp100. Kosongkan untuk semuanya."),
                    field="cap_rp",
                )
        case _unknown:
            raise UnableToIssue(_("Pilih jenis potongannya."), field="kind")


def _write(issuing: Issuing, draft: Draft, voucher: Voucher | None, at: datetime) -> Voucher:
    saved = voucher or Voucher(created_by=issuing.person, created_at=at)
    saved.shop, saved.area = issuing.shop, issuing.area
    saved.sponsor = "" if issuing.shop else draft.sponsor.strip()
    saved.code, saved.code_key = read_code(draft.code), code_key(draft.code)
    saved.kind = draft.kind
    saved.amount_rp = draft.amount_rp if draft.kind == Voucher.FIXED else None
    saved.percent = draft.percent if draft.kind == Voucher.PERCENT else None
    saved.cap_rp = None if draft.kind == Voucher.FIXED else draft.cap_rp
    saved.minimum_rp, saved.buyers = draft.minimum_rp, draft.buyers
    saved.limit, saved.per_phone = draft.limit, draft.per_phone
    saved.starts_on, saved.ends_on, saved.showing = draft.starts_on, draft.ends_on, draft.showing
    saved.save()
    saved.products.set(draft.products)
    saved.villages.set(draft.villages)
    return saved


def _record(
    deed: str, issuing: Issuing, voucher: Voucher, at: datetime, changes: dict[str, tuple[object, object]]
) -> None:
    record_deed(
        deed=deed,
        subject=voucher,
        by=issuing.person,
        for_name=issuing.for_name,
        at=at,
        area_code=voucher.area_id,
        changes=changes,
    )
