"""What the reader does with her news."""

from datetime import datetime

from django.db import transaction

from etoko.notices.models import Notice
from etoko.people.models import Person


@transaction.atomic
def read_notice(*, notice: Notice, at: datetime) -> None:
    """The first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def read_all_notices(*, person: Person, until: datetime, at: datetime) -> int:
    """Those that stood in the list when she pressed the button; what came later stays unread."""
    return Notice.objects.filter(recipient=person, read_at__isnull=True, created_at__lte=until).update(
        read_at=at
    )


@transaction.atomic
def open_whatsapp(*, notice: Notice, at: datetime) -> None:
    """Somebody pressed the WhatsApp button; whether she then sent it only WhatsApp knows."""
    Notice.objects.filter(pk=notice.pk, whatsapp_opened_at__isnull=True).update(whatsapp_opened_at=at)
