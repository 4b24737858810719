"""Groups come into the register of groups, change, and are put on a level."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.groups.access import Standing
from etoko.groups.coaching import next_visit_after
from etoko.groups.models import LEVELS, PEMULA, Group, LevelChange
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business
from etoko.registry.names import business_search_name

Changes = Mapping[str, tuple[Any, Any]]


class UnableToFound(UnableTo):
    pass


class UnableToSetLevel(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class GroupFacts:
    name: str
    kind: str = Group.POKSUS
    hamlet: str = ""
    founded_on: date | None = None
    bank_account: str = ""
    business: Business | None = None
    monthly_saving_rp: int = 0
    monthly_dues_rp: int = 0
    charge_percent: Decimal = Decimal(0)


@transaction.atomic
def found_group(*, facts: GroupFacts, area: Area, level: str = PEMULA, by: Person, at: datetime) -> Group:
    """A group of a village, with the level it has on the day. Raises UnableToFound."""
    _check(facts, area, at)
    today = timezone.localdate(at)
    group = Group(area=area, level=level, created_at=at, **_values(facts))
    group.next_visit_on = next_visit_after(today, level)
    _save(group)
    LevelChange.objects.create(
        group=group,
        level=level,
        from_on=today,
        reason=_("Tingkat saat didaftarkan"),
        by=by,
        at=at,
    )
    record_deed(
        deed="found_group",
        subject=group,
        by=by,
        for_name=group.name,
        at=at,
        area_code=area.pk,
        changes={"name": ("", facts.name), "level": ("", level)},
    )
    return group


@transaction.atomic
def change_group(*, standing: Standing, facts: GroupFacts, at: datetime) -> Group:
    """Name, terms, the business as which it sells. Raises UnableToFound; then nothing has changed."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=standing.group.pk)
    _check(facts, group.area, at)
    values = _values(facts)
    changes = {name: (getattr(group, name), value) for name, value in values.items() if name != "search_name"}
    for name, value in values.items():
        setattr(group, name, value)
    _save(group)
    record_deed(
        deed="change_group",
        subject=group,
        by=standing.person,
        for_name=standing.for_name,
        at=at,
        area_code=group.area_id,
        changes=changes,
    )
    return group


@transaction.atomic
def set_level(*, standing: Standing, level: str, from_on: date, reason: str, at: datetime) -> Group:
    """The PKK puts the group on another level, from a day that is not before the last change."""
    group = Group.objects.select_for_update(of=("self",)).get(pk=standing.group.pk)
    if level not in dict(LEVELS):
        raise UnableToSetLevel(_("Pilih tingkatnya."), field="level")
    if level == group.level:
        raise UnableToSetLevel(_("Kelompok ini sudah di tingkat itu."), field="level")
    if not reason.strip():
        raise UnableToSetLevel(_("Tulis alasannya, misalnya hasil penilaian."), field="reason")
    last = group.level_changes.order_by("-id").first()
    if from_on > timezone.localdate(at):
        raise UnableToSetLevel(_("Harinya tidak boleh sesudah hari ini."), field="from_on")
    if last and from_on < last.from_on:
        raise UnableToSetLevel(_("Harinya tidak boleh sebelum perubahan yang terakhir."), field="from_on")
    LevelChange.objects.create(
        group=group, level=level, from_on=from_on, reason=reason.strip(), by=standing.person, at=at
    )
    before, group.level = group.level, level
    visit = group.visits.order_by("-visited_on").first()
    if visit is None or visit.next_on < timezone.localdate(at):  # an agreed day stays
        group.next_visit_on = next_visit_after(timezone.localdate(at), level)
    group.save(update_fields=["level", "next_visit_on"])
    record_deed(
        deed="set_level",
        subject=group,
        by=standing.person,
        at=at,
        area_code=group.area_id,
        changes={"level": (before, level)},
        reason=reason.strip(),
    )
    return group


def _values(facts: GroupFacts) -> dict[str, Any]:
    values = {name: getattr(facts, name) for name in facts.__slots__}
    return {**values, "search_name": business_search_name(facts.name)}


def _check(facts: GroupFacts, area: Area, at: datetime) -> None:
    if not business_search_name(facts.name):
        raise UnableToFound(_("Tulis nama kelompoknya."), field="name")
    if facts.founded_on and facts.founded_on > timezone.localdate(at):
        raise UnableToFound(_("Hari berdirinya tidak boleh sesudah hari ini."), field="founded_on")
    if facts.business and facts.business.area_id != area.pk:
        raise UnableToFound(_("Usaha itu bukan di desa kelompok ini."), field="business")


def _save(group: Group) -> None:
    same = Group.objects.filter(area_id=group.area_id, search_name=group.search_name).exclude(pk=group.pk)
    if same.exists():
        raise UnableToFound(
            _("Di desa ini sudah ada kelompok dengan nama itu. Tambahkan nama kampungnya."), field="name"
        )
    if group.business and Group.objects.filter(business=group.business).exclude(pk=group.pk).exists():
        raise UnableToFound(_("Usaha itu sudah milik kelompok lain."), field="business")
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as problem:  # somebody else did the same in this very moment
        raise UnableToFound(
            _("Nama atau usaha itu baru saja dipakai kelompok lain."), field="name"
        ) from problem
