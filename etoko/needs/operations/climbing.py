"""Once a night it is written down who reached a higher step of the ladder."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from etoko.needs.models import ReadinessNight, ReadinessStep
from etoko.needs.queries.readiness import climbing, step_of
from etoko.registry.models import Business

NOT_BEFORE_HOUR = 2
"""WIB: when nobody buys. A machine that was off then does it as soon as it is on."""
_PORTION = 1000


def note_readiness(*, at: datetime) -> int:
    """Returns how many businesses climbed. Whoever takes several steps in a day gets a row for each.

    A step stays reached: goods that were archived since, or a payment that was taken back, were there when
    she was seen to climb.
    """
    local = timezone.localtime(at)
    if local.hour < NOT_BEFORE_HOUR or ReadinessNight.objects.filter(night_on=local.date()).exists():
        return 0
    # Read before the transaction begins: on SQLite it would keep all others from writing meanwhile.
    shops = Business.objects.filter(shop__isnull=False, merged_into__isnull=True)
    climbers = list(climbing(shops).only("pk"))
    rows = [
        ReadinessStep(business_id=one.pk, step=step, reached_at=at)
        for one in climbers
        for step in range(one.reached + 1, step_of(one) + 1)
    ]
    with transaction.atomic():
        _night, is_first = ReadinessNight.objects.get_or_create(
            night_on=local.date(), defaults={"climbed": len(climbers)}
        )
        if not is_first:
            return 0  # another worker was faster
        ReadinessStep.objects.bulk_create(rows, batch_size=_PORTION, ignore_conflicts=True)
    return len(climbers)
