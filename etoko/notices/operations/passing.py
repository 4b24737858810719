"""Somebody tells it by hand: from her own WhatsApp, or by word of mouth."""

from datetime import datetime

from django.db import transaction

from etoko.audit.operations import record_deed
from etoko.notices.models import Notice
from etoko.people.models import Person


@transaction.atomic
def pass_on_notices(*, about: str, by: Person | None, at: datetime) -> int:
    """Whoever caused them opened WhatsApp with the words for the newest; the older are told with it."""
    return Notice.objects.filter(about=about, passed_on_at__isnull=True, created_at__lte=at).update(
        passed_on_at=at, passed_on_by=by
    )


@transaction.atomic
def pass_on_for_somebody(*, notice: Notice, by: Person, at: datetime) -> None:
    """A kader or officer tells somebody without account. The first time counts, and is traced: she has read
    the words and the number of a stranger."""
    same = Notice.objects.filter(about=notice.about) if notice.about else Notice.objects.filter(pk=notice.pk)
    older = same.filter(recipient=None, phone=notice.phone, created_at__lte=notice.created_at)
    if older.filter(passed_on_at__isnull=True).update(passed_on_at=at, passed_on_by=by):
        record_deed(deed="pass_on_notice", subject=notice, by=by, at=at, area_code=notice.area_code)
