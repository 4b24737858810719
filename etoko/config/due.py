"""What has to be done because time passes, room by room; the worker does it every TICK_SECONDS.

Each deed asks its own question ("which orders are due?") and changes each thing in a transaction of its own,
checked again under a lock. One worker at a time does a deed (`foundation/operations/turns.py`), which also
keeps how it went, for `/sehat/` and the page of the staff.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from etoko.audit.operations import forget_old_accesses
from etoko.catalog.operations.photographing import sweep_photos
from etoko.catalog.search.operations import list_shops_by_the_day
from etoko.census.operations.forgetting import forget_visit_photos
from etoko.config.reconciling import reconcile_stock
from etoko.consignment.operations.reminding import remind_to_settle
from etoko.discussion.operations.reminding import tell_unanswered
from etoko.foundation.onetime import forget_old_keys
from etoko.foundation.operations.reaping import forget_old_tasks, reap_tasks
from etoko.foundation.operations.turns import do_alone, do_beside_others
from etoko.groups.operations.cooperating import remind_of_yearly_meetings
from etoko.groups.operations.visiting import tell_missed_visits
from etoko.midtrans.operations import ask_open_charges
from etoko.needs.operations import note_readiness
from etoko.notices.operations.delivering import send_deliveries
from etoko.notices.operations.forgetting import forget_old_notices
from etoko.ordering.operations import (
    cancel_unpaid_orders,
    complete_orders,
    escalate_complaints,
    expire_orders,
    expire_proposals,
    forget_amount_claims,
    forget_guest_carts,
    remind_of_deadlines,
)
from etoko.payments.operations.agreeing import remind_of_instalments
from etoko.payments.operations.forgetting import forget_old_pictures
from etoko.people.operations.forgetting import forget_old_sign_ins
from etoko.privacy.operations import remind_of_breaches
from etoko.promises.operations import remind_of_promises
from etoko.registry.operations.forgetting import forget_import_rows
from etoko.registry.operations.reminding import remind_of_expiry
from etoko.vouchers.operations import end_past_vouchers

Deed = Callable[..., int]

TICK_SECONDS = 30
DUE: Sequence[Deed] = (
    expire_orders,
    cancel_unpaid_orders,
    complete_orders,
    expire_proposals,
    escalate_complaints,
    remind_of_deadlines,
    remind_of_instalments,
    remind_of_expiry,
    forget_guest_carts,
    forget_amount_claims,
    list_shops_by_the_day,
    end_past_vouchers,
    forget_old_keys,
    forget_old_sign_ins,
    forget_old_pictures,
    forget_visit_photos,
    forget_import_rows,
    forget_old_notices,
    forget_old_accesses,
    remind_of_breaches,
    remind_of_promises,
    sweep_photos,
    remind_to_settle,
    tell_missed_visits,
    tell_unanswered,
    remind_of_yearly_meetings,
    note_readiness,
    reconcile_stock,
    reap_tasks,
    forget_old_tasks,
)

SENDING_SECONDS = 5
SENDING: Sequence[Deed] = (send_deliveries, ask_open_charges)
"""In a thread of its own: a provider that is slow to answer must not make orders expire late. And in every
worker at once: each message is claimed, and one worker that was killed must not keep the rest waiting."""

logger = logging.getLogger("etoko.due")


@dataclass
class Round:
    changed: dict[str, int] = field(default_factory=dict)
    """By the name of the deed; what another worker was at is missing."""
    failed: list[str] = field(default_factory=list)


def run_due(*, at: datetime, deeds: Sequence[Deed] = ()) -> Round:
    """Do all of it, the sending last, or these deeds; what fails is logged and stops nothing else."""
    done = Round()
    for deed in deeds or (*DUE, *SENDING):
        name = deed.__name__
        try:
            changed: int | None
            if deed in SENDING:
                changed = do_beside_others(name=name, deed=deed, at=at)
            else:
                changed = do_alone(name=name, deed=deed, at=at)
        except Exception:
            logger.exception("Due work failed: %s", name)
            done.failed.append(name)
        else:
            if changed is not None:
                done.changed[name] = changed
    return done
