"""Members come and go, and hold offices."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import DateField, F, Max, QuerySet, Sum, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.money import show_rupiah
from etoko.foundation.problems import UnableTo
from etoko.groups.access import Standing
from etoko.groups.models import Group, Member, Office
from etoko.registry.models import Business


class UnableToJoin(UnableTo):
    pass


class UnableToLeave(UnableTo):
    pass


class UnableToGiveOffice(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class MemberFacts:
    name: str
    gender: str = "female"
    phone: str = ""
    """Canonical, as `read_phone` gives it."""
    business: Business | None = None


@transaction.atomic
def add_member(*, standing: Standing, facts: MemberFacts, joined_on: date, at: datetime) -> Member:
    """Raises UnableToJoin; then nothing has changed."""
    group = lock_group(standing.group)
    if joined_on > timezone.localdate(at):
        raise UnableToJoin(_("Hari masuknya tidak boleh sesudah hari ini."), field="joined_on")
    last = group.members.aggregate(last=Max("number"))["last"] or 0
    member = Member(group=group, number=last + 1, joined_on=joined_on)
    _fill(member, facts)
    _record("add_member", standing, member, at, {"name": ("", member.name), "phone": ("", member.phone)})
    return member


@transaction.atomic
def change_member(*, standing: Standing, member: Member, facts: MemberFacts, at: datetime) -> Member:
    lock_group(standing.group)
    locked = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    changes = {
        name: (getattr(locked, name), getattr(facts, name))
        for name in ("name", "gender", "phone", "business")
    }
    _fill(locked, facts)
    _record("change_member", standing, locked, at, changes)
    return locked


@transaction.atomic
def end_membership(*, standing: Standing, member: Member, left_on: date, at: datetime) -> Member:
    """Her office ends with it. Raises UnableToLeave; then nothing has changed."""
    lock_group(standing.group)
    locked = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if locked.left_on is not None:
        raise UnableToLeave(_("Ia sudah bukan anggota."))
    if not locked.joined_on <= left_on <= timezone.localdate(at):
        raise UnableToLeave(_("Pilih hari antara hari masuknya dan hari ini."), field="left_on")
    if locked.saved_rp or left_of(locked):
        raise UnableToLeave(
            _("Kembalikan dulu simpanannya (%(saved)s) dan lunasi pinjamannya (%(left)s).")
            % {"saved": show_rupiah(locked.saved_rp), "left": show_rupiah(left_of(locked))}
        )
    _end_offices(Office.objects.filter(member=locked), left_on)
    locked.left_on = left_on
    locked.save(update_fields=["left_on"])
    _record("end_membership", standing, locked, at, {"left_on": (None, left_on)})
    return locked


@transaction.atomic
def give_office(*, standing: Standing, member: Member, office: str, at: datetime) -> Office | None:
    """She holds it from today on, alone; whoever held it before holds it no more. An empty `office` ends
    the one she has. Raises UnableToGiveOffice."""
    group = lock_group(standing.group)
    today = timezone.localdate(at)
    if office and office not in dict(Office.NAMES):
        raise UnableToGiveOffice(_("Pilih jabatannya."), field="office")
    if member.left_on is not None:
        raise UnableToGiveOffice(_("Ia sudah bukan anggota."), field="office")
    held = Office.objects.filter(group=group, member=member, ends_on__isnull=True).first()
    if (held.office if held else "") == office:
        return held
    _end_offices(Office.objects.filter(member=member), today)
    if office:
        _end_offices(Office.objects.filter(group=group, office=office), today)
    given = (
        Office.objects.create(group=group, member=member, office=office, starts_on=today) if office else None
    )
    _record("give_office", standing, member, at, {"office": (held.office if held else "", office)})
    return given


def left_of(member: Member) -> int:
    """What is still to be paid back of all her loans, in rupiah."""
    sums = member.loans.aggregate(lent=Sum("lent_rp"), repaid=Sum("repaid_rp"))
    return (sums["lent"] or 0) - (sums["repaid"] or 0)


def lock_group(group: Group) -> Group:
    """Everything of a group waits for this row, so nothing of it is changed twice at once."""
    return Group.objects.select_for_update(of=("self",)).select_related("area").get(pk=group.pk)


def _end_offices(offices: QuerySet[Office], on: date) -> None:
    last = Greatest(F("starts_on"), Value(on, output_field=DateField()))
    offices.filter(ends_on__isnull=True).update(ends_on=last)


def _fill(member: Member, facts: MemberFacts) -> None:
    if not facts.name.strip():
        raise UnableToJoin(_("Tulis namanya."), field="name")
    if facts.phone and (
        Member.objects.filter(group=member.group_id, phone=facts.phone, left_on__isnull=True)
        .exclude(pk=member.pk)
        .exists()
    ):
        raise UnableToJoin(_("Anggota lain sudah memakai nomor ini."), field="phone")
    member.name, member.gender = facts.name.strip(), facts.gender
    member.phone, member.business = facts.phone, facts.business
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as problem:
        raise UnableToJoin(_("Anggota ini baru saja dicatat. Muat ulang halaman."), field="name") from problem


def _record(
    deed: str, standing: Standing, member: Member, at: datetime, changes: dict[str, tuple[object, object]]
) -> None:
    record_deed(
        deed=deed,
        subject=member,
        by=standing.person,
        for_name=standing.for_name,
        at=at,
        area_code=standing.group.area_id,
        changes=changes,
    )
