from datetime import datetime, timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone

from etoko.audit.models import AccessEntry
from etoko.audit.operations.recording import Named

KEPT_FOR = timedelta(days=5 * 365)
"""As long as the rest of what is not a transaction (Permendag 31/2023: five years)."""


def note_access(*, subject: models.Model, by: Named, at: datetime, area_code: str = "") -> None:
    """`by` reads what is personal in the subject. Told by the gate that lets her in."""
    known = {
        "subject_type": subject._meta.label,
        "subject_id": str(subject.pk),
        "day_on": timezone.localdate(at),
        "by_id": by.pk,
    }
    if AccessEntry.objects.filter(**known).update(last_at=at, times=F("times") + 1):
        return
    # Two tabs at once: the second finds the row there.
    entry = AccessEntry(
        **known,
        by_name=by.name[:200],
        subject_name=str(subject)[:300],
        area_code=area_code,
        first_at=at,
        last_at=at,
    )
    AccessEntry.objects.bulk_create([entry], ignore_conflicts=True)


def forget_old_accesses(*, at: datetime) -> int:
    """Returns how many."""
    return AccessEntry.objects.filter(day_on__lt=timezone.localdate(at - KEPT_FOR)).delete()[0]
