"""Terms of an order: a down payment, instalments, or a day when all of it is due; and who is reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.days import show_day
from etoko.foundation.money import percent_of, show_rupiah, split_evenly
from etoko.foundation.problems import UnableTo
from etoko.ordering.models import Order
from etoko.ordering.operations import keep_terms
from etoko.payments.models import Instalment
from etoko.payments.operations.settling import lock_order
from etoko.payments.operations.telling import tell_buyer, tell_seller
from etoko.people.models import Person

MOST_INSTALMENTS = 24
LONGEST = timedelta(days=730)
_AT_ONCE = 500


class UnableToAgree(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class Part:
    amount_rp: int
    due_on: date


def down_payment(total_rp: int, *, percent: int, due_on: date, rest_on: date) -> list[Part]:
    """DP now, the rest later."""
    first_rp = percent_of(total_rp, percent)
    return [Part(first_rp, due_on), Part(total_rp - first_rp, rest_on)]


def monthly(total_rp: int, *, count: int, first_on: date) -> list[Part]:
    """Equal parts, a month apart; a 31st falls on the last day of a shorter month."""
    return [
        Part(amount_rp, _months_later(first_on, at))
        for at, amount_rp in enumerate(split_evenly(total_rp, count))
    ]


@transaction.atomic
def agree_terms(
    *, order: Order, parts: Sequence[Part], by: Person | None, for_name: str = "", at: datetime
) -> list[Instalment]:
    """From now on the order is due in these parts instead of by its deadline; they replace earlier ones.

    Raises UnableToAgree where they do not add up to what is due, or are in no order; then nothing changed.
    """
    locked = lock_order(order)
    if locked.came_to_nothing:
        raise UnableToAgree(_("Pesanan ini sudah dibatalkan, jadi tidak ada yang perlu dibayar."))
    if locked.is_free:
        raise UnableToAgree(_("Pesanan ini tidak perlu dibayar: potongan menutup seluruh jumlahnya."))
    _check(parts, locked.due_rp, timezone.localdate(at))
    Instalment.objects.filter(order=locked).delete()
    rows = Instalment.objects.bulk_create(
        Instalment(order=locked, number=number, amount_rp=part.amount_rp, due_on=part.due_on)
        for number, part in enumerate(parts, 1)
    )
    keep_terms(order=locked, agreed_at=at, at=at)
    said = "\n".join(f"{row.number}. {show_rupiah(row.amount_rp)}, {show_day(row.due_on)}" for row in rows)
    record_deed(
        deed="agree_terms",
        subject=locked,
        by=by,
        for_name=for_name,
        at=at,
        area_code=locked.area_code,
        changes={"terms": ("", said)},
    )
    tell_buyer(order=locked, what="terms_agreed", at=at, occasion=f"{at:%Y%m%d%H%M%S%f}", sum=said)
    return rows


@transaction.atomic
def end_terms(*, order: Order, by: Person | None, for_name: str = "", at: datetime) -> None:
    """All that is left is due as for any other order."""
    locked = lock_order(order)
    if not Instalment.objects.filter(order=locked).delete()[0]:
        return
    keep_terms(order=locked, agreed_at=None, at=at)
    record_deed(deed="end_terms", subject=locked, by=by, for_name=for_name, at=at, area_code=locked.area_code)


def remind_of_instalments(*, at: datetime) -> int:
    """The day before a part is due the buyer is reminded, the day after buyer and seller.

    Returns how many reminders."""
    today = timezone.localdate(at)
    soon = Instalment.objects.filter(due_on=today + timedelta(days=1), reminded=Instalment.NO_REMINDER)
    late = Instalment.objects.filter(due_on__lt=today).exclude(reminded=Instalment.AFTER)
    return sum(
        _remind(pk, reminder, at)
        for rows, reminder in ((soon, Instalment.BEFORE), (late, Instalment.AFTER))
        for pk in list(rows.order_by("due_on").values_list("pk", flat=True)[:_AT_ONCE])
    )


@transaction.atomic
def _remind(pk: int, reminder: str, at: datetime) -> int:
    found = Instalment.objects.select_related("order__group__buyer", "order__shop").filter(pk=pk).first()
    if found is None:
        return 0
    order = lock_order(found.order)
    row = Instalment.objects.filter(pk=pk).exclude(reminded=reminder).first()
    if row is None:
        return 0  # another worker was faster, or the terms were changed
    row.reminded = reminder
    row.save(update_fields=["reminded"])
    rows = list(Instalment.objects.filter(order=order).order_by("number"))
    left_rp = next(left for each, left in allocate(rows, order.paid_rp) if each.pk == pk)
    if not order.due_rp or not left_rp:
        return 0
    facts = {"sum": show_rupiah(left_rp), "day": show_day(row.due_on)}
    what = "instalment_soon" if reminder == Instalment.BEFORE else "instalment_late"
    tell_buyer(order=order, what=what, at=at, occasion=f"{row.number}:{row.due_on}", **facts)
    if reminder == Instalment.AFTER:
        tell_seller(order=order, what=what, at=at, occasion=f"{row.number}:{row.due_on}", **facts)
    return 1


def allocate(rows: Sequence[Instalment], paid_rp: int) -> list[tuple[Instalment, int]]:
    """What is paid fills the parts in their order; with each, what is left of it."""
    shares = []
    for row in rows:
        share_rp = min(row.amount_rp, paid_rp)
        paid_rp -= share_rp
        shares.append((row, row.amount_rp - share_rp))
    return shares


def _check(parts: Sequence[Part], due_rp: int, today: date) -> None:
    if not 1 <= len(parts) <= MOST_INSTALMENTS or any(part.amount_rp <= 0 for part in parts):
        raise UnableToAgree(
            _("Bagi menjadi 1 sampai %(most)s pembayaran, masing-masing lebih dari Rp0.")
            % {"most": MOST_INSTALMENTS}
        )
    if sum(part.amount_rp for part in parts) != due_rp:
        raise UnableToAgree(
            _("Jumlah semua pembayaran harus %(due)s. Muat ulang halaman, lalu isi lagi.")
            % {"due": show_rupiah(due_rp)}
        )
    days = [part.due_on for part in parts]
    if days != sorted(days) or days[0] < today or days[-1] > today + LONGEST:
        raise UnableToAgree(
            _("Hari jatuh tempo mulai hari ini, berurutan, paling lama dua tahun lagi."), field="first_on"
        )


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    first_of_next = date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(day.year + year, month + 1, min(day.day, last))
