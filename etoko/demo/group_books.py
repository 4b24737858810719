"""A year of a sample group's books. Written in bulk, always the same, and in step with its balances."""

from datetime import date, datetime

from etoko.groups.models import Group, Member
from etoko.groups.models_books import Entry, Loan, Slip
from etoko.groups.sheets import show_cell
from etoko.people.models import Person

SAVING_RP, DUES_RP, PRINCIPAL_RP = 10_000, 2_000, 25_000
_PURPOSES = ("Beli bambu", "Modal kerupuk", "Beli tepung", "Benang dan kain", "Etalase", "Bibit lele")


class Books:
    """A year of slips: what was in the box, savings and dues of each month, loans, a bazaar, a mistake."""

    def __init__(
        self,
        group: Group,
        members: list[Member],
        *,
        by: Person,
        for_name: str,
        months: list[date],
        now: datetime,
    ) -> None:
        self.group, self.members, self.months = group, members, months
        self.by, self.for_name, self.now = by, for_name, now
        self.parts: list[tuple[Slip, list[Entry]]] = []
        self.loans: dict[int, Loan] = {}

    def keep(self) -> int:
        months = self.months
        self._slip(months[0].replace(day=2), "Saldo awal", [(Entry.OPENING, 400_000)])
        for number, day in enumerate(months):
            for member in self.members:
                self._deposit(member, day, number)
            if number % 3 == 1:
                self._lend(self.members[(number + 3) % len(self.members)], day.replace(day=12), number)
            if number % 4 == 2:
                self._slip(day.replace(day=18), "Hasil bazar PKK", [(Entry.INCOME, 85_000 + 5_000 * number)])
            self._slip(day.replace(day=11), "Konsumsi rapat", [(Entry.EXPENSE, -30_000)])
        wrong = self._slip(months[-1].replace(day=20), "Hasil bazar PKK", [(Entry.INCOME, 60_000)])
        self._take_back(wrong, months[-1].replace(day=21))
        self._write()
        return len(self.parts)

    def _deposit(self, member: Member, day: date, number: int) -> None:
        if (member.number + number) % 9 == 8:
            return  # she did not come that month
        lines = [(Entry.DUES, DUES_RP), (Entry.MANDATORY, SAVING_RP)]
        if number == 0:
            lines.append((Entry.PRINCIPAL, PRINCIPAL_RP))
        if (member.number + number) % 4 == 0:
            lines.append((Entry.VOLUNTARY, 5_000 * (1 + member.number % 3)))
        loan = self.loans.get(member.number)
        if loan and loan.left_rp and loan.lent_on < day:
            part_rp = min(loan.left_rp, loan.amount_rp // loan.months)
            lines = [(Entry.INSTALMENT, part_rp), (Entry.CHARGE, loan.charge_rp), *lines]
            loan.repaid_rp += part_rp
        words = dict(_WORDS)
        told = ", ".join(f"{words[kind]} {show_cell(amount_rp)}" for kind, amount_rp in lines)
        self._slip(day, f"Setoran {member.name}: {told}", lines, member)

    def _lend(self, member: Member, day: date, number: int) -> None:
        known = self.loans.get(member.number)
        if known and known.left_rp:
            return
        amount_rp = 100_000 + 50_000 * (number % 3)
        loan = Loan.objects.create(
            group=self.group,
            member=member,
            lent_on=day,
            amount_rp=amount_rp,
            purpose=_PURPOSES[(number + member.number) % len(_PURPOSES)],
            months=5,
            charge_rp=amount_rp * 3 // 200,
            lent_rp=amount_rp,
        )
        self.loans[member.number] = loan
        text = f"Pinjaman {member.name}: {loan.purpose}"
        self._slip(day, text, [(Entry.LOAN, -amount_rp)], member)

    def _slip(
        self, day: date, text: str, lines: list[tuple[str, int]], member: Member | None = None
    ) -> tuple[Slip, list[Entry]]:
        slip = Slip(
            group=self.group,
            number=0,
            on=day,
            member=member,
            text=text[:200],
            total_rp=sum(amount_rp for _kind, amount_rp in lines),
            by=self.by,
            for_name=self.for_name,
            at=self.now,
        )
        of_loan = (Entry.LOAN, Entry.INSTALMENT, Entry.CHARGE)
        entries = [
            Entry(
                group=self.group,
                member=member,
                loan=self.loans[member.number] if member and kind in of_loan else None,
                kind=kind,
                amount_rp=amount_rp,
            )
            for kind, amount_rp in lines
        ]
        self.parts.append((slip, entries))
        return self.parts[-1]

    def _take_back(self, wrong: tuple[Slip, list[Entry]], day: date) -> None:
        slip, entries = wrong
        text = f"Pembatalan: {slip.text}"
        counter, counters = self._slip(day, text, [(one.kind, -one.amount_rp) for one in entries])
        counter.reverses, counter.reason = slip, "Tercatat dua kali"
        for entry, other in zip(counters, entries, strict=True):
            entry.reverses = other

    def _write(self) -> None:
        self.parts.sort(key=lambda part: part[0].on)
        for number, (slip, _entries) in enumerate(self.parts, 1):
            slip.number = number
        plain = [part for part in self.parts if part[0].reverses is None]
        counters = [part for part in self.parts if part[0].reverses is not None]
        for parts in (plain, counters):
            # What is taken back must be there before what takes it back.
            for slip, _entries in parts:
                slip.reverses = slip.reverses
            Slip.objects.bulk_create(slip for slip, _entries in parts)
            Entry.objects.bulk_create(_of(slip, entry) for slip, entries in parts for entry in entries)
        Loan.objects.bulk_update(self.loans.values(), ["repaid_rp"])
        for member in self.members:
            for kind in Entry.SAVINGS:
                saved = sum(
                    entry.amount_rp
                    for _slip, entries in self.parts
                    for entry in entries
                    if entry.member is member and entry.kind == kind
                )
                setattr(member, f"{kind}_rp", saved)
        Member.objects.bulk_update(self.members, [f"{kind}_rp" for kind in Entry.SAVINGS])
        self.group.cash_rp = sum(slip.total_rp for slip, _entries in self.parts)
        self.group.last_slip = len(self.parts)
        self.group.save(update_fields=["cash_rp", "last_slip"])


_WORDS = (
    (Entry.INSTALMENT, "angsuran"),
    (Entry.CHARGE, "jasa"),
    (Entry.DUES, "iuran"),
    (Entry.MANDATORY, "simpanan wajib"),
    (Entry.PRINCIPAL, "simpanan pokok"),
    (Entry.VOLUNTARY, "simpanan sukarela"),
)


def _of(slip: Slip, entry: Entry) -> Entry:
    entry.slip = slip  # it has its key by now, and so has what is taken back
    entry.reverses = entry.reverses
    return entry
