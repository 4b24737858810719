"""Minutes of the group's meetings. They may be put right; the trace keeps what stood there before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.groups.access import Standing
from etoko.groups.models import Attendance, Group, Meeting, Member
from etoko.groups.operations.joining import lock_group


class UnableToRecordMeeting(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class Minutes:
    held_on: date
    agenda: str
    place: str = ""
    notes: str = ""
    decisions: str = ""


@transaction.atomic
def record_meeting(
    *, standing: Standing, minutes: Minutes, present: Collection[int], at: datetime
) -> Meeting:
    """`present` are numbers of members. Raises UnableToRecordMeeting; then nothing has changed."""
    group = lock_group(standing.group)
    meeting = Meeting(group=group, by=standing.person, for_name=standing.for_name, at=at)
    _write(meeting, minutes, present, at)
    _record("record_meeting", standing, meeting, at, {"agenda": ("", minutes.agenda)})
    return meeting


@transaction.atomic
def amend_meeting(
    *, standing: Standing, meeting: Meeting, minutes: Minutes, present: Collection[int], at: datetime
) -> Meeting:
    lock_group(standing.group)
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    changes: dict[str, tuple[object, object]] = {
        name: (getattr(locked, name), getattr(minutes, name)) for name in minutes.__slots__
    }
    before = locked.present
    _write(locked, minutes, present, at)
    _record("amend_meeting", standing, locked, at, {**changes, "present": (before, locked.present)})
    return locked


def members_on(group: Group, day: date) -> list[Member]:
    return list(group.members.filter(Q(left_on__isnull=True) | Q(left_on__gte=day), joined_on__lte=day))


def _write(meeting: Meeting, minutes: Minutes, present: Collection[int], at: datetime) -> None:
    if minutes.held_on > timezone.localdate(at):
        raise UnableToRecordMeeting(_("Hari rapat tidak boleh sesudah hari ini."), field="held_on")
    if not minutes.agenda.strip():
        raise UnableToRecordMeeting(_("Tulis acaranya, misalnya Rapat bulanan."), field="agenda")
    members = members_on(meeting.group, minutes.held_on)
    there = [member for member in members if member.number in present]
    if not there:
        raise UnableToRecordMeeting(
            _("Tandai siapa yang hadir. Yang bisa ditandai hanya yang hari itu sudah anggota."),
            field="present",
        )
    same = Meeting.objects.filter(group=meeting.group, held_on=minutes.held_on, agenda=minutes.agenda.strip())
    if same.exclude(pk=meeting.pk).exists():
        raise UnableToRecordMeeting(_("Rapat ini sudah dicatat."), field="agenda")
    for name in minutes.__slots__:
        value = getattr(minutes, name)
        setattr(meeting, name, value.strip() if isinstance(value, str) else value)
    meeting.expected, meeting.present = len(members), len(there)
    meeting.save()
    Attendance.objects.filter(meeting=meeting).delete()
    Attendance.objects.bulk_create(Attendance(meeting=meeting, member=member) for member in there)


def _record(
    deed: str, standing: Standing, meeting: Meeting, at: datetime, changes: dict[str, tuple[object, object]]
) -> None:
    record_deed(
        deed=deed,
        subject=meeting,
        by=standing.person,
        for_name=standing.for_name,
        at=at,
        area_code=standing.group.area_id,
        changes=changes,
    )
