"""A promise goes on: under way, reported, judged by another; or taken back, if the other side agreed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.flows import UnableToMove
from etoko.foundation.private_pictures import PrivatePhoto
from etoko.foundation.problems import UnableTo
from etoko.partners.access import still_speaks
from etoko.partners.facts import MandateHandedOver
from etoko.partners.models import Mandate
from etoko.people.models import Person
from etoko.promises.access import Standing
from etoko.promises.models import Promise, PromiseStep
from etoko.promises.operations.telling import tell
from etoko.promises.reminders import WAITS_FOR_JUDGE, next_reminder
from etoko.promises.states import OPEN_STATES, PROMISE_FLOW, PROMISER, REASON_WORDS, REPORTED

LONGEST_REASON = 500


class UnableToMovePromise(UnableTo):
    pass


@transaction.atomic
def report_promise(
    *, standing: Standing, reason: str, photo: PrivatePhoto | None = None, at: datetime
) -> Promise:
    """`reason` says what was done; `photo` is kept already. Raises UnableToMove or UnableToMovePromise; then
    nothing has changed."""
    if not reason.strip():
        raise UnableToMovePromise(_("Tulis apa yang sudah dilakukan."), field="reason")
    _check(standing, reason, at)
    parties = tuple(party for party in standing.parties if party == PROMISER)
    moved = PROMISE_FLOW.make_move(standing.promise, "report", parties=parties, within="report_promise")
    moved.reported_on = timezone.localdate(at)
    return _keep(moved, "report", standing, reason=reason, photo=photo, at=at)


@transaction.atomic
def move_promise(*, standing: Standing, move: str, reason: str = "", at: datetime) -> Promise:
    """Any other move of the flow. Raises UnableToMove or UnableToMovePromise; then nothing has changed."""
    if move not in REASON_WORDS:
        raise UnableToMovePromise(_("Langkah ini tidak ada. Muat ulang halaman."))
    _check(standing, reason, at)
    try:
        moved = PROMISE_FLOW.make_move(standing.promise, move, parties=standing.parties, reason=reason)
    except UnableToMove as problem:
        if problem.field != "reason":
            raise
        raise UnableToMovePromise(_("Isi dulu: %s") % REASON_WORDS[move], field="reason") from problem
    return _keep(moved, move, standing, reason=reason, at=at)


def follow_handover(*, fact: MandateHandedOver) -> None:
    """What the old mandate had promised and still owes is the new one's."""
    old, new = (
        Mandate.objects.get(pk=fact.old_id),
        Mandate.objects.select_related("person").get(pk=fact.new_id),
    )
    by = Person.objects.get(pk=fact.by_id)
    for promise in (
        Promise.objects.select_for_update(of=("self",))
        .filter(keeper=old)
        .exclude(state__in=[state for state in PROMISE_FLOW.states if state not in (*OPEN_STATES, REPORTED)])
    ):
        promise.keeper = new
        promise.save(update_fields=["keeper"])
        record_deed(
            deed="hand_over_promise",
            subject=promise,
            by=by,
            at=fact.at,
            area_code=promise.area_id,
            changes={"keeper": (old.role, new.role)},
        )


def _check(standing: Standing, reason: str, at: datetime) -> None:
    if standing.voice is None or not still_speaks(standing.voice, at=at):
        raise UnableToMovePromise(_("Mandat Anda sudah berakhir. Pilih lagi atas nama siapa Anda bertindak."))
    if len(reason) > LONGEST_REASON:
        raise UnableToMovePromise(
            _("Terlalu panjang: paling banyak %d huruf.") % LONGEST_REASON, field="reason"
        )


def _keep(
    promise: Promise,
    move: str,
    standing: Standing,
    *,
    reason: str,
    photo: PrivatePhoto | None = None,
    at: datetime,
) -> Promise:
    voice, today = standing.voice, timezone.localdate(at)
    assert voice is not None
    promise.changed_at = at
    if promise.state == REPORTED:
        promise.reminder_on = today + timedelta(days=WAITS_FOR_JUDGE)
    elif promise.state in OPEN_STATES:
        promise.reminder_on = next_reminder(promise.due_on, after=today)
    else:
        promise.reminder_on = None
    promise.save(update_fields=["changed_at", "reminder_on", "reported_on"])
    PromiseStep.objects.create(
        promise=promise,
        move=move,
        to_state=promise.state,
        reason=reason.strip(),
        photo_key=photo.key if photo else "",
        at=at,
        **voice.act,
    )
    record_deed(
        deed=f"{move}_promise",
        subject=promise,
        by=voice.person,
        for_name=voice.organisation.title,
        at=at,
        area_code=promise.area_id,
        changes={"state": (standing.promise.state, promise.state)},
        reason=reason.strip(),
    )
    tell(promise, move, by=voice.person, at=at, reason=reason.strip())
    return promise
