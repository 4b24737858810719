"""What a group is seen to do, counted from its records. It informs; people give the level."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.groups.models import Group, Office
from etoko.groups.models_books import Entry
from etoko.groups.models_coaching import Action

MONTHS = 6


@dataclass(frozen=True, slots=True)
class Practice:
    title: str
    done: int
    of: int
    note: str
    needed: int
    """From how many on it counts as kept."""

    @property
    def is_kept(self) -> bool:
        return self.of > 0 and self.done >= self.needed


def scorecard(group: Group, *, today: date) -> list[Practice]:
    """Of the last six whole months; a month before the group was here is not asked for."""
    months = _whole_months(group, today)
    since = months[0] if months else today
    booked = _months_of(group.slips.filter(on__gte=since).values_list("on", flat=True))
    meetings = list(group.meetings.filter(held_on__gte=since))
    met = _months_of(meeting.held_on for meeting in meetings)
    present, expected = sum(one.present for one in meetings), sum(one.expected for one in meetings)
    members = group.members.filter(left_on__isnull=True).count()
    return [
        _monthly(_("Kas ditulis tiap bulan"), booked, months),
        _monthly(_("Rapat tiap bulan"), met, months),
        Practice(
            _("Anggota hadir di rapat"),
            present,
            expected,
            _("tiga perempat atau lebih, dari semua rapat itu"),
            -(-3 * expected // 4),
        ),
        _saving(group, today, members),
        _repaying(group, today),
        Practice(
            _("Pengurus lengkap"),
            Office.objects.filter(group=group, ends_on__isnull=True).count(),
            len(Office.NAMES),
            _("ketua, sekretaris, bendahara"),
            len(Office.NAMES),
        ),
        _following(group, today),
    ]


def _whole_months(group: Group, today: date) -> list[date]:
    """First days of the last six months that are over and in which the group was here, the oldest first."""
    first = today.replace(day=1)
    found: list[date] = []
    began = min(
        [timezone.localdate(group.created_at), *group.slips.order_by("on").values_list("on", flat=True)[:1]]
    ).replace(day=1)
    for _month in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        if first >= began:
            found.insert(0, first)
    return found


def _months_of(days: Iterable[date]) -> set[date]:
    return {day.replace(day=1) for day in days}


def _monthly(title: str, seen: set[date], months: list[date]) -> Practice:
    number = len(months)
    return Practice(title, len(seen & set(months)), number, _("bulan yang sudah lewat"), number)


def _saving(group: Group, today: date, members: int) -> Practice:
    quarter = today - timedelta(days=92)
    savers = (
        Entry.objects.filter(
            group=group,
            kind__in=(*Entry.SAVINGS, Entry.DUES),
            amount_rp__gt=0,
            slip__on__gte=quarter,
            slip__reversed_by__isnull=True,
            member__left_on__isnull=True,
        )
        .values("member")
        .distinct()
        .count()
    )
    needed = -(-4 * members // 5)
    return Practice(
        _("Anggota menabung atau membayar iuran"), savers, members, _("dalam tiga bulan terakhir"), needed
    )


def _repaying(group: Group, today: date) -> Practice:
    """Loans that are not behind: what is paid back is at least what should be by now."""
    loans = list(group.loans.filter(lent_rp__gt=0))
    on_time = 0
    for loan in loans:
        over = min(loan.months, (today.year - loan.lent_on.year) * 12 + today.month - loan.lent_on.month)
        on_time += loan.repaid_rp * loan.months >= loan.amount_rp * max(0, over - 1)
    return Practice(_("Pinjaman diangsur tepat waktu"), on_time, len(loans), _("pinjaman"), len(loans))


def _following(group: Group, today: date) -> Practice:
    due = Action.objects.filter(visit__group=group).filter(Q(until_on__lt=today) | Q(done_on__isnull=False))
    number = due.count()
    done = due.filter(done_on__isnull=False).count()
    return Practice(_("Tindak lanjut pembinaan selesai"), done, number, _("yang sudah waktunya"), number)
