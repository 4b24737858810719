"""The three books of a group, ruled as the treasurers of UP2K groups keep them on paper: the cash book, the
savings book, and the book of loans, instalments, dues and savings. What stands in them is Indonesian in any
language: they are shown to the PKK."""

import calendar
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from django.db.models import F, Q, Sum

from etoko.foundation.days import INDONESIAN_MONTHS
from etoko.groups.models import Group, Member, Office
from etoko.groups.models_books import Entry, Loan, Slip
from etoko.groups.sheets import Cell, Head, Sheet, Signature

CASH, SAVINGS, LOANS = "kas", "simpanan", "pinjaman"


@dataclass(frozen=True, slots=True)
class Period:
    year: int
    month: int = 0
    """Nought is the whole year."""

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return f"{INDONESIAN_MONTHS[self.month - 1]} {self.year}" if self.month else str(self.year)


@dataclass(frozen=True, slots=True)
class SlipRow:
    number: int
    on: date
    text: str
    total_rp: int
    is_counter: bool
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class Totals:
    cash_rp: int
    saved_rp: int
    lent_rp: int
    """What members still owe."""


@dataclass(frozen=True, slots=True)
class LoanRow:
    id: int
    purpose: str
    lent_on: date
    amount_rp: int
    left_rp: int
    months: int
    charge_rp: int
    is_taken_back: bool

    @property
    def instalment_rp(self) -> int:
        """What is proposed to pay next: an even part, upwards, and never more than is left."""
        return min(self.left_rp, -(-self.amount_rp // self.months))


@dataclass(frozen=True, slots=True)
class MemberMoney:
    number: int
    name: str
    principal_rp: int
    mandatory_rp: int
    voluntary_rp: int
    saved_rp: int
    loans: list[LoanRow]
    slips: list[SlipRow]


def totals_of(group: Group) -> Totals:
    saved = group.members.aggregate(sum=Sum(F("principal_rp") + F("mandatory_rp") + F("voluntary_rp")))
    lent = group.loans.aggregate(sum=Sum(F("lent_rp") - F("repaid_rp")))
    return Totals(group.cash_rp, saved["sum"] or 0, lent["sum"] or 0)


def newest_slips(group: Group, *, most: int = 15, member: Member | None = None) -> list[SlipRow]:
    slips = group.slips.filter(member=member) if member else group.slips.all()
    return [slip_row(slip) for slip in slips.select_related("reversed_by").order_by("-number")[:most]]


def slip_row(slip: Slip) -> SlipRow:
    return SlipRow(
        slip.number,
        slip.on,
        slip.text,
        slip.total_rp,
        slip.reverses_id is not None,
        hasattr(slip, "reversed_by"),
    )


def slip_parts(slip: Slip) -> list[tuple[str, int]]:
    return [(str(entry.get_kind_display()).capitalize(), entry.amount_rp) for entry in slip.entries.all()]


def member_money(member: Member) -> MemberMoney:
    return MemberMoney(
        member.number,
        member.name,
        member.principal_rp,
        member.mandatory_rp,
        member.voluntary_rp,
        member.saved_rp,
        [loan_row(loan) for loan in member.loans.all()],
        newest_slips(member.group, most=24, member=member),
    )


def loan_row(loan: Loan) -> LoanRow:
    return LoanRow(
        loan.pk,
        loan.purpose,
        loan.lent_on,
        loan.amount_rp,
        loan.left_rp,
        loan.months,
        loan.charge_rp,
        loan.lent_rp == 0,
    )


def years_of(group: Group, *, today: date) -> list[int]:
    first = group.slips.order_by("on").values_list("on", flat=True).first() or today
    return list(range(today.year, min(first.year, today.year) - 1, -1))


def book_sheet(group: Group, which: str, period: Period, *, today: date | None = None) -> Sheet:
    """`which` is CASH, SAVINGS or LOANS; the book of loans is of the whole year. Signed on its last day, or
    today where that is to come."""
    make = {CASH: cash_sheet, SAVINGS: savings_sheet, LOANS: loan_sheet}[which]
    signed_on = min(today or period.last, period.last)
    return replace(make(group, period), place_day=f"{group.area.name}, {long_day(signed_on)}")


def cash_sheet(group: Group, period: Period) -> Sheet:
    before = group.slips.filter(on__lt=period.first).aggregate(sum=Sum("total_rp"))["sum"] or 0
    slips = list(group.slips.filter(on__range=(period.first, period.last)).order_by("on", "number"))
    received: list[tuple[Cell, ...]] = [
        (_day(slip.on), slip.text, slip.total_rp) for slip in slips if slip.total_rp > 0
    ]
    if before:
        received.insert(0, (_day(period.first), "Saldo yang lalu", before))
    spent: list[tuple[Cell, ...]] = [
        (_day(slip.on), slip.number, slip.text, -slip.total_rp) for slip in slips if slip.total_rp < 0
    ]
    in_rp, out_rp = _sum(received, 2), _sum(spent, 3)
    rows = tuple(
        (*(left or ("", "", "")), *(right or ("", "", "", "")))
        for left, right in zip_longest(received, spent, fillvalue=())
    )
    return Sheet(
        name=f"buku-kas-{period.year}" + (f"-{period.month:02}" if period.month else ""),
        titles=("BUKU KAS", *_of(group), str(period).upper()),
        heads=(
            (Head("PENERIMAAN", 3), Head("PENGELUARAN", 4)),
            (
                *(Head("Tanggal"), Head("Uraian"), Head("Jumlah Rp")),
                *(Head("Tanggal"), Head("No. Kwt"), Head("Uraian"), Head("Jumlah Rp")),
            ),
            tuple(Head(f"({number})") for number in range(1, 8)),
        ),
        rows=rows,
        totals=(
            ("", "Jumlah", in_rp, "", "", "Jumlah", out_rp),
            ("", "", "", "", "", "Saldo", in_rp - out_rp),
        ),
        widths=(1.5, 5, 2, 1.5, 1, 5, 2),
        **_signed(group),
    )


def savings_sheet(group: Group, period: Period) -> Sheet:
    """Each deposit in the order of its day; what was given back stands with a minus."""
    found = (
        Entry.objects.filter(group=group, kind__in=Entry.SAVINGS, slip__on__range=(period.first, period.last))
        .values("slip__on", "slip__number", "member__name")
        .annotate(sum=Sum("amount_rp"))
        .order_by("slip__on", "slip__number")
    )
    rows = tuple(
        (at, _day(row["slip__on"]), row["member__name"], group.name, row["sum"])
        for at, row in enumerate(found, 1)
    )
    return Sheet(
        name=f"buku-simpanan-{period.year}" + (f"-{period.month:02}" if period.month else ""),
        titles=("BUKU SIMPANAN", *_of(group), str(period).upper()),
        heads=(
            (
                *(Head("No"), Head("Tanggal"), Head("Nama Anggota"), Head("Kelompok")),
                Head("Jumlah Simpanan (Rp)"),
            ),
        ),
        rows=rows,
        totals=(("", "", "Jumlah", "", _sum(rows, 4)),),
        widths=(0.8, 2, 5, 4, 3),
        **_signed(group),
    )


def loan_sheet(group: Group, period: Period) -> Sheet:
    """A line for each member and each of her loans; dues and savings stand on her first line. An instalment
    is what she paid for the loan in that month: pokok and jasa."""
    first, last = date(period.year, 1, 1), date(period.year, 12, 31)
    of_loan: dict[tuple[int, int], int] = defaultdict(int)
    of_member: dict[tuple[int, str, int], int] = defaultdict(int)
    for entry in Entry.objects.filter(group=group, slip__on__range=(first, last)).select_related("slip"):
        month = entry.slip.on.month
        if entry.kind in (Entry.INSTALMENT, Entry.CHARGE) and entry.loan_id:
            of_loan[entry.loan_id, month] += entry.amount_rp
        elif entry.member_id and entry.kind != Entry.LOAN:
            column = "dues" if entry.kind == Entry.DUES else "saved"
            of_member[entry.member_id, column, month] += entry.amount_rp
    rows: list[tuple[Cell, ...]] = []
    for member, loan in _lines(group, period.year, {loan_id for loan_id, _month in of_loan}):
        is_first = not rows or rows[-1][-1] != member.pk
        cells: list[Cell] = [member.number if is_first else ""]
        cells += [_day(loan.lent_on) if loan else "", member.name, loan.purpose if loan else ""]
        cells += [loan.amount_rp if loan else "", ""]
        for month in range(1, 13):
            cells.append((of_loan.get((loan.pk, month)) if loan else None) or "")
            for column in ("dues", "saved"):
                cells.append((of_member.get((member.pk, column, month)) if is_first else None) or "")
        rows.append((*cells, member.pk))
    plain = tuple(row[:-1] for row in rows)
    sums: list[Cell] = [_sum(plain, at) or "" for at in range(6, 42)]
    months = [*INDONESIAN_MONTHS]
    return Sheet(
        name=f"buku-pinjaman-{period.year}",
        titles=(
            "BUKU DAFTAR PINJAMAN, ANGSURAN, IURAN DAN SIMPANAN",
            *_of(group),
            str(period.year),
        ),
        heads=(
            (
                *(Head("No", rows=2), Head("Tanggal", rows=2), Head("Nama", rows=2)),
                *(Head("Untuk Keperluan Usaha", rows=2), Head("Jumlah Pinjaman", rows=2)),
                Head("Tanda Tangan", rows=2),
                *(Head(month, 3) for month in months),
            ),
            tuple(Head(word) for _month in months for word in ("Angsuran", "Iuran", "Simpanan")),
        ),
        rows=plain,
        totals=(("", "", "Jumlah", "", _sum(plain, 4), "", *sums),),
        widths=(0.7, 1.7, 2.3, 2.3, 1.9, 1.5, *(1.3, 0.95, 1.3) * 12),
        paper="a3",
        points=5.5,
        notes=("Angsuran: pokok dan jasa. Pinjaman dan pembatalan dihitung pada bulan pencatatannya.",),
        **_signed(group),
    )


def _lines(group: Group, year: int, paid: set[int]) -> list[tuple[Member, Loan | None]]:
    """Members of that year; with their loans that were lent, paid or open in it."""
    members = group.members.filter(
        Q(left_on__isnull=True) | Q(left_on__year__gte=year), joined_on__year__lte=year
    )
    loans: dict[int, list[Loan]] = defaultdict(list)
    for loan in group.loans.filter(lent_on__year__lte=year, lent_rp__gt=0).order_by("lent_on", "id"):
        if loan.lent_on.year == year or loan.pk in paid or loan.left_rp:
            loans[loan.member_id].append(loan)
    none: list[Loan | None] = [None]
    return [(member, loan) for member in members for loan in (loans.get(member.pk) or none)]


def _of(group: Group) -> tuple[str, ...]:
    kind = "POKSUS" if group.kind == Group.POKSUS else "POKLAK"
    district = group.area.parent.name if group.area.parent else ""
    return (
        f"{kind} UP2K PKK “{re.sub(r'(?i)^(poksus|poklak) +', '', group.name)}”",
        f"DESA {group.area.name} KECAMATAN {district}".upper(),
    )


def _signed(group: Group) -> dict[str, Any]:
    held = Office.objects.filter(group=group, ends_on__isnull=True).select_related("member")
    names = {office.office: office.member.name for office in held}
    kind = "Poksus" if group.kind == Group.POKSUS else "Poklak"
    return {
        "signatures": (
            Signature("Mengetahui", f"Ketua {kind} UP2K PKK", names.get(Office.CHAIR, "")),
            Signature("Kelompok UP2K PKK", "Bendahara", names.get(Office.TREASURER, "")),
        ),
        "foot": "Uang disimpan oleh kelompok sendiri. e-Toko PKK hanya mencatat.",
    }


def long_day(day: date) -> str:
    """24 November 2026."""
    return f"{day.day} {INDONESIAN_MONTHS[day.month - 1]} {day.year}"


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _sum(rows: Sequence[Sequence[Cell]], at: int) -> int:
    return sum(cell for row in rows if isinstance(cell := row[at], int))
