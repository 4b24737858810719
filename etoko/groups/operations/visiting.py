"""Coaches visit, find, agree who does what until when, and come again; a missed visit is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_day
from etoko.foundation.problems import UnableTo
from etoko.groups.access import Standing
from etoko.groups.models import Group
from etoko.groups.models_coaching import Action, Visit
from etoko.groups.operations.joining import lock_group
from etoko.notices.operations import send_notice
from etoko.people.access import people_with
from etoko.people.roles import ASSIST_GROUPS

FURTHEST = timedelta(days=366)
AGAIN_AFTER = timedelta(days=7)
NOT_BEFORE_HOUR = 7
LONGEST_MINUTES = 600


class UnableToVisit(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class NewAction:
    what: str
    who: str
    until_on: date


@transaction.atomic
def record_visit(
    *,
    standing: Standing,
    visited_on: date,
    minutes: int,
    findings: str,
    actions: Sequence[NewAction],
    next_on: date,
    at: datetime,
) -> Visit:
    """`standing.person` is the coach. Raises UnableToVisit; then nothing has changed."""
    group = lock_group(standing.group)
    if visited_on > timezone.localdate(at):
        raise UnableToVisit(_("Hari kunjungan tidak boleh sesudah hari ini."), field="visited_on")
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise UnableToVisit(
            _("Lamanya antara 1 dan %(most)s menit.") % {"most": LONGEST_MINUTES}, field="minutes"
        )
    if not findings.strip():
        raise UnableToVisit(_("Tulis apa yang ditemukan."), field="findings")
    _check_next(next_on, visited_on)
    for number, action in enumerate(actions):
        if not (action.what.strip() and action.who.strip()) or action.until_on < visited_on:
            raise UnableToVisit(
                _("Tindak lanjut perlu apa, siapa, dan sampai kapan."), field=f"what_{number}"
            )
    visit = Visit.objects.create(
        group=group,
        visited_on=visited_on,
        minutes=minutes,
        findings=findings.strip(),
        next_on=next_on,
        coach=standing.person,
        at=at,
    )
    Action.objects.bulk_create(
        Action(visit=visit, what=one.what.strip(), who=one.who.strip(), until_on=one.until_on)
        for one in actions
    )
    _set_next(group, next_on)
    _record("record_visit", standing, visit, at, {"visited_on": ("", visited_on), "next_on": ("", next_on)})
    return visit


@transaction.atomic
def plan_visit(*, standing: Standing, next_on: date, at: datetime) -> Group:
    """The next visit is on another day."""
    group = lock_group(standing.group)
    today = timezone.localdate(at)
    if next_on < today:
        raise UnableToVisit(_("Pilih hari ini atau sesudahnya."), field="next_on")
    _check_next(next_on, today - timedelta(days=1))
    before = group.next_visit_on
    _set_next(group, next_on)
    _record("plan_visit", standing, group, at, {"next_on": (before, next_on)})
    return group


@transaction.atomic
def finish_action(*, standing: Standing, action: Action, at: datetime) -> Action:
    """Somebody of the group, or who looks after it, says that it is done."""
    locked = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if locked.done_on is not None:
        return locked
    locked.done_on, locked.done_by = timezone.localdate(at), standing.person
    locked.save(update_fields=["done_on", "done_by"])
    _record("finish_action", standing, locked, at, {"done_on": (None, locked.done_on)})
    return locked


def tell_missed_visits(*, at: datetime) -> int:
    """Groups whose visit is over its day, again every week until somebody comes. Returns how many."""
    local = timezone.localtime(at)
    if local.hour < NOT_BEFORE_HOUR:
        return 0
    today = local.date()
    missed = Group.objects.filter(
        Q(visit_told_on__isnull=True)
        | Q(visit_told_on__lte=today - AGAIN_AFTER)
        | Q(visit_told_on__lt=F("next_visit_on")),
        next_visit_on__lt=today,
        ended_on__isnull=True,
    )
    return sum(_tell(group, at) for group in missed.select_related("area").order_by("pk"))


@transaction.atomic
def _tell(group: Group, at: datetime) -> bool:
    today = timezone.localdate(at)
    rows = Group.objects.filter(pk=group.pk, next_visit_on=group.next_visit_on)
    if not rows.filter(visit_told_on=group.visit_told_on).update(visit_told_on=today):
        return False  # visited, put off, or told by another worker in this very moment
    path = reverse("groups:coaching", args=[group.public_id])
    assert group.next_visit_on is not None
    for person in people_with(ASSIST_GROUPS, group.area_id):
        with translation.override(person.language):
            words = {
                "name": group.name,
                "village": group.area.name,
                "day": show_day(group.next_visit_on),
                "link": whole_address(path),
            }
            send_notice(
                key=f"visit:{group.pk}:{today}:{person.pk}",
                kind="visit_missed",
                title=_("%(name)s belum dikunjungi") % words,
                text=_(
                    "Pembinaan %(name)s (%(village)s) seharusnya %(day)s. Kunjungi, atau pilih hari lain: "
                    "%(link)s"
                )
                % words,
                path=path,
                at=at,
                recipient=person,
                area_code=group.area_id,
            )
    return True


def _check_next(next_on: date, after: date) -> None:
    if not after < next_on <= after + FURTHEST:
        raise UnableToVisit(
            _("Kunjungan berikutnya sesudah kunjungan ini, paling lama setahun lagi."), field="next_on"
        )


def _set_next(group: Group, next_on: date) -> None:
    Group.objects.filter(pk=group.pk).update(next_visit_on=next_on, visit_told_on=None)


def _record(
    deed: str,
    standing: Standing,
    about: Group | Visit | Action,
    at: datetime,
    changes: dict[str, tuple[object, object]],
) -> None:
    record_deed(
        deed=deed,
        subject=about,
        by=standing.person,
        for_name=standing.for_name if isinstance(about, Action) else "",
        at=at,
        area_code=standing.group.area_id,
        changes=changes,
    )
