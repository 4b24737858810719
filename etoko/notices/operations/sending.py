from datetime import datetime

from django.db import transaction

from etoko.foundation.phones import read_phone
from etoko.notices.models import Notice
from etoko.people.models import Person


def send_notice(
    *,
    key: str,
    kind: str,
    title: str,
    text: str,
    at: datetime,
    recipient: Person | None = None,
    phone: str = "",
    path: str = "",
) -> Notice:
    """Tell somebody once: `key` names the occasion ("order-placed:K7M-2QX:seller").

    Belongs inside the transaction of the deed it speaks of. `text` is the whole WhatsApp message with
    the whole address of the page (`foundation.addresses.whole_address`); `path` is where the line in
    the inbox leads. Either `recipient` or `phone` (any spelling) must be given; a phone that has an
    account reaches its inbox.
    """
    number = read_phone(phone) if phone else ""
    if recipient is None and number:
        # Only a proven phone: or whoever joined with somebody else's number would read her news.
        recipient = Person.objects.filter(
            phone=number, phone_verified_at__isnull=False, closed_at__isnull=True
        ).first()
    notice, _is_new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "phone": number or (recipient.phone if recipient else ""),
            "kind": kind,
            "title": title[:200],
            "text": text,
            "path": path,
            "created_at": at,
        },
    )
    return notice


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
