from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db import models

from etoko.audit.models import AuditEntry


class Named(Protocol):
    pk: Any
    name: str


def record_deed(
    *,
    deed: str,
    subject: models.Model,
    by: Named | None,
    at: datetime,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    for_name: str = "",
    area_code: str = "",
    reason: str = "",
) -> AuditEntry:
    """Write the trace of a deed in the deed's own transaction. `by=None` means the clock.

    `changes` maps a field to (from, to); fields whose two values are equal are left out.
    """
    return AuditEntry.objects.create(
        at=at,
        by_id=by.pk if by else None,
        by_name=by.name[:200] if by else "",
        for_name=for_name[:200],
        deed=deed,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        subject_name=str(subject)[:300],
        area_code=area_code,
        changes={
            field: [_plain(before), _plain(after)]
            for field, (before, after) in (changes or {}).items()
            if before != after
        },
        reason=reason,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.Model):
        return str(value.pk)
    return value
