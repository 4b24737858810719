"""The doors of a group's books. Each locks the group first; balances follow in the same transaction, and
none of them falls below nought: what is not in the box cannot be taken out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.money import MOST_RP, show_rupiah
from etoko.foundation.problems import UnableTo
from etoko.groups.access import Standing
from etoko.groups.models import Group, Member
from etoko.groups.models_books import Entry, Loan, Slip
from etoko.groups.operations.joining import lock_group

MOST_MONTHS = 60


class UnableToBook(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class Deposit:
    """What a member hands over in one go, for each purpose; nought is left out."""

    principal_rp: int = 0
    mandatory_rp: int = 0
    voluntary_rp: int = 0
    dues_rp: int = 0
    instalment_rp: int = 0
    charge_rp: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    amount_rp: int
    """What it does to the cash."""
    loan: Loan | None = None
    reverses: Entry | None = None


@transaction.atomic
def take_deposit(
    *,
    standing: Standing,
    member: Member,
    deposit: Deposit,
    loan: Loan | None = None,
    on: date,
    at: datetime,
) -> Slip:
    """A member saves, pays dues and instalments. Without `loan` the instalment is of her oldest open loan.

    Raises UnableToBook; then nothing has changed.
    """
    group = lock_group(standing.group)
    if member.left_on is not None:
        raise UnableToBook(_("Ia sudah bukan anggota."))
    if deposit.instalment_rp or deposit.charge_rp:
        loan = _open_loan(member, loan)
        if deposit.instalment_rp > loan.left_rp:
            raise UnableToBook(
                _("Sisa pinjamannya tinggal %(left)s.") % {"left": show_rupiah(loan.left_rp)},
                field="instalment_rp",
            )
    lines = [
        _Line(kind, getattr(deposit, f"{kind}_rp"), loan if kind in _OF_LOAN else None)
        for kind in (Entry.INSTALMENT, Entry.CHARGE, Entry.DUES, *Entry.SAVINGS)
        if getattr(deposit, f"{kind}_rp")
    ]
    if not lines:
        raise UnableToBook(_("Isi paling sedikit satu jumlah."), field="mandatory_rp")
    return _write(standing, group, lines, text=_deposit_text(member, lines), member=member, on=on, at=at)


@transaction.atomic
def give_back_savings(
    *, standing: Standing, member: Member, kind: str, amount_rp: int, on: date, at: datetime
) -> Slip:
    """A member takes out what she saved of one kind. Raises UnableToBook; then nothing has changed."""
    group = lock_group(standing.group)
    if kind not in Entry.SAVINGS:
        raise UnableToBook(_("Pilih simpanan yang mana."), field="kind")
    _check_amount(amount_rp)
    text = f"Pengembalian {word_in_book(kind)} {member.name}"
    return _write(standing, group, [_Line(kind, -amount_rp)], text=text, member=member, on=on, at=at)


@transaction.atomic
def lend(
    *,
    standing: Standing,
    member: Member,
    amount_rp: int,
    purpose: str,
    months: int,
    charge_rp: int,
    on: date,
    at: datetime,
) -> Loan:
    """`charge_rp` is the jasa for each month. Raises UnableToBook; then nothing has changed."""
    group = lock_group(standing.group)
    _check_amount(amount_rp)
    if member.left_on is not None:
        raise UnableToBook(_("Ia sudah bukan anggota."), field="member")
    if not purpose.strip():
        raise UnableToBook(_("Tulis untuk keperluan usaha apa."), field="purpose")
    if not 1 <= months <= MOST_MONTHS:
        raise UnableToBook(_("Lamanya antara 1 dan %(most)s bulan.") % {"most": MOST_MONTHS}, field="months")
    loan = Loan.objects.create(
        group=group,
        member=member,
        lent_on=on,
        amount_rp=amount_rp,
        purpose=purpose.strip(),
        months=months,
        charge_rp=charge_rp,
    )
    text = f"Pinjaman {member.name}: {loan.purpose}"
    lines = [_Line(Entry.LOAN, -amount_rp, loan)]
    _write(standing, group, lines, text=text, member=member, on=on, at=at)
    loan.refresh_from_db()
    return loan


@transaction.atomic
def record_income(
    *, standing: Standing, amount_rp: int, text: str, is_opening: bool = False, on: date, at: datetime
) -> Slip:
    """Money that came from elsewhere: sales, a grant; or what was in the box when the book was begun."""
    group = lock_group(standing.group)
    _check_amount(amount_rp)
    _check_text(text)
    kind = Entry.OPENING if is_opening else Entry.INCOME
    return _write(standing, group, [_Line(kind, amount_rp)], text=text, on=on, at=at)


@transaction.atomic
def record_expense(*, standing: Standing, amount_rp: int, text: str, on: date, at: datetime) -> Slip:
    group = lock_group(standing.group)
    _check_amount(amount_rp)
    _check_text(text)
    return _write(standing, group, [_Line(Entry.EXPENSE, -amount_rp)], text=text, on=on, at=at)


@transaction.atomic
def reverse_slip(*, standing: Standing, slip: Slip, reason: str, at: datetime) -> Slip:
    """A counter-slip of today takes the whole slip back; both stay. Raises UnableToBook, as where the money
    has meanwhile been given out again; then nothing has changed."""
    group = lock_group(standing.group)
    if slip.reverses_id:
        raise UnableToBook(_("Bukti ini sendiri sudah pembatalan. Catat sekali lagi yang benar."))
    if Slip.objects.filter(reverses=slip).exists():
        raise UnableToBook(_("Bukti ini sudah dibatalkan."))
    if not reason.strip():
        raise UnableToBook(_("Tulis alasannya dulu, supaya nanti bisa dimengerti."), field="reason")
    lines = [
        _Line(entry.kind, -entry.amount_rp, entry.loan, entry)
        for entry in slip.entries.select_related("loan")
    ]
    text = f"Pembatalan bukti {slip.number}: {slip.text}"
    return _write(
        standing,
        group,
        lines,
        text=text,
        member=slip.member,
        on=timezone.localdate(at),
        reverses=slip,
        reason=reason.strip(),
        at=at,
    )


_OF_LOAN = (Entry.LOAN, Entry.INSTALMENT, Entry.CHARGE)


def _write(
    standing: Standing,
    group: Group,
    lines: Sequence[_Line],
    *,
    text: str,
    member: Member | None = None,
    on: date,
    reverses: Slip | None = None,
    reason: str = "",
    at: datetime,
) -> Slip:
    """The slip, its entries, and every balance they move. The group is locked."""
    if on > timezone.localdate(at):
        raise UnableToBook(_("Harinya tidak boleh sesudah hari ini."), field="on")
    total_rp = sum(line.amount_rp for line in lines)
    if group.cash_rp + total_rp < 0:
        raise UnableToBook(
            _("Uang kas tinggal %(cash)s. Periksa dulu catatannya.") % {"cash": show_rupiah(group.cash_rp)},
            field="amount_rp",
        )
    _check_savings(member, lines)
    for line in lines:
        _move_loan(line)
    if member is not None:
        _move_savings(member, lines)
    slip = Slip.objects.create(
        group=group,
        number=group.last_slip + 1,
        on=on,
        member=member,
        text=text.strip()[:200],
        total_rp=total_rp,
        reverses=reverses,
        reason=reason,
        by=standing.person,
        for_name=standing.for_name,
        at=at,
    )
    Entry.objects.bulk_create(
        Entry(
            slip=slip,
            group=group,
            member=member,
            loan=line.loan,
            kind=line.kind,
            amount_rp=line.amount_rp,
            reverses=line.reverses,
        )
        for line in lines
    )
    Group.objects.filter(pk=group.pk).update(cash_rp=F("cash_rp") + total_rp, last_slip=slip.number)
    record_deed(
        deed="reverse_slip" if reverses else "write_slip",
        subject=slip,
        by=standing.person,
        for_name=standing.for_name,
        at=at,
        area_code=group.area_id,
        changes={"amount_rp": (0, total_rp)},
        reason=reason,
    )
    return slip


def _check_savings(member: Member | None, lines: Sequence[_Line]) -> None:
    if member is None:
        return
    member.refresh_from_db(fields=[f"{kind}_rp" for kind in Entry.SAVINGS])
    for line in lines:
        if line.kind in Entry.SAVINGS:
            saved_rp = getattr(member, f"{line.kind}_rp")
            if saved_rp + line.amount_rp < 0:
                raise UnableToBook(
                    _("%(kind)s %(name)s tinggal %(saved)s.")
                    % {
                        "kind": str(dict(Entry.KINDS)[line.kind]).capitalize(),
                        "name": member.name,
                        "saved": show_rupiah(saved_rp),
                    },
                    field="amount_rp",
                )


def _move_savings(member: Member, lines: Sequence[_Line]) -> None:
    moved = {f"{line.kind}_rp": line.amount_rp for line in lines if line.kind in Entry.SAVINGS}
    if moved:
        Member.objects.filter(pk=member.pk).update(
            **{field: F(field) + amount_rp for field, amount_rp in moved.items()}
        )


def _move_loan(line: _Line) -> None:
    if line.loan is None or line.kind == Entry.CHARGE:
        return
    loan = Loan.objects.get(pk=line.loan.pk)
    lent_rp = loan.lent_rp - (line.amount_rp if line.kind == Entry.LOAN else 0)
    repaid_rp = loan.repaid_rp + (line.amount_rp if line.kind == Entry.INSTALMENT else 0)
    if repaid_rp > lent_rp:
        raise UnableToBook(_("Pinjaman ini sudah diangsur. Batalkan dulu angsurannya."))
    Loan.objects.filter(pk=loan.pk).update(lent_rp=lent_rp, repaid_rp=repaid_rp)


def _open_loan(member: Member, loan: Loan | None) -> Loan:
    open_loans = member.loans.filter(lent_rp__gt=F("repaid_rp")).order_by("lent_on", "id")
    found = open_loans.filter(pk=loan.pk).first() if loan else open_loans.first()
    if found is None:
        raise UnableToBook(_("Ia tidak punya pinjaman yang belum lunas."), field="instalment_rp")
    return found


def _check_amount(amount_rp: int) -> None:
    if not 0 < amount_rp <= MOST_RP:
        raise UnableToBook(_("Tulis jumlahnya, paling sedikit Rp1."), field="amount_rp")


def _check_text(text: str) -> None:
    if not text.strip():
        raise UnableToBook(_("Tulis untuk apa atau dari mana uangnya."), field="text")


def _deposit_text(member: Member, lines: Sequence[_Line]) -> str:
    """ "Setoran Rahma: angsuran 50.000, iuran 2.000": what the treasurer would write by hand."""
    parts = ", ".join(
        f"{word_in_book(line.kind)} {show_rupiah(line.amount_rp).removeprefix('Rp')}" for line in lines
    )
    return f"Setoran {member.name}: {parts}"


def word_in_book(kind: str) -> str:
    """What is written in the book is Indonesian, in whatever language somebody works."""
    with translation.override("id"):
        return str(dict(Entry.KINDS)[kind])
