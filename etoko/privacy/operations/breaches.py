"""A breach from its discovery to the day when everybody who must know has been told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_moment
from etoko.foundation.problems import UnableTo
from etoko.notices.operations import send_notice
from etoko.people.access import people_with
from etoko.people.models import Person
from etoko.people.roles import HANDLE_BREACHES
from etoko.places.models import Area
from etoko.privacy.models import TIME_TO_TELL, Breach
from etoko.privacy.states import BREACH_FLOW, HANDLER, OPEN

REMINDERS = (timedelta(hours=24), timedelta(hours=6), timedelta(0))
"""Before the time to tell is over."""


class UnableToHandle(UnableTo):
    pass


@transaction.atomic
def record_breach(
    *,
    area: Area,
    found_at: datetime,
    what: str,
    leaked: str,
    people: int | None,
    handling: str,
    by: Person,
    at: datetime,
) -> Breach:
    if found_at > at:
        raise UnableToHandle(_("Waktu diketahui tidak bisa di masa depan."), field="found_at")
    breach = Breach.objects.create(
        area=area,
        found_at=found_at,
        what=what,
        leaked=leaked,
        people=people,
        handling=handling,
        recorded_by=by,
        recorded_at=at,
    )
    _record("record_breach", breach, by, at)
    for person in people_with(HANDLE_BREACHES, area.code):
        _tell(breach, person, "recorded", at)
    return breach


@transaction.atomic
def tell_agency(*, breach: Breach, by: Person, at: datetime) -> Breach:
    """The letter went to the agency. Said a second time, the first moment stays."""
    return _note(breach, "agency_told_at", "tell_agency", by, at)


@transaction.atomic
def tell_people(*, breach: Breach, by: Person, at: datetime) -> Breach:
    """Those concerned have it in writing."""
    return _note(breach, "people_told_at", "tell_people", by, at)


@transaction.atomic
def close_breach(*, breach: Breach, reason: str, by: Person, at: datetime) -> Breach:
    """Raises UnableToHandle before everybody was told, and UnableToMove where it is closed already."""
    locked = BREACH_FLOW.make_move(breach, "close", parties=(HANDLER,), reason=reason)
    if locked.agency_told_at is None or locked.people_told_at is None:
        raise UnableToHandle(_("Beri tahu dulu lembaga dan orang yang datanya kena, lalu catat di sini."))
    locked.closed_at, locked.close_reason = at, reason.strip()
    locked.save(update_fields=["closed_at", "close_reason"])
    _record("close_breach", locked, by, at, reason=reason)
    return locked


def remind_of_breaches(*, at: datetime) -> int:
    """Who handles breaches hears how little of the three days is left. Returns how many breaches."""
    untold = Q(agency_told_at=None) | Q(people_told_at=None)
    near = Breach.objects.filter(untold, state=OPEN, found_at__lte=at - TIME_TO_TELL + REMINDERS[0])
    reminded = 0
    for breach in near.select_related("area"):
        left = breach.tell_by_at - at
        step = max(number for number, before in enumerate(REMINDERS) if left <= before)
        with transaction.atomic():
            for person in people_with(HANDLE_BREACHES, breach.area_id):
                _tell(breach, person, f"remind{step}", at)
        reminded += 1
    return reminded


def _note(breach: Breach, field: str, deed: str, by: Person, at: datetime) -> Breach:
    locked = Breach.objects.select_for_update().get(pk=breach.pk)
    if getattr(locked, field) is None:
        setattr(locked, field, at)
        locked.save(update_fields=[field])
        _record(deed, locked, by, at)
    return locked


def _tell(breach: Breach, person: Person, occasion: str, at: datetime) -> None:
    path = f"/petugas/insiden/{breach.public_id}/"
    until = show_moment(breach.tell_by_at)
    send_notice(
        key=f"breach:{breach.pk}:{occasion}:{person.pk}",
        kind="breach",
        title=_("Kebocoran data: beri tahu sebelum %s") % until,
        text=_(
            "Ada kebocoran data pribadi yang tercatat. Lembaga pelindungan data dan orang yang datanya kena "
            "harus diberi tahu tertulis paling lambat %(until)s. Surat siap di sini: %(address)s"
        )
        % {"until": until, "address": whole_address(path)},
        at=at,
        recipient=person,
        path=path,
        area_code=breach.area_id,
    )


def _record(deed: str, breach: Breach, by: Person, at: datetime, *, reason: str = "") -> None:
    record_deed(deed=deed, subject=breach, by=by, at=at, area_code=breach.area_id, reason=reason)
