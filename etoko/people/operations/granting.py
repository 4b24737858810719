"""Roles within a place: given with dates, and ended. Never deleted: it must stay known who could do what."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.problems import UnableTo
from etoko.people.access import grantable_roles
from etoko.people.models import Person, PlaceRole
from etoko.places.models import Area


class UnableToGrant(UnableTo):
    pass


@transaction.atomic
def grant_role(
    *,
    person: Person,
    area: Area,
    role: str,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    at: datetime,
) -> PlaceRole:
    """`ends_on` is the last day; None: until further notice."""
    if role not in grantable_roles(by, area):
        raise UnableToGrant(_("Anda tidak bisa memberikan peran ini di wilayah ini."), field="role")
    if person == by:
        raise UnableToGrant(_("Peran untuk diri sendiri diberikan oleh orang lain."), field="phone")
    if not person.is_active:
        raise UnableToGrant(_("Akun ini sudah ditutup."), field="phone")
    if ends_on is not None and ends_on < starts_on:
        raise UnableToGrant(_("Hari terakhir harus sesudah hari pertama."), field="ends_on")
    # Two officers who give the same role at once: the second waits here and then sees the first.
    Person.objects.select_for_update().get(pk=person.pk)
    overlapping = PlaceRole.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on),
        person=person,
        area=area,
        role=role,
        ended_at__isnull=True,
    )
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if overlapping.exists():
        raise UnableToGrant(
            _("%(name)s sudah memegang peran ini di %(area)s pada waktu itu.")
            % {"name": person.name, "area": area.name},
            field="role",
        )
    granted = PlaceRole.objects.create(
        person=person, area=area, role=role, starts_on=starts_on, ends_on=ends_on, granted_by=by
    )
    record_deed(
        deed="grant_role",
        subject=person,
        by=by,
        at=at,
        area_code=area.pk,
        changes={
            "role": (None, str(role)),
            "starts_on": (None, starts_on),
            "ends_on": (None, ends_on),
        },
    )
    return granted


@transaction.atomic
def end_role(*, granted: PlaceRole, by: Person, at: datetime) -> None:
    """From this moment on the role gives nothing."""
    granted = (
        PlaceRole.objects.select_for_update(of=("self",)).select_related("area", "person").get(pk=granted.pk)
    )
    if granted.role not in grantable_roles(by, granted.area):
        raise UnableToGrant(_("Anda tidak bisa mengakhiri peran ini."))
    if granted.ended_at is not None or (granted.ends_on is not None and granted.ends_on < localdate(at)):
        raise UnableToGrant(_("Peran ini sudah berakhir."))
    granted.ended_at = at
    granted.save(update_fields=["ended_at"])
    record_deed(
        deed="end_role",
        subject=granted.person,
        by=by,
        at=at,
        area_code=granted.area_id,
        changes={"role": (granted.role, None), "ended_at": (None, at)},
    )
