"""A need goes on: checked, put forward, matched, carried out, met, confirmed; or back, with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.foundation.flows import UnableToMove
from etoko.foundation.problems import UnableTo
from etoko.needs.access import Standing
from etoko.needs.models import Need, NeedStep
from etoko.needs.operations.telling import tell_owners
from etoko.needs.rubric import SEVERITIES
from etoko.needs.states import CARER, NEED_FLOW, OWNER, REASON_WORDS

LONGEST_REASON = 500


class UnableToMoveNeed(UnableTo):
    pass


@transaction.atomic
def verify_need(*, standing: Standing, need: Need, severity: int, reason: str = "", at: datetime) -> Need:
    """Somebody other than who wrote it down has looked, and says how severe it is by the rubric."""
    if severity not in SEVERITIES:
        raise UnableToMoveNeed(_("Pilih seberapa berat."), field="severity")
    if need.said_by_id == standing.person.pk:
        raise UnableToMoveNeed(
            _("Anda sendiri yang mencatat kebutuhan ini. Minta kader atau petugas lain mengeceknya.")
        )
    _check(reason)
    parties = _parties(standing, CARER)
    moved = NEED_FLOW.make_move(need, "verify", parties=parties, within="verify_need")
    before, moved.severity = moved.severity, severity
    return _keep(
        moved,
        move="verify",
        before=need.state,
        standing=standing,
        reason=reason,
        at=at,
        severity=(before, severity),
    )


@transaction.atomic
def move_need(*, standing: Standing, need: Need, move: str, reason: str = "", at: datetime) -> Need:
    """Any other move of the flow. Raises UnableToMove or UnableToMoveNeed; then nothing has changed."""
    if move not in NEED_FLOW.moves:
        raise UnableToMoveNeed(_("Langkah ini tidak ada. Muat ulang halaman."))
    _check(reason)
    party = OWNER if OWNER in NEED_FLOW.moves[move].by else CARER
    is_answer = move in ("confirm", "send_back")
    if is_answer and standing.may_answer and not standing.is_own and _fulfilled_by(need, standing):
        raise UnableToMoveNeed(
            _("Anda sendiri yang menyatakan sudah dipenuhi. Biarkan pemiliknya atau kader lain menjawab.")
        )
    parties = _parties(standing, party)
    try:
        moved = NEED_FLOW.make_move(need, move, parties=parties, reason=reason)
    except UnableToMove as problem:
        if problem.field != "reason":
            raise
        raise UnableToMoveNeed(_("Isi dulu: %s") % REASON_WORDS[move], field="reason") from problem
    return _keep(moved, move=move, before=need.state, standing=standing, reason=reason, at=at)


def _parties(standing: Standing, party: str) -> tuple[str, ...]:
    return tuple(held for held in standing.parties if held == party)


def _check(reason: str) -> None:
    if len(reason) > LONGEST_REASON:
        raise UnableToMoveNeed(_("Terlalu panjang: paling banyak %d huruf.") % LONGEST_REASON, field="reason")


def _fulfilled_by(need: Need, standing: Standing) -> bool:
    last = NeedStep.objects.filter(need=need, move="fulfil").order_by("-id").first()
    return last is not None and last.by_id == standing.person.pk


def _keep(
    need: Need,
    *,
    move: str,
    before: str,
    standing: Standing,
    reason: str,
    at: datetime,
    severity: tuple[int, int] | None = None,
) -> Need:
    need.changed_at = at
    need.save(update_fields=["changed_at", "severity"])
    for_name = standing.for_name if OWNER in NEED_FLOW.moves[move].by else ""
    NeedStep.objects.create(
        need=need,
        move=move,
        to_state=need.state,
        reason=reason.strip(),
        by=standing.person,
        for_name=for_name,
        at=at,
    )
    changes: dict[str, tuple[object, object]] = {"state": (before, need.state)}
    if severity:
        changes["severity"] = severity
    record_deed(
        deed=f"{move}_need",
        subject=need,
        by=standing.person,
        for_name=for_name,
        at=at,
        area_code=need.area_id,
        changes=changes,
        reason=reason.strip(),
    )
    tell_owners(need, move, by=standing.person, at=at, reason=reason.strip())
    return need
