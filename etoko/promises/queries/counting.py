"""What counts for the reliability of an organisation, and what hangs on a mandate."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Q

from etoko.partners.hanging import Hanging
from etoko.partners.models import Organisation
from etoko.promises.models import Promise
from etoko.promises.reliability import Reliability, reliability
from etoko.promises.states import EXCUSED, OPEN_STATES, REPORTED, VERIFIED, WITHDRAWN

KEPT = Q(state=VERIFIED, reported_on__lte=F("due_on"))
"""Somebody else has said that it was kept, and it was reported in time."""


def is_due(today: date) -> Q:
    """Counts: its day is over or it is judged. What was reported in time waits for others: it does not count
    against the promiser meanwhile. Neither does what was withdrawn with the other side's word, nor what an
    objection excused."""
    waits = Q(state=REPORTED, reported_on__lte=F("due_on"))
    excused = Q(objection__isnull=False, objection__state=EXCUSED)
    return (Q(due_on__lt=today) | Q(state=VERIFIED)) & ~Q(state=WITHDRAWN) & ~waits & ~excused


def reliability_of(organisation: Organisation, *, today: date) -> Reliability:
    counted = Promise.objects.filter(is_due(today), organisation=organisation)
    sums = counted.aggregate(due=Count("pk"), kept=Count("pk", filter=KEPT))
    return reliability(sums["kept"], sums["due"])


def counts_against(promise: Promise, *, today: date) -> bool:
    """Whether it counts, and was not kept in time."""
    return Promise.objects.filter(is_due(today), pk=promise.pk).exclude(KEPT).exists()


def hanging_promises(mandates: Iterable[int]) -> dict[int, list[Hanging]]:
    """What is still owed by those who hold these mandates."""
    owed = Promise.objects.filter(keeper__in=list(mandates), state__in=(*OPEN_STATES, REPORTED))
    found: dict[int, list[Hanging]] = {}
    for one in owed:
        assert one.keeper_id is not None
        found.setdefault(one.keeper_id, []).append(Hanging(one.what, f"/janji/{one.public_id}/", one.due_on))
    return found
