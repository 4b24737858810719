"""Telling somebody: the notice and its deliveries, in the transaction of the deed it speaks of."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import IntegrityError, transaction
from django.db.models import Q

from etoko.foundation.phones import read_phone
from etoko.notices.channels import configured
from etoko.notices.hours import QUIET_FROM, QUIET_UNTIL, first_moment
from etoko.notices.models import Delivery, Notice, Reach
from etoko.people.models import Person


@dataclass(frozen=True)
class Message:
    """What `send_notice` is told, for those who tell several people at once."""

    key: str
    kind: str
    title: str
    text: str
    recipient: Person | None = None
    phone: str = ""
    path: str = ""
    about: str = ""
    area_code: str = ""


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
    about: str = "",
    area_code: str = "",
) -> Notice:
    """Tell somebody once: `key` names the occasion ("order-placed:K7M-2QX:seller").

    Belongs inside the transaction of the deed it speaks of. `text` is the whole WhatsApp message with
    the whole address of the page (`foundation.addresses.whole_address`); `path` is where the line in
    the inbox leads. Either `recipient` or `phone` (any spelling) must be given; a phone that has an
    account reaches its inbox. `about` lets whoever caused it see what became of it; `area_code` is the
    place whose kader passes it on if it reaches nobody by itself.
    """
    return send_notices(
        messages=[
            Message(
                key=key,
                kind=kind,
                title=title,
                text=text,
                recipient=recipient,
                phone=phone,
                path=path,
                about=about,
                area_code=area_code,
            )
        ],
        at=at,
    )[0]


@transaction.atomic
def send_notices(*, messages: Sequence[Message], at: datetime) -> list[Notice]:
    """Several at once: three questions to the database, however many they are.

    Returns the notice of each message; what was told before is returned as it was then.
    """
    numbers = [read_phone(message.phone) if message.phone else "" for message in messages]
    people = _people(messages, numbers)
    by_phone = {each.phone: each for each in people.values() if each.is_proved and each.is_active}
    wanted: dict[str, Notice] = {}
    for message, number in zip(messages, numbers, strict=True):
        # Only a proven phone: or whoever joined with somebody else's number would read her news.
        known = by_phone.get(number) if message.recipient is None else None
        recipient_id = known.id if known else message.recipient.pk if message.recipient else None
        wanted.setdefault(
            message.key,
            Notice(
                key=message.key,
                recipient_id=recipient_id,
                phone=number or (people[recipient_id].phone if recipient_id in people else ""),
                kind=message.kind,
                title=message.title[:200],
                text=message.text,
                path=message.path,
                about=message.about,
                area_code=message.area_code,
                created_at=at,
            ),
        )
    typed = {message.key for message, number in zip(messages, numbers, strict=True) if number}
    notices = _write_once(wanted, people, typed)
    return [notices[message.key] for message in messages]


@dataclass
class _Reached:
    """Somebody with an account, and how she may be reached."""

    id: int
    phone: str
    is_active: bool
    is_proved: bool
    push: str
    mail: str
    whatsapp: str
    quiet_from: time | None
    quiet_until: time | None
    devices: list[int] = field(default_factory=list)


def _people(messages: Iterable[Message], numbers: Iterable[str]) -> dict[int | None, _Reached]:
    """One question for everybody: who has one of the phones, and what each chose."""
    ids = {message.recipient.pk for message in messages if message.recipient}
    phones = {number for message, number in zip(messages, numbers, strict=True) if not message.recipient}
    found: dict[int | None, _Reached] = {}
    rows = Person.objects.filter(Q(pk__in=ids) | Q(phone__in=phones)).values_list(
        *("pk", "phone", "closed_at", "phone_verified_at", "reach__pk", "reach__push", "reach__mail"),
        *("reach__mail_address", "reach__mail_proved_at", "reach__whatsapp", "reach__quiet_from"),
        *("reach__quiet_until", "push_devices__pk"),
    )
    for pk, phone, closed_at, verified_at, chose, push, mail, address, proved_at, whatsapp, *rest in rows:
        quiet_from, quiet_until, device = rest
        person = found.setdefault(
            pk,
            _Reached(
                id=pk,
                phone=phone,
                is_active=closed_at is None,
                is_proved=verified_at is not None,
                push=push or Reach.WANTED,
                mail=address if proved_at and mail == Reach.WANTED else "",
                whatsapp=whatsapp or Reach.WANTED,
                quiet_from=quiet_from if chose else QUIET_FROM,
                quiet_until=quiet_until if chose else QUIET_UNTIL,
            ),
        )
        if device is not None:
            person.devices.append(device)
    return found


def _write_once(
    wanted: dict[str, Notice], people: dict[int | None, _Reached], typed: Collection[str]
) -> dict[str, Notice]:
    """Almost always they are new, so we do not ask first; where one is not, the rest is written alone."""
    try:
        with transaction.atomic():
            Notice.objects.bulk_create(wanted.values())
    except IntegrityError:
        told = {notice.key: notice for notice in Notice.objects.filter(key__in=wanted)}
        if not told:
            raise
        new = {key: notice for key, notice in wanted.items() if key not in told}
        return {**told, **(_write_once(new, people, typed) if new else {})}
    ways = configured()
    Delivery.objects.bulk_create(
        delivery
        for notice in wanted.values()
        for delivery in _deliveries(notice, people.get(notice.recipient_id), ways, notice.key in typed)
    )
    return wanted


def _deliveries(
    notice: Notice, person: _Reached | None, ways: Collection[str], phone_was_given: bool
) -> Iterable[Delivery]:
    if person is not None and not person.is_active:
        return
    quiet_from, quiet_until = (person.quiet_from, person.quiet_until) if person else (QUIET_FROM, QUIET_UNTIL)
    next_try_at = first_moment(
        notice.kind, at=notice.created_at, quiet_from=quiet_from, quiet_until=quiet_until
    )
    addresses: list[tuple[str, str]] = []
    if person and person.push == Reach.WANTED:
        addresses += [(Delivery.PUSH, str(device)) for device in person.devices]
    if person and person.mail:
        addresses.append((Delivery.MAIL, person.mail))
    # A number on an order is meant to be used; one that somebody only joined with may be a stranger's.
    wants_whatsapp = person is None or person.whatsapp == Reach.WANTED
    if notice.phone and wants_whatsapp and (phone_was_given or (person and person.is_proved)):
        addresses.append((Delivery.WHATSAPP, notice.phone))
    for channel, address in addresses:
        if channel in ways:
            yield Delivery(notice=notice, channel=channel, address=address, next_try_at=next_try_at)
