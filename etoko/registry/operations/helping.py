"""Help with a licence: asked for a day, agreed or put on another, done. Each step is told to the other
side."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.addresses import whole_address
from etoko.foundation.days import show_day_short
from etoko.foundation.problems import UnableTo
from etoko.notices.operations import send_notice
from etoko.people.access import people_with
from etoko.people.models import Person
from etoko.people.roles import ASSIST_SELLERS
from etoko.registry.access import people_of_businesses
from etoko.registry.models import Business, LicenceHelp
from etoko.registry.states import ASKER, HELP_FLOW, HELPER


class UnableToHelp(UnableTo):
    pass


@transaction.atomic
def ask_help(
    *, business: Business, kind: str, day_on: date, note: str, by: Person, at: datetime, for_name: str = ""
) -> LicenceHelp:
    """The owner, or a kader for her, asks the officers of the place to help on a day that has not passed."""
    if day_on < timezone.localdate(at):
        raise UnableToHelp(_("Hari itu sudah lewat. Pilih hari ini atau sesudahnya."), field="day_on")
    help_ = LicenceHelp(
        business=business, kind=kind, day_on=day_on, note=note, asked_by=by, asked_at=at, changed_at=at
    )
    try:
        with transaction.atomic():
            help_.save()
    except IntegrityError as problem:
        raise UnableToHelp(_("Bantuan untuk izin ini sudah diminta. Lihat jawabannya di bawah.")) from problem
    _record("ask_licence_help", help_, by=by, at=at, for_name=for_name, days=("", str(day_on)))
    _tell_helpers(help_, at, besides=by)
    return help_


@transaction.atomic
def agree_help(*, help_: LicenceHelp, by: Person, at: datetime) -> LicenceHelp:
    return _answer(help_, "agree", by=by, at=at)


@transaction.atomic
def propose_day(*, help_: LicenceHelp, day_on: date, answer: str, by: Person, at: datetime) -> LicenceHelp:
    if day_on < timezone.localdate(at):
        raise UnableToHelp(_("Hari itu sudah lewat. Pilih hari ini atau sesudahnya."), field="day_on")
    return _answer(help_, "propose_day", by=by, at=at, day_on=day_on, answer=answer)


@transaction.atomic
def finish_help(*, help_: LicenceHelp, by: Person, at: datetime) -> LicenceHelp:
    return _answer(help_, "finish", by=by, at=at)


@transaction.atomic
def accept_day(*, help_: LicenceHelp, by: Person, at: datetime, for_name: str = "") -> LicenceHelp:
    return _reply(help_, "accept_day", by, at, for_name)


@transaction.atomic
def withdraw_help(*, help_: LicenceHelp, by: Person, at: datetime, for_name: str = "") -> LicenceHelp:
    return _reply(help_, "withdraw", by, at, for_name)


def _answer(
    help_: LicenceHelp, move: str, *, by: Person, at: datetime, day_on: date | None = None, answer: str = ""
) -> LicenceHelp:
    moved = HELP_FLOW.make_move(help_, move, parties=(HELPER,))
    before, moved.day_on = moved.day_on, day_on or moved.day_on
    moved.helper, moved.changed_at, moved.answer = by, at, answer or moved.answer
    moved.save(update_fields=["helper", "changed_at", "day_on", "answer"])
    days = (str(before), str(moved.day_on))
    _record(f"{move}_licence_help", moved, by=by, at=at, for_name=moved.business.name, days=days)
    _tell_asker(moved, at)
    return moved


def _reply(help_: LicenceHelp, move: str, by: Person, at: datetime, for_name: str) -> LicenceHelp:
    moved = HELP_FLOW.make_move(help_, move, parties=(ASKER,))
    moved.changed_at = at
    moved.save(update_fields=["changed_at"])
    _record(f"{move}_licence_help", moved, by=by, at=at, for_name=for_name, days=("", str(moved.day_on)))
    _tell_helpers(moved, at, besides=by)
    return moved


def _record(
    deed: str, help_: LicenceHelp, *, by: Person, at: datetime, for_name: str, days: tuple[str, str]
) -> None:
    record_deed(
        deed=deed, subject=help_.business, by=by, at=at, for_name=for_name, area_code=help_.business.area_id,
        changes={"day_on": days}, reason=help_.get_kind_display(),
    )  # fmt: skip


def _tell_helpers(help_: LicenceHelp, at: datetime, *, besides: Person) -> None:
    """Whoever answered already, else all who may help where the business is."""
    path = reverse("registry:helps")
    helpers = [help_.helper] if help_.helper else people_with(ASSIST_SELLERS, help_.business.area_id)
    for person in helpers:
        if person.pk != besides.pk:
            _tell(help_, person, path, at)


def _tell_asker(help_: LicenceHelp, at: datetime) -> None:
    path = reverse("registry:legality", args=[help_.business.public_id])
    people = people_of_businesses([help_.business_id]).get(help_.business_id, [])
    told = {person.pk: person for person in (help_.asked_by, *people)}
    for person in told.values():
        if not help_.helper or person.pk != help_.helper.pk:
            _tell(help_, person, path, at)


def _tell(help_: LicenceHelp, person: Person, path: str, at: datetime) -> None:
    with translation.override(person.language):
        words = {
            "licence": help_.get_kind_display(),
            "name": help_.business.name,
            "day": show_day_short(help_.day_on),
            "state": help_.get_state_display(),
            "answer": f" {help_.answer}" if help_.answer else "",
            "link": whole_address(path),
        }
        send_notice(
            key=f"licence-help:{help_.pk}:{help_.state}:{at.timestamp():.0f}:{person.pk}",
            kind="licence_help",
            title=_("Bantuan %(licence)s: %(state)s") % words,
            text=_("%(name)s, bantuan mengurus %(licence)s, %(day)s: %(state)s.%(answer)s %(link)s") % words,
            path=path,
            at=at,
            recipient=person,
            area_code=help_.business.area_id,
        )
