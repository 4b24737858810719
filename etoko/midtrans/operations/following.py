"""What became of a charge. Whatever reaches us only makes us ask; Midtrans' own answer moves the charge."""

import logging
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from etoko.midtrans.client import MidtransIsAway, MidtransRefuses, Status, ask_status, is_signed
from etoko.midtrans.models import Charge
from etoko.midtrans.states import CHARGE_FLOW, PENDING, SERVICE, SETTLED
from etoko.payments.models import Payment
from etoko.payments.operations import record_payment

ASK_EVERY = timedelta(minutes=5)
STOP_ASKING = timedelta(days=3)
AT_ONCE = 10

logger = logging.getLogger("etoko.midtrans")


class ForgedCall(Exception):
    """Not signed with the key of the account, or about something we do not know."""


def hear(*, status: Status, at: datetime) -> None:
    """A call that says it comes from Midtrans. Raises ForgedCall, or MidtransIsAway: it should call again."""
    charge = Charge.objects.select_related("account").filter(ref=status.ref).first()
    if charge is None or not is_signed(status, server_key=charge.account.server_key):
        raise ForgedCall
    follow_charge(charge=charge, at=at)


def follow_charge(*, charge: Charge, at: datetime) -> Charge:
    """Ask Midtrans and do what follows. Raises MidtransIsAway; then nothing has changed."""
    try:
        status = ask_status(server_key=charge.account.server_key, ref=charge.ref)
    except MidtransRefuses as problem:
        raise MidtransIsAway("refused") from problem
    return _apply(charge, status, at)


def ask_open_charges(*, at: datetime) -> int:
    """The calls that never came. Returns how many charges moved."""
    waiting = Charge.objects.filter(
        Q(asked_at=None, created_at__lte=at - ASK_EVERY) | Q(asked_at__lte=at - ASK_EVERY),
        state=PENDING,
        created_at__gt=at - STOP_ASKING,
    )
    moved = 0
    for charge in waiting.select_related("account").order_by("asked_at", "id")[:AT_ONCE]:
        try:
            moved += follow_charge(charge=charge, at=at).state != PENDING
        except MidtransIsAway:
            break  # it would let each of the others wait as well
    return moved


@transaction.atomic
def _apply(charge: Charge, status: Status | None, at: datetime) -> Charge:
    locked = Charge.objects.select_for_update().get(pk=charge.pk)
    locked.asked_at = at
    if status is None:
        if locked.state == PENDING and at >= locked.expires_at:
            locked.state = CHARGE_FLOW.make_move(locked, "fail", parties=(SERVICE,), at=at).state
        locked.save(update_fields=["asked_at"])
        return locked
    locked.said = status.said[:40]
    locked.save(update_fields=["asked_at", "said"])
    if not _fits(locked, status):
        logger.error("Midtrans answers %s with another sum: %s", locked.ref, status.amount)
    elif status.is_paid and locked.state != SETTLED:
        _settle(locked, at)
    elif status.is_over and locked.state == PENDING:
        locked.state = CHARGE_FLOW.make_move(locked, "fail", parties=(SERVICE,), at=at).state
    return locked


def _settle(charge: Charge, at: datetime) -> None:
    charge.state = CHARGE_FLOW.make_move(charge, "settle", parties=(SERVICE,), at=at).state
    charge.settled_at = at
    charge.save(update_fields=["settled_at"])
    record_payment(
        order=charge.order,
        amount_rp=charge.amount_rp,
        method=Payment.MIDTRANS,
        source=Payment.GATEWAY,
        source_ref=charge.ref,
        received_on=timezone.localdate(at),
        by=None,
        by_name="Midtrans",
        at=at,
    )


def _fits(charge: Charge, status: Status) -> bool:
    try:
        return Decimal(status.amount) == charge.amount_rp and status.currency == "IDR"
    except InvalidOperation:
        return False
