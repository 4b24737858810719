from datetime import datetime

from django.db import transaction

from etoko.audit.operations.recording import record_deed
from etoko.people.models import Person
from etoko.registry.models import Business, DuplicateSuspicion
from etoko.registry.operations.merging import merge_businesses
from etoko.registry.states import REGISTRAR, SUSPICION_FLOW


@transaction.atomic
def keep_apart(*, suspicion: DuplicateSuspicion, by: Person, at: datetime) -> DuplicateSuspicion:
    """They are two: they are not proposed again."""
    decided = SUSPICION_FLOW.make_move(suspicion, "keep_apart", parties=(REGISTRAR,))
    return _sign(decided, by=by, at=at)


@transaction.atomic
def join(*, suspicion: DuplicateSuspicion, kept: Business, by: Person, at: datetime) -> DuplicateSuspicion:
    """They are one: the other record becomes a part of `kept` (`merge_businesses`), and can be parted
    again."""
    decided = SUSPICION_FLOW.make_move(suspicion, "join", parties=(REGISTRAR,))
    other = suspicion.second if kept.pk == suspicion.first_id else suspicion.first
    merge_businesses(kept=kept, other=other, by=by, at=at, suspicion=decided)
    return _sign(decided, by=by, at=at)


def _sign(decided: DuplicateSuspicion, *, by: Person, at: datetime) -> DuplicateSuspicion:
    decided.decided_by, decided.decided_at = by, at
    decided.save(update_fields=["decided_by", "decided_at"])
    record_deed(
        deed="decide_duplicate", subject=decided, by=by, at=at,
        changes={"state": ("open", decided.state)},
    )  # fmt: skip
    return decided
