"""Pictures of payments are forgotten a year after all is over; the entries of the ledger stay.

The law orders transactions to be kept for ten years (PP 80/2019 art. 25) and personal data no longer than it
is needed (UU 27/2022): who paid what, when, stands in the ledger; a screenshot of somebody's bank app is only
needed while somebody may still ask about it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from etoko.foundation.private_pictures import drop_private
from etoko.ordering.states import ANSWERED, BUYER, OPEN, OVER_STATES
from etoko.payments.models import PaymentProof, Refund

KEPT_FOR = timedelta(days=365)
_AT_ONCE = 200


def forget_old_pictures(*, at: datetime) -> int:
    """Of proofs and refunds whose order ended a year ago. What is still spoken about, or owed, is kept.
    Returns how many."""
    until = at - KEPT_FOR
    proofs = _settled(PaymentProof.objects.filter(sent_at__lt=until, key__isnull=False), "order", until)
    refunds = _settled(
        Refund.objects.filter(payment__recorded_at__lt=until).exclude(picture=""), "payment__order", until
    )
    return _forget(proofs, "key", None) + _forget(refunds, "picture", "")


def forget_payer(*, group_ids: Collection[int], instead: str) -> None:
    """The proofs of these checkouts say no more who sent them; their pictures go when their time is over."""
    PaymentProof.objects.filter(order__group__in=group_ids, party=BUYER).update(sent_name=instead)


def _settled(rows: QuerySet[Any], order: str, until: datetime) -> QuerySet[Any]:
    return (
        rows.filter(**{f"{order}__state__in": OVER_STATES, f"{order}__changed_at__lt": until})
        .exclude(**{f"{order}__balance__owed_rp__gt": 0})
        .exclude(
            Q(**{f"{order}__complaints__state__in": (OPEN, ANSWERED)})
            | Q(**{f"{order}__complaints__changed_at__gte": until})
        )
    )


def _forget(rows: QuerySet[Any], field: str, nothing: str | None) -> int:
    """The file first: were the row first and the machine ended between, nobody would know of the file."""
    found = list(rows.order_by("pk").values_list("pk", field)[:_AT_ONCE])
    for _pk, key in found:
        drop_private(key)
    rows.model._default_manager.filter(pk__in=[pk for pk, _key in found]).update(**{field: nothing})
    return len(found)
